"""The mapping that the Integration Act asks for, as it stands for one person. Pure: "today" is passed in.

The rules and their sources are dated data in `kompetanse.codes.legal`.
"""

from collections.abc import Sized
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kompetanse.codes.legal import MappingPart, MappingStatus, in_target_group, mapping_status
from kompetanse.codes.partial_date import PartialDate, first_day, last_day, parse_partial_date
from kompetanse.codes.residence import ResidenceBasis


class Settled(Protocol):
    """What of a person the act looks at."""

    @property
    def born(self) -> str | None: ...  # noqa: D102
    @property
    def residence_basis(self) -> ResidenceBasis | None: ...  # noqa: D102
    @property
    def arrived_in_norway(self) -> str | None: ...  # noqa: D102
    @property
    def arrived_in_municipality(self) -> str | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Statutory:
    """Where the statutory mapping stands, and the day of the conversation, if there was one."""

    status: MappingStatus
    mapped_on: date | None


def parts_done(*, languages: Sized, educations: Sized, jobs: Sized, other: Sized) -> frozenset[MappingPart]:
    """The parts of a mapping of which something is written down. `other`: skills, courses, licences."""
    written = {
        MappingPart.LANGUAGE: languages,
        MappingPart.EDUCATION: educations,
        MappingPart.WORK: jobs,
        MappingPart.OTHER: other,
    }
    return frozenset(part for part, entries in written.items() if len(entries))


def statutory(person: Settled, done: frozenset[MappingPart], mapped_on: date | None, today: date) -> Statutory | None:
    """The mapping of somebody whom the act may be about; None when it is not, or too little is stated to say.

    The day of the permit is not in the registry: the day of arrival in Norway stands for it. Dates of reduced
    precision get the benefit of the doubt.
    """
    arrived = _date(person.arrived_in_norway) or _date(person.arrived_in_municipality)
    granted_on = first_day(arrived) if arrived else None
    age = granted_on.year - first_day(born).year if granted_on and (born := _date(person.born)) else None
    if in_target_group(person.residence_basis, age, granted_on) is not True:
        return None
    settled = _date(person.arrived_in_municipality)
    return Statutory(mapping_status(done, last_day(settled) if settled else None, today), mapped_on)


def _date(text: str | None) -> PartialDate | None:
    return parse_partial_date(text) if text else None
