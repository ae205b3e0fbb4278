"""What each column adds to a person's entry: one small reader a column, each pure."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, TypeVar

from kompetanse.codes.consent import ConsentPurpose
from kompetanse.codes.languages import NORWEGIAN
from kompetanse.exchange.cells.answers import parse_personal_number, parse_protection, parse_yes_no
from kompetanse.exchange.cells.consents import ConsentAnswer, parse_consent
from kompetanse.exchange.cells.contacts import parse_emails, parse_phones, parse_postal_code
from kompetanse.exchange.cells.countries import parse_countries, parse_country
from kompetanse.exchange.cells.dates import parse_birth, parse_date
from kompetanse.exchange.cells.education import parse_educations
from kompetanse.exchange.cells.languages import ORAL, WRITTEN, LanguageEntry, merge_languages, parse_languages
from kompetanse.exchange.cells.names import PersonName, parse_full_name, parse_name_part
from kompetanse.exchange.cells.skills import (
    LicenceEntry,
    SkillsCell,
    Wishes,
    parse_household_key,
    parse_interests,
    parse_licences,
    parse_skills,
    parse_text,
    parse_wishes,
)
from kompetanse.exchange.cells.work import (
    ExperienceEntry,
    parse_current_situation,
    parse_occupations,
    parse_percentage,
    parse_styrk,
)
from kompetanse.exchange.faults import CellRejected, Reading
from kompetanse.exchange.people_columns import Field, PeopleColumn
from kompetanse.exchange.people_entries import ConsentEntry, PersonEntry
from kompetanse.people.rules import Contact

T = TypeVar("T")

_MOST_KEPT = 20_000
"""How many different texts of a column are kept with what they say."""


@dataclass(frozen=True, slots=True)
class Reader(Generic[T]):
    """How the cells of a column are read, and what they add to an entry.

    `parse` is given the text and today; it raises CellRejected when it cannot be read. `repeats`: many people's cells
    say the same, so that what is read of one is worth keeping for the next.
    """

    parse: Callable[[str, date], Reading[T]]
    put: Callable[[PersonEntry, T], None]
    repeats: bool = True


def _of_text(parse: Callable[[str], Reading[T]]) -> Callable[[str, date], Reading[T]]:
    return lambda text, _: parse(text)


def _of_day(parse: Callable[..., Reading[T]]) -> Callable[[str, date], Reading[T]]:
    return lambda text, today: parse(text, today=today)


def _full_name(entry: PersonEntry, name: PersonName) -> None:
    entry.family_name = entry.family_name or name.family_name
    entry.given_name = entry.given_name or name.given_name


def _family_name(entry: PersonEntry, name: str) -> None:
    entry.family_name = name or entry.family_name


def _given_name(entry: PersonEntry, name: str) -> None:
    entry.given_name = name or entry.given_name


def _contacts(entry: PersonEntry, contacts: tuple[Contact, ...]) -> None:
    entry.contacts = tuple(dict.fromkeys((*entry.contacts, *contacts)))


def _languages(entry: PersonEntry, languages: tuple[LanguageEntry, ...]) -> None:
    entry.languages = merge_languages((*entry.languages, *languages))


def _norwegian_in(skills: tuple[str, ...]) -> Reader[tuple[LanguageEntry, ...]]:
    """A column of some skills alone: what it says goes before what is said of Norwegian as a whole."""

    def put(entry: PersonEntry, languages: tuple[LanguageEntry, ...]) -> None:
        entry.languages = merge_languages((*languages, *entry.languages))

    return Reader(lambda text, _: parse_languages(text, default=NORWEGIAN, unnamed=skills), put)


def _occupations(entry: PersonEntry, experiences: tuple[ExperienceEntry, ...]) -> None:
    entry.experiences = (*entry.experiences, *experiences)


def _styrk(entry: PersonEntry, coded: ExperienceEntry | None) -> None:
    if coded is None:
        return
    if len(entry.experiences) == 1:  # the code is that of the occupation in words
        entry.experiences = (replace(entry.experiences[0], styrk=coded.styrk),)
    else:
        entry.experiences = (*entry.experiences, coded)


def _skills(entry: PersonEntry, told: SkillsCell) -> None:
    skills = {skill.label.casefold(): skill for skill in (*entry.skills, *told.skills)}
    entry.skills = tuple(skills.values())
    _licences(entry, told.licences)


def _licences(entry: PersonEntry, further: tuple[LicenceEntry, ...]) -> None:
    if further:
        licences = {licence.code: licence for licence in (*entry.licences, *further)}
        entry.licences = tuple(licences.values())


def _wishes(entry: PersonEntry, wishes: Wishes | None) -> None:
    if wishes is None:
        return
    entry.wishes_as_spoken = "; ".join(filter(None, (entry.wishes_as_spoken, wishes.as_spoken)))
    entry.wants_to_leave = entry.wants_to_leave or wishes.wants_to_leave


def _interests(entry: PersonEntry, interests: tuple[str, ...]) -> None:
    entry.interests = tuple(dict.fromkeys((*entry.interests, *interests)))


def _consent_to(purpose: ConsentPurpose) -> Reader[ConsentAnswer | None]:
    def put(entry: PersonEntry, answer: ConsentAnswer | None) -> None:
        if answer is not None:
            entry.consents = (*entry.consents, ConsentEntry(purpose, answer))

    return Reader(_of_day(parse_consent), put)


def _note(entry: PersonEntry, note: str | None) -> None:
    if note:
        entry.notes = (*entry.notes, note)


def _into(name: str) -> Callable[[PersonEntry, object], None]:
    """Put what a cell says into a field of the entry."""
    return lambda entry, value: setattr(entry, name, value)


def _nowhere(entry: PersonEntry, value: object) -> None:
    """Leave the entry as it is."""


READERS: dict[Field, Reader[Any]] = {
    Field.FULL_NAME: Reader(_of_text(parse_full_name), _full_name, repeats=False),
    Field.FAMILY_NAME: Reader(_of_text(parse_name_part), _family_name),
    Field.GIVEN_NAME: Reader(_of_text(parse_name_part), _given_name),
    Field.BORN: Reader(_of_day(parse_birth), _into("born")),
    Field.NATIONAL_ID: Reader(_of_text(parse_personal_number), _into("national_id"), repeats=False),
    Field.CITIZENSHIP: Reader(_of_text(parse_countries), _into("citizenships")),
    Field.ORIGIN: Reader(_of_text(parse_country), _into("country_of_origin")),
    Field.PHONE: Reader(_of_text(parse_phones), _contacts, repeats=False),
    Field.EMAIL: Reader(_of_text(parse_emails), _contacts, repeats=False),
    Field.POSTAL_CODE: Reader(_of_text(parse_postal_code), _into("postal_code")),
    Field.PROTECTED: Reader(_of_text(parse_protection), _into("protected_address")),
    Field.LANGUAGES: Reader(_of_text(parse_languages), _languages),
    Field.MOTHER_TONGUE: Reader(lambda text, _: parse_languages(text, mother_tongue=True), _languages),
    Field.NORWEGIAN: Reader(lambda text, _: parse_languages(text, default=NORWEGIAN), _languages),
    Field.NORWEGIAN_ORAL: _norwegian_in(ORAL),
    Field.NORWEGIAN_WRITTEN: _norwegian_in(WRITTEN),
    Field.INTERPRETER: Reader(_of_text(parse_yes_no), _into("needs_interpreter")),
    Field.OCCUPATION: Reader(_of_text(parse_occupations), _occupations),
    Field.STYRK: Reader(_of_text(parse_styrk), _styrk),
    Field.EDUCATION: Reader(_of_text(parse_educations), _into("educations")),
    Field.CURRENT: Reader(_of_text(parse_current_situation), _into("current")),
    Field.SKILLS: Reader(_of_text(parse_skills), _skills),
    Field.LICENCES: Reader(_of_text(parse_licences), _licences),
    Field.WISHES: Reader(_of_text(parse_wishes), _wishes),
    Field.INTERESTS: Reader(_of_text(parse_interests), _interests),
    Field.PERCENTAGE: Reader(_of_text(parse_percentage), _into("percentage")),
    Field.FAMILY: Reader(_of_text(parse_text), _into("family")),
    Field.HOUSEHOLD: Reader(_of_text(parse_household_key), _into("household_key"), repeats=False),
    Field.CONSENT_NEIGHBOURS: _consent_to(ConsentPurpose.SHARE_WITH_NEIGHBOURS),
    Field.CONSENT_JOB_SERVICE: _consent_to(ConsentPurpose.EXPORT_TO_JOB_SERVICE),
    Field.CONSENT_AMBASSADOR: _consent_to(ConsentPurpose.AMBASSADOR),
    Field.ARRIVED_IN_MUNICIPALITY: Reader(_of_day(parse_date), _into("arrived_in_municipality")),
    Field.ARRIVED_IN_NORWAY: Reader(_of_day(parse_date), _into("arrived_in_norway")),
    Field.NOTES: Reader(_of_text(parse_text), _note, repeats=False),
    Field.LEFT_OUT: Reader(lambda text, _: Reading(None), _nowhere),
}


class CellsOfColumn:
    """Reads the cells of one column of a file: a text that comes again is not read again."""

    def __init__(self, column: PeopleColumn, today: date) -> None:
        reader = READERS[column.field]
        self.required, self.put = column.required, reader.put
        self._reader, self._today = reader, today
        self._read: dict[str, Reading[Any] | CellRejected] = {}
        self._kept = _MOST_KEPT if reader.repeats else 0

    def read(self, text: str) -> Reading[Any] | CellRejected:
        """What a cell says, or why it cannot be read."""
        found = self._read.get(text)
        if found is None:
            found = _parsed(self._reader, text, self._today)
            if len(self._read) < self._kept:
                self._read[text] = found
        return found


def _parsed(reader: Reader[T], text: str, today: date) -> Reading[T] | CellRejected:
    try:
        return reader.parse(text, today)
    except CellRejected as cause:
        return cause.with_traceback(None)  # it would keep the frames of the reading alive
