"""One human who is registered in several municipalities of a pool counts as one unit, with all her households."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from sqlmodel import Session

from kompetanse.sharing import queries
from kompetanse.sharing.classes import ShareableProfile

Profiles = Mapping[str, Mapping[UUID, ShareableProfile]]


def tied(session: Session, profiles: Profiles) -> dict[str, dict[UUID, ShareableProfile]]:
    """The profiles of several municipalities, in which all units of one human are one.

    People are the same by their national number, or by name and full date of birth. Those whose birth is not known are
    taken for others: that is a limit, and is said in docs/sharing.md.
    """
    first: dict[tuple[str, ...], UUID] = {}
    above: dict[UUID, UUID] = {}
    for number, people in profiles.items():
        for person_id, *signs in session.execute(queries.signs(number)):
            if person_id not in people:
                continue
            for sign in _signs(*signs):
                _join(above, people[person_id].unit, first.setdefault(sign, people[person_id].unit))
    return {
        number: {who: replace(one, unit=_top(above, one.unit)) for who, one in people.items()}
        for number, people in profiles.items()
    }


def _signs(fingerprint: str | None, name_key: str, born: str | None) -> list[tuple[str, ...]]:
    whole_date = 10
    named = [(name_key, born)] if born is not None and len(born) == whole_date else []
    return [*([(fingerprint,)] if fingerprint else []), *named]


def _join(above: dict[UUID, UUID], one: UUID, other: UUID) -> None:
    one, other = _top(above, one), _top(above, other)
    if one != other:
        above[max(one, other)] = min(one, other)


def _top(above: Mapping[UUID, UUID], unit: UUID) -> UUID:
    while unit in above:
        unit = above[unit]
    return unit
