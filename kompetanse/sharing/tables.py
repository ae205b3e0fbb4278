"""Sharing agreements and the ledger of releases as they are stored.

The ledger is only ever added to, but for `fallen_at`, which is set once. Its members never leave the municipality.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field

from kompetanse import clock
from kompetanse.codes.consent import ClassAttribute, ShareSection
from kompetanse.database import JSON_LIST, Owned, Table, check, closed
from kompetanse.ids import new_id
from kompetanse.sharing.classes import SizeBand


class Agreement(Owned, table=True):
    """That a municipality shares class profiles with a neighbour, on which terms, and how coarse they must be."""

    __tablename__ = "agreement"
    __table_args__ = (
        UniqueConstraint("municipality_no", "recipient_no"),
        check("k >= 5", "k_floor"),
        check("version >= 1", "version"),
        check("answer_days BETWEEN 1 AND 90", "answer_days"),
        check("grant_days BETWEEN 1 AND 365", "grant_days"),
        check("budget BETWEEN 0 AND 1000", "budget"),
    )

    recipient_no: str = Field(max_length=4)
    version: int = 1
    k: int = 10
    starts_on: date
    ends_on: date | None = None
    created_at: datetime = Field(default_factory=clock.now)
    purpose: str | None = Field(default=None, max_length=500)
    legal_basis: str | None = Field(default=None, max_length=500)
    sections: list[ShareSection] = Field(
        default_factory=lambda: list(ShareSection), sa_type=JSON_LIST, description="What a granted contact may hold."
    )
    attributes: list[ClassAttribute] = Field(
        default_factory=list, sa_type=JSON_LIST, description="What classes may tell beside the usual."
    )
    signed_here: str | None = Field(default=None, max_length=200, description="Who signed for the municipality.")
    signed_there: str | None = Field(default=None, max_length=200, description="Who signed for the neighbour.")
    answer_days: int = Field(default=14, description="So long a person has to answer a request for contact.")
    grant_days: int = Field(default=90, description="So long a neighbour may keep what was granted.")
    budget: int = Field(default=20, description="Vacancy requests in thirty days.")
    revoked_at: datetime | None = None


class PoolingAgreement(Owned, table=True):
    """That a municipality makes its classes together with others. It stands once each of them has entered the same.

    Its terms are not changed: it is revoked, and another entered.
    """

    __tablename__ = "pooling_agreement"
    __table_args__ = (
        Index(
            "uq_pooling_agreement_in_force",
            "municipality_no",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    parties: list[str] = Field(sa_type=JSON_LIST, description="Every municipality, its own too, by number, in order.")
    starts_on: date
    ends_on: date | None = None
    purpose: str | None = Field(default=None, max_length=500)
    legal_basis: str | None = Field(default=None, max_length=500)
    signed_here: str | None = Field(default=None, max_length=200, description="Who signed for the municipality.")
    entered_by: UUID
    entered_at: datetime = Field(default_factory=clock.now)
    revoked_at: datetime | None = None


class AgreementRecord(Owned, table=True):
    """The terms of an agreement as they stood at one version, and the signed document where one is attached."""

    __tablename__ = "agreement_record"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_no", "agreement_id"],
            ["agreement.municipality_no", "agreement.id"],
            name="fk_agreement_record_agreement",
        ),
        Index("ix_agreement_record_agreement", "municipality_no", "agreement_id", "id"),
    )

    agreement_id: UUID
    version: int
    terms: dict[str, Any] = Field(sa_type=JSON)
    document_name: str | None = Field(default=None, max_length=200)
    document_type: str | None = Field(default=None, max_length=100)
    document_sha256: str | None = Field(default=None, max_length=64)
    document: bytes | None = Field(default=None, sa_type=LargeBinary)
    recorded_by: UUID
    recorded_at: datetime = Field(default_factory=clock.now)


class ReleaseHierarchies(Owned, table=True):
    """The hierarchies whose words some releases use, as they were then: the path of every leaf."""

    __tablename__ = "release_hierarchies"
    __table_args__ = (UniqueConstraint("municipality_no", "version", name="uq_release_hierarchies_version"),)

    version: str = Field(max_length=64, description="SHA-256 of the content.")
    content: list[Any] = Field(sa_type=JSON_LIST)


class LedgerRecord(Owned, table=True):
    """One release: what every recipient got for one period, and the report on its risk.

    `digest` chains it to the release before; `signature` is a keyed digest of the two, so that the report cannot be
    changed afterwards by whoever has only the database.
    """

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("municipality_no", "period", name="uq_release_period"), check("k >= 5", "k"))

    period: int = Field(description="Year times four plus the quarter from 0: rises by one a quarter.")
    k: int
    hierarchies: str = Field(max_length=64)
    skill_groups: list[Any] = Field(default_factory=list, sa_type=JSON_LIST)
    statistics: list[Any] = Field(default_factory=list, sa_type=JSON_LIST)
    pool: list[str] = Field(
        default_factory=list, sa_type=JSON_LIST, description="The municipalities that made it together, this one too."
    )
    report: dict[str, Any] = Field(sa_type=JSON)
    digest: str = Field(max_length=64)
    signature: str = Field(max_length=64)
    made_by: UUID
    made_at: datetime = Field(default_factory=clock.now)


class ReleaseClass(Table, table=True):
    """One class of one release. One that several municipalities made together stands in the ledger of each."""

    __tablename__ = "release_class"

    municipality_no: str = Field(primary_key=True, max_length=4)
    period: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    class_id: UUID = Field(primary_key=True, default_factory=new_id)
    occupation: str = Field(max_length=20)
    norwegian: str = Field(max_length=20)
    education: str = Field(max_length=20)
    age: str | None = Field(default=None, max_length=20, description="Empty where the release does not tell of it.")
    country: str | None = Field(default=None, max_length=20)
    arrival: str | None = Field(default=None, max_length=20)
    municipality: str | None = Field(default=None, max_length=20)
    band: SizeBand = Field(sa_type=closed(SizeBand))
    banded: int = Field(description="The period in which the band was last set.")
    fallen_at: datetime | None = Field(default=None, description="When it was withdrawn before the next release.")


class ReleaseMember(Table, table=True):
    """Whom a class of a release describes. No name: an id that means nothing once the person is erased."""

    __tablename__ = "release_member"
    __table_args__ = (Index("ix_release_member_member", "municipality_no", "member_id", "period"),)

    municipality_no: str = Field(primary_key=True, max_length=4)
    period: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    member_id: UUID = Field(primary_key=True, description="Of a person, kept when she is gone: no foreign key.")
    class_id: UUID
    unit: UUID = Field(description="Her household at the release, or herself.")
