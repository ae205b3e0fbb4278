"""Reads the fields of a form one by one, in whatever way people write, and tells every fault at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from api.web.forms import Typed
from kompetanse import clock
from kompetanse.clock import OSLO
from kompetanse.errors import FieldFault, Invalid
from kompetanse.exchange.cells.dates import parse_birth, parse_date
from kompetanse.exchange.faults import CellRejected

Member = TypeVar("Member", bound=StrEnum)

_NOT_A_DATE = ("Not a date", "Write 1987, 1987-05 or 1987-05-17")


_FIRST = date(1900, 1, 1)


def moment_of(day: date | None, at: time) -> datetime | None:
    """A moment of a day in Norway; not before 1900: the first day that can be written begins before all time in UTC."""
    return datetime.combine(max(day, _FIRST), at, OSLO).astimezone(UTC) if day else None


class Reader:
    """Reads fields one by one and remembers every fault, so that all are told at once."""

    def __init__(self, typed: Typed) -> None:
        self.typed = typed
        self.faults: list[FieldFault] = []

    def refuse(self) -> None:
        """Raise Invalid if anything could not be read."""
        if self.faults:
            raise Invalid(*self.faults)

    def partial(self, name: str, *, birth: bool = False) -> str | None:
        """A date as exact as it is known, in any of the ways that people write one."""
        text = self.typed.text(name)
        read = parse_birth if birth else parse_date
        try:
            return read(text, today=clock.today()).value if text else None
        except CellRejected:
            self._fault(name, *_NOT_A_DATE)
            return None

    def day(self, name: str) -> date | None:
        """A calendar day, as the browser's date field sends it or as it is written."""
        found = self.partial(name)
        if found is not None and len(found) != 10:
            self._fault(name, *_NOT_A_DATE)
            return None
        return date.fromisoformat(found) if found else None

    def code(self, name: str, find: Callable[[str], str | None], detail: str) -> str | None:
        """The code of something that is written by its name."""
        text = self.typed.text(name)
        found = find(text) if text else None
        if text and found is None:
            self._fault(name, detail)
        return found

    def codes(self, name: str, find: Callable[[str], str | None], detail: str) -> list[str] | None:
        """Codes of names with commas between them; None when nothing is written."""
        texts = [text.strip() for text in self.typed.raw(name).replace(";", ",").split(",") if text.strip()]
        found = [find(text) for text in texts]
        if None in found:
            self._fault(name, detail)
            return None
        return list(dict.fromkeys(code for code in found if code)) or None

    def choice(self, name: str, kind: type[Member]) -> Member | None:
        """A member of a closed set; None when nothing is chosen."""
        text = self.typed.text(name)
        if text is None or text in set(kind):
            return kind(text) if text else None
        self._fault(name, "Not a choice of the list")
        return None

    def id(self, name: str) -> UUID | None:
        """The id of something on the page."""
        text = self.typed.text(name)
        try:
            return UUID(text) if text else None
        except ValueError:
            self._fault(name, "Not a choice of the list")
            return None

    def whole(self, name: str) -> int | None:
        """A whole number."""
        try:
            return self.typed.whole(name)
        except Invalid as error:
            self.faults.extend(error.faults)
            return None

    def decimal(self, name: str) -> float | None:
        """A number, with a decimal comma or point."""
        text = self.typed.text(name)
        try:
            return float(text.replace(",", ".").replace(" ", "")) if text else None
        except ValueError:
            self._fault(name, "Not a number")
            return None

    def _fault(self, name: str, detail: str, hint: str = "") -> None:
        self.faults.append(FieldFault(f"/{name}", detail, hint))
