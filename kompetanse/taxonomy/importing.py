"""Takes an official download into the database: adds, changes and retires, and never deletes a concept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, insert
from sqlmodel import Session, SQLModel

from kompetanse import clock
from kompetanse.taxonomy import queries
from kompetanse.taxonomy.concepts import ConceptKind
from kompetanse.taxonomy.download import Download, FaultKind, Progress, Taxonomy
from kompetanse.taxonomy.tables import BroaderConcept, ConceptLabel, OccupationSkill, StoredConcept, TaxonomyRelease

_AT_ONCE = 10_000
"""Rows a statement: enough to be quick, few enough to show progress."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did.

    `release` is None when the same download was imported before and nothing was done. `added`, `changed`, `retired`:
    how many concepts; `replaced`: successors of retired concepts by URI, for whoever keeps links to them.
    """

    release: TaxonomyRelease | None
    added: int = 0
    changed: int = 0
    retired: int = 0
    replaced: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[tuple[str, FaultKind], int] = field(default_factory=dict)


def import_download(
    session: Session, download: Download, version: str | None = None, progress: Progress = lambda *_: None
) -> Imported:
    """Import a download, whatever was imported before; the caller's transaction holds all of it.

    Languages that this download has are replaced, others stay: ESCO is downloaded a language at a time. A concept
    that it lacks is retired. Its successor is the one that the download names, or the only new one of the same name.

    Raises:
        Invalid: a file cannot be read.
    """
    fingerprint = download.fingerprint()
    if session.exec(queries.release_of(fingerprint)).first() is not None:
        return Imported(None)
    found = download.read(progress)
    stored = {one.uri: one for one in session.exec(queries.concepts())}
    before = _Before(stored, frozenset(uri for uri, one in stored.items() if not one.retired))
    replaced = _successors(session, found, before)
    added, changed = _store_concepts(session, found, before)
    retired = _retire(session, found, before, replaced)
    _store_rows(session, found, progress)
    release = TaxonomyRelease(
        version=version or download.version,
        languages=found.languages,
        fingerprint=fingerprint,
        concepts=len(found.concepts),
        labels=sum(map(len, found.labels.values())),
        retired=retired,
        faults=found.faults.total(),
        imported_at=clock.now(),
    )
    session.add(release)
    session.flush()
    return Imported(release, added, changed, retired, replaced, dict(found.faults))


@dataclass(frozen=True, slots=True)
class _Before:
    """The concepts that were there, and which of them were not retired."""

    stored: Mapping[str, StoredConcept]
    current: frozenset[str]

    def lacking(self, found: Taxonomy) -> list[str]:
        """The concepts that the download should have and does not."""
        kinds = found.kinds
        return sorted(uri for uri in self.current - found.concepts.keys() if self.stored[uri].kind in kinds)


def _successors(session: Session, found: Taxonomy, before: _Before) -> dict[str, str]:
    """Who comes after each concept that was retired now or earlier."""
    gone = before.lacking(found)
    earlier = {uri for uri, one in before.stored.items() if one.retired and one.replaced_by is None}
    named = {uri: found.replaced[uri] for uri in (*gone, *earlier) if uri in found.replaced}
    unnamed = [uri for uri in gone if uri not in named]
    if not unnamed:
        return named
    fresh: dict[tuple[ConceptKind, str, str], set[str]] = {}
    for (uri, language), names in found.labels.items():
        if uri not in before.stored:
            fresh.setdefault((found.concepts[uri][0], language, names[0]), set()).add(uri)
    for uri, language, name in session.exec(queries.preferred_names(unnamed)):
        same = fresh.get((before.stored[uri].kind, language, name), set())
        if len(same) == 1:
            named.setdefault(uri, next(iter(same)))
    return named


def _store_concepts(session: Session, found: Taxonomy, before: _Before) -> tuple[int, int]:
    new = [
        {"uri": uri, "kind": kind, "code": code, "retired": False}
        for uri, (kind, code) in found.concepts.items()
        if uri not in before.stored
    ]
    _insert(session, StoredConcept, new)
    changed = 0
    for uri, (kind, code) in found.concepts.items():
        one = before.stored.get(uri)
        if one and (one.kind, one.code, one.retired) != (kind, code, False):
            one.kind, one.code, one.retired, one.replaced_by = kind, code, False, None
            changed += 1
    return len(new), changed


def _retire(session: Session, found: Taxonomy, before: _Before, replaced: Mapping[str, str]) -> int:
    gone = before.lacking(found)
    for uri in gone:
        before.stored[uri].retired = True
    for uri, successor in replaced.items():
        before.stored[uri].replaced_by = successor
    session.flush()
    return len(gone)


def _store_rows(session: Session, found: Taxonomy, progress: Progress) -> None:
    kinds = found.kinds
    session.execute(queries.delete_labels(found.languages, kinds))
    labels = [
        {"uri": uri, "language": language, "position": position, "text": text}
        for (uri, language), names in found.labels.items()
        for position, text in enumerate(names)
    ]
    _insert(session, ConceptLabel, labels, progress, "Storing names")
    if found.broader:
        session.execute(queries.delete_broader({found.concepts[uri][0] for uri, _ in found.broader}))
        above = [{"uri": uri, "broader": broader} for uri, broader in found.broader]
        _insert(session, BroaderConcept, above, progress, "Storing the hierarchy")
    if found.needs:
        session.execute(delete(OccupationSkill))
        needs = [{"occupation": one, "skill": skill, "need": need} for (one, skill), need in found.needs.items()]
        _insert(session, OccupationSkill, needs, progress, "Storing what occupations need")


def _insert(
    session: Session,
    table: type[SQLModel],
    rows: Sequence[dict[str, Any]],
    progress: Progress = lambda *_: None,
    what: str = "",
) -> None:
    for start in range(0, len(rows), _AT_ONCE):
        progress(what, start, len(rows))
        session.execute(insert(table), rows[start : start + _AT_ONCE])
