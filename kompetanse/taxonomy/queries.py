"""Selects of the taxonomy. What is imported is the same for everybody; a municipality's own words are its own."""

from collections.abc import Collection

from sqlalchemy import Delete, delete, func
from sqlalchemy import Select as CoreSelect
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from kompetanse.actor import Actor
from kompetanse.taxonomy.concepts import LINKABLE, ConceptKind, Need
from kompetanse.taxonomy.tables import (
    BroaderConcept,
    ConceptLabel,
    LocalSynonym,
    OccupationSkill,
    StoredConcept,
    TaxonomyRelease,
)


def release_of(fingerprint: str) -> SelectOfScalar[TaxonomyRelease]:
    """The import of these very files, when it is the latest of them."""
    return select(TaxonomyRelease).where(TaxonomyRelease.fingerprint == fingerprint)


def releases() -> SelectOfScalar[TaxonomyRelease]:
    """Every import, the latest first."""
    return select(TaxonomyRelease).order_by(col(TaxonomyRelease.id).desc())


def concepts() -> SelectOfScalar[StoredConcept]:
    """Every concept, also retired ones."""
    return select(StoredConcept)


def retired() -> SelectOfScalar[int]:
    """How many concepts are retired."""
    return select(func.count()).select_from(StoredConcept).where(col(StoredConcept.retired).is_(True))


def preferred_names(uris: Collection[str]) -> Select[str, str, str]:
    """URI, language and preferred name of some concepts, in a stable order."""
    return (
        select(ConceptLabel.uri, ConceptLabel.language, ConceptLabel.text)
        .where(col(ConceptLabel.uri).in_(uris), ConceptLabel.position == 0)
        .order_by(col(ConceptLabel.uri), col(ConceptLabel.language))
    )


def concepts_by_uri(uris: Collection[str]) -> SelectOfScalar[StoredConcept]:
    """Some concepts, also retired ones."""
    return select(StoredConcept).where(col(StoredConcept.uri).in_(uris))


def labels() -> CoreSelect[str, ConceptKind, str, int, str]:
    """Every name of what words can be linked to and is not retired: URI, kind, language, position, text."""
    return (
        core_select(
            col(ConceptLabel.uri),
            col(StoredConcept.kind),
            col(ConceptLabel.language),
            col(ConceptLabel.position),
            col(ConceptLabel.text),
        )
        .join(StoredConcept, col(StoredConcept.uri) == col(ConceptLabel.uri))
        .where(col(StoredConcept.kind).in_(LINKABLE), col(StoredConcept.retired).is_(False))
    )


def relations() -> CoreSelect[str, str]:
    """Occupations and skills that go together, by URI."""
    return core_select(col(OccupationSkill.occupation), col(OccupationSkill.skill))


def above_skills() -> CoreSelect[str, str, ConceptKind, str | None]:
    """What stands directly above each skill that is not retired: skill, what is above, its kind and code."""
    skill, above = aliased(StoredConcept), aliased(StoredConcept)
    return (
        core_select(col(BroaderConcept.uri), col(BroaderConcept.broader), col(above.kind), col(above.code))
        .join(skill, col(skill.uri) == col(BroaderConcept.uri))
        .join(above, col(above.uri) == col(BroaderConcept.broader))
        .where(col(skill.kind) == ConceptKind.SKILL, col(skill.retired).is_(False))
        .order_by(col(BroaderConcept.uri), col(BroaderConcept.broader))
    )


def demand_for_skills() -> CoreSelect[str, int]:
    """How many occupations cannot do without each skill."""
    needed = core_select(col(OccupationSkill.skill), func.count()).where(col(OccupationSkill.need) == Need.ESSENTIAL)
    return needed.group_by(col(OccupationSkill.skill))


def occupations_with_needs() -> CoreSelect[int]:
    """How many occupations have skills that they cannot do without."""
    counted = func.count(func.distinct(col(OccupationSkill.occupation)))
    return core_select(counted).where(col(OccupationSkill.need) == Need.ESSENTIAL)


def needs(occupations: Collection[str]) -> SelectOfScalar[OccupationSkill]:
    """The skills that some occupations need or use, in a stable order."""
    return (
        select(OccupationSkill)
        .where(col(OccupationSkill.occupation).in_(occupations))
        .order_by(col(OccupationSkill.occupation), col(OccupationSkill.skill))
    )


def synonyms(actor: Actor) -> SelectOfScalar[LocalSynonym]:
    """The words that the actor's municipality linked by hand."""
    return (
        select(LocalSynonym)
        .where(LocalSynonym.municipality_no == actor.municipality_no)
        .order_by(col(LocalSynonym.kind), col(LocalSynonym.key))
    )


def _of_kinds(kinds: Collection[ConceptKind]) -> SelectOfScalar[str]:
    return select(StoredConcept.uri).where(col(StoredConcept.kind).in_(kinds), col(StoredConcept.retired).is_(False))


def delete_labels(languages: Collection[str], kinds: Collection[ConceptKind]) -> Delete:
    """Takes away the names of what is current in some languages; what is retired keeps its names."""
    return delete(ConceptLabel).where(
        col(ConceptLabel.language).in_(languages), col(ConceptLabel.uri).in_(_of_kinds(kinds))
    )


def delete_broader(kinds: Collection[ConceptKind]) -> Delete:
    """Takes away what stands above concepts of some kinds, where they are current."""
    return delete(BroaderConcept).where(col(BroaderConcept.uri).in_(_of_kinds(kinds)))
