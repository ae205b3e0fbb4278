"""Courses on offer as they are stored. An empty column means "not stated", never "none"."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field

from kompetanse import clock
from kompetanse.codes.work import CourseOfferKind
from kompetanse.database import Owned, check, closed


class CourseOffer(Owned, table=True):
    """A course, test or procedure that somebody of the municipality can take, and what it leads to."""

    __tablename__ = "course_offer"
    __table_args__ = (
        Index("ix_course_offer_listed", "municipality_no", "open", "starts_on", "id"),
        check("key IS NOT NULL OR kind IN ('education', 'recognition')", "key"),
        check("weeks BETWEEN 1 AND 520", "weeks"),
        check("price_nok BETWEEN 0 AND 1000000", "price_nok"),
        check("version >= 1", "version"),
    )

    version: int = 1
    created_at: datetime = Field(default_factory=clock.now)
    updated_at: datetime = Field(default_factory=clock.now)
    title: str = Field(max_length=200)
    provider: str | None = Field(default=None, max_length=200)
    kind: CourseOfferKind = Field(sa_type=closed(CourseOfferKind))
    key: str | None = Field(default=None, max_length=200, description="See CourseOfferKind; empty is any field.")
    from_level: str | None = Field(default=None, max_length=2, description="What a participant has: CEFR or NUS2000.")
    to_level: str | None = Field(default=None, max_length=2, description="What she has afterwards.")
    starts_on: date | None = None
    weeks: int | None = None
    price_nok: int | None = Field(default=None, description="What the participant pays; 0 is free.")
    place: str | None = Field(default=None, max_length=120)
    url: str | None = Field(default=None, max_length=500)
    notes: str | None = Field(default=None, max_length=4000, description="What no other column has a place for.")
    open: bool = Field(default=True, description="Whether it can be taken; one that is retired is kept.")
