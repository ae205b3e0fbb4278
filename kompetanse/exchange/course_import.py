"""Courses on offer out of a spreadsheet: compared with those that are written down, and stored all or none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias, cast
from uuid import UUID

from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Actor
from kompetanse.codes.lists import fold
from kompetanse.codes.work import CourseOfferKind
from kompetanse.courses import service as courses
from kompetanse.courses.rules import CourseOfferFields, accept
from kompetanse.errors import Invalid
from kompetanse.exchange import import_queries as queries
from kompetanse.exchange.columns import Column
from kompetanse.exchange.course_cells import READERS, key_of, kind_of, levels_of
from kompetanse.exchange.course_columns import COLUMNS
from kompetanse.exchange.diff import LikelyRegistered
from kompetanse.exchange.faults import CellRejected, Reason, RowRejected, RowWarning
from kompetanse.exchange.importing import Importer, Outcome, Sent, guess_nothing, outcome_of
from kompetanse.exchange.imports import MadeRow
from kompetanse.exchange.plain_rows import PlainEntry, judge, parse_plain
from kompetanse.exchange.rows import Tally
from kompetanse.exchange.table import Table
from kompetanse.taxonomy import service as taxonomy
from kompetanse.taxonomy.lexicon import Lexicon

Likeness: TypeAlias = tuple[str, str, date | None]

_RULES: Mapping[str, tuple[str, str]] = {
    "/title": ("Raden sier ikke hva tilbudet heter", "Skriv navnet, eller slett raden"),
    "/key": ("Raden sier ikke hva tilbudet fører til", "Skriv språket, beviset eller yrket i kolonnen Fører til"),
    "/to_level": ("Nivået etterpå mangler, eller er ikke høyere enn nivået før", "Skriv nivåene slik: A2-B1"),
    "/from_level": ("Nivået før passer ikke til tilbudet", "Skriv nivåene slik: A2-B1"),
    "/url": ("Nettsiden er ingen adresse", "Begynn den med https://"),
    "/notes": ("Merknadene er for lange", "Kort dem ned til 4 000 tegn, eller ta ikke med kolonnen"),
}
"""What a rule that a row breaks is called, by the field that it is about, and how to mend the row."""


@dataclass(frozen=True, slots=True)
class CourseEntry:
    """A row as it would be stored."""

    row: int
    fields: CourseOfferFields

    @property
    def likeness(self) -> Likeness:
        """What two offers that are the same have in common."""
        return _likeness(self.fields["title"], self.fields.get("place"), self.fields.get("starts_on"))


def run(
    session: Session, actor: Actor, table: Table, columns: Sequence[Column[Any] | None], sent: Sent, apply: bool
) -> Outcome:
    """Report every row; with `apply`, write down the accepted offers.

    Raises:
        TableRefused: the columns cannot be right, or the rows cannot be read.
    """
    COLUMNS.check(table.headers, columns)
    tally, words, known = Tally(), taxonomy.lexicon(session, actor).for_many_rows(), _known(session, actor)
    judged = judge(
        parse_plain(table, columns, READERS, today=clock.today(), tally=tally),
        lambda parsed: _accepted(parsed, words),
        lambda entry: _duplicate(entry, known),
        despite_duplicates=sent.despite_duplicates,
    )
    return outcome_of(judged, tally, _write(session, actor, judged.accepted) if apply else ())


def _accepted(parsed: PlainEntry, words: Lexicon) -> CourseEntry:
    """A row as it would be stored, its kind and what it leads to out of its words where no column says them.

    Raises RowRejected when it breaks a rule of courses.
    """
    said = dict(parsed.fields)
    about, levels, title = said.pop("about", ""), said.pop("levels", ""), said.get("title", "")
    notes = "\n".join([*said.pop("notes", ()), *parsed.remarks])
    kind = said.get("kind") or kind_of(f"{title} {about}")
    key = key_of(kind, about or title) or key_of(kind, title)
    fields = cast(CourseOfferFields, {**levels_of(kind, levels or title), **said, "kind": kind, "key": key})
    if notes:
        fields["notes"] = notes
    try:
        accept(fields, CourseOfferFields(), words)
    except Invalid as error:
        detail, hint = _RULES.get(error.faults[0].pointer, ("Raden bryter en regel for tilbud", "Rett raden"))
        raise RowRejected(parsed.row, "", title, CellRejected(Reason.RULE_BROKEN, detail, hint)) from None
    if kind is CourseOfferKind.SKILL and "kind" not in parsed.fields:
        detail, hint = "Ingen type er oppgitt, og tilbudet er tatt med som kurs i en ferdighet", "Rett det i tilbudet"
        parsed.warnings.append(RowWarning(parsed.row, "", about or title, Reason.KIND_GUESSED, detail, hint))
    return CourseEntry(parsed.row, fields)


def _likeness(title: str, place: str | None, starts_on: date | None) -> Likeness:
    return fold(title), fold(place or ""), starts_on


def _known(session: Session, actor: Actor) -> dict[Likeness, tuple[UUID, ...]]:
    """Offers that can be taken, by what they are compared by."""
    known: dict[Likeness, tuple[UUID, ...]] = {}
    for one in session.execute(queries.offers_to_compare(actor)):
        key = _likeness(one.title, one.place, one.starts_on)
        known[key] = (*known.get(key, ()), one.id)
    return known


def _duplicate(entry: CourseEntry, known: dict[Likeness, tuple[UUID, ...]]) -> LikelyRegistered | None:
    """What is like the entry already; the entry is remembered for the rows below."""
    same = known.get(entry.likeness)
    known.setdefault(entry.likeness, ())
    if same is None:
        return None
    detail = "Samme tilbud, sted og dag står der fra før, eller i en tidligere rad"
    hint = "Sammenlign; importer likevel bare hvis det er et annet tilbud"
    return LikelyRegistered(entry.row, "", entry.fields["title"], Reason.LIKELY_REGISTERED, detail, hint, same)


def _write(session: Session, actor: Actor, entries: Iterable[CourseEntry]) -> list[MadeRow]:
    """All of them, or none when anything fails."""
    with session.begin_nested():
        return [MadeRow(one.row, courses.create(session, actor, one.fields).id) for one in entries]


COURSES = Importer(COLUMNS, guess_nothing, run)
