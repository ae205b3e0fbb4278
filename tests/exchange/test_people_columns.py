import pytest

from kompetanse.exchange.faults import TableFault, TableRefused
from kompetanse.exchange.people_cells import READERS
from kompetanse.exchange.people_columns import COLUMNS, Field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Etternavn", Field.FAMILY_NAME), ("FØDT", Field.BORN), ("fodselsdato", Field.BORN), ("Fødselsår", Field.BORN),
        ("Land", Field.CITIZENSHIP), ("nasjonalitet", Field.CITIZENSHIP), ("Opprinnelsesland", Field.ORIGIN),
        ("E-post", Field.EMAIL), ("Yrke/bakgrunn", Field.OCCUPATION), ("Stilling %", Field.PERCENTAGE),
        ("Stilling", Field.CURRENT), ("Jobber nå", Field.CURRENT), ("Samtykke deling", Field.CONSENT_NEIGHBOURS),
        ("samtykke_nav", Field.CONSENT_JOB_SERVICE), ("Kom til Frøya", Field.ARRIVED_IN_MUNICIPALITY),
        ("Kom til Norge", Field.ARRIVED_IN_NORWAY), ("onsket_stillingsprosent", Field.PERCENTAGE),
        ("F?dt", Field.BORN), ("Spr?k", Field.LANGUAGES), ("Date of birth", Field.BORN), ("Tolk?", Field.INTERPRETER),
        ("postnr.", Field.POSTAL_CODE),
    ],
)  # fmt: skip
def test_headers_in_every_spelling(header: str, field: Field) -> None:
    column = COLUMNS.named(header)
    assert column is not None
    assert column.field is field


@pytest.mark.parametrize("header", ["", "Samtykke", "Skostørrelse", "???", "Saksbehandler"])
def test_other_headers_mean_nothing_to_the_importer(header: str) -> None:
    assert COLUMNS.named(header) is None


def test_every_field_has_a_reader_and_no_header_means_two_things() -> None:
    assert {column.field for column in COLUMNS.columns} == set(Field) == READERS.keys()
    headers = [header for column in COLUMNS.columns for header in column.headings]
    assert len(headers) == len(set(headers))
    assert all(COLUMNS.named(header.rstrip("*")) == column for column in COLUMNS.columns for header in column.headings)


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        (("Født", "Land"), TableFault.MISSING_COLUMN),
        (("Navn", "Født", "Fødselsdato"), TableFault.REPEATED_COLUMN),
    ],
)
def test_columns_that_cannot_be_right_are_refused(headers: tuple[str, ...], reason: TableFault) -> None:
    with pytest.raises(TableRefused) as refused:
        COLUMNS.check(headers, [COLUMNS.named(header) for header in headers])
    assert refused.value.reason is reason
