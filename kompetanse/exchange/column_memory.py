"""What the columns of a municipality's files mean, remembered from one file to the next with the same headings."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Actor
from kompetanse.codes.imports import ImportKind
from kompetanse.exchange import import_queries as queries
from kompetanse.exchange.columns import FieldT
from kompetanse.exchange.mapping import Meant, headings_digest, to_remember
from kompetanse.exchange.tables import ColumnMapping


def remembered_meanings(session: Session, actor: Actor, kind: ImportKind, headings: Sequence[str]) -> Mapping[str, str]:
    """Fields by digest of heading, as they were said or accepted for the last file with these headings."""
    found = session.exec(queries.mapping_of(actor, kind, headings_digest(headings))).one_or_none()
    return found.meanings if found else {}


def remember(session: Session, actor: Actor, kind: ImportKind, columns: Sequence[Meant[FieldT]]) -> None:
    """Keep what the headings of an imported file do not tell themselves; headings that tell all are not kept."""
    meanings = to_remember(columns)
    headings = headings_digest([one.heading for one in columns])
    stored = session.exec(queries.mapping_of(actor, kind, headings)).one_or_none()
    if stored is None and meanings:
        session.add(
            ColumnMapping(
                municipality_no=actor.municipality_no,
                kind=kind,
                headings=headings,
                meanings=meanings,
                stated_by=actor.id,
            )
        )
    elif stored is not None and meanings != stored.meanings:
        stored.meanings, stored.stated_at, stored.stated_by = meanings, clock.now(), actor.id
    session.flush()
