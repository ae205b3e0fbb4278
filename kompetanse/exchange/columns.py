"""The columns of an import as data: which headings mean which field. Knows no kind of record."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Generic, TypeVar

from kompetanse.codes.lists import fold
from kompetanse.exchange.faults import TableFault, TableRefused

FieldT = TypeVar("FieldT", bound=StrEnum)

LEFT_OUT = "left_out"
"""The field of a column that is not read at all; every set of columns has it."""

REPORT_HEADING = "Tilbakemelding fra importen"
"""What the column is called in which a copy of a file says what is wrong with each row."""

_FORMAT = re.compile(
    r"\((?:[dmyå]{1,4}[./ -]?){2,3}\)|\(ja ?[/,-] ?nei\)|\(\d+ siffer\)|\((?:kl|klasse)\.?\)", re.IGNORECASE
)
"""How a form says what to write, and not what the column is: Født (dd.mm.åååå). Other brackets may mean much."""

LEFT_OUT_HEADINGS = "tilbakemeldingfraimporten"


@dataclass(frozen=True)  # no slots: with them `Column[Field](…)` raises TypeError on Python 3.11
class Column(Generic[FieldT]):
    """A column that an importer knows: what it is called in a list of choices, and what may stand in it.

    `headings` are folded as `heading_key` folds them; one that ends in `*` stands for all that begin so.
    `required`: a row whose cell cannot be read is rejected; of other columns only the cell is left out.
    `repeatable`: several columns of the kind may stand in one file.
    """

    field: FieldT
    label_nb: str
    description_nb: str
    headings: tuple[str, ...]
    required: bool = False
    repeatable: bool = False


def column(
    field: FieldT, label: str, description: str, headings: str, *, required: bool = False, repeatable: bool = False
) -> Column[FieldT]:
    """A column, its headings as words of one text."""
    return Column(field, label, description, tuple(headings.split()), required, repeatable)


@dataclass(frozen=True)
class ColumnSet(Generic[FieldT]):
    """The columns of one kind of file. At least one of the `needed` fields must be there; else it says `missing_nb`."""

    columns: tuple[Column[FieldT], ...]
    needed: frozenset[FieldT]
    missing_nb: str
    hint_nb: str

    def named(self, heading: str) -> Column[FieldT] | None:
        """The column that a heading means, in any case and spelling of æøå, or with a letter lost ("F?dt")."""
        key = heading_key(_FORMAT.sub("", heading))
        exact = self._by_heading.get(key.replace("?", ""))
        if exact:
            return exact
        numbered = self._by_heading.get(key.rstrip("0123456789"))
        if numbered and numbered.repeatable:  # Mobil 1, Mobil 2
            return numbered
        if "?" in key:
            form = re.compile(key.replace("?", ".{1,2}"))
            matches = {one.field: one for known, one in self._by_heading.items() if form.fullmatch(known)}
            return next(iter(matches.values())) if len(matches) == 1 else None
        return next((one for start, one in self._by_start.items() if key.startswith(start)), None)

    def knows(self, heading: str) -> bool:
        """Whether a heading means a column."""
        return self.named(heading) is not None

    def of_field(self, field: str) -> Column[FieldT] | None:
        """The column of a field by its name, None when there is no such field."""
        return next((one for one in self.columns if one.field.value == field), None)

    def check(self, headings: Sequence[str], columns: Sequence[Column[FieldT] | None]) -> None:
        """See that the columns of a file can be right together.

        Raises:
            TableRefused: none of the needed ones is there, or one that can stand only once stands twice.
        """
        fields = [one.field for one in columns if one and not one.repeatable]
        twice = next((field for field in fields if fields.count(field) > 1), None)
        if twice:
            named = " og ".join(
                f"«{heading}»" for heading, one in zip(headings, columns, strict=True) if one and one.field is twice
            )
            raise TableRefused(
                TableFault.REPEATED_COLUMN,
                f"Kolonnene {named} betyr det samme",
                "Slett den ene, eller si at den betyr noe annet",
            )
        if not self.needed.intersection(fields):
            raise TableRefused(TableFault.MISSING_COLUMN, self.missing_nb, self.hint_nb)

    @cached_property
    def _by_heading(self) -> dict[str, Column[FieldT]]:
        return {heading: one for one in self.columns for heading in one.headings if not heading.endswith("*")}

    @cached_property
    def _by_start(self) -> dict[str, Column[FieldT]]:
        return {heading[:-1]: one for one in self.columns for heading in one.headings if heading.endswith("*")}


def heading_key(heading: str) -> str:
    """Letters and digits of a heading without marks and case; % stays, as it tells a percentage from a job."""
    return re.sub(r"[^\w?%]|_", "", fold(heading))
