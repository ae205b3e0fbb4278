"""Selects of newcomers, each born scoped to who asks."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, SQLColumnExpression, and_, bindparam, false, func, or_, select, true
from sqlalchemy import Select as CoreSelect
from sqlmodel import SQLModel, col
from sqlmodel import select as entities
from sqlmodel.sql.expression import Select as EntitySelect
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor, Role
from kompetanse.codes.consent import ConsentPurpose
from kompetanse.codes.residence import ContactKind
from kompetanse.people.rules import Contact, fold, reached_by
from kompetanse.people.tables import Consent, ContactPoint, ErasureRequest, Household, HouseholdMember, Person
from kompetanse.prepared import ESCAPE, like_literally

_REGISTRARS = frozenset({Role.COORDINATOR, Role.SYSTEM})


def in_scope(actor: Actor) -> ColumnElement[bool]:
    """The condition that every select of people starts from: whom this actor may know of at all."""
    if actor.roles & _REGISTRARS:
        return col(Person.municipality_no) == actor.municipality_no
    if actor.person_id is not None:
        own = col(Person.id) == actor.person_id
        return (col(Person.municipality_no) == actor.municipality_no) & own
    return false()


def not_of_others(actor: Actor, person_id: SQLColumnExpression[UUID]) -> ColumnElement[bool]:
    """The condition of rows that the caller has found the person for: once more, a newcomer's own alone."""
    return true() if actor.person_id is None else person_id == actor.person_id


def visible_people(actor: Actor) -> SelectOfScalar[Person]:
    """Everybody on the coordinator's own list, also archived ones and those with a protected address."""
    return entities(Person).where(in_scope(actor), col(Person.merged_into_id).is_(None))


def overseen_people(actor: Actor) -> SelectOfScalar[Person]:
    """Everybody whom the municipality ever registered, archived and merged ones too: for whoever oversees it."""
    return entities(Person).where(col(Person.municipality_no) == actor.municipality_no)


def municipalities() -> CoreSelect[str]:
    """The municipalities that have registered somebody: for the system itself."""
    return select(col(Person.municipality_no)).distinct().order_by(col(Person.municipality_no))


def listed_people(actor: Actor) -> SelectOfScalar[Person]:
    """Everybody on the coordinator's own list who is not archived."""
    return visible_people(actor).where(col(Person.archived_at).is_(None))


def by_name(selected: SelectOfScalar[Person]) -> SelectOfScalar[Person]:
    """The same people in the order of their names; two of one name always in the same order."""
    return selected.order_by(col(Person.name_order), col(Person.id))


def rows_of(actor: Actor, table: type[SQLModel], people: SelectOfScalar[Person]) -> Executable:
    """The rows of one table of those whom `people` selects: a sub-select, so that no number of people is too many.

    Rows and no entities: nobody changes them, and whole municipalities are read in a third of the time.
    """
    stored = SQLModel.metadata.tables[str(table.__tablename__)]
    ids = people.with_only_columns(col(Person.id))
    return select(stored).where(stored.c.municipality_no == actor.municipality_no, stored.c.person_id.in_(ids))


def circulating(actor: Actor) -> ColumnElement[bool]:
    """Who may appear to this actor anywhere but on the coordinator's own list."""
    return in_scope(actor) & in_circulation(actor.municipality_no)


def in_circulation(municipality_no: str) -> ColumnElement[bool]:
    """Who may appear anywhere but on the coordinator's own list: not archived or merged, no protected address."""
    return (
        (col(Person.municipality_no) == municipality_no)
        & col(Person.merged_into_id).is_(None)
        & col(Person.archived_at).is_(None)
        & col(Person.protected_address).is_(False)
    )


def consenting(municipality_no: str, purpose: ConsentPurpose, on: date) -> CoreSelect[UUID]:
    """Ids of the people whose consent to `purpose` as a whole stands on a day. One that has no end stands on none."""
    return select(col(Consent.person_id)).where(
        col(Consent.municipality_no) == municipality_no,
        col(Consent.purpose) == purpose,
        col(Consent.recipient_no) == "",
        col(Consent.section) == "",
        col(Consent.superseded_at).is_(None),
        col(Consent.granted).is_(True),
        col(Consent.expires_on) > on,
    )


