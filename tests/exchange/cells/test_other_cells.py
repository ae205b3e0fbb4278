import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.consent import ConsentForm
from kompetanse.codes.residence import ContactKind
from kompetanse.exchange.cells.answers import parse_personal_number, parse_yes_no
from kompetanse.exchange.cells.consents import Answer, ConsentAnswer, parse_consent
from kompetanse.exchange.cells.contacts import parse_emails, parse_phones, parse_postal_code
from kompetanse.exchange.cells.countries import parse_countries, parse_country
from kompetanse.exchange.cells.skills import (
    LicenceEntry,
    SkillEntry,
    Wishes,
    parse_household_key,
    parse_interests,
    parse_licences,
    parse_skills,
    parse_text,
    parse_wishes,
)
from kompetanse.exchange.faults import CellRejected, Reason
from kompetanse.people.rules import Contact

TODAY = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("+47 977 27 621", ["+4797727621"]),
        ("98200526", ["+4798200526"]),
        ("0048 501 915 456", ["+48501915456"]),
        ("982 00 526 / +48 501 915 456", ["+4798200526", "+48501915456"]),
        ("48501915456", ["+48501915456"]),  # a spreadsheet program took the plus for arithmetic
        ("4798200526", ["+4798200526"]),
        ("", []),
        ("ingen", []),
    ],
)
def test_phones_in_e164(written: str, expected: list[str]) -> None:
    read = parse_phones(written)
    assert list(read.value) == [Contact(ContactKind.PHONE, number) for number in expected]
    assert not read.warnings


def test_a_fragment_of_a_number_is_left_out_with_a_warning() -> None:
    read = parse_phones("004 7")
    assert parse_phones("98200526123").warnings, "no country's"
    assert (read.value, [warning.reason for warning in read.warnings]) == ((), [Reason.PHONE_UNREADABLE])


@pytest.mark.parametrize(
    ("written", "expected"),
    [("7260", "7260"), (" 7260  Sistranda", "7260"), ("0150", "0150"), ("", None), ("ukjent", None)],
)
def test_postal_codes_as_people_write_them(written: str, expected: str | None) -> None:
    read = parse_postal_code(written)
    assert (read.value, read.warnings) == (expected, ())


@pytest.mark.parametrize("written", ["726", "72600", "Gata 1, 7260 Sistranda", "٧٢٦٠"])
def test_what_is_no_postal_code_is_left_out_with_a_warning(written: str) -> None:
    read = parse_postal_code(written)
    assert (read.value, [one.reason for one in read.warnings]) == (None, [Reason.POSTAL_CODE_UNREADABLE])


@pytest.mark.parametrize(
    "written", ["navn2(at)example.no", "navn2 [at] example.no", "navn2@example.no ", "navn2@EXAMPLE.no"]
)
def test_emails_as_people_write_them(written: str) -> None:
    assert parse_emails(written).value == (Contact(ContactKind.EMAIL, "navn2@example.no"),)


def test_a_broken_email_is_left_out_with_a_warning() -> None:
    assert parse_emails("navn2example.no").warnings[0].reason is Reason.EMAIL_UNREADABLE


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("POLEN", ("PL",)), ("litauen ", ("LT",)), ("Fillipinene", ("PH",)), ("UA", ("UA",)),
        ("Syria/Sverige", ("SY", "SE")),
        ("Bosnia-Hercegovina", ("BA",)), ("Norge og Polen", ("NO", "PL")), ("statsløs", ()), ("?", None), ("", None),
    ],
)  # fmt: skip
def test_citizenships(written: str, expected: tuple[str, ...] | None) -> None:
    assert parse_countries(written).value == expected


