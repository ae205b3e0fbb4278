"""Names and births as they are compared; contact points as they are written."""

from collections.abc import Callable

import phonenumbers
import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import example, given
from hypothesis import strategies as st

from kompetanse.codes.residence import ContactKind
from kompetanse.errors import Invalid
from kompetanse.people.rules import (
    Contact,
    births_agree,
    e164,
    email_address,
    fold,
    name_key,
    name_order,
    normalise_contacts,
    reached_by,
    same_person_likely,
    spellings,
)

births = st.one_of(
    st.none(),
    st.dates().map(lambda day: day.isoformat()),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.dates().map(lambda day: day.isoformat()[:4]),
)
names = st.text(alphabet=st.characters(codec="utf-8"), max_size=40)


@given(names)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(names)
def test_a_folded_name_is_small_latin_letters_digits_and_single_spaces(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert folded == folded.lower().strip()
    assert "  " not in folded


@given(names, names)
def test_case_and_surrounding_space_never_matter(family: str, given_name: str) -> None:
    assert name_key(f" {family} ", given_name) == name_key(family, f"  {given_name}")


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Шевченко", "shevchenko"),
        ("Żukauskienė", "zukauskiene"),
        ("O'Brien", "obrien"),
        ("Anne-Marie", "anne marie"),
        ("Ærøskøbing", "aeroskobing"),
        ("D?browski", "dbrowski"),
        ("D\N{REPLACEMENT CHARACTER}browski", "dbrowski"),
        ("", ""),
    ],
)
def test_names_are_compared_in_plain_latin(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_a_letter_and_its_two_part_form_are_one() -> None:
    assert fold("Dąbrowski") == fold("Da\N{COMBINING OGONEK}browski")


@given(births, births)
def test_agreeing_is_mutual(one: str | None, other: str | None) -> None:
    assert births_agree(one, other) == births_agree(other, one)


@given(births.filter(bool))
def test_every_stated_birth_agrees_with_itself_and_its_year(birth: str) -> None:
    assert births_agree(birth, birth)
    assert births_agree(birth, birth[:4])


@given(births)
def test_a_birth_that_is_not_stated_agrees_with_none(birth: str | None) -> None:
    assert not births_agree(None, birth)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("1987-05-17", "1987-05", True),
        ("1987-05-17", "1987-06", False),
        ("1987", "1987-12-31", True),
        ("1987-05-17", "1987-05-18", False),
    ],
)
def test_births_agree_as_far_as_both_are_known(one: str, other: str, *, agree: bool) -> None:
    assert births_agree(one, other) is agree


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Шевченко Олександр", "Shevchenko Oleksandr"),
        ("Żukauskienė Rasa", "Zukauskiene Rasa"),
        ("D?browski Jan", "Dąbrowski Jan"),
        ("Rasa Zukauskiene", "Zukauskiene Rasa"),
        ("Müller Jürgen", "Mueller Juergen"),
        ("Kazlauskiene Rasa", "Kazlauskene Rasa"),
        ("Shevchenko Serhii", "Shevchenko Sergei"),
        ("Garcia Lopez Maria", "Garcia Maria Lopez"),
    ],
)
def test_one_name_written_two_ways_is_pointed_out(one: str, other: str) -> None:
    assert same_person_likely(fold(one), "1987-05-17", fold(other), "1987")
    assert not same_person_likely(fold(one), "1987-05-17", fold(other), "1988")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nilsen Ola", "Nilsen Kari"),
        ("Hassan Ahmed", "Hassan Mohammed"),
        ("Tesfaye Hanna", "Tesfaye Samuel"),
        ("Żukauskienė Rasa", "Żukauskienė Jonas"),
        ("Balasubramanian Priya", "Balasubramanian Arun"),
    ],
)
def test_siblings_are_not_pointed_out(one: str, other: str) -> None:
    assert not same_person_likely(fold(one), "1987-05-17", fold(other), "1987-05-17")


