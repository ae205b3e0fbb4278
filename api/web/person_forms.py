"""A person's form: what was typed becomes what can be stored, and back."""

import re
from collections.abc import Callable

from api.web import formats
from api.web.forms import Typed, filled
from api.web.reading import Reader
from kompetanse.codes.countries import find_country
from kompetanse.codes.languages import find_language
from kompetanse.codes.residence import ContactKind, ResidenceBasis
from kompetanse.people.rules import Contact, PersonFields
from kompetanse.people.service import PersonRecord


def person_fields(typed: Typed) -> PersonFields:
    """What the form states about a person.

    Raises:
        Invalid: with every field that cannot be read.
    """
    reader = Reader(typed)
    protected = typed.ticked("protected_address")
    fields = PersonFields(
        given_name=typed.raw("given_name").strip(),
        family_name=typed.raw("family_name").strip(),
        born=reader.partial("born", birth=True),
        citizenships=reader.codes("citizenships", find_country, "Not a country"),
        country_of_origin=reader.code("country_of_origin", find_country, "Not a country"),
        arrived_in_norway=reader.partial("arrived_in_norway"),
        arrived_in_municipality=reader.partial("arrived_in_municipality"),
        residence_basis=reader.choice("residence_basis", ResidenceBasis),
        residence_until=reader.day("residence_until"),
        may_work=typed.answer("may_work"),
        may_work_until=reader.day("may_work_until"),
        contact_languages=reader.codes("contact_languages", find_language, "Not a language"),
        needs_interpreter=typed.answer("needs_interpreter"),
        protected_address=protected,
        postal_code=None if protected else typed.text("postal_code"),
        notes=typed.text("notes"),
        contacts=contacts(typed.raw("contacts")),
    )
    reader.refuse()
    return fields


def contacts(text: str) -> list[Contact]:
    """Ways to reach somebody, one a line or between commas: what holds an @ is an e-mail address, all else a phone."""
    lines = [line.strip() for line in re.split(r"[\n,;]", text) if line.strip()]
    return [Contact(ContactKind.EMAIL if "@" in line else ContactKind.PHONE, line) for line in lines]


def person_form(record: PersonRecord) -> Typed:
    """The form as it stands for a registered person; codes are shown as names, as they are typed."""
    person = record.person
    return filled(
        version=person.version,
        given_name=person.given_name,
        family_name=person.family_name,
        born=formats.partial(person.born),
        citizenships=_listed(person.citizenships, formats.country_name),
        country_of_origin=formats.country_name(person.country_of_origin),
        arrived_in_norway=formats.partial(person.arrived_in_norway),
        arrived_in_municipality=formats.partial(person.arrived_in_municipality),
        residence_basis=person.residence_basis,
        residence_until=person.residence_until,
        may_work=person.may_work,
        may_work_until=person.may_work_until,
        contact_languages=_listed(person.contact_languages, formats.language_name),
        needs_interpreter=person.needs_interpreter,
        protected_address="yes" if person.protected_address else None,
        postal_code=person.postal_code,
        notes=person.notes,
        contacts="\n".join(contact.value for contact in record.contacts),
    )


def _listed(codes: list[str] | None, name: Callable[[str], str | None]) -> str | None:
    return None if codes is None else ", ".join(name(code) or code for code in codes)