def exceptions(municipality_no: str, purpose: ConsentPurpose) -> CoreSelect[UUID, str, str, bool]:
    """Answers about one recipient or one section that stand: whose, the recipient, the section, yes or no."""
    return select(col(Consent.person_id), col(Consent.recipient_no), col(Consent.section), col(Consent.granted)).where(
        col(Consent.municipality_no) == municipality_no,
        col(Consent.purpose) == purpose,
        (col(Consent.recipient_no) != "") | (col(Consent.section) != ""),
        col(Consent.superseded_at).is_(None),
    )


def words_of(text: str) -> list[str]:
    """The words of a search, as names are compared."""
    return fold(text).split()


def reachable_by(text: str) -> bool:
    """Whether a search is long enough to mean a phone number or an e-mail address."""
    return len(text) >= 4


def matches_words(words: int, *, reachable: bool, spellings: int = 0) -> ColumnElement[bool]:
    """Whether every one of `words` words is in the name, or the search is in a phone number or e-mail address.

    With `spellings` it is any of so many spellings of each word. The values of its parameters are `word_values`.
    """
    key = col(Person.name_key)

    def has(word: str) -> ColumnElement[bool]:
        return key.like(bindparam(word), escape=ESCAPE)

    def has_word(number: int) -> ColumnElement[bool]:
        if not spellings:
            return has(f"word{number}")
        return or_(*(has(f"word{number}_{spelling}") for spelling in range(spellings)))

    by_name = and_(true() if words else false(), *(has_word(number) for number in range(words)))
    if not reachable:
        return by_name
    point = select(col(ContactPoint.person_id)).where(
        col(ContactPoint.municipality_no) == bindparam("municipality_no"),
        func.lower(col(ContactPoint.value)).like(bindparam("reached"), escape=ESCAPE),
    )
    return or_(by_name, col(Person.id).in_(point))


def word_values(text: str, spellings: Sequence[Sequence[str]] = ()) -> dict[str, object]:
    """The values of `matches_words`; also of those that a shape does not ask for."""
    values: dict[str, object] = {f"word{n}": f"%{like_literally(word)}%" for n, word in enumerate(words_of(text))}
    for n, spelt in enumerate(spellings):
        values |= {f"word{n}_{k}": f"%{like_literally(word)}%" for k, word in enumerate(spelt)}
    return values | ({"reached": f"%{like_literally(reached_by(text))}%"} if reachable_by(text) else {})


def name_keys(actor: Actor, *, archived: bool) -> SelectOfScalar[str]:
    """The names of everybody on the list, as they are compared, each once."""
    gone = col(Person.archived_at)
    listed = visible_people(actor).where(gone.is_not(None) if archived else gone.is_(None))
    return listed.with_only_columns(col(Person.name_key)).distinct()  # type: ignore[return-value]


def born_like(actor: Actor, born: str) -> EntitySelect[UUID, str, str | None]:
    """Ids, names as compared and births of those whose birth may be `born`: the same year, as a range."""
    year = int(born[:4])
    return entities(Person.id, Person.name_key, Person.born).where(
        in_scope(actor),
        col(Person.merged_into_id).is_(None),
        col(Person.born) >= f"{year:04}",
        col(Person.born) < f"{year + 1:04}",
    )


def people_by_id(actor: Actor, ids: Iterable[UUID]) -> SelectOfScalar[Person]:
    """People by their ids, in one order, so that whoever locks several never waits in a circle."""
    return visible_people(actor).where(col(Person.id).in_(list(ids))).order_by(col(Person.id))


def absorbed_into(actor: Actor, person_id: UUID) -> SelectOfScalar[Person]:
    """The records that were merged into this one."""
    return entities(Person).where(in_scope(actor), Person.merged_into_id == person_id)


def holder_of(actor: Actor, national_id_fingerprint: str) -> SelectOfScalar[Person]:
    """Who is registered with a national number, also when archived or merged."""
    return entities(Person).where(in_scope(actor), col(Person.national_id_fingerprint) == national_id_fingerprint)


def contact_points(actor: Actor, ids: list[UUID]) -> SelectOfScalar[ContactPoint]:
    """Contact points of people, in the order that they were given."""
    return (
        entities(ContactPoint)
        .where(ContactPoint.municipality_no == actor.municipality_no, col(ContactPoint.person_id).in_(ids))
        .where(not_of_others(actor, col(ContactPoint.person_id)))
        .order_by(col(ContactPoint.position), col(ContactPoint.id))
    )


