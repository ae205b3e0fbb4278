"""Makes what a test needs; everything has a default but the point of the test."""

from datetime import date
from itertools import count
from typing import cast
from uuid import UUID

from sqlmodel import Session

from kompetanse.actor import Actor, ActorKind, Role
from kompetanse.ids import new_id
from kompetanse.people import service as people
from kompetanse.people.rules import PersonFields
from kompetanse.people.tables import Person
from kompetanse.sharing import agreements
from kompetanse.sharing.agreements import AgreementFields
from kompetanse.sharing.tables import Agreement
from kompetanse.taxonomy.concepts import Concept
from kompetanse.taxonomy.lexicon import starter_lexicon
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.service import VacancyFields, VacancyRecord

FROYA, HITRA = "5014", "5056"

_numbers = count(1)


def actor(*roles: Role, municipality_no: str = FROYA, unit: str | None = None, **more: object) -> Actor:
    """Somebody with these roles (coordinator when none is named)."""
    return Actor(
        id=new_id(),
        kind=ActorKind.STAFF,
        municipality_no=municipality_no,
        roles=frozenset(roles or {Role.COORDINATOR}),
        unit=unit,
        request_id="test",
        **more,  # type: ignore[arg-type]
    )


def person(session: Session, who: Actor | None = None, **fields: object) -> Person:
    """A registered newcomer with a name of her own."""
    number = next(_numbers)
    stated = {"given_name": f"Prøve{number}", "family_name": "Testesen", **fields}
    record = people.register(
        session,
        who or actor(),
        PersonFields(**stated),  # type: ignore[typeddict-item]
        despite_duplicates=True,
    )
    session.flush()
    return record.person


def person_id(session: Session, who: Actor | None = None, **fields: object) -> UUID:
    """The id of a registered newcomer."""
    return person(session, who, **fields).id


def vacancy(session: Session, who: Actor | None = None, **fields: object) -> VacancyRecord:
    """An open position with nothing but a title."""
    stated = {"title": "Medarbeider", **fields}
    return vacancies.create(session, who or actor(), cast(VacancyFields, stated))


def occupation(title: str) -> Concept:
    """The occupation of the starter lists that a title names."""
    found = starter_lexicon().occupation(title)
    assert found is not None, title
    return found


def skill(label: str) -> Concept:
    """The skill of the starter lists that words name."""
    found = starter_lexicon().skill(label)
    assert found is not None, label
    return found


def agreement(
    session: Session,
    *,
    recipient_no: str = HITRA,
    starts_on: date | None = None,
    who: Actor | None = None,
    **terms: object,
) -> Agreement:
    """An agreement with a neighbour that has stood since 2020."""
    fields = {"starts_on": starts_on or date(2020, 1, 1), **terms}
    admin = who or actor(Role.ADMINISTRATOR)
    return agreements.agree(session, admin, recipient_no=recipient_no, fields=cast(AgreementFields, fields))
