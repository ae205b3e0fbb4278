"""Registering newcomers and keeping their records right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.countries import country
from kompetanse.codes.languages import language
from kompetanse.codes.national_id import NationalId
from kompetanse.codes.partial_date import parse_partial_date
from kompetanse.database import touch
from kompetanse.errors import Conflict, FieldFault, Forbidden, Invalid, NotFound, PossibleDuplicate, Stale
from kompetanse.people import queries
from kompetanse.people.moving import shut_out
from kompetanse.people.rules import (
    OWN_FIELDS,
    Contact,
    PersonFields,
    name_key,
    name_order,
    normalise_contacts,
    postal_code_faults,
    same_person_likely,
)
from kompetanse.people.tables import ContactPoint, Person
from kompetanse.people.unread import check_told
from kompetanse.sealing import Sealer

_PARTIAL_DATES = ("born", "arrived_in_norway", "arrived_in_municipality")


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A newcomer with the ways to reach her."""

    person: Person
    contacts: tuple[Contact, ...]


def register(session: Session, actor: Actor, fields: PersonFields, *, despite_duplicates: bool = False) -> PersonRecord:
    """Register a newcomer.

    Raises:
        Invalid: a field that breaks a rule, with its pointer.
        PossibleDuplicate: somebody alike is registered; say `despite_duplicates` when it is another.
    """
    actor = actor.doing(Operation.REGISTER_PEOPLE)
    accepted = _accepted(fields)
    if not despite_duplicates:
        alike = find_duplicates(session, actor, fields)
        if alike:
            raise PossibleDuplicate(tuple(str(person.id) for person in alike))
    person = Person(
        municipality_no=actor.municipality_no,
        given_name=accepted.get("given_name", ""),
        family_name=accepted.get("family_name", ""),
        name_key="",
        name_order=b"",
    )
    _assign(person, accepted)
    session.add(person)
    session.flush()
    contacts = _replace_contacts(session, actor, person, accepted.get("contacts", []))
    audit.record(session, actor, "create", "person", [person.id], sorted(fields))
    return PersonRecord(person, contacts)


def find_duplicates(session: Session, actor: Actor, fields: PersonFields) -> list[Person]:
    """Who is registered already and may be the same person: birth that agrees, and a name alike.

    Raises:
        Invalid: the birth is no date.
    """
    actor = actor.doing(Operation.READ_PEOPLE)
    born = fields.get("born")
    if not born:
        return []
    if faults := _date_faults(PersonFields(born=born)):
        raise Invalid(*faults)
    key = name_key(fields.get("family_name", ""), fields.get("given_name", ""))
    registered = session.exec(queries.born_like(actor, born))
    alike = [found for found, named, birth in registered if same_person_likely(key, born, named, birth)]
    if alike:
        audit.record(session, actor, "find_duplicates", "person", alike)
    return list(session.exec(queries.people_by_id(actor, alike))) if alike else []


def read(session: Session, actor: Actor, person_id: UUID) -> PersonRecord:
    """A newcomer's record. Raises NotFound, also when she is another municipality's."""
    actor = actor.doing_to(Operation.READ_PEOPLE, person_id)
    person = get(session, actor, person_id)
    audit.record(session, actor, "read", "person", [person.id])
    return PersonRecord(person, contacts_of(session, actor, person.id))


def change(session: Session, actor: Actor, person_id: UUID, version: int, fields: PersonFields) -> PersonRecord:
    """Change what `fields` names on a newcomer's record, and nothing else.

    But for the postal code, which goes when the address becomes protected. A newcomer herself changes `OWN_FIELDS`.

    Raises:
        Invalid: a field that breaks a rule. Stale: `version` is not the newest. NotFound.
        Forbidden: a field that is not hers to change.
    """
    actor = actor.doing_to(Operation.REGISTER_PEOPLE, person_id)
    if actor.person_id is not None and not fields.keys() <= OWN_FIELDS:
        raise Forbidden("The municipality changes this")
    person = get_for_change(session, actor, person_id, version)
    accepted = _accepted(fields, person)
    _assign(person, accepted)
    touch(person)
    if "contacts" in accepted:
        _replace_contacts(session, actor, person, accepted["contacts"])
    audit.record(session, actor, "change", "person", [person.id], sorted(accepted))
    return PersonRecord(person, contacts_of(session, actor, person.id))


