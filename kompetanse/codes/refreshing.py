"""Compares a list with what Statistics Norway says it is today, and makes the list that takes its place. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from kompetanse.codes import lists
from kompetanse.codes.klass import KlassChange, KlassCode, ListRefused

_LEAST_SHARE = 0.5
"""An answer that lacks more than this share of our codes is more likely a wrong one than a reform."""


@dataclass(frozen=True, slots=True)
class Target:
    """How a list is refreshed.

    `code` and `label` are the columns that Klass's code and name stand in; `pattern` is what a code that belongs to the
    list looks like, so that "not stated" stays out. Codes come to and leave an `open` list; of another only the names
    are taken, as the program must know more of each code than Klass says. `parent` is the code that must be there too.
    """

    code: int
    label: int
    pattern: str
    open: bool
    parent: Callable[[str], tuple[str, str] | None] = lambda _: None


TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        "styrk08": Target(0, 1, r"\d{1,4}", True, lambda code: ("styrk08", code[:-1]) if code[:-1] else None),
        "counties": Target(0, 1, r"(?!99)\d{2}", True),
        "municipalities": Target(0, 1, r"(?!99)\d{4}", True, lambda code: ("counties", code[:2])),
        "nus2000": Target(0, 1, r"[0-8]", False),
        "countries": Target(1, 2, r"(?!XXX|XUK)[A-Z]{3}", False),
    }
)
_ALIASES = {"countries": {"XXK": "XKX"}}  # Klass's own code of Kosovo


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A list as it would be, and what differs from the list as it is.

    `added` are codes and names; `renamed` code, old and new name; `gone` code, name, the day and what it became;
    `left_out` are codes that this version of the program does not know.
    """

    name: str
    day: date
    rows: tuple[tuple[str, ...], ...]
    added: tuple[tuple[str, str], ...] = ()
    renamed: tuple[tuple[str, str, str], ...] = ()
    gone: tuple[tuple[str, str, date, tuple[str, ...]], ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the list would be another."""
        return bool(self.added or self.renamed or self.gone)


def refresh(name: str, fetched: Iterable[KlassCode], day: date, changes: Iterable[KlassChange] = ()) -> Refreshed:
    """The list as Klass has it on a day.

    Raises:
        ListRefused: what was fetched cannot be this list.
    """
    target = TARGETS[name]
    began = lists.head(lists.shipped_text(name)).valid_from
    if day.isoformat() < began:
        raise ListRefused(f"The list {name} that came with the program is of {began}; ask for a later day")
    theirs = _theirs(name, fetched)
    ours = {row[target.code]: row for row in lists.read_list(name)}
    if len(ours.keys() & theirs.keys()) < len(ours) * _LEAST_SHARE:
        raise ListRefused(f"The answer has fewer than half of the codes of {name}; it is not taken")
    new = tuple((code, theirs[code]) for code in theirs if code not in ours)
    rows = [_named(row, target, theirs) for code, row in ours.items() if code in theirs or not target.open]
    renamed = tuple(
        (row[target.code], ours[row[target.code]][target.label], row[target.label])
        for row in rows
        if row != ours[row[target.code]]
    )
    if not target.open:
        return Refreshed(name, day, tuple(rows), renamed=renamed, left_out=new)
    gone = tuple((code, row[target.label]) for code, row in ours.items() if code not in theirs)
    rows = sorted([*rows, *new], key=lambda row: (len(row[0]), row[0]))
    return Refreshed(name, day, tuple(rows), new, renamed, tuple(_gone(gone, day, changes)))


def check(refreshed: Iterable[Refreshed]) -> None:
    """See that every code has what it lies in, over all lists that are refreshed together.

    Raises:
        ListRefused: one has not.
    """
    known = {one.name: {row[0] for row in one.rows} for one in refreshed}
    for name, codes in list(known.items()):
        for code in sorted(codes):
            above = TARGETS[name].parent(code)
            if above is None:
                continue
            if above[0] not in known:
                known[above[0]] = {row[0] for row in lists.read_list(above[0])}
            if above[1] not in known[above[0]]:
                raise ListRefused(f"{code} of {name} lies in {above[1]}, which {above[0]} lacks: refresh both together")


def text_of(refreshed: Refreshed) -> str:
    """The file of a refreshed list."""
    head = lists.head(lists.shipped_text(refreshed.name))
    said = (
        f"# what: {head.what}",
        f"# version: as of {refreshed.day}",
        f"# valid_from: {refreshed.day}",
        f"# source: {head.source}",
        f"# klass: {head.klass}",
        lists.columns(refreshed.name),
    )
    return "\n".join((*said, *map(lists.SEPARATOR.join, refreshed.rows))) + "\n"


def _theirs(name: str, fetched: Iterable[KlassCode]) -> dict[str, str]:
    form, alias = re.compile(TARGETS[name].pattern, re.ASCII), _ALIASES.get(name, {})
    return {alias.get(one.code, one.code): one.name for one in fetched if form.fullmatch(one.code)}


def _named(row: tuple[str, ...], target: Target, theirs: Mapping[str, str]) -> tuple[str, ...]:
    name = theirs.get(row[target.code])
    if name is None or is_name_of(row[target.label], name):
        return row
    return (*row[: target.label], name, *row[target.label + 1 :])


def is_name_of(ours: str, official: str) -> bool:
    """Whether our name is the official one, or its Norwegian part.

    >>> is_name_of("Trondheim", "Trondheim - Tråante"), is_name_of("Herøy (Nordland)", "Herøy")
    (True, True)
    """
    return not {ours, re.sub(r" \(.*\)$", "", ours)}.isdisjoint((official, *official.split(" - ")))


def _gone(
    codes: Iterable[tuple[str, str]], day: date, changes: Iterable[KlassChange]
) -> Iterable[tuple[str, str, date, tuple[str, ...]]]:
    told: dict[str, list[KlassChange]] = {}
    for one in changes:
        told.setdefault(one.old, []).append(one)
    for code, name in codes:
        known = told.get(code, [])
        last = max((one.day for one in known), default=day)
        yield code, name, last, tuple(sorted({one.new for one in known if one.day == last}))
