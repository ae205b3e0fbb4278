"""The audit trail as it is stored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, BigInteger
from sqlmodel import Field

from kompetanse.actor import ActorKind, Purpose
from kompetanse.database import Table, closed


class AuditEvent(Table, table=True):
    """One event. `hash` covers every other column and the hash before it."""

    __tablename__ = "audit_event"

    municipality_no: str = Field(primary_key=True, max_length=4)
    seq: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    occurred_at: datetime
    actor_id: UUID
    actor_kind: ActorKind = Field(sa_type=closed(ActorKind))
    purpose: Purpose = Field(sa_type=closed(Purpose))
    action: str = Field(max_length=40)
    record_type: str = Field(max_length=40)
    record_ids: list[str] = Field(sa_type=JSON)
    fields: list[str] = Field(sa_type=JSON)
    request_id: str = Field(max_length=64)
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class AuditHead(Table, table=True):
    """The end of each municipality's chain; locked while events are appended."""

    __tablename__ = "audit_head"

    municipality_no: str = Field(primary_key=True, max_length=4)
    seq: int = Field(sa_type=BigInteger)
    hash: str = Field(max_length=64)
