"""What a newcomer would gladly do for others: be a friend to somebody new, tell others of work here, interpret.

It stands among the interests of her profile, where the coordinator reads it; only what she says yes to stands there.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sqlmodel import Session

from kompetanse.actor import Actor
from kompetanse.codes.work import InterestKind
from kompetanse.competence.fields import InterestFields, ProfilePart
from kompetanse.competence.tables import Interest
from kompetanse.self_service import service

ABOUT: Mapping[InterestKind, str] = MappingProxyType(
    {
        InterestKind.MENTORS: "nye i kommunen",
        InterestKind.RECRUITS: "folk til arbeid i kommunen",
        InterestKind.INTERPRETS: "for andre som er nye",
    }
)
"""What she can offer, and what stands in her profile (bokmål, for the coordinator) where she writes nothing herself."""


def offers(session: Session, actor: Actor) -> dict[InterestKind, Sequence[Interest]]:
    """What she says yes to, of each kind that can be offered."""
    stated = service.read(session, actor).profile.interests
    return {kind: [one for one in stated if one.kind is kind] for kind in ABOUT}


def offer(session: Session, actor: Actor, version: int, kind: InterestKind, words: str | None) -> None:
    """Say yes to one of them, in words of her own where she has any. Raises Invalid, Stale."""
    fields = InterestFields(label=words or ABOUT[kind], kind=kind)
    service.add_part(session, actor, version, ProfilePart.INTERESTS, fields)


def take_back(session: Session, actor: Actor, version: int, kind: InterestKind) -> None:
    """Take that back, all that was said of it. Raises Stale."""
    for one in offers(session, actor)[kind]:
        version = service.remove_part(session, actor, version, ProfilePart.INTERESTS, one.id).version
