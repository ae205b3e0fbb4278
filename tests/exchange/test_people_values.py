from datetime import date

import pytest

from kompetanse.codes.work import Strength
from kompetanse.competence.accepting import Given
from kompetanse.competence.fields import PartValues, ProfilePart
from kompetanse.exchange.faults import Reason
from kompetanse.exchange.people_entries import PersonEntry
from kompetanse.exchange.people_rows import parse_people, read_people
from kompetanse.exchange.people_values import NOTES_LENGTH, Making, PersonValues, values_of
from kompetanse.taxonomy.lexicon import starter_lexicon

TODAY = date(2026, 1, 15)


def values(**cells: str) -> PersonValues:
    columns = {"Etternavn": "Øst", "Fornavn": "Åse", **cells}
    quoted = ";".join('"' + cell.replace('"', '""') + '"' for cell in columns.values())
    table = read_people(f"{';'.join(columns)}\n{quoted}\n".encode())
    (entry,) = parse_people(table, today=TODAY)
    assert isinstance(entry, PersonEntry)
    return values_of(entry, Making(Given(TODAY, starter_lexicon())))


def rows(told: PersonValues, part: ProfilePart) -> list[PartValues]:
    return [row.values for row in told.parts[part]]


def test_a_name_alone_makes_a_person_without_a_profile() -> None:
    told = values()
    assert told.person["name_key"] == "ost ase"
    assert (told.person["born"], told.person["citizenships"], told.person["notes"]) == (None, None, None)
    assert not told.has_profile


def test_an_occupation_is_linked_by_its_title_and_by_its_code() -> None:
    (job,) = rows(values(Yrke="księgowa (2009-2015)"), ProfilePart.EXPERIENCES)
    assert (job["styrk"], job["started"], job["ended"]) == ("3313", "2009", "2015")
    (coded,) = rows(values(styrk="33.13"), ProfilePart.EXPERIENCES)
    assert (coded["styrk"], coded["title"]) == ("3313", "Regnskapsførere")


def test_a_skill_that_is_named_twice_is_one() -> None:
    skills = rows(values(Kompetanse="excel, regneark, navlebrodd"), ProfilePart.SKILLS)
    assert [skill["label"] for skill in skills] == ["excel", "navlebrodd"]


def test_bokmal_and_nynorsk_are_one_language() -> None:
    (norwegian,) = rows(values(Språk="bokmål B1, nynorsk A2"), ProfilePart.LANGUAGES)
    assert (norwegian["language"], norwegian["interaction"]) == ("nor", "B1")


def test_what_has_no_column_is_in_the_notes() -> None:
    told = values(
        Språk="polsk - flytende",
        Familie="gift, 2 barn",
        **{"Jobber nå": "SalMar filet", "Sko": "43", "Merknad": "Ringer selv"},
    )
    assert str(told.person["notes"]).splitlines() == [
        "Sko: 43",
        "Ringer selv",
        "Familie: gift, 2 barn",
        "Nå: SalMar filet",
        "Språk, polsk: flytende",
    ]


def test_a_postal_code_has_a_column_and_an_address_in_its_place_is_kept_nowhere() -> None:
    assert values(Postnr="7260 Sistranda").person["postal_code"] == "7260"
    told = values(Postnr="Gata 1")
    assert (told.person["postal_code"], told.person["notes"]) == (None, None)


def test_notes_that_are_too_long_are_cut_with_a_warning() -> None:
    told = values(**{f"Annet {number}": "x" * 3000 for number in range(5)})
    assert len(str(told.person["notes"])) == NOTES_LENGTH
    assert [warning.reason for warning in told.warnings] == [Reason.TEXT_SHORTENED]


def test_who_wants_out_of_the_fish_is_not_proposed_for_fish_processing() -> None:
    told = values(Ønsker="vil ut av fisken")
    wishes = rows(told, ProfilePart.WISHED_OCCUPATIONS)
    assert {(wish["styrk"], wish["strength"]) for wish in wishes} == {
        ("8160", Strength.NEVER),
        ("7511", Strength.NEVER),
    }
    assert told.wishes["wishes_as_spoken"] == "vil ut av fisken"
    assert [warning.reason for warning in told.warnings] == [Reason.WISH_INTERPRETED]


@pytest.mark.parametrize("wish", ["vil ut av renholdet", "jobbe med fisk", "hva som helst"])
def test_other_wishes_rule_nothing_out(wish: str) -> None:
    told = values(Ønsker=wish)
    assert ProfilePart.WISHED_OCCUPATIONS not in told.parts
    assert told.wishes["wishes_as_spoken"] == wish


def test_a_wish_that_names_an_occupation_is_linked() -> None:
    wished = rows(values(Ønsker="kokk, hva som helst"), ProfilePart.WISHED_OCCUPATIONS)
    assert [(wish["title"], wish["styrk"], wish["strength"]) for wish in wished] == [("kokk", "5120", Strength.PREFER)]


def test_a_part_that_breaks_a_rule_is_noted_and_the_row_kept() -> None:
    told = values(Yrke="kokk (2031-2033)")
    assert ProfilePart.EXPERIENCES not in told.parts
    assert "Ikke tatt med: kokk" in str(told.person["notes"])
    assert [warning.reason for warning in told.warnings] == [Reason.PART_REFUSED]