def archive(session: Session, actor: Actor, person_id: UUID, version: int, *, told: bool = False) -> Person:
    """Take a newcomer out of lists, matches and whatever leaves the municipality; nothing is deleted.

    But for what lets her in to her own pages.

    Raises:
        Stale, NotFound. Conflict: she has not read there what she was answered when she asked to be erased, and was
        not `told` otherwise.
    """
    actor = actor.doing(Operation.REGISTER_PEOPLE)
    person = get_for_change(session, actor, person_id, version)
    check_told(session, actor, person_id, told=told)
    person.archived_at = clock.now()
    touch(person)
    session.flush()
    ended = shut_out(session.connection(), actor.municipality_no, person_id)
    audit.record(session, actor, "archive", "person", [person.id], ["told"] if told else [])
    record_ended(session, actor, ended, person_id)
    return person


def record_ended(session: Session, actor: Actor, ended: Mapping[str, Sequence[UUID]], *people: UUID) -> None:
    """Write down that links and devices were ended, by table."""
    for table, ids in ended.items():
        audit.record(session, actor, "end", table, [*ids, *people])


def restore(session: Session, actor: Actor, person_id: UUID, version: int) -> Person:
    """Undo `archive`."""
    actor = actor.doing(Operation.REGISTER_PEOPLE)
    person = get_for_change(session, actor, person_id, version)
    person.archived_at = None
    touch(person)
    audit.record(session, actor, "restore", "person", [person.id])
    return person


def set_national_id(
    session: Session, actor: Actor, person_id: UUID, version: int, number: NationalId | None, sealer: Sealer
) -> Person:
    """Store a person's national number, sealed; None removes it.

    Raises:
        Conflict: another person in the municipality has the number.
    """
    actor = actor.doing(Operation.REGISTER_PEOPLE)
    person = get_for_change(session, actor, person_id, version)
    if number is None:
        person.national_id_kind = person.national_id_sealed = person.national_id_fingerprint = None
    else:
        fingerprint = sealer.fingerprint(number.digits, actor.municipality_no)
        _free_number(session, actor, person, fingerprint)
        person.national_id_kind = number.kind
        person.national_id_sealed = sealer.seal(number.digits, str(person.id))
        person.national_id_fingerprint = fingerprint
    touch(person)
    audit.record(session, actor, "change", "person", [person.id], ["national_id"])
    return person


def _free_number(session: Session, actor: Actor, person: Person, fingerprint: str) -> None:
    """See that nobody else has the number; a record that was merged into the person's own gives it up."""
    holder = session.exec(queries.holder_of(actor, fingerprint)).first()
    if holder is None or holder.id == person.id:
        return
    if holder.merged_into_id != person.id:
        raise Conflict("Another person is registered with this number")
    holder.national_id_kind = holder.national_id_sealed = holder.national_id_fingerprint = None
    session.flush()


def reveal_national_id(session: Session, actor: Actor, person_id: UUID, sealer: Sealer) -> str | None:
    """Open a person's national number; the audit trail says who looked."""
    actor = actor.doing(Operation.REGISTER_PEOPLE)
    person = get(session, actor, person_id)
    audit.record(session, actor, "reveal", "person", [person.id], ["national_id"])
    if person.national_id_sealed is None:
        return None
    return sealer.unseal(person.national_id_sealed, str(person.id))


def get(session: Session, actor: Actor, person_id: UUID) -> Person:
    """The person, if the actor may know of her; the caller records why she was read."""
    person = session.exec(queries.visible_people(actor).where(Person.id == person_id)).one_or_none()
    if person is None:
        raise NotFound("person")
    return person