@given(names, names, births, births)
def test_likeness_is_mutual(one: str, other: str, born: str | None, other_born: str | None) -> None:
    there = same_person_likely(fold(one), born, fold(other), other_born)
    assert there == same_person_likely(fold(other), other_born, fold(one), born)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("900 00 000", "+4790000000"), ("+370 612 34567", "+37061234567"), ("0047 90000000", "+4790000000")],
)
def test_phones_are_stored_in_e164(typed: str, stored: str) -> None:
    assert e164(typed) == stored
    assert e164(stored) == stored


def refused(read: Callable[[str], str], typed: str) -> bool:
    try:
        read(typed)
    except ValueError:
        return True
    return False


@given(st.from_regex(r"(\+47)? ?[0-9 ]{7,11}", fullmatch=True))
def test_the_short_way_to_a_phone_number_is_the_librarys(typed: str) -> None:
    try:
        number = phonenumbers.parse(typed, "NO")
    except phonenumbers.NumberParseException:
        number = None
    if number is not None and phonenumbers.is_possible_number(number):
        assert e164(typed) == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    else:
        assert refused(e164, typed)


@example("Post@froya.example")
@example("Info@froya.example")
@example("WEBMASTER@froya.example")
@given(st.from_regex(r"[A-Za-z0-9._+-]{1,70}@[A-Za-z0-9-]{1,64}(\.[A-Za-z0-9-]{1,12}){0,3}", fullmatch=True))
def test_the_short_way_to_an_address_is_the_librarys(typed: str) -> None:
    try:
        expected = validate_email(typed, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        assert refused(email_address, typed)
    else:
        assert email_address(typed) == expected


def test_contact_points_are_kept_once_and_in_order() -> None:
    phone, email = ContactKind.PHONE, ContactKind.EMAIL
    typed = [Contact(phone, "900 00 000"), Contact(email, "Rasa@Froya.Example"), Contact(phone, "+47 90000000")]
    assert normalise_contacts(typed) == [Contact(phone, "+4790000000"), Contact(email, "Rasa@froya.example")]


def test_every_contact_point_that_cannot_be_read_is_named_by_place_and_never_repeated() -> None:
    typed = [
        Contact(ContactKind.PHONE, "12"),
        Contact(ContactKind.PHONE, "90000000"),
        Contact(ContactKind.EMAIL, "hei"),
    ]
    with pytest.raises(Invalid) as caught:
        normalise_contacts(typed)
    assert [fault.pointer for fault in caught.value.faults] == ["/contacts/0/value", "/contacts/2/value"]
    assert all(fault.hint and "hei" not in fault.detail for fault in caught.value.faults)


@pytest.mark.parametrize(
    ("text", "reached"),
    [
        ("900 12 345", "90012345"),
        ("+47 900-12-345", "4790012345"),
        ("0047 (900) 12.345", "4790012345"),
        ("Tlf.: 900 12 345", "90012345"),
        ("Olena@Example.no ", "olena@example.no"),
        ("Prøve 900", "prøve900"),
    ],
)
def test_a_search_is_compared_as_phones_and_addresses_are_stored(text: str, reached: str) -> None:
    assert reached_by(text) == reached


@pytest.mark.parametrize("written", ["Sjevtsjenko", "Szewczenko", "Shevcenko", "Schewtschenko", "Чевченко"])
def test_a_name_is_spelt_like_another(written: str) -> None:
    names = [name_key("Shevchenko", "Olena"), name_key("Kazlauskienė", "Rasa"), name_key("Berg", "Nils")]
    found = spellings(fold(written).split(), names, 5)
    assert found is not None
    assert found[0][0] == "shevchenko"


def test_a_word_that_is_like_no_name_has_no_spelling() -> None:
    names = [name_key("Shevchenko", "Olena")]
    assert spellings(["olena", "xyzzyplugh"], names, 5) is None
    assert spellings(["olna", "shevchenko"], names, 5) == [["olena"], ["shevchenko"]]


@given(st.text(max_size=8), st.text(max_size=8))
def test_a_name_stands_before_those_that_begin_with_it(family: str, given_name: str) -> None:
    assert name_order(family, given_name) < name_order(f"{family} b", "")
