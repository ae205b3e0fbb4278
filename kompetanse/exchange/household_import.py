"""Households out of a spreadsheet, of people who are registered: a row a member, all households formed or none.

Nobody is registered here, and nobody is moved out of the household that she lives in.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor
from kompetanse.codes.residence import HouseholdRole
from kompetanse.exchange import import_queries as queries
from kompetanse.exchange.cells.dates import parse_birth
from kompetanse.exchange.cells.names import parse_full_name, parse_name_part
from kompetanse.exchange.cells.plain import choices_of, text_of
from kompetanse.exchange.cells.skills import parse_household_key
from kompetanse.exchange.columns import Column
from kompetanse.exchange.diff import LikelyRegistered
from kompetanse.exchange.faults import CellRejected, Reading, Reason, RowRejected, RowWarning, reading
from kompetanse.exchange.household_columns import COLUMNS, Field
from kompetanse.exchange.importing import Importer, Outcome, Sent, guess_nothing, outcome_of
from kompetanse.exchange.imports import MadeRow
from kompetanse.exchange.likeness import Lookalikes
from kompetanse.exchange.plain_rows import CellReader, Fields, PlainEntry, judge, parse_plain
from kompetanse.exchange.rows import Tally
from kompetanse.exchange.table import Table
from kompetanse.people import households
from kompetanse.people.rules import name_key

_NAME_LENGTH = 120
_ROLES: Mapping[str, HouseholdRole] = {
    "voksen": HouseholdRole.ADULT,
    "partner": HouseholdRole.PARTNER,
    "barn": HouseholdRole.CHILD,
    "annen": HouseholdRole.OTHER,
    "ektefelle": HouseholdRole.PARTNER,
    "samboer": HouseholdRole.PARTNER,
    "kone": HouseholdRole.PARTNER,
    "mann": HouseholdRole.PARTNER,
    "sønn": HouseholdRole.CHILD,
    "datter": HouseholdRole.CHILD,
    "forelder": HouseholdRole.ADULT,
    "mor": HouseholdRole.ADULT,
    "far": HouseholdRole.ADULT,
    "hovedperson": HouseholdRole.ADULT,
    **{role.value: role for role in HouseholdRole},
}


@dataclass(frozen=True, slots=True)
class MemberEntry:
    """A row: a registered person, and what the file calls the household that she is to live in."""

    row: int
    key: str
    person_id: UUID
    shown: str
    family_name: str
    role: HouseholdRole
    household_name: str | None


@dataclass(slots=True)
class _Town:
    """Who is registered, by name and birth, and where each lives."""

    homes: dict[UUID, tuple[UUID, str | None]] = field(default_factory=dict)
    by_birth: Lookalikes[UUID] = field(default_factory=Lookalikes)
    by_name: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    rows: dict[UUID, int] = field(default_factory=dict)


def run(
    session: Session, actor: Actor, table: Table, columns: Sequence[Column[Any] | None], sent: Sent, apply: bool
) -> Outcome:
    """Report every row; with `apply`, form the households of the accepted ones.

    Raises:
        TableRefused: the columns cannot be right, or the rows cannot be read.
    """
    COLUMNS.check(table.headers, columns)
    tally, town = Tally(), _town(session, actor)
    judged = judge(
        parse_plain(table, columns, READERS, today=clock.today(), tally=tally),
        lambda parsed: _accepted(parsed, town),
        lambda entry: _lives_there(entry, town),
        despite_duplicates=False,
    )
    if town.rows:
        audit.record(session, actor, "find_duplicates", "person", town.rows)
    made = _write(session, actor, judged.accepted) if apply else []
    return outcome_of(judged, tally, made, households=len({one.key for one in judged.accepted}))


def _town(session: Session, actor: Actor) -> _Town:
    town = _Town()
    for one in session.execute(queries.people_at_home(actor)):
        town.by_name[one.name_key].append(one.id)
        if one.born:
            town.by_birth.remember(one.name_key, one.born, one.id)
        if one.household_id:
            town.homes[one.id] = one.household_id, one.source_key
    return town


def _accepted(parsed: PlainEntry, town: _Town) -> MemberEntry:
    """The member that a row means.

    Raises:
        RowRejected: it names no household or nobody, somebody who is not registered, or more than one, or somebody
            who stands in an earlier row or lives in another household.
    """
    said = parsed.fields
    family, given, key = said.get("family_name", ""), said.get("given_name", ""), said.get("household")
    shown = ", ".join(filter(None, (family, given)))
    if not key:
        raise _refused(parsed, shown, "Raden sier ikke hvilken husstand den hører til", "Skriv husstandens nøkkel")
    if not shown:
        raise _refused(parsed, "", "Raden har ikke noe navn", "Skriv navnet, eller slett raden")
    person_id = _person(parsed, shown, name_key(family, given), said.get("born"), town)
    earlier = town.rows.setdefault(person_id, parsed.row)
    if earlier != parsed.row:
        raise _refused(parsed, shown, f"Samme person som i rad {earlier}", "Slett den ene raden")
    home = town.homes.get(person_id)
    if home is not None and home[1] != key:
        hint = "La personen flytte ut av den først, på personkortet"
        raise _refused(parsed, shown, "Personen bor i en annen husstand", hint)
    parsed.warnings += _left_out(parsed)
    role = said.get("role", HouseholdRole.ADULT)
    return MemberEntry(parsed.row, key, person_id, shown, family or given, role, said.get("household_name"))


def _left_out(parsed: PlainEntry) -> Iterable[RowWarning]:
    """What a household has no place for: its words are told, since they are kept nowhere."""
    told = {warning.column for warning in parsed.warnings}
    for one in parsed.remarks:
        heading, _, cell = one.partition(": ")
        if heading not in told:
            detail, hint = "En husstand har ikke plass til dette, og det er ikke tatt med", "Skriv det på personkortet"
            yield RowWarning(parsed.row, heading, cell, Reason.COLUMN_UNKNOWN, detail, hint)


def _person(parsed: PlainEntry, shown: str, key: str, born: str | None, town: _Town) -> UUID:
    """The one registered person who is alike."""
    alike = list(dict.fromkeys(town.by_birth.like(key, born) if born else town.by_name.get(key, ())))
    if not alike:
        raise _refused(parsed, shown, "Ingen som heter dette, er registrert", "Registrer personen først")
    if len(alike) > 1:
        raise _refused(parsed, shown, "Flere registrerte ligner", "Skriv fødselsdatoen, eller før det på personkortet")
    return alike[0]


def _refused(parsed: PlainEntry, shown: str, detail: str, hint: str) -> RowRejected:
    return RowRejected(parsed.row, "", shown, CellRejected(Reason.RULE_BROKEN, detail, hint))


def _lives_there(entry: MemberEntry, town: _Town) -> LikelyRegistered | None:
    """Whether the member lives in the household that the file means: it was imported before."""
    home = town.homes.get(entry.person_id)
    if home is None:
        return None
    detail, hint = "Personen bor i denne husstanden fra før", "Legg til flere på personkortet"
    return LikelyRegistered(entry.row, "", entry.shown, Reason.NUMBER_REGISTERED, detail, hint, (home[0],))


def _write(session: Session, actor: Actor, entries: Iterable[MemberEntry]) -> list[MadeRow]:
    """All households, or none when anything fails."""
    together: dict[str, list[MemberEntry]] = defaultdict(list)
    for entry in entries:
        together[entry.key].append(entry)
    made: list[MadeRow] = []
    with session.begin_nested():
        for key, members in together.items():
            name = next((one.household_name for one in members if one.household_name), members[0].family_name)
            living = [(one.person_id, one.role) for one in members]
            home = households.form_household(session, actor, name=name, members=living, source_key=key)
            made += [MadeRow(one.row, home.id) for one in members]
    return made


def _full_name(cell: str, _: date) -> Reading[Fields]:
    read = parse_full_name(cell)
    return reading({"family_name": read.value.family_name, "given_name": read.value.given_name}, read.warnings)


def _name_part(name: str) -> CellReader:
    def read_name(cell: str, _: date) -> Reading[Fields]:
        read = parse_name_part(cell)
        return reading({name: read.value}, read.warnings)

    return read_name


READERS: Mapping[StrEnum, CellReader] = MappingProxyType[Any, CellReader](
    {
        Field.HOUSEHOLD: lambda cell, _: reading({"household": parse_household_key(cell).value}),
        Field.NAME: lambda cell, _: reading({"household_name": text_of(cell, _NAME_LENGTH)}),
        Field.FULL_NAME: _full_name,
        Field.FAMILY_NAME: _name_part("family_name"),
        Field.GIVEN_NAME: _name_part("given_name"),
        Field.BORN: lambda cell, today: reading({"born": parse_birth(cell, today=today).value}),
        Field.ROLE: lambda cell, _: reading({"role": choices_of(cell, _ROLES)[0]}),
        Field.LEFT_OUT: lambda _, __: reading({}),
    }
)


HOUSEHOLDS = Importer(COLUMNS, guess_nothing, run)
