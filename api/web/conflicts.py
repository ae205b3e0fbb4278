"""Two who save the same form at once: what each changed is put together, and asked about where it cannot be. Pure.

A form carries what stood in it when it was opened (`forms.STOOD`), so three texts of each field can be compared: what
stood, what was typed, and what is stored by now. What one side alone changed is taken from that side. What both changed
is a clash, for somebody to settle on a page whose form `settle` reads back.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.web.forms import STOOD, Typed
from api.web.sessions import CSRF_FIELD

Values = Sequence[str]
Texts = Mapping[str, Values]

MINE, THEIRS, BOTH = "mine", "theirs", "both"

SETS = frozenset({"shifts", "tapped", "recognition_documents", "licences"})
"""Fields that are sets: each member was added, taken out or left by each side, so they never clash."""

FREE = frozenset(
    {"notes", "tasks", "contacts", "description", "wishes_as_spoken", "skills_essential", "skills_trainable"}
)
"""Fields of several lines, which can be kept both."""

_UNTICKED = SETS | {"protected_address", "concept"}
"""Fields that a browser leaves out when nothing is chosen."""

_NOT_FIELDS = frozenset({STOOD, CSRF_FIELD, "version"})

_ROW = re.compile(r"(language|minimum|required)_(\d+)")

_TOGETHER: tuple[tuple[str, ...], ...] = (
    ("residence_basis", "residence_until"),
    ("may_work", "may_work_until"),
    ("protected_address", "postal_code"),
    ("label", "title", "title_language", "concept", "styrk"),
    ("kind", "sector", "place", "text"),
    ("started", "ended", "ongoing"),
    ("completed", "completed_year"),
    ("percentage_min", "percentage_max"),
    (
        "recognition", "recognition_scheme", "recognition_authority", "recognition_decided_on",
        "recognition_valid_until",
    ),
)  # fmt: skip
"""Fields that say one thing together: halves of two people's answers would be an answer that nobody gave."""

_ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Clash:
    """Fields that both sides changed, to different texts."""

    names: tuple[str, ...]
    mine: Texts
    theirs: Texts

    @property
    def both(self) -> str | None:
        """The two texts one after the other, where a field holds several lines; None where only one can stand."""
        (first, *more) = self.names
        if more or first not in FREE or not (self.mine[first] and self.theirs[first]):
            return None
        return _lines(self.theirs[first], self.mine[first])


@dataclass(frozen=True, slots=True)
class Merged:
    """What the two sides say together. `from_theirs`: the fields that the other side alone changed."""

    texts: Texts
    clashes: tuple[Clash, ...]
    from_theirs: tuple[str, ...]

    @property
    def typed(self) -> Typed:
        """The merged form, when nothing clashes."""
        return Typed(dict(self.texts))


def stood_in(form: Typed) -> Texts | None:
    """What stood in a form when it was opened; None when it does not say."""
    try:
        found = json.loads(form.raw(STOOD))
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    return {str(name): [str(value) for value in values] for name, values in found.items() if isinstance(values, list)}


def merge(stood: Texts, mine: Typed, theirs: Typed) -> Merged:
    """Put what was typed (`mine`) and what is stored by now (`theirs`) together, by what `stood` there before both."""
    texts: dict[str, Values] = {}
    clashes: list[Clash] = []
    from_theirs: list[str] = []
    for names in _groups(_asked(mine.texts, stood, theirs.texts)):
        before, own, other = (_part(one, names) for one in (stood, mine.texts, theirs.texts))
        if own in (other, before):
            texts |= other
            from_theirs += [name for name in names if own != other and own[name] != other[name]]
        elif other == before:
            texts |= own
        elif names[0] in SETS:
            texts |= {name: _members(before[name], own[name], other[name]) for name in names}
        else:
            clashes.append(Clash(names, own, other))
    return Merged(texts, tuple(clashes), tuple(from_theirs))


def settle(form: Typed) -> Typed:
    """A form in which somebody chose between two texts, as if she had typed what she chose; any other as it is."""
    asked = [name for name in form.texts if name.startswith("clash-")]
    if not asked:
        return form
    texts = {name: values for name, values in form.texts.items() if not name.startswith(_CHOOSING)}
    for clash in asked:
        names = form.raw(clash).split(",")
        side = form.raw(f"keep-{clash.removeprefix('clash-')}") or MINE
        texts |= {name: form.texts.get(f"{side}-{name}", ()) for name in names}
    return Typed(texts, form.files)


_CHOOSING = tuple(f"{what}-" for what in ("clash", "keep", MINE, THEIRS, BOTH))


def _asked(mine: Texts, *others: Texts) -> list[str]:
    """The fields that the form asks: those it sent, and those that are not sent when nothing is chosen."""
    sent = [name for name in mine if name not in _NOT_FIELDS]
    unsent = [name for side in others for name in side if name in _UNTICKED or _ROW.fullmatch(name)]
    return list(dict.fromkeys([*sent, *unsent]))


def _groups(names: Iterable[str]) -> list[tuple[str, ...]]:
    """The fields by what they say together, in the order of the form."""
    groups: dict[object, list[str]] = {}
    for name in names:
        together = next((group for group in _TOGETHER if name in group), name)
        groups.setdefault(_ROWS if _ROW.fullmatch(name) else together, []).append(name)
    return [tuple(group) for group in groups.values()]


def _part(side: Texts, names: Iterable[str]) -> dict[str, Values]:
    """The stated values of some fields, blanks and empty rows apart."""
    return {
        name: [text for value in side.get(name, ()) if (text := value.strip())] if _used(side, name) else []
        for name in names
    }


def _used(side: Texts, name: str) -> bool:
    """Whether a field counts: of a row that names no language nothing does."""
    row = _ROW.fullmatch(name)
    return row is None or any(side.get(f"language_{row[2]}", ()))


def _members(before: Values, own: Values, other: Values) -> list[str]:
    """A set with what either side added, and without what either took out."""
    either = dict.fromkeys([*other, *own])
    return [one for one in either if one not in before or (one in own and one in other)]


def _lines(first: Values, then: Values) -> str:
    """Two texts as one, without the lines that they share twice."""
    lines = "\n".join(first).split("\n")
    return "\n".join([*lines, *(line for line in "\n".join(then).split("\n") if line not in lines)])
