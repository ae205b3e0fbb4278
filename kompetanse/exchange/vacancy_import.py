"""Vacancies out of a spreadsheet: compared with those that are written down, and stored all or none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any, cast
from uuid import UUID

from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Actor
from kompetanse.codes.lists import fold
from kompetanse.codes.work import VacancySource
from kompetanse.errors import Invalid
from kompetanse.exchange import import_queries as queries
from kompetanse.exchange.columns import Column
from kompetanse.exchange.diff import LikelyRegistered
from kompetanse.exchange.faults import CellRejected, Reason, RowRejected
from kompetanse.exchange.importing import Importer, Outcome, Sent, guess_nothing, outcome_of
from kompetanse.exchange.imports import MadeRow
from kompetanse.exchange.plain_rows import PlainEntry, judge, parse_plain
from kompetanse.exchange.rows import Tally
from kompetanse.exchange.table import Table
from kompetanse.exchange.vacancy_cells import READERS
from kompetanse.exchange.vacancy_columns import COLUMNS
from kompetanse.taxonomy import service as taxonomy
from kompetanse.taxonomy.lexicon import Lexicon
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.rules import is_html
from kompetanse.vacancies.service import VacancyFields

_RULES: Mapping[str, tuple[str, str]] = {
    "/title": ("Raden sier ikke hva stillingen heter", "Skriv hva stillingen heter, eller slett raden"),
    "/ends_on": ("Arbeidet slutter før det begynner", "Se på begge datoene"),
    "/percentage_max": ("Den minste prosenten er større enn den største", "Skriv prosenten slik: 50-80"),
    "/description": ("Beskrivelsen er for lang", "Kort den ned til 50 000 tegn"),
    "/experience_months": ("Erfaringen er for lang", "Skriv høyst 50 år"),
}
"""What a rule that a row breaks is called, by the field that it is about, and how to mend the row."""


@dataclass(frozen=True, slots=True)
class VacancyEntry:
    """A row as it would be stored, and what is asked about its record."""

    row: int
    fields: VacancyFields
    title: str

    @property
    def likeness(self) -> tuple[str, str, date | None]:
        """What two vacancies that are the same have in common."""
        return likeness(self.title, self.fields.get("employer_name") or self.fields.get("unit"), self.deadline)

    @property
    def deadline(self) -> date | None:
        """The last day to apply."""
        return self.fields.get("deadline")


@dataclass(slots=True)
class _Known:
    """What is written down already, or stands in an earlier row (None)."""

    by_id: dict[str, tuple[UUID, ...]] = field(default_factory=dict)
    by_likeness: dict[tuple[str, str, date | None], tuple[UUID, ...]] = field(default_factory=dict)


def likeness(title: str, employer: str | None, deadline: date | None) -> tuple[str, str, date | None]:
    """By what vacancies are compared: the title and who seeks, as words, and the deadline."""
    return fold(title), fold(employer or ""), deadline


def run(
    session: Session, actor: Actor, table: Table, columns: Sequence[Column[Any] | None], sent: Sent, apply: bool
) -> Outcome:
    """Report every row; with `apply`, write down the accepted vacancies.

    Raises:
        TableRefused: the columns cannot be right, or the rows cannot be read.
    """
    COLUMNS.check(table.headers, columns)
    tally, words, known = Tally(), taxonomy.lexicon(session, actor).for_many_rows(), _known(session, actor)
    judged = judge(
        parse_plain(table, columns, READERS, today=clock.today(), tally=tally),
        lambda parsed: _accepted(parsed, actor, words),
        lambda entry: _duplicate(entry, known),
        despite_duplicates=sent.despite_duplicates,
    )
    return outcome_of(judged, tally, _write(session, actor, judged.accepted) if apply else ())


def _accepted(parsed: PlainEntry, actor: Actor, words: Lexicon) -> VacancyEntry:
    """A row as it would be stored. Raises RowRejected when it breaks a rule of vacancies."""
    fields = cast(VacancyFields, {"source": VacancySource.FILE, **parsed.fields, "description": _told(parsed)})
    if "skills" in fields:
        fields["skills"] = list({words.skill_key(one.label): one for one in reversed(fields["skills"])}.values())[::-1]
    if "languages" in fields:
        fields["languages"] = list({one.language: one for one in fields["languages"]}.values())
    try:
        record = vacancies.drafted(actor.municipality_no, fields, words)
    except Invalid as error:
        fault = error.faults[0]
        detail, hint = _RULES.get(fault.pointer, ("Raden bryter en regel for stillinger", "Rett raden i regnearket"))
        cause = CellRejected(Reason.RULE_BROKEN, detail, hint)
        raise RowRejected(parsed.row, "", "", cause) from None
    return VacancyEntry(parsed.row, fields, record.vacancy.title)


def _told(parsed: PlainEntry) -> str | None:
    """The description, with what no field holds below it."""
    written = "\n\n".join(parsed.fields.get("description", ()))
    if is_html(written):
        return written + "".join(f"<p>{escape(one)}</p>" for one in parsed.remarks)
    return "\n".join(filter(None, (written, *parsed.remarks))) or None


def _known(session: Session, actor: Actor) -> _Known:
    known = _Known()
    for one in session.execute(queries.vacancies_to_compare(actor)):
        if one.external_id is not None:
            known.by_id[one.external_id] = (one.id,)
        key = likeness(one.title, one.employer_name or one.unit, one.deadline)
        if one.standing:
            known.by_likeness[key] = (*known.by_likeness.get(key, ()), one.id)
    return known


def _duplicate(entry: VacancyEntry, known: _Known) -> LikelyRegistered | None:
    """What is like the entry already; the entry is remembered for the rows below."""
    number, same = entry.fields.get("external_id"), known.by_likeness.get(entry.likeness)
    found = None
    if number is not None and number in known.by_id:
        detail, hint = "En stilling med samme nummer er lest inn fra før", "Åpne stillingen og før på det som er nytt"
        found = _told_of(entry, Reason.NUMBER_REGISTERED, detail, hint, known.by_id[number])
    elif same is not None:
        detail = "Samme stilling, arbeidsgiver og frist står der fra før, eller i en tidligere rad"
        hint = "Sammenlign; importer likevel bare hvis det er en annen stilling"
        found = _told_of(entry, Reason.LIKELY_REGISTERED, detail, hint, same)
    if number is not None:
        known.by_id.setdefault(number, ())
    known.by_likeness.setdefault(entry.likeness, ())
    return found


def _told_of(entry: VacancyEntry, reason: Reason, detail: str, hint: str, ids: tuple[UUID, ...]) -> LikelyRegistered:
    return LikelyRegistered(entry.row, "", entry.title, reason, detail, hint, ids)


def _write(session: Session, actor: Actor, entries: Iterable[VacancyEntry]) -> list[MadeRow]:
    """All of them, or none when anything fails."""
    with session.begin_nested():
        return [MadeRow(one.row, vacancies.create(session, actor, one.fields).vacancy.id) for one in entries]


VACANCIES = Importer(COLUMNS, guess_nothing, run)
