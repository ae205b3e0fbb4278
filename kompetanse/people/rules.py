"""What is true of newcomers' data, without any database: names, contact points, likeness of two people."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypedDict

import phonenumbers
from anyascii import anyascii
from email_validator import EmailNotValidError, validate_email
from email_validator.rfc_constants import CASE_INSENSITIVE_MAILBOX_NAMES
from rapidfuzz import fuzz, process

from kompetanse.codes.lists import fold_letter
from kompetanse.codes.municipalities import is_postal_code
from kompetanse.codes.residence import ContactKind, ResidenceBasis
from kompetanse.errors import FieldFault, Invalid

_NOT_A_NAME_LETTER = re.compile(r"[^a-z0-9 ]+")
_LOST_LETTER = re.compile("['?\N{REPLACEMENT CHARACTER}]")
"""An apostrophe, or what a file read in the wrong encoding has instead of a letter; neither parts a name."""

_PLAINLY_NORWEGIAN = re.compile(r"(?:\+47)?[2-79]\d{7}", re.ASCII)

_PLAIN_ADDRESS = re.compile(r"(?=.{1,64}@)[a-z0-9]+(?:[._-][a-z0-9]+)*@[a-z0-9.-]{1,100}", re.ASCII | re.IGNORECASE)
"""An address whose part before the @ every server takes, and that is not too long."""

_DIALLED = re.compile(r"(?:(?:tlf|tel|mob|mobil|telefon)[.:]*)?[\s\d+().\-/]*\d[\s\d+().\-/]*", re.IGNORECASE)
"""A phone number in whatever format, or the beginning of one."""

_AFTER_Z = {"æ": "{", "ø": "|", "å": "}"}
"""The three letters as the signs that come after z, and before every other script, in UTF-8."""

SHORTEST_PART = 3
"""Initials and shorter parts of names are like too many words."""

LIKENESS = 84
"""Least likeness of two names (0-100) to be pointed out: tuned so that Oleksandr/Aleksander and one lost
letter pass, and brothers with other first names do not."""

PART_LIKENESS = 65
"""Least likeness of each part: Serhii/Sergei (67) and Olha/Olga (75) pass, Ahmed/Mohammed (62) and Jonas/Tomas
(60) do not."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach somebody, as typed or as normalised."""

    kind: ContactKind
    value: str


class PersonFields(TypedDict, total=False):
    """What can be set on a newcomer. A key that is absent is left alone; None means "not stated".

    `postal_code` is that of the home, for travel times; it never stands beside a protected address.
    """

    given_name: str
    family_name: str
    born: str | None
    citizenships: list[str] | None
    country_of_origin: str | None
    arrived_in_norway: str | None
    arrived_in_municipality: str | None
    residence_basis: ResidenceBasis | None
    residence_until: date | None
    may_work: bool | None
    may_work_until: date | None
    contact_languages: list[str] | None
    needs_interpreter: bool | None
    protected_address: bool
    postal_code: str | None
    notes: str | None
    contacts: list[Contact]


OWN_FIELDS = frozenset({"contacts", "contact_languages", "needs_interpreter"})
"""What a newcomer can change of her record herself; the rest is what the municipality found out or decided."""


def fold(text: str) -> str:
    """Text as it is compared: Latin letters without marks, lower case, single spaces.

    >>> fold("Шевченко"), fold("Żukauskienė")
    ('shevchenko', 'zukauskiene')
    """
    latin = anyascii(unicodedata.normalize("NFC", text)).lower()
    return " ".join(_NOT_A_NAME_LETTER.sub(" ", _LOST_LETTER.sub("", latin)).split())


def reached_by(text: str) -> str:
    """A search as it stands in phone numbers (E.164) and e-mail addresses, in small letters.

    >>> reached_by("0047 900.12-345"), reached_by("tlf. (+370) 612 34"), reached_by("Olena@Example.no")
    ('4790012345', '37061234', 'olena@example.no')
    """
    if _DIALLED.fullmatch(text):
        return re.sub(r"\D", "", text).removeprefix("00")
    return "".join(text.lower().split())


def spellings(words: Iterable[str], names: Iterable[str], most: int) -> list[list[str]] | None:
    """For each word of a search the parts of `names` (keys, as `name_key` makes them) that are spelt most like it.

    At most `most` of each, likest first; None when a word has no like among them.
    """
    parts = list({part for name in names for part in name.split() if len(part) >= SHORTEST_PART})
    found = []
    for word in words:
        like = process.extract(word, parts, scorer=fuzz.ratio, score_cutoff=PART_LIKENESS, limit=most)
        if not like:
            return None
        found.append([part for part, *_ in like])
    return found


def name_key(family_name: str, given_name: str) -> str:
    """What a person is searched and compared by."""
    return fold(f"{family_name} {given_name}")[:200]


def name_order(family_name: str, given_name: str) -> bytes:
    """What lists are ordered by, the same in every database: as Norwegians do it, æ, ø and å after z.

    "aa" is å, ä is æ and ö is ø (CLDR's collation of Norwegian). Other marks do not count; other scripts come last.

    >>> sorted(["Åsen", "Zoric", "Øye", "Żak", "Aasen", "Ås"], key=lambda name: name_order(name, ""))
    ['Żak', 'Zoric', 'Øye', 'Ås', 'Åsen', 'Aasen']
    """
    return _ordered(family_name) + b"\0" + _ordered(given_name)


