"""What can be wrong with a file, a row and a cell, and how to mend it; told to the coordinator in bokmål.

`value` repeats what stood in the cell, for the eyes of whoever imports. It is never part of `str(error)`,
which may be logged.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from kompetanse.errors import DomainError, FieldFault, Invalid

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class TableFault(StrEnum):
    """Why a whole file cannot be read."""

    TOO_LARGE = "too-large"
    TOO_MANY_FAULTS = "too-many-faults"
    TOO_MANY_ROWS = "too-many-rows"
    TOO_WIDE = "too-wide"
    EMPTY = "empty"
    NOT_A_TABLE = "not-a-table"
    ENCODING = "encoding"
    CONTROL_CHARACTERS = "control-characters"
    BROKEN_QUOTES = "broken-quotes"
    BROKEN_FILE = "broken-file"
    PROTECTED = "protected"
    NO_HEADER = "no-header"
    REPEATED_COLUMN = "repeated-column"
    MISSING_COLUMN = "missing-column"


class Reason(StrEnum):
    """Why a row was rejected, or what in an accepted row needs a look. Stable: pages and programs go by it."""

    # rejected rows
    NAME_MISSING = "name-missing"
    NAME_UNREADABLE = "name-unreadable"
    NAME_TOO_LONG = "name-too-long"
    DATE_UNREADABLE = "date-unreadable"
    DATE_IMPOSSIBLE = "date-impossible"
    ROW_SHAPE = "row-shape"
    ROW_REPEATED = "row-repeated"
    ROW_OF_TOTALS = "row-of-totals"
    TITLE_MISSING = "title-missing"
    RULE_BROKEN = "rule-broken"
    # accepted rows
    VALUE_UNREADABLE = "value-unreadable"
    KIND_GUESSED = "kind-guessed"
    LETTERS_LOST = "letters-lost"
    NAME_GUESSED = "name-guessed"
    NAME_PART_MISSING = "name-part-missing"
    POSSIBLE_DUPLICATE = "possible-duplicate"
    DATE_APPROXIMATE = "date-approximate"
    PHONE_UNREADABLE = "phone-unreadable"
    POSTAL_CODE_UNREADABLE = "postal-code-unreadable"
    EMAIL_UNREADABLE = "email-unreadable"
    COUNTRY_UNKNOWN = "country-unknown"
    LANGUAGE_UNKNOWN = "language-unknown"
    LEVEL_RANGE = "level-range"
    LEVEL_UNCERTAIN = "level-uncertain"
    OCCUPATION_LOST = "occupation-lost"
    OCCUPATION_CODE_UNKNOWN = "occupation-code-unknown"
    OCCUPATION_UNNAMED = "occupation-unnamed"
    TIME_IN_NORWAY = "time-in-norway"
    EDUCATION_LEVEL_UNKNOWN = "education-level-unknown"
    RECOGNITION_UNCLEAR = "recognition-unclear"
    LICENCE_UNKNOWN = "licence-unknown"
    NOT_HELD = "not-held"
    PERCENTAGE_UNREADABLE = "percentage-unreadable"
    PERCENTAGE_OPEN = "percentage-open"
    CONSENT_UNCLEAR = "consent-unclear"
    TEXT_SHORTENED = "text-shortened"
    NATIONAL_ID_UNREADABLE = "national-id-unreadable"
    ANSWER_UNCLEAR = "answer-unclear"
    COLUMN_UNKNOWN = "column-unknown"
    PART_REFUSED = "part-refused"
    NATIONAL_ID_LEFT_OUT = "national-id-left-out"
    WISH_INTERPRETED = "wish-interpreted"
    # rows whose person is likely registered
    LIKELY_REGISTERED = "likely-registered"
    NUMBER_REGISTERED = "number-registered"


class TableRefused(Invalid):
    """A file that cannot be read as a table. `row` is the 1-based row where it went wrong, when one is known."""

    code = "table-refused"

    def __init__(self, reason: TableFault, detail: str, hint: str, row: int | None = None) -> None:
        DomainError.__init__(self, f"File refused: {reason}" + (f" at row {row}" if row else ""))
        self.faults = (FieldFault("/file", detail if row is None else f"Rad {row}: {detail}", hint),)
        self.reason = reason
        self.detail = detail
        self.hint = hint
        self.row = row


class CellRejected(DomainError):
    """A cell that cannot be read; the caller knows its row and column, and whether the row can do without it."""

    code = "cell-rejected"

    def __init__(self, reason: Reason, detail: str, hint: str) -> None:
        super().__init__(f"Cell rejected: {reason}")
        self.reason = reason
        self.detail = detail
        self.hint = hint


class RowRejected(DomainError):
    """One row of an import that could not be read. `hint` tells the person what to write instead."""

    code = "row-rejected"

    def __init__(self, row: int, column: str, value: str, cause: CellRejected) -> None:
        super().__init__(f"Row {row} rejected: {cause.reason}")
        self.row = row
        self.column = column
        self.value = value
        self.reason = cause.reason
        self.detail = cause.detail
        self.hint = cause.hint


@dataclass(frozen=True, slots=True)
class CellWarning:
    """Something that was read, but that a person should look at."""

    reason: Reason
    detail: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class RowWarning:
    """A `CellWarning` with its place: 1-based row of the file, the column's own header, what stood there."""

    row: int
    column: str
    value: str
    reason: Reason
    detail: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Reading(Generic[T_co]):
    """What a cell says, and what is doubtful about it."""

    value: T_co
    warnings: tuple[CellWarning, ...] = ()


def reading(value: T, warnings: Iterable[CellWarning] = ()) -> Reading[T]:
    """A reading, with warnings from any iterable, each once."""
    return Reading(value, tuple(dict.fromkeys(warnings)))
