"""Reads all that the next release is made of: the people, agreements and ledgers of one municipality, or of a pool."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlmodel import Session

from kompetanse import clock
from kompetanse.codes.consent import ClassAttribute
from kompetanse.sharing import describing, queries, storing
from kompetanse.sharing.candidates import Insiders
from kompetanse.sharing.classes import MUNICIPALITY, ShareableProfile, hierarchies
from kompetanse.sharing.falling import falling
from kompetanse.sharing.generalise import K_FLOOR
from kompetanse.sharing.hierarchies import Hierarchy
from kompetanse.sharing.ledger import refuse_narrower
from kompetanse.sharing.releases import History, Population, Release, conformed, registered
from kompetanse.sharing.same_people import tied
from kompetanse.sharing.together import insiders_of, together


@dataclass(frozen=True, slots=True)
class Towns:
    """What the next release of some municipalities is made of.

    Attributes:
        numbers: of the municipalities.
        k: the largest that any recipient of any of them is promised.
        hierarchies: of what classes tell.
        past: every earlier release of all of them, as if they had made it together.
        profiles: who may be described, by municipality.
        recipients: the neighbours of each.
        population: all of them as the ledger reads them.
        insiders: the people whom each of them knows, where a pool makes it.
    """

    numbers: tuple[str, ...]
    k: int
    hierarchies: tuple[Hierarchy, ...]
    past: History
    profiles: Mapping[str, Mapping[UUID, ShareableProfile]]
    recipients: Mapping[str, Collection[str]]
    population: Population
    insiders: Insiders

    @property
    def are_many(self) -> bool:
        """Whether a pool makes it."""
        return len(self.numbers) > 1


def read_towns(
    session: Session,
    numbers: tuple[str, ...],
    k: int | None = None,
    attributes: Collection[ClassAttribute] | None = None,
    *,
    first: bool = False,
) -> Towns:
    """Read municipalities for their next release.

    What else classes tell is what every agreement of each of them asks for: all recipients get the same classes. A
    party of a pool is a recipient of the others.

    Args:
        session: in a scope of all of them.
        numbers: of the municipalities.
        k: another k than the agreements promise, where it is larger.
        attributes: what else classes tell, whatever the agreements ask for.
        first: as if nothing had been released before.

    Raises:
        Refused: the hierarchies have changed in a way that earlier labels of one of them do not bear.
    """
    today = clock.today()
    promised = {number: session.execute(queries.promised(number, today)).all() for number in numbers}
    ledgers = {number: [] if first else _ledger(session, number) for number in numbers}
    told = _told(_agreed(promised) if attributes is None else attributes, ledgers)
    every = hierarchies(told, year=today.year)
    recipients = {number: {one for one, *_ in found} | {*numbers} - {number} for number, found in promised.items()}
    profiles = {number: describing.shareable(session, number, recipients[number]) for number in numbers}
    profiles = tied(session, profiles) if len(numbers) > 1 else profiles
    population = {person: registered(one, every) for found in profiles.values() for person, one in found.items()}
    return Towns(
        numbers=numbers,
        k=max([k or K_FLOOR, *(least for found in promised.values() for _, least, _ in found)]),
        hierarchies=every,
        past=together({number: _comparable(ledger, every, number, numbers) for number, ledger in ledgers.items()}),
        profiles=profiles,
        recipients=recipients,
        population=population,
        insiders=_with_the_same(insiders_of(ledgers, profiles), population),
    )


def _agreed(promised: Mapping[str, Sequence[Any]]) -> list[ClassAttribute]:
    """What every agreement of each municipality asks for; one without an agreement asks for nothing."""
    asked = [set(terms) for found in promised.values() for _, _, terms in found]
    if not all(promised.values()):
        return []
    return [one for one in ClassAttribute if asked and all(one in terms for terms in asked)]


def _ledger(session: Session, number: str) -> list[Release]:
    """The ledger of a municipality, less what must be withdrawn of it."""
    ledger = storing.history(session, number)
    for one in falling(session, number):
        if one.municipality_no == number:
            ledger[-1] = replace(ledger[-1], fallen=ledger[-1].fallen | one.class_ids)
    return ledger


def _comparable(
    ledger: Sequence[Release], every: tuple[Hierarchy, ...], number: str, numbers: Sequence[str]
) -> list[Release]:
    """A ledger in the words of today, where it is laid together with others that may have used other ones."""
    told = conformed(ledger, every, number)
    if len(numbers) == 1:
        return told
    refuse_narrower(told, every)
    return [replace(one, hierarchies=every) for one in told]


def _with_the_same(insiders: Insiders, population: Population) -> list[Collection[UUID]]:
    """What each insider knows, with those of the same unit elsewhere: somebody who moved is known to both."""
    known_units = [{population[one].unit for one in people if one in population} for people in insiders]
    return [
        {*people, *(one for one, told in population.items() if told.unit in units)}
        for people, units in zip(insiders, known_units, strict=True)
    ]


def _told(attributes: Collection[ClassAttribute], ledgers: Mapping[str, History]) -> tuple[str, ...]:
    """What classes tell beside the usual. Where a pool once told of the municipality, classes go on to tell of it."""
    pooled = any(one.name == MUNICIPALITY for ledger in ledgers.values() for then in ledger for one in then.hierarchies)
    own = (MUNICIPALITY,) if pooled or len(ledgers) > 1 else ()
    return (*sorted(one.value for one in attributes), *own)