def cards_with(actor: Actor, contact: Contact) -> SelectOfScalar[UUID]:
    """The ids of all who are listed with a contact point. Who writes an address in capitals means the same mailbox."""
    value = col(ContactPoint.value)
    same = func.lower(value) == contact.value.lower() if contact.kind is ContactKind.EMAIL else value == contact.value
    listed = listed_people(actor).with_only_columns(col(Person.id))
    return entities(ContactPoint.person_id).where(
        ContactPoint.municipality_no == actor.municipality_no,
        same,
        ContactPoint.kind == contact.kind,
        col(ContactPoint.person_id).in_(listed),
    )


def household(actor: Actor, household_id: UUID) -> SelectOfScalar[Household]:
    """A household by its id."""
    return entities(Household).where(Household.municipality_no == actor.municipality_no, Household.id == household_id)


def household_of(actor: Actor, person_id: UUID) -> SelectOfScalar[Household]:
    """The household that a person belongs to."""
    member = select(col(HouseholdMember.household_id)).where(
        col(HouseholdMember.municipality_no) == actor.municipality_no,
        col(HouseholdMember.person_id) == person_id,
    )
    return entities(Household).where(Household.municipality_no == actor.municipality_no, col(Household.id).in_(member))


def members(actor: Actor, household_id: UUID) -> EntitySelect[HouseholdMember, Person]:
    """Who belongs to a household, in order of moving in."""
    same = (col(Person.municipality_no) == col(HouseholdMember.municipality_no)) & (
        col(Person.id) == col(HouseholdMember.person_id)
    )
    return (
        entities(HouseholdMember, Person)
        .join(Person, same)
        .where(in_scope(actor), col(HouseholdMember.household_id) == household_id)
        .order_by(col(HouseholdMember.id))
    )


def membership(actor: Actor, person_id: UUID) -> SelectOfScalar[HouseholdMember]:
    """A person's place in a household."""
    return entities(HouseholdMember).where(
        HouseholdMember.municipality_no == actor.municipality_no, HouseholdMember.person_id == person_id
    )


def consent_subjects(actor: Actor) -> CoreSelect[UUID]:
    """Ids of the people whose consents this actor may know of.

    The data-protection officer oversees everybody's but those of people with a protected address, who
    show on nothing but the coordinator's own list.
    """
    whose = in_scope(actor)
    if Role.DPO in actor.roles:
        overseen = (col(Person.municipality_no) == actor.municipality_no) & col(Person.protected_address).is_(False)
        whose |= overseen
    return select(col(Person.id)).where(whose, col(Person.merged_into_id).is_(None))


def visible_consents(actor: Actor) -> SelectOfScalar[Consent]:
    """Every answer about consent that this actor may know of, newest first."""
    return (
        entities(Consent)
        .where(Consent.municipality_no == actor.municipality_no, col(Consent.person_id).in_(consent_subjects(actor)))
        .order_by(col(Consent.id).desc())
    )


def tallies(actor: Actor, on: date) -> CoreSelect[ConsentPurpose, bool, int]:
    """How many answers about a purpose as a whole that stand on a day are yes and no, by purpose."""
    purpose, granted = col(Consent.purpose), col(Consent.granted)
    counted = select(purpose, granted, func.count()).group_by(purpose, granted)
    return counted.where(
        col(Consent.municipality_no) == actor.municipality_no,
        col(Consent.recipient_no) == "",
        col(Consent.section) == "",
        col(Consent.superseded_at).is_(None),
        ~granted | (col(Consent.expires_on) > on),
        col(Consent.person_id).in_(consent_subjects(actor)),
    )


def consents(actor: Actor, person_id: UUID) -> SelectOfScalar[Consent]:
    """Every answer that a person gave about consent, newest first."""
    return visible_consents(actor).where(Consent.person_id == person_id)


def standing_consents(actor: Actor, person_id: UUID) -> SelectOfScalar[Consent]:
    """The answer that stands for each purpose that the person was asked about."""
    return consents(actor, person_id).where(col(Consent.superseded_at).is_(None))


def erasure_requests(actor: Actor) -> EntitySelect[ErasureRequest, Person]:
    """Who asked to be erased, among those that the actor may know of, newest first."""
    same = (col(Person.municipality_no) == col(ErasureRequest.municipality_no)) & (
        col(Person.id) == col(ErasureRequest.person_id)
    )
    asked = entities(ErasureRequest, Person).join(Person, same).where(in_scope(actor))
    return asked.order_by(col(ErasureRequest.id).desc())


def waiting_erasures(actor: Actor) -> EntitySelect[ErasureRequest, Person]:
    """Those of them who have no answer yet."""
    return erasure_requests(actor).where(
        col(ErasureRequest.answered_at).is_(None), col(ErasureRequest.withdrawn_at).is_(None)
    )
