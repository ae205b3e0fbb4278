"""What is stored of an imported taxonomy. Belongs to no municipality: it is the same for all.

The starter lists are not in here: they ship with the program and go on serving beside what was imported.
"""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from kompetanse import clock
from kompetanse.database import JSON_LIST, Owned, Table, check, closed
from kompetanse.taxonomy.concepts import ConceptKind, Need

_URI_LENGTH = 255


class TaxonomyRelease(Table, table=True):
    """One import of an official download: which version, in which languages, and what it held and lacked."""

    __tablename__ = "taxonomy_release"

    id: int | None = Field(default=None, primary_key=True)
    version: str = Field(max_length=40)
    languages: list[str] = Field(sa_type=JSON_LIST)
    fingerprint: str = Field(max_length=64, unique=True, description="SHA-256 of the files: the same again is nothing.")
    concepts: int
    labels: int
    retired: int
    faults: int
    imported_at: datetime


class StoredConcept(Table, table=True):
    """A concept of the taxonomy. One that a later download lacks is retired, never deleted: people's links hold."""

    __tablename__ = "concept"
    __table_args__ = (
        check("replaced_by IS NULL OR retired", "replaced_is_retired"),
        Index("ix_concept_code", "kind", "code"),
    )

    uri: str = Field(primary_key=True, max_length=_URI_LENGTH)
    kind: ConceptKind = Field(sa_type=closed(ConceptKind))
    code: str | None = Field(default=None, max_length=20)
    retired: bool = False
    replaced_by: str | None = Field(default=None, max_length=_URI_LENGTH)


class ConceptLabel(Table, table=True):
    """A name of a concept in one language (ISO 639-1); position 0 is the preferred one."""

    __tablename__ = "concept_label"

    uri: str = Field(primary_key=True, max_length=_URI_LENGTH)
    language: str = Field(primary_key=True, max_length=3)
    position: int = Field(primary_key=True)
    text: str


class BroaderConcept(Table, table=True):
    """A concept and one that is directly above it; ESCO has several above one."""

    __tablename__ = "concept_broader"
    __table_args__ = (Index("ix_concept_broader_broader", "broader"),)

    uri: str = Field(primary_key=True, max_length=_URI_LENGTH)
    broader: str = Field(primary_key=True, max_length=_URI_LENGTH)


class OccupationSkill(Table, table=True):
    """A skill that an occupation needs, or often uses."""

    __tablename__ = "occupation_skill"
    __table_args__ = (Index("ix_occupation_skill_skill", "skill"),)

    occupation: str = Field(primary_key=True, max_length=_URI_LENGTH)
    skill: str = Field(primary_key=True, max_length=_URI_LENGTH)
    need: Need = Field(sa_type=closed(Need))


class LocalSynonym(Owned, table=True):
    """What a word means in one municipality: linked by hand once, and from then on for everybody there.

    `key` is the text as it is compared.
    """

    __tablename__ = "local_synonym"
    __table_args__ = (UniqueConstraint("municipality_no", "kind", "key"),)

    kind: ConceptKind = Field(sa_type=closed(ConceptKind))
    key: str = Field(max_length=200)
    text: str = Field(max_length=200)
    uri: str = Field(max_length=_URI_LENGTH)
    created_at: datetime = Field(default_factory=clock.now)
