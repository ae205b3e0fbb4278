"""What each column adds to a person's entry: one small reader a column, each pure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from kompetanse.codes.consent import ConsentPurpose
from kompetanse.codes.languages import NORWEGIAN
from kompetanse.exchange.cells.answers import parse_personal_number, parse_yes_no
from kompetanse.exchange.cells.consents import parse_consent
from kompetanse.exchange.cells.contacts import parse_emails, parse_phones, parse_postal_code
from kompetanse.exchange.cells.countries import parse_countries, parse_country
from kompetanse.exchange.cells.dates import parse_birth, parse_date
from kompetanse.exchange.cells.education import parse_educations
from kompetanse.exchange.cells.languages import LanguageEntry, merge_languages, parse_languages
from kompetanse.exchange.cells.names import parse_full_name, parse_name_part
from kompetanse.exchange.cells.skills import (
    LicenceEntry,
    parse_household_key,
    parse_interests,
    parse_licences,
    parse_skills,
    parse_text,
    parse_wishes,
)
from kompetanse.exchange.cells.work import parse_current_situation, parse_occupations, parse_percentage, parse_styrk
from kompetanse.exchange.faults import Reading
from kompetanse.exchange.people_columns import Field
from kompetanse.exchange.people_entries import ConsentEntry, PersonEntry
from kompetanse.people.rules import Contact

Reader = Callable[[PersonEntry, str, date], Reading[PersonEntry]]
"""Adds what a cell says to an entry. Raises CellRejected when it cannot be read."""


def _full_name(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    read = parse_full_name(text)
    family, given = entry.family_name or read.value.family_name, entry.given_name or read.value.given_name
    return Reading(replace(entry, family_name=family, given_name=given), read.warnings)


def _family_name(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    read = parse_name_part(text)
    return Reading(replace(entry, family_name=read.value or entry.family_name), read.warnings)


def _given_name(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    read = parse_name_part(text)
    return Reading(replace(entry, given_name=read.value or entry.given_name), read.warnings)


def _born(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    read = parse_birth(text, today=today)
    return Reading(replace(entry, born=read.value), read.warnings)


def _national_id(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    return Reading(replace(entry, national_id=parse_personal_number(text).value))


def _citizenship(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    return Reading(replace(entry, citizenships=parse_countries(text).value))


def _origin(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    return Reading(replace(entry, country_of_origin=parse_country(text).value))


def _phone(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    return _with_contacts(entry, parse_phones(text))


def _email(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    return _with_contacts(entry, parse_emails(text))


def _with_contacts(entry: PersonEntry, read: Reading[tuple[Contact, ...]]) -> Reading[PersonEntry]:
    contacts = tuple(dict.fromkeys((*entry.contacts, *read.value)))
    return Reading(replace(entry, contacts=contacts), read.warnings)


def _postal_code(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    read = parse_postal_code(text)
    return Reading(replace(entry, postal_code=read.value), read.warnings)


def _languages(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    return _with_languages(entry, parse_languages(text))


def _mother_tongue(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    return _with_languages(entry, parse_languages(text, mother_tongue=True))


def _norwegian(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    return _with_languages(entry, parse_languages(text, default=NORWEGIAN))


def _with_languages(entry: PersonEntry, read: Reading[tuple[LanguageEntry, ...]]) -> Reading[PersonEntry]:
    return Reading(replace(entry, languages=merge_languages((*entry.languages, *read.value))), read.warnings)


def _interpreter(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    return Reading(replace(entry, needs_interpreter=parse_yes_no(text).value))


def _occupation(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    read = parse_occupations(text)
    return Reading(replace(entry, experiences=(*entry.experiences, *read.value)), read.warnings)


def _styrk(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    coded = parse_styrk(text).value
    if coded is None:
        return Reading(entry)
    if len(entry.experiences) == 1:  # the code is that of the occupation in words
        return Reading(replace(entry, experiences=(replace(entry.experiences[0], styrk=coded.styrk),)))
    return Reading(replace(entry, experiences=(*entry.experiences, coded)))


def _education(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    read = parse_educations(text)
    return Reading(replace(entry, educations=read.value), read.warnings)


def _current(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    return Reading(replace(entry, current=parse_current_situation(text).value))


def _skills(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    read = parse_skills(text)
    skills = {skill.label.casefold(): skill for skill in (*entry.skills, *read.value.skills)}
    with_skills = replace(entry, skills=tuple(skills.values()))
    return Reading(_with_licences(with_skills, read.value.licences), read.warnings)


def _licences(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    read = parse_licences(text)
    return Reading(_with_licences(entry, read.value), read.warnings)


def _with_licences(entry: PersonEntry, further: tuple[LicenceEntry, ...]) -> PersonEntry:
    licences = {licence.code: licence for licence in (*entry.licences, *further)}
    return replace(entry, licences=tuple(licences.values()))


def _wishes(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    read = parse_wishes(text)
    if read.value is None:
        return Reading(entry)
    spoken = "; ".join(filter(None, (entry.wishes_as_spoken, read.value.as_spoken)))
    leave = entry.wants_to_leave or read.value.wants_to_leave
    return Reading(replace(entry, wishes_as_spoken=spoken, wants_to_leave=leave), read.warnings)


def _interests(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    return Reading(replace(entry, interests=tuple(dict.fromkeys((*entry.interests, *parse_interests(text).value)))))


def _percentage(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    read = parse_percentage(text)
    return Reading(replace(entry, percentage=read.value), read.warnings)


def _family(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    return Reading(replace(entry, family=parse_text(text).value))


def _household(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    return Reading(replace(entry, household_key=parse_household_key(text).value))


def _consent_to(purpose: ConsentPurpose) -> Reader:
    def read_consent(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
        answer = parse_consent(text, today=today).value
        further = () if answer is None else (ConsentEntry(purpose, answer),)
        return Reading(replace(entry, consents=(*entry.consents, *further)))

    return read_consent


def _arrived_here(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    read = parse_date(text, today=today)
    return Reading(replace(entry, arrived_in_municipality=read.value), read.warnings)


def _arrived_in_norway(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    read = parse_date(text, today=today)
    return Reading(replace(entry, arrived_in_norway=read.value), read.warnings)


def _notes(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    note = parse_text(text).value
    return Reading(replace(entry, notes=(*entry.notes, note)) if note else entry)


def _left_out(entry: PersonEntry, text: str, today: date) -> Reading[PersonEntry]:
    return Reading(entry)


READERS: dict[Field, Reader] = {
    Field.FULL_NAME: _full_name,
    Field.FAMILY_NAME: _family_name,
    Field.GIVEN_NAME: _given_name,
    Field.BORN: _born,
    Field.NATIONAL_ID: _national_id,
    Field.CITIZENSHIP: _citizenship,
    Field.ORIGIN: _origin,
    Field.PHONE: _phone,
    Field.EMAIL: _email,
    Field.POSTAL_CODE: _postal_code,
    Field.LANGUAGES: _languages,
    Field.MOTHER_TONGUE: _mother_tongue,
    Field.NORWEGIAN: _norwegian,
    Field.INTERPRETER: _interpreter,
    Field.OCCUPATION: _occupation,
    Field.STYRK: _styrk,
    Field.EDUCATION: _education,
    Field.CURRENT: _current,
    Field.SKILLS: _skills,
    Field.LICENCES: _licences,
    Field.WISHES: _wishes,
    Field.INTERESTS: _interests,
    Field.PERCENTAGE: _percentage,
    Field.FAMILY: _family,
    Field.HOUSEHOLD: _household,
    Field.CONSENT_NEIGHBOURS: _consent_to(ConsentPurpose.SHARE_WITH_NEIGHBOURS),
    Field.CONSENT_JOB_SERVICE: _consent_to(ConsentPurpose.EXPORT_TO_JOB_SERVICE),
    Field.CONSENT_AMBASSADOR: _consent_to(ConsentPurpose.AMBASSADOR),
    Field.ARRIVED_IN_MUNICIPALITY: _arrived_here,
    Field.ARRIVED_IN_NORWAY: _arrived_in_norway,
    Field.NOTES: _notes,
    Field.LEFT_OUT: _left_out,
}
