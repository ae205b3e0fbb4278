"""Sharing agreements as they are stored."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from kompetanse import clock
from kompetanse.database import Owned, check


class Agreement(Owned, table=True):
    """That a municipality shares class profiles with a neighbour, and how coarse they must be."""

    __tablename__ = "agreement"
    __table_args__ = (
        UniqueConstraint("municipality_no", "recipient_no"),
        check("k >= 5", "k_floor"),
    )

    recipient_no: str = Field(max_length=4)
    k: int = 10
    starts_on: date
    ends_on: date | None = None
    created_at: datetime = Field(default_factory=clock.now)
