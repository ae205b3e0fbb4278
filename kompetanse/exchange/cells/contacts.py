"""Phones, e-mail addresses and postal codes, in the one form that they are stored in."""

import re

from kompetanse.codes.municipalities import is_postal_code
from kompetanse.codes.residence import ContactKind
from kompetanse.errors import Invalid
from kompetanse.exchange.cells.words import not_stated, tidy
from kompetanse.exchange.faults import CellWarning, Reading, Reason, reading
from kompetanse.people.rules import Contact, normalise_contacts

_AT = re.compile(r"\s*[(\[{<]\s*(?:at|a|alfa|krøllalfa)\s*[)\]}>]\s*|\s+(?:at|krøllalfa)\s+", re.IGNORECASE)
_DOT = re.compile(r"\s*[(\[{<]\s*(?:dot|punktum)\s*[)\]}>]\s*", re.IGNORECASE)
_BETWEEN_PHONES = re.compile(r"[;,/\n]|\b(?:og|eller|or)\b", re.IGNORECASE)
_SIDE_BY_SIDE = re.compile(r"(\d{8})\s+(\d{8})")
_BETWEEN_EMAILS = re.compile(r"[;,/\s]+|\b(?:og|eller)\b", re.IGNORECASE)
_PLUS_LOST = re.compile(r"[1-9]\d{9,14}")
"""A number with its country code after a spreadsheet program took the plus for arithmetic: 48501029914."""

_FLOAT = (".0", ",0")
"""How a number ends that went through a program that calculates: 90012345.0."""

_NONE = frozenset({"nei", "ingen", "har ikke", "none", "mangler"})
_PHONE = CellWarning(
    Reason.PHONE_UNREADABLE,
    "Telefonnummeret er ufullstendig eller feil, og er ikke tatt med",
    "Skriv nummeret med landkode: +47 900 00 000",
)
_POSTAL_CODE = CellWarning(
    Reason.POSTAL_CODE_UNREADABLE,
    "Postnummeret er ikke fire sifre, og er ikke tatt med",
    "Skriv fire sifre: 7260",
)
_EMAIL = CellWarning(
    Reason.EMAIL_UNREADABLE,
    "E-postadressen lar seg ikke lese, og er ikke tatt med",
    "Skriv den som navn@eksempel.no",
)


def parse_phones(text: str) -> Reading[tuple[Contact, ...]]:
    """Phone numbers in E.164, Norwegian unless they say otherwise; a broken one is left out, with a warning."""
    beside = _SIDE_BY_SIDE.fullmatch(text)
    parts = list(beside.groups()) if beside else _BETWEEN_PHONES.split(text)
    return _parse(parts, ContactKind.PHONE, _PHONE)


def parse_emails(text: str) -> Reading[tuple[Contact, ...]]:
    """E-mail addresses, those written "name(at)example.no" too; a broken one is left out, with a warning."""
    return _parse(_BETWEEN_EMAILS.split(_DOT.sub(".", _AT.sub("@", text))), ContactKind.EMAIL, _EMAIL)


def parse_postal_code(text: str) -> Reading[str | None]:
    """A postal code, also before the name of its post office; anything else is left out, with a warning.

    What is left out is not kept anywhere: it may be an address, which no field and no note is for.
    """
    if not_stated(text):
        return reading(None)
    code = tidy(text).partition(" ")[0].removesuffix(".0")
    return reading(code) if is_postal_code(code) else reading(None, [_POSTAL_CODE])


def _parse(parts: list[str], kind: ContactKind, warning: CellWarning) -> Reading[tuple[Contact, ...]]:
    found: list[Contact] = []
    warnings: list[CellWarning] = []
    for part in map(tidy, parts):
        if not_stated(part) or part.casefold() in _NONE:
            continue
        read = _phone(part) if kind is ContactKind.PHONE else _contact(kind, part)
        if read is None:
            warnings.append(warning)
        else:
            found.append(read)
    return reading(tuple(dict.fromkeys(found)), warnings)


def _phone(text: str) -> Contact | None:
    """A phone number, also one that a spreadsheet program took for a number."""
    number = text[:-2] if text.endswith(_FLOAT) and text[:-2].lstrip("+").isdigit() else text
    found = _contact(ContactKind.PHONE, number)
    if found is None and _PLUS_LOST.fullmatch(digits := number.replace(" ", "")):
        found = _contact(ContactKind.PHONE, f"+{digits}")
    return found


def _contact(kind: ContactKind, value: str) -> Contact | None:
    """A contact in its one written form; None when it is none."""
    try:
        return next(iter(normalise_contacts([Contact(kind, value)])), None)
    except Invalid:
        return None