def lock(session: Session, actor: Actor, person_id: UUID) -> Person:
    """The person, and nobody else changes what is hers until the transaction ends. Raises NotFound."""
    locked = queries.people_by_id(actor, [person_id]).with_for_update().execution_options(populate_existing=True)
    person = session.exec(locked).one_or_none()
    if person is None:
        raise NotFound("person")
    return person


def get_for_change(session: Session, actor: Actor, person_id: UUID, version: int) -> Person:
    """The person, locked, if `version` is the newest. Raises NotFound, Stale."""
    person = lock(session, actor, person_id)
    if person.version != version:
        raise Stale("The person was changed since you read the record; read it again")
    return person


def contacts_of(session: Session, actor: Actor, person_id: UUID) -> tuple[Contact, ...]:
    """The ways to reach a person, preferred first."""
    points = session.exec(queries.contact_points(actor, [person_id]))
    return tuple(Contact(point.kind, point.value) for point in points)


def is_shared(session: Session, actor: Actor, person_id: UUID, contact: Contact) -> bool:
    """Whether somebody else who is listed has the same contact point, as a family with one phone does."""
    actor = actor.doing(Operation.READ_PEOPLE)
    return any(one != person_id for one in session.exec(queries.cards_with(actor, contact)))


def _accepted(fields: PersonFields, before: Person | None = None) -> PersonFields:
    """The fields in stored form, after every rule; Invalid names each that breaks one."""
    accepted = cast(PersonFields, dict(fields))
    protected = fields.get("protected_address", before is not None and before.protected_address)
    home = postal_code_faults(fields.get("postal_code"), protected=protected)
    faults = [*_code_faults(fields), *_date_faults(fields), *_name_faults(fields, before), *home]
    if faults:
        raise Invalid(*faults)
    if protected and before is not None and before.postal_code is not None:
        accepted["postal_code"] = None
    for name in ("given_name", "family_name"):
        if name in accepted:
            accepted[name] = " ".join(accepted[name].split())
    if "contacts" in accepted:
        accepted["contacts"] = normalise_contacts(accepted["contacts"])
    return accepted


def _name_faults(fields: PersonFields, before: Person | None) -> list[FieldFault]:
    given = fields.get("given_name", before.given_name if before else "")
    family = fields.get("family_name", before.family_name if before else "")
    if (given + family).strip():
        return []
    return [FieldFault("/family_name", "A person has a name", "Write at least one of given and family name")]


def _date_faults(fields: PersonFields) -> list[FieldFault]:
    faults = []
    for name in _PARTIAL_DATES:
        value = fields.get(name)
        try:
            if value is not None:
                parse_partial_date(str(value))
        except ValueError:
            faults.append(FieldFault(f"/{name}", "Not a date", "Write 1987, 1987-05 or 1987-05-17"))
    return faults


def _code_faults(fields: PersonFields) -> list[FieldFault]:
    faults = []
    for code in [*(fields.get("citizenships") or []), *filter(None, [fields.get("country_of_origin")])]:
        try:
            country(code)
        except Invalid:
            pointer = "/citizenships" if code in (fields.get("citizenships") or []) else "/country_of_origin"
            faults.append(FieldFault(pointer, "Not a country", "Use the two letters of ISO 3166-1: PL"))
    for code in fields.get("contact_languages") or []:
        try:
            language(code)
        except Invalid:
            hint = "Use the three letters of ISO 639-3: pol"
            faults.append(FieldFault("/contact_languages", "Not a language", hint))
    return faults


def _assign(person: Person, fields: PersonFields) -> None:
    for name, value in fields.items():
        if name != "contacts":
            setattr(person, name, value)
    person.name_key = name_key(person.family_name, person.given_name)
    person.name_order = name_order(person.family_name, person.given_name)


def _replace_contacts(session: Session, actor: Actor, person: Person, contacts: list[Contact]) -> tuple[Contact, ...]:
    for point in session.exec(queries.contact_points(actor, [person.id])):
        session.delete(point)
    for position, contact in enumerate(contacts):
        session.add(
            ContactPoint(
                municipality_no=person.municipality_no,
                person_id=person.id,
                kind=contact.kind,
                value=contact.value,
                position=position,
            )
        )
    return tuple(contacts)
