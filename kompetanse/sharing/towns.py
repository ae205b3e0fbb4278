"""Reads all that the next release is made of: the people, agreements and ledgers of one municipality, or of a pool."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from kompetanse import clock
from kompetanse.codes.consent import ClassAttribute
from kompetanse.sharing import describing, queries, storing
from kompetanse.sharing.candidates import Insiders
from kompetanse.sharing.classes import MUNICIPALITY, ShareableProfile, hierarchies
from kompetanse.sharing.generalise import K_FLOOR
from kompetanse.sharing.hierarchies import Hierarchy
from kompetanse.sharing.releases import History, Population, conformed, registered
from kompetanse.sharing.together import together


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
) -> Towns:
    """Read municipalities for their next release.

    What else classes tell is what every agreement of all of them asks for: all recipients get the same classes.

    Args:
        session: in a scope of all of them.
        numbers: of the municipalities.
        k: another k than the agreements promise, where it is larger.
        attributes: what else classes tell, whatever the agreements ask for.
    """
    today = clock.today()
    promised = {number: session.execute(queries.promised(number, today)).all() for number in numbers}
    terms = [(least, asked) for found in promised.values() for _, least, asked in found]
    agreed = [one for one in ClassAttribute if terms and all(one in asked for _, asked in terms)]
    ledgers = {number: storing.history(session, number) for number in numbers}
    told = _told(agreed if attributes is None else attributes, ledgers)
    every = hierarchies(told, year=today.year)
    recipients = {number: [one for one, *_ in found] for number, found in promised.items()}
    profiles = {number: describing.shareable(session, number, recipients[number]) for number in numbers}
    return Towns(
        numbers=numbers,
        k=max([k or K_FLOOR, *(least for least, _ in terms)]),
        hierarchies=every,
        past=together({number: conformed(ledger, every, number) for number, ledger in ledgers.items()}),
        profiles=profiles,
        recipients=recipients,
        population={person: registered(one, every) for found in profiles.values() for person, one in found.items()},
        insiders=insiders_of(ledgers, profiles),
    )


def insiders_of(ledgers: Mapping[str, History], profiles: Mapping[str, Collection[UUID]] | None = None) -> Insiders:
    """The people whom each municipality of a pool knows: those it ever described, and those it may describe now.

    One that makes its classes alone has no insider.
    """
    if len(ledgers) == 1:
        return ()
    now = profiles or {}
    return [
        {person for then in ledger for made in then.classes for person in made.members} | set(now.get(number, ()))
        for number, ledger in ledgers.items()
    ]


def _told(attributes: Collection[ClassAttribute], ledgers: Mapping[str, History]) -> tuple[str, ...]:
    """What classes tell beside the usual. Where a pool once told of the municipality, classes go on to tell of it."""
    pooled = any(one.name == MUNICIPALITY for ledger in ledgers.values() for then in ledger for one in then.hierarchies)
    own = (MUNICIPALITY,) if pooled or len(ledgers) > 1 else ()
    return (*sorted(one.value for one in attributes), *own)
