"""What the columns of one file mean: by their headings, by what stands in them, or because somebody said so. Pure.

Whoever imports sees the columns side by side with samples and corrects them. What was said by hand, or guessed and
accepted, is remembered for the next file with the same headings. It is kept by digests of headings: a file without
headings would else leave somebody's data there.
"""

import json
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256
from itertools import chain, islice
from typing import Generic

from kompetanse.errors import FieldFault, Invalid
from kompetanse.exchange.cells.words import not_stated, shown
from kompetanse.exchange.columns import Column, ColumnSet, FieldT, heading_key
from kompetanse.exchange.table import Row, Table

AS_REMARK = ""
"""The meaning of a column that no field is for: its cells are kept as remarks, under its heading."""

PEEKED_ROWS = 200
"""How many rows tell what is in a column."""

_SAMPLES = 3
_SAMPLE_LENGTH = 80


class Recognised(StrEnum):
    """How it is known what a column means."""

    HEADING = "heading"
    CONTENT = "content"
    REMEMBERED = "remembered"
    STATED = "stated"
    NOT = "not"


@dataclass(frozen=True)
class Meant(Generic[FieldT]):
    """A column of a file and what it means; `column` None: its cells become remarks. `samples` are the file's own."""

    heading: str
    column: Column[FieldT] | None
    how: Recognised
    samples: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """The field's name, `AS_REMARK` where there is none."""
        return self.column.field.value if self.column else AS_REMARK

    @property
    def digest(self) -> str:
        """What the heading is remembered by."""
        return heading_digest(self.heading)


Guess = Callable[[Sequence[str]], "StrEnum | None"]
"""The field that cells tell of, None when they could be anything."""


@dataclass(frozen=True, slots=True)
class Stated:
    """Meanings said by hand: fields by digest of heading.

    `headings` names those that must be there. A page leaves them out: it shows the columns of the file read last.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def by_heading(cls, meanings: Mapping[str, str]) -> "Stated":
        """Meanings by heading, as a person or a program writes them."""
        digests = {heading: heading_digest(heading) for heading in meanings}
        return cls(
            {digests[heading]: meaning for heading, meaning in meanings.items()},
            {digest: heading for heading, digest in digests.items()},
        )

    @classmethod
    def of_json(cls, text: str | bytes) -> "Stated":
        """Meanings as a JSON object of fields by heading: `{"Fødd": "born", "Skostørrelse": "left_out"}`.

        Raises:
            Invalid: something else.
        """
        try:
            meanings = json.loads(text)
        except ValueError:
            meanings = None
        if not isinstance(meanings, dict) or not all(isinstance(one, str) for one in meanings.values()):
            hint = 'Write {"heading": "field"}, with "" for a column that is kept as a remark'
            raise Invalid(FieldFault("/mapping", "Not a JSON object of texts", hint))
        return cls.by_heading(meanings)


NOTHING_STATED = Stated()


def heading_digest(heading: str) -> str:
    """What a heading is known by: 16 hexadecimal digits of the SHA-256 of its key."""
    return sha256(heading_key(heading).encode()).hexdigest()[:16]


def headings_digest(headings: Sequence[str]) -> str:
    """What a set of headings is known by, in whatever order they stand."""
    return sha256("\n".join(sorted({heading_key(heading) for heading in headings})).encode()).hexdigest()


def peeked(table: Table) -> tuple[Table, tuple[tuple[str, ...], ...]]:
    """The table, unread as it was, and the cells of each of its columns in the first rows.

    Raises:
        TableRefused: whatever reading the rows can raise.
    """
    first = list(islice(table.rows, PEEKED_ROWS))
    whole = replace(table, rows=chain(first, table.rows))
    return whole, tuple(_cells(first, place) for place in range(len(table.headers)))


def recognise(
    columns: ColumnSet[FieldT],
    headings: Sequence[str],
    cells: Sequence[Sequence[str]],
    guess: Guess,
    *,
    remembered: Mapping[str, str],
    stated: Stated,
) -> tuple[Meant[FieldT], ...]:
    """What each column means: as stated, else as remembered, else by its heading, else by its content.

    Args:
        columns: those that the importer knows.
        headings: of the file.
        cells: of each column, some of them.
        guess: tells the field by cells.
        remembered: fields by digest of heading.
        stated: what was said by hand this time.

    Raises:
        Invalid: a meaning that is no field, or of a column that the file does not have.
    """
    _check(columns, headings, stated)
    by_itself = _by_itself(columns, headings, cells, guess)
    found = []
    for meant in by_itself:
        known = _told(columns, meant, remembered, Recognised.REMEMBERED)
        found.append(_told(columns, known, stated.fields, Recognised.STATED))
    return tuple(found)


def to_remember(found: Sequence[Meant[FieldT]]) -> dict[str, str]:
    """What the headings alone do not tell, by their digests."""
    return {one.digest: one.field for one in found if one.how not in (Recognised.HEADING, Recognised.NOT)}


def _by_itself(
    columns: ColumnSet[FieldT], headings: Sequence[str], cells: Sequence[Sequence[str]], guess: Guess
) -> list[Meant[FieldT]]:
    named = [columns.named(heading) for heading in headings]
    taken = {one.field for one in named if one and not one.repeatable}
    found = []
    for heading, one, stated in zip(headings, named, cells, strict=True):
        how = Recognised.HEADING if one else Recognised.NOT
        guessed = None if one else columns.of_field(guess(stated) or AS_REMARK)
        if guessed is not None and guessed.field not in taken:
            taken |= set() if guessed.repeatable else {guessed.field}
            one, how = guessed, Recognised.CONTENT  # noqa: PLW2901 - the better answer
        found.append(Meant(heading, one, how, _samples(stated)))
    return found


def _samples(cells: Sequence[str]) -> tuple[str, ...]:
    """A few different cells as they may be shown."""
    short = (textwrap.shorten(shown(cell), _SAMPLE_LENGTH, placeholder=" …") for cell in cells)
    return tuple(islice(dict.fromkeys(short), _SAMPLES))


def _told(columns: ColumnSet[FieldT], meant: Meant[FieldT], told: Mapping[str, str], how: Recognised) -> Meant[FieldT]:
    """The meaning that was told, where it is another; a field that is no more is as if nothing was told."""
    field_name = told.get(meant.digest)
    if field_name is None or field_name == meant.field:
        return meant
    column = columns.of_field(field_name)
    if column is None and field_name != AS_REMARK:
        return meant
    return Meant(meant.heading, column, how, meant.samples)


def _check(columns: ColumnSet[FieldT], headings: Sequence[str], stated: Stated) -> None:
    here = {heading_digest(heading) for heading in headings}
    fields = ", ".join(one.field.value for one in columns.columns)
    faults = [
        FieldFault(f"/mapping/{heading}", "The file has no such column", "Write the heading as it stands in the file")
        for digest, heading in stated.headings.items()
        if digest not in here
    ] + [
        FieldFault(f"/mapping/{stated.headings.get(digest, digest)}", "Not a field", f"Use one of: {fields}")
        for digest, meaning in stated.fields.items()
        if meaning != AS_REMARK and columns.of_field(meaning) is None
    ]
    if faults:
        raise Invalid(*faults)


def _cells(rows: Sequence[Row], place: int) -> tuple[str, ...]:
    """The cells of a column that state something."""
    return tuple(row.cells[place] for row in rows if place < len(row.cells) and not not_stated(row.cells[place]))
