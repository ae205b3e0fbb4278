import io
import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.work import Duration, Shift
from kompetanse.feeds.documents import Broken, documents
from kompetanse.feeds.entries import FeedContact, VacancyEntry
from kompetanse.feeds.transfer import Sent, Stopped, TransferError, TransferFault, Transferred, sent_in
from tests.exchange.sources import SHARED
from tests.feeds.ads import transfer

NOW = datetime(2026, 2, 10, tzinfo=UTC)


def read(text: str) -> list[Sent]:
    return [one for document in documents(io.StringIO(text)) for one in sent_in(document, NOW)]


def entry(**changes: object) -> VacancyEntry:
    [found] = read(json.dumps(transfer(**changes)))
    assert isinstance(found, Transferred), found
    return found.entry


def fault(**changes: object) -> tuple[str, tuple[str, ...]]:
    [found] = read(json.dumps(transfer(**changes)))
    assert isinstance(found, TransferFault), found
    return found.kind.value, found.fields


def test_an_advertisement_becomes_a_vacancy() -> None:
    made = entry()
    assert (made.external_id, made.title, made.styrk, made.positions) == ("r1", "Kokk søkes", "5120", 2)
    assert (made.workplace.postal_code, made.workplace.municipality_no) == ("7260", "5014")
    assert (made.deadline, made.starts_on) == (date(2026, 3, 24), date(2026, 5, 1))
    assert (made.percentage_min, made.percentage_max, made.duration) == (80, 80, Duration.PERMANENT)
    assert (made.employer_name, made.employer_org_no) == ("Utvær kommune", "974760673")
    assert made.shifts == (Shift.DAY, Shift.EVENING, Shift.WEEKEND)
    assert FeedContact("Kari Leder", "Kjøkkensjef", "kari@example.no", None) in made.contacts
    assert "alert" not in (made.description or "")


@pytest.mark.parametrize(
    ("changes", "kind", "fields"),
    [
        ({"title": None}, TransferError.MISSING_PARAMETER, ("title",)),
        ({"title": ""}, TransferError.MISSING_PARAMETER, ("title",)),
        ({"positions": 0}, TransferError.INVALID_VALUE, ("positions",)),
        ({"positions": "mange"}, TransferError.INVALID_VALUE, ("positions",)),
        ({"expires": "i morgen"}, TransferError.INVALID_VALUE, ("expires",)),
        ({"reference": "x" * 300}, TransferError.INVALID_VALUE, ("reference",)),
        ({"locationList": [], "employer": None}, TransferError.MISSING_PARAMETER, ("locationList",)),
        ({"title": "\x00"}, TransferError.INVALID_VALUE, ("characters that no text has",)),
    ],
)
def test_what_is_wrong_is_told_in_navs_words_and_by_its_place(
    changes: dict[str, object], kind: TransferError, fields: tuple[str, ...]
) -> None:
    assert fault(**changes) == (kind.value, fields)


def test_a_missing_reference_and_several_faults_are_told_together() -> None:
    ad = transfer()
    del ad["reference"], ad["adText"]
    [found] = read(json.dumps(ad))
    assert found == TransferFault(TransferError.MISSING_PARAMETER, ("reference", "adText"))


def test_no_value_is_repeated_in_a_message() -> None:
    [found] = read(json.dumps(transfer(positions="Kari Leder")))
    assert isinstance(found, TransferFault)
    assert "Kari" not in found.message


@pytest.mark.parametrize("status", ["STOPPED", "DELETED"])
def test_what_is_stopped_needs_no_more_than_its_reference(status: str) -> None:
    assert read(json.dumps({"reference": "r1", "status": status})) == [Stopped("r1")]


@pytest.mark.parametrize(
    ("written", "shifts"),
    [
        ("Dagtid", (Shift.DAY,)),
        ('["Kveld","Natt"]', (Shift.EVENING, Shift.NIGHT)),
        (["Kveld", "Kveld"], (Shift.EVENING,)),
        ("Dagtid;Helg", (Shift.DAY, Shift.WEEKEND)),
        ("[", ()),
        ("Etter avtale", ()),
    ],
)
def test_lists_may_be_written_as_text(written: object, shifts: tuple[Shift, ...]) -> None:
    assert entry(properties={"workhours": written}).shifts == shifts