def test_an_unknown_country_is_rejected_and_an_origin_is_one_country() -> None:
    with pytest.raises(CellRejected):
        parse_countries("Atlantis")
    with pytest.raises(CellRejected):
        parse_country("Syria/Sverige")
    assert parse_country("Syria").value == "SY"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("ja", ConsentAnswer(Answer.YES)),
        ("JA", ConsentAnswer(Answer.YES)),
        ("j", ConsentAnswer(Answer.YES)),
        ("Ja 12.3.14", ConsentAnswer(Answer.YES, None, date(2014, 3, 12))),
        ("muntlig ja", ConsentAnswer(Answer.YES, ConsentForm.ORAL)),
        ("ja, skriftlig 1.2.2015", ConsentAnswer(Answer.YES, ConsentForm.WRITTEN, date(2015, 2, 1))),
        ("trukket", ConsentAnswer(Answer.WITHDRAWN)),
        ("trukket tilbake 1.2.2015", ConsentAnswer(Answer.WITHDRAWN, None, date(2015, 2, 1))),
        ("nei", ConsentAnswer(Answer.NO)),
        ("", None),
        ("?", None),
    ],
)
def test_consents(written: str, expected: ConsentAnswer | None) -> None:
    assert parse_consent(written, today=TODAY).value == expected


@pytest.mark.parametrize(
    "written", ["ja?", "ja, men ikke NAV", "nei ja", "kanskje", "ja 12.3.2044", "ja 31.2.2014", "12.3.2014"]
)
def test_what_is_not_clearly_an_answer_is_no_consent(written: str) -> None:
    with pytest.raises(CellRejected) as rejection:
        parse_consent(written, today=TODAY)
    assert rejection.value.reason is Reason.CONSENT_UNCLEAR


@given(st.text(max_size=20))
def test_no_text_without_a_yes_becomes_a_consent(text: str) -> None:
    try:
        answer = parse_consent(text, today=TODAY).value
    except CellRejected:
        return
    if answer and answer.answer is Answer.YES:
        said = set(re.findall(r"\w+", text.casefold()))
        assert said & {"ja", "j", "jo", "yes", "y", "x", "ok", "gitt", "godtatt", "samtykker", "samtykket"}


def test_skills_are_divided_and_licences_among_them_told_apart() -> None:
    read = parse_skills("excel, Visma, sveising;montasje, regnskap/lønn, truck T1/T4, båtførerbevis, Excel")
    assert [skill.label for skill in read.value.skills] == ["excel", "Visma", "sveising", "montasje", "regnskap/lønn"]
    assert [licence.code for licence in read.value.licences] == ["truck:T1", "truck:T4", "boat"]


def test_a_skill_that_is_denied_is_not_held() -> None:
    assert parse_skills("kan ikke svømme").value.skills == (SkillEntry("svømme", holds=False),)
    assert parse_skills("ikke førerkort").value.licences == (LicenceEntry("driving", holds=False),)


def test_licences_with_their_country() -> None:
    assert parse_licences("klasse B (litauisk)").value == (LicenceEntry("driving:B", country="LT"),)
    assert [one.code for one in parse_licences("førerkort BE, C; truck T1").value] == [
        "driving:BE",
        "driving:C",
        "truck:T1",
    ]
    assert parse_licences("kursbevis i noe").warnings[0].reason is Reason.LICENCE_UNKNOWN
    assert parse_licences("nei").value == ()


def test_wishes_are_kept_as_spoken_and_what_to_leave_is_found() -> None:
    assert parse_wishes("vil ut av fisken").value == Wishes("vil ut av fisken", "fisken")
    assert parse_wishes("deltid pga barn").value == Wishes("deltid pga barn")
    assert parse_wishes(" ").value is None


def test_interests_texts_and_keys() -> None:
    assert parse_interests("friluftsliv; fiske").value == ("friluftsliv", "fiske")
    assert parse_text("gift,\n2 barn").value == "gift, 2 barn"
    assert parse_household_key("H3").value == "H3"
    with pytest.raises(CellRejected):
        parse_household_key("x" * 61)


def test_a_yes_or_a_no_and_neither() -> None:
    assert [parse_yes_no(text).value for text in ("Ja", "nei", "")] == [True, False, None]
    with pytest.raises(CellRejected):
        parse_yes_no("av og til")


def test_a_personal_number_is_read_and_a_wrong_one_is_not_repeated() -> None:
    read = parse_personal_number("020132 99997").value
    assert read is not None
    assert read.digits == "02013299997"
    with pytest.raises(CellRejected) as rejection:
        parse_personal_number("020132 99990")
    assert "99990" not in f"{rejection.value} {rejection.value.detail} {rejection.value.hint}"
