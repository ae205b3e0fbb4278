"""Writes an import's accepted rows, in the caller's transaction: all of them, or none when anything fails."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import BaseModel, create_model
from sqlalchemy import insert
from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor
from kompetanse.codes.consent import ConsentForm
from kompetanse.competence.parts import TABLES
from kompetanse.competence.tables import Profile
from kompetanse.database import Owned, touch
from kompetanse.exchange import queries
from kompetanse.exchange.cells.consents import Answer
from kompetanse.exchange.diff import ImportPlan
from kompetanse.exchange.imports import batches
from kompetanse.exchange.people_entries import ConsentEntry, PersonEntry
from kompetanse.exchange.people_values import PersonValues
from kompetanse.ids import new_id
from kompetanse.people.rules import runs_out_on
from kompetanse.people.tables import Consent, ContactPoint, Household, HouseholdMember, Person
from kompetanse.sealing import Sealer

CONSENT_TEXT = "imported"
"""The text version of imported consents: which words people said yes to, the file does not tell."""

UNSTATED_FORM = ConsentForm.ORAL
"""The form of a consent whose file says "ja" and not how: the one that proves least is claimed."""

Rows = dict[type[Owned], list[dict[str, Any]]]
ImportRow = tuple[PersonEntry, PersonValues]


@dataclass(frozen=True, slots=True)
class Applied:
    """What was written: the records' ids and where they live, by the row of the file; how many households are new."""

    people: Mapping[int, UUID]
    homes: Mapping[int, UUID]
    households: int


def write_plan(
    session: Session, actor: Actor, plan: ImportPlan, rows: Sequence[ImportRow], sealer: Sealer | None
) -> Applied:
    """Register the plan's accepted people with everything that their rows tell.

    The statements are those of a bulk load, so that a spreadsheet takes seconds; what each service would check
    one by one was checked when the values were made. On any error nothing of it remains, also when the caller
    goes on with the transaction.
    """
    people: dict[int, UUID] = {}
    with session.begin_nested():
        for batch in batches(rows):
            made: Rows = {}
            for entry, values in batch:
                people[entry.row] = _person(made, actor, entry, values, sealer)
            for table, values_of_rows in made.items():
                session.connection().execute(insert(table), values_of_rows)
        homes, formed = _households(session, actor, plan, people)
    for some in batches(people.values()):
        audit.record(session, actor, "import", "person", some, _FIELDS)
    return Applied(people, homes, formed)


_FIELDS = ("person", "contacts", "profile", "consents", "household")


def _person(made: Rows, actor: Actor, entry: PersonEntry, values: PersonValues, sealer: Sealer | None) -> UUID:
    """Add a person's rows to what is made; her id."""
    owner = {"municipality_no": actor.municipality_no}
    person_id = new_id()
    _add(made, Person, {**owner, "id": person_id, **values.person, **_national_id(actor, entry, person_id, sealer)})
    hers = {**owner, "person_id": person_id}
    for position, contact in enumerate(entry.contacts):
        _add(made, ContactPoint, {**hers, "kind": contact.kind, "value": contact.value, "position": position})
    if values.has_profile:
        _add(made, Profile, {**hers, **values.wishes})
    for part, rows in values.parts.items():
        for row in rows:
            _add(made, TABLES[part], {**hers, **row})
    for consent in entry.consents:
        _add(made, Consent, {**hers, **_consent(consent), "recorded_by": actor.id})
    return person_id


def _add(made: Rows, table: type[Owned], values: dict[str, Any]) -> None:
    """Validate a row as the table would, and give it every column, as a bulk insert needs."""
    made.setdefault(table, []).append(dict(_contract(table).model_validate(values).__dict__))


@cache
def _contract(table: type[Owned]) -> type[BaseModel]:
    """The table's columns as a plain model: the mapped class validates the same, ten times as slowly."""
    columns: dict[str, Any] = {name: (column.annotation, column) for name, column in table.model_fields.items()}
    return create_model(table.__name__, **columns)


def _consent(consent: ConsentEntry) -> dict[str, Any]:
    answer, granted = consent.answer, consent.answer.answer is Answer.YES
    return {
        "purpose": consent.purpose,
        "granted": granted,
        "expires_on": runs_out_on(answer.given_on or clock.today()) if granted else None,
        "form": answer.form or UNSTATED_FORM,
        "given_on": answer.given_on,
        "text_version": CONSENT_TEXT,
    }


def _national_id(actor: Actor, entry: PersonEntry, person_id: UUID, sealer: Sealer | None) -> dict[str, Any]:
    if entry.national_id is None or sealer is None:
        return {}
    return {
        "national_id_kind": entry.national_id.kind,
        "national_id_sealed": sealer.seal(entry.national_id.digits, str(person_id)),
        "national_id_fingerprint": sealer.fingerprint(entry.national_id.digits, actor.municipality_no),
    }


def _households(
    session: Session, actor: Actor, plan: ImportPlan, people: Mapping[int, UUID]
) -> tuple[dict[int, UUID], int]:
    """Let rows with one key live together; the households by row, and how many of them are new.

    A key is the file's own: "H3" of another file is another household. So newcomers join a household that is
    there only when a skipped row of theirs stands for somebody who lives in it.
    """
    members: dict[str, list[PersonEntry]] = {}
    for entry in plan.accepted:
        if entry.household_key is not None:
            members.setdefault(entry.household_key, []).append(entry)
    homes: dict[int, UUID] = {}
    formed = 0
    for key, entries in members.items():
        household = _standing_household(session, actor, plan, key)
        if household is None:
            name = entries[0].family_name or entries[0].given_name
            household = Household(municipality_no=actor.municipality_no, name=name, source_key=key)
            session.add(household)
            formed += 1
        else:
            touch(household)
        session.flush()
        for entry in entries:
            person_id, homes[entry.row] = people[entry.row], household.id
            session.add(
                HouseholdMember(municipality_no=actor.municipality_no, household_id=household.id, person_id=person_id)
            )
    session.flush()
    return homes, formed


def _standing_household(session: Session, actor: Actor, plan: ImportPlan, key: str) -> Household | None:
    kin = plan.kin.get(key)
    return session.exec(queries.households_of(actor, kin, key)).first() if kin else None