@pytest.mark.parametrize(
    ("written", "expected"),
    [("80 %", (80, 80)), ("50-80%", (50, 80)), ("50 til 100", (50, 100)), ("120", (None, None)), (75, (75, 75))],
)
def test_percentages(written: object, expected: tuple[int | None, int | None]) -> None:
    made = entry(properties={"jobpercentage": written})
    assert (made.percentage_min, made.percentage_max) == expected


def test_an_employer_who_is_not_to_be_shown_is_not_kept() -> None:
    made = entry(privacy="DONT_SHOW_EMPLOYER")
    assert (made.employer_name, made.employer_org_no) == (None, None)


def test_documents_come_on_a_line_each_over_several_or_side_by_side() -> None:
    one, two = transfer(reference="1"), transfer(reference="2")
    compact = [json.dumps(ad) for ad in (one, two)]
    spread = [json.dumps(ad, indent=2) for ad in (one, two)]
    streams = ["\n".join(compact), "\r\n".join(compact), "".join(compact), "\n".join(spread)]
    wrapped = [json.dumps([one, two]), json.dumps({"provider": {}, "ads": [one, two]}, indent=1)]
    for text in (*streams, *wrapped, "[\n" + ",\n".join(compact) + "\n]"):
        found = read(text)
        assert [ad.reference for ad in found if isinstance(ad, Transferred)] == ["1", "2"], text[:40]


@pytest.mark.parametrize(
    "broken", ["{", '{"reference": "x"', "nonsense", '{"a": }', '{"a": NaN}', "]", '{"a": "' + "\\"]
)
def test_what_does_not_parse_spoils_itself_alone(broken: str) -> None:
    good = json.dumps(transfer(reference="2"))
    found = read(f"{json.dumps(transfer(reference='1'))}\n{broken}\n{good}\n")
    assert [one.reference for one in found if isinstance(one, Transferred)] == ["1", "2"]
    assert [one.kind for one in found if isinstance(one, TransferFault)] == [TransferError.PARSE_ERROR]


def test_navs_own_samples() -> None:
    folder = SHARED / "nav"
    if not folder.exists():  # the same facts, of advertisements of our own
        assert fault(title=None)[0] == "MISSING_PARAMETER"
        return
    whole = read((folder / "transfer-ads.json").read_text("utf-8"))
    assert [one.reference for one in whole if isinstance(one, Transferred)] == ["140095810", "1214567"]
    missing, unparsed = (
        read((folder / f"transfer-ads-{name}.json").read_text("utf-8")) for name in ("missing", "parse-error")
    )
    assert missing == [TransferFault(TransferError.MISSING_PARAMETER, ("title", "adText"), "140095810")]
    assert [one.kind for one in unparsed if isinstance(one, TransferFault)] == [TransferError.PARSE_ERROR]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.sampled_from([*transfer(), "status", "unknown"])


@given(st.dictionaries(FIELDS, JSON))
def test_whatever_is_in_an_advertisement_it_is_taken_or_told(changes: dict[str, object]) -> None:
    for one in read(json.dumps(transfer(**changes))):
        assert isinstance(one, (Transferred, Stopped, TransferFault))


@given(st.text(alphabet='{}[]",:\\ab1\n '))
def test_whatever_a_stream_holds_it_is_read_to_its_end(text: str) -> None:
    read(text)


@given(st.lists(st.dictionaries(st.text(max_size=5), JSON, max_size=3), max_size=5), st.sampled_from([None, 1]))
def test_a_stream_gives_back_what_was_written(written: list[dict[str, object]], indent: int | None) -> None:
    text = "\n".join(json.dumps(one, indent=indent) for one in written)
    assert list(documents(io.StringIO(text))) == written


def test_a_document_that_is_too_deep_or_too_large_is_broken() -> None:
    assert list(documents(["[" * 10_000, "\n", '{"a": 1}'])) == [Broken(1), {"a": 1}]
    assert list(documents(['{"a": "' + "x" * 3_000_000 + '"}\n', '{"a": 1}'])) == [Broken(1), {"a": 1}]
