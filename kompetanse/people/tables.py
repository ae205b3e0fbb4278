"""Newcomers as they are stored. An empty column means "not stated", never "no"."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    JSON,
    Connection,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Table,
    UniqueConstraint,
    select,
    text,
    update,
)
from sqlmodel import Field

from kompetanse import clock
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.codes.residence import ContactKind, HouseholdRole, NationalIdKind, ResidenceBasis
from kompetanse.database import JSON_LIST, SETTLED, Owned, check, closed


def person_key(*, cascade: bool = True) -> ForeignKeyConstraint:
    """The foreign key of everything that belongs to a person; it cannot cross municipalities."""
    return ForeignKeyConstraint(
        ["municipality_no", "person_id"],
        ["person.municipality_no", "person.id"],
        ondelete="CASCADE" if cascade else None,
    )


def person_index(table: str) -> Index:
    """The index by which a person's rows are read in order of making.

    It ends in `id` because SQLite would else rather walk the primary key than sort.
    """
    return Index(f"ix_{table}_person", "municipality_no", "person_id", "id")


def keep_one_waiting(connection: Connection, table: Table, municipality_no: str, from_id: UUID, to_id: UUID) -> None:
    """Of two people who become one, and both asked to be erased, let one request wait."""
    waits = (
        (table.c.municipality_no == municipality_no) & table.c.answered_at.is_(None) & table.c.withdrawn_at.is_(None)
    )
    if connection.execute(select(table.c.id).where(waits, table.c.person_id == to_id)).first():
        ended = update(table).where(waits, table.c.person_id == from_id)
        connection.execute(ended.values(withdrawn_at=clock.now()))


class Person(Owned, table=True):
    """A newcomer."""

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_name_key", "municipality_no", "name_key"),
        Index("ix_person_born", "municipality_no", "born"),
        Index("ix_person_listed", "municipality_no", "archived_at", "name_order", "id"),
        UniqueConstraint("municipality_no", "national_id_fingerprint", name="uq_person_national_id"),
        check("length(born) IN (4, 7, 10)", "born_precision"),
        check("length(arrived_in_norway) IN (4, 7, 10)", "arrived_in_norway_precision"),
        check("length(arrived_in_municipality) IN (4, 7, 10)", "arrived_in_municipality_precision"),
        check("given_name <> '' OR family_name <> ''", "named"),
        check("postal_code IS NULL OR length(postal_code) = 4 AND NOT protected_address", "postal_code"),
        check("version >= 1", "version"),
    )

    version: int = 1
    created_at: datetime = Field(default_factory=clock.now)
    updated_at: datetime = Field(default_factory=clock.now)
    given_name: str = Field(max_length=100)
    family_name: str = Field(max_length=100)
    name_key: str = Field(max_length=200, description="What names are compared and searched by; see rules.name_key.")
    name_order: bytes = Field(sa_type=LargeBinary, description="What lists are ordered by; see rules.name_order.")
    born: str | None = Field(default=None, max_length=10)
    citizenships: list[str] | None = Field(default=None, sa_type=JSON_LIST)
    country_of_origin: str | None = Field(default=None, max_length=2)
    arrived_in_norway: str | None = Field(default=None, max_length=10)
    arrived_in_municipality: str | None = Field(default=None, max_length=10)
    residence_basis: ResidenceBasis | None = Field(default=None, sa_type=closed(ResidenceBasis))
    residence_until: date | None = None
    may_work: bool | None = None
    may_work_until: date | None = None
    contact_languages: list[str] | None = Field(default=None, sa_type=JSON_LIST)
    needs_interpreter: bool | None = None
    protected_address: bool = False
    postal_code: str | None = Field(
        default=None, max_length=4, description="Of the home, for travel times; never beside a protected address."
    )
    national_id_kind: NationalIdKind | None = Field(default=None, sa_type=closed(NationalIdKind))
    national_id_sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    national_id_fingerprint: str | None = Field(default=None, max_length=64)
    notes: str | None = Field(default=None, max_length=10_000)
    archived_at: datetime | None = None
    merged_into_id: UUID | None = None


class ContactPoint(Owned, table=True):
    """A phone number (E.164) or e-mail address."""

    __tablename__ = "contact_point"
    __table_args__ = (
        person_key(),
        person_index("contact_point"),
        Index("ix_contact_point_value", "municipality_no", "value"),
    )

    person_id: UUID
    kind: ContactKind = Field(sa_type=closed(ContactKind))
    value: str = Field(max_length=254)
    position: int = 0


class Household(Owned, table=True):
    """People who move, live and are placed together."""

    __tablename__ = "household"

    version: int = 1
    updated_at: datetime = Field(default_factory=clock.now)
    name: str = Field(max_length=120)
    source_key: str | None = Field(default=None, max_length=60, description="What an imported file called it.")


class HouseholdMember(Owned, table=True):
    """A person's place in a household; each person has at most one."""

    __tablename__ = "household_member"
    __table_args__ = (
        person_key(),
        ForeignKeyConstraint(
            ["municipality_no", "household_id"], ["household.municipality_no", "household.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("municipality_no", "person_id"),
        Index("ix_household_member_household", "municipality_no", "household_id"),
    )

    household_id: UUID
    person_id: UUID
    role: HouseholdRole = Field(default=HouseholdRole.ADULT, sa_type=closed(HouseholdRole))


class Consent(Owned, table=True):
    """One answer to one purpose. The newest answer of a purpose is the one that stands, until it expires.

    Sharing with neighbours can be answered for one recipient, or for one section of the profile, by itself: a
    narrower answer stands beside the general one.
    """

    __tablename__ = "consent"
    __table_args__ = (
        person_key(),
        Index("ix_consent_person", "municipality_no", "person_id", "purpose"),
        Index(
            "ix_consent_standing",
            "municipality_no",
            "purpose",
            "person_id",
            "recipient_no",
            "section",
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
    )

    person_id: UUID
    purpose: ConsentPurpose = Field(sa_type=closed(ConsentPurpose))
    granted: bool
    form: ConsentForm = Field(sa_type=closed(ConsentForm))
    given_on: date | None = Field(default=None, description="The day that the person said so, when known.")
    expires_on: date | None = Field(default=None, description="The first day on which a yes stands no more.")
    recipient_no: str = Field(default="", max_length=4, description="The neighbour that it is about; empty is every.")
    section: str = Field(default="", max_length=32, description="A `ShareSection`; empty is all of the profile.")
    text_version: str = Field(max_length=20)
    language: str | None = Field(default=None, max_length=3, description="In which the person saw the text.")
    wording: str | None = Field(default=None, max_length=4000, description="The text as the person saw it.")
    recorded_at: datetime = Field(default_factory=clock.now)
    recorded_by: UUID
    superseded_at: datetime | None = None


class ErasureRequest(Owned, table=True):
    """A person who asks to be erased (GDPR art. 17), and what the municipality decided. One waits at a time."""

    __tablename__ = "erasure_request"
    __table_args__ = (
        person_key(),
        person_index("erasure_request"),
        Index(
            "uq_erasure_request_waiting",
            "municipality_no",
            "person_id",
            unique=True,
            sqlite_where=text("answered_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=text("answered_at IS NULL AND withdrawn_at IS NULL"),
        ),
        check("(answered_at IS NULL) = (answer IS NULL)", "answered"),
        {"info": {SETTLED: keep_one_waiting}},
    )

    person_id: UUID
    asked_at: datetime = Field(default_factory=clock.now)
    withdrawn_at: datetime | None = None
    answered_at: datetime | None = None
    answered_by: UUID | None = None
    answer: str | None = Field(
        default=None, max_length=2000, description="What she is told: what was erased, and why not."
    )


class PersonMerge(Owned, table=True):
    """What a record held when it was merged into another; nothing of it is lost."""

    __tablename__ = "person_merge"
    __table_args__ = (person_key(), person_index("person_merge"))

    person_id: UUID = Field(description="The record that remains.")
    absorbed_id: UUID
    merged_at: datetime = Field(default_factory=clock.now)
    merged_by: UUID
    snapshot: dict[str, object] = Field(sa_type=JSON)
