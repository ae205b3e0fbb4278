"""The risk report of a release: what it reaches, what it costs, and what an attacker would get. Pure."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256

import numpy as np

from kompetanse.sharing.candidates import past
from kompetanse.sharing.hierarchies import Hierarchy
from kompetanse.sharing.releases import History, Population, Proposal, Release, Undescribed
from kompetanse.sharing.skill_groups import M_MOST


@dataclass(frozen=True, slots=True)
class RiskReport:
    """The risk of one release, as counts and shares of units; it names nobody, and is for the municipality alone.

    Attributes:
        k_promised: the largest k that any recipient is promised; what the release was held to.
        k_reached: units in the smallest class; None without a class.
        candidates_reached: the fewest units that anybody can be told from by all releases together.
        prosecutor_risk: the highest chance, 0 to 1, that an attacker who knows everything about a person and that she
            is described picks her out: one in `candidates_reached`.
        l_reached: None, as no value beside the labels is told of a class.
        km_k, km_m: every set of up to `km_m` skill groups is held by at least `km_k` units.
        km_share: of the groups of skills that units hold, how much is told of.
        people, described: who may be described, and who is.
        undescribed: why the others are not, by reason.
        loss: the normalised certainty penalty, 0 to 1, of each attribute, over the people who are described.
        classes, born, coarsened, absorbed, withdrawn: what became of classes since the last release.
        releases_checked: earlier releases that this one was checked against.
        pool: the municipalities that made it together, by number; the counts are of one. Empty: of one alone.
        attacker: what somebody who knows all values of everybody, and who comes and goes, gets, in words.
    """

    period: int
    k_promised: int
    k_reached: int | None
    candidates_reached: int | None
    prosecutor_risk: float | None
    l_reached: int | None
    km_k: int
    km_m: int
    km_share: float
    people: int
    described: int
    undescribed: dict[str, int]
    loss: dict[str, float]
    classes: int
    born: int
    coarsened: int
    absorbed: int
    withdrawn: int
    releases_checked: int
    pool: Sequence[str]
    attacker: str

    @property
    def suppressed_share(self) -> float:
        """The share of those who may be described whom no class describes."""
        return 1 - self.described / self.people if self.people else 0.0

    def told(self) -> dict[str, object]:
        """The report as it is kept and handed over."""
        return {**asdict(self), "suppressed_share": round(self.suppressed_share, 6)}

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all that it says: who has it has been shown the report."""
        said = json.dumps(self.told(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return sha256(said.encode()).hexdigest()


def report(
    history: History,
    proposal: Proposal,
    population: Population,
    km_share: float,
    *,
    pool: Sequence[str] = (),
) -> RiskReport:
    """The report of a release that is made and not yet kept.

    Of one that a `pool` made it is about one municipality's people. What is reached in all is then told as what was
    demanded, k: the exact numbers would tell each party of the others' people.
    """
    release = proposal.release
    sizes = [len(set(one.members.values())) for one in release.classes]
    fewest = _floor(release) if pool else _fewest(history, release, population)
    reasons = {reason.value: 0 for reason in Undescribed}
    for reason in proposal.undescribed.values():
        reasons[reason.value] += 1
    return RiskReport(
        period=release.period,
        k_promised=release.k,
        k_reached=_floor(release) if pool else min(sizes, default=None),
        candidates_reached=fewest,
        prosecutor_risk=None if fewest is None else round(1 / fewest, 6),
        l_reached=None,
        km_k=release.k,
        km_m=M_MOST,
        km_share=round(km_share, 6),
        people=len(population),
        described=sum(len(one.members) for one in release.classes),
        undescribed=reasons,
        loss=_loss(release, population),
        classes=len(release.classes),
        born=len(proposal.born),
        coarsened=len(proposal.coarsened),
        absorbed=len(proposal.absorbed),
        withdrawn=len(proposal.withdrawn),
        releases_checked=len(history),
        pool=list(pool),
        attacker=_attacker(fewest),
    )


def _floor(release: Release) -> int | None:
    return release.k if release.classes else None


def _fewest(history: History, release: Release, population: Population) -> int | None:
    """The fewest units that anybody who is described can be told from."""
    known = past([*history, release], population)
    return min((known.fewest(one.members) for one in release.classes), default=None)


def _attacker(fewest: int | None) -> str:
    if fewest is None:
        return "No class is released, so there is nothing to attack."
    return (
        "Somebody who knows all values of everybody, who is registered and consents, and who came and went, finds the "
        f"class of any person, and in it, by all releases together, at least {fewest} households or single persons "
        "that may be hers. The class says nothing of her beside the values by which she was found."
    )


def _loss(release: Release, population: Population) -> dict[str, float]:
    """The mean penalty of each attribute over the people who are described."""
    return {
        one.name: round(float(np.mean(_losses(one, position, release, population) or [0.0])), 6)
        for position, one in enumerate(release.hierarchies)
    }


def _losses(hierarchy: Hierarchy, position: int, release: Release, population: Population) -> Sequence[float]:
    found = []
    for made in release.classes:
        for member in made.members:
            place = hierarchy.place(population[member].values[position])
            level = hierarchy.paths[place].index(made.labels[position])
            found.append(float(hierarchy.losses[level, place]))
    return found