@lru_cache(maxsize=10_000)
def _ordered(name: str) -> bytes:
    text = unicodedata.normalize("NFC", name).casefold()
    for spelt, meant in (("aa", "å"), ("ä", "æ"), ("ö", "ø")):
        text = text.replace(spelt, meant)
    counting = (sign for sign in text if sign == " " or sign.isalnum())
    return "".join(_AFTER_Z.get(sign) or fold_letter(sign) for sign in counting).encode()


def postal_code_faults(code: str | None, *, protected: bool) -> list[FieldFault]:
    """What is wrong with the postal code of a home; where the address is protected, any code is."""
    if code is None:
        return []
    if protected:
        hint = "Leave it empty: it tells where somebody lives"
        return [FieldFault("/postal_code", "A protected address has no postal code", hint)]
    if is_postal_code(code):
        return []
    return [FieldFault("/postal_code", "Not a Norwegian postal code", "Write four digits: 7260")]


def births_agree(one: str | None, other: str | None) -> bool:
    """Whether two births, of whatever precision, can be the same; one that is not stated agrees with none."""
    if not one or not other:
        return False
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter)


def years_since(born: str | None, on: date) -> int | None:
    """Age in whole years on a day; None where it is not known, or the birth is yet to come.

    Of whom only the year or month is known, she counts as born on its first day.

    >>> years_since("1984-11", date(2026, 10, 31))
    41
    """
    if born is None:
        return None
    year, month, day = (int(part) for part in f"{born}-01-01"[:10].split("-"))
    years = on.year - year - ((on.month, on.day) < (month, day))
    return years if years >= 0 else None


def same_person_likely(key: str, born: str | None, other_key: str, other_born: str | None) -> bool:
    """Whether two records may be one person: births that agree, and names alike in any order of their parts."""
    if not births_agree(born, other_born) or fuzz.token_sort_ratio(key, other_key) < LIKENESS:
        return False
    return _parts_alike(key.split(), other_key.split())


def _parts_alike(one: list[str], other: list[str]) -> bool:
    """Whether each part of the name with fewer has its like in the other: a long family name alone is no likeness."""
    fewest = min(len(one), len(other))
    return all(
        max(fuzz.ratio(part, like) for like in longer) >= PART_LIKENESS
        for shorter, longer in ((one, other), (other, one))
        if len(shorter) == fewest
        for part in shorter
    )


def normalise_contacts(contacts: Iterable[Contact]) -> list[Contact]:
    """Contact points in their one written form, each once, in the order given.

    Raises:
        Invalid: with the pointer of every one that cannot be read.
    """
    accepted: list[Contact] = []
    faults: list[FieldFault] = []
    for position, contact in enumerate(contacts):
        try:
            normal = Contact(contact.kind, _normal(contact))
        except ValueError:
            faults.append(_contact_fault(position, contact.kind))
            continue
        if normal not in accepted:
            accepted.append(normal)
    if faults:
        raise Invalid(*faults)
    return accepted


def _normal(contact: Contact) -> str:
    return e164(contact.value) if contact.kind is ContactKind.PHONE else email_address(contact.value)


def email_address(text: str) -> str:
    """An e-mail address in its one written form (RFC 5321 and 6531). ValueError when it is none."""
    address = text.strip()
    local, _, domain = address.rpartition("@")
    if _PLAIN_ADDRESS.fullmatch(address) and local.lower() not in CASE_INSENSITIVE_MAILBOX_NAMES:
        return f"{local}@{_mail_domain(domain)}"
    return _validated(address)


@lru_cache(maxsize=1000)
def _mail_domain(domain: str) -> str:
    """A domain as the library writes it, which is what takes its time; addresses share theirs."""
    return _validated(f"a@{domain}").removeprefix("a@")


def _validated(address: str) -> str:
    try:
        return validate_email(address, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise ValueError from error


def e164(text: str) -> str:
    """A phone number in E.164 (ITU-T), Norwegian unless it says otherwise. ValueError when it is none."""
    digits = "".join(text.split())
    if _PLAINLY_NORWEGIAN.fullmatch(digits):  # most are: what the library says of them, in a tenth of its time
        return f"+47{digits[-8:]}"
    try:
        number = phonenumbers.parse(text, "NO")
    except phonenumbers.NumberParseException as error:
        raise ValueError from error
    if not phonenumbers.is_possible_number(number):
        raise ValueError
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _contact_fault(position: int, kind: ContactKind) -> FieldFault:
    pointer = f"/contacts/{position}/value"
    if kind is ContactKind.PHONE:
        return FieldFault(pointer, "Not a phone number", "Write it with the country code: +47 900 00 000")
    return FieldFault(pointer, "Not an e-mail address", "Write it as name@example.no")


def runs_out_on(given_on: date) -> date:
    """The first day on which a consent that was given on a day stands no more: a year later.

    >>> runs_out_on(date(2024, 2, 29))
    datetime.date(2025, 3, 1)
    """
    if (given_on.month, given_on.day) == (2, 29):
        return date(given_on.year + 1, 3, 1)
    return given_on.replace(year=given_on.year + 1)
