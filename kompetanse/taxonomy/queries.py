"""Selects of the imported taxonomy. It is the same for everybody, so no actor scopes them."""

from collections.abc import Collection

from sqlalchemy import Delete, delete, func
from sqlmodel import col, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from kompetanse.taxonomy.concepts import ConceptKind
from kompetanse.taxonomy.tables import BroaderConcept, ConceptLabel, StoredConcept, TaxonomyRelease


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
