"""A search of people as part of an address: sealed, as it may hold a name, and open to its own visitor alone."""

import base64
import binascii
import json

from cryptography.exceptions import InvalidTag

from kompetanse.actor import Actor
from kompetanse.finding.criteria import NO_SEARCH, PeopleFilter, loaded, stored
from kompetanse.sealing import Sealer


def seal(sealer: Sealer, actor: Actor, wanted: PeopleFilter) -> str:
    """The search as it stands in an address; empty when nothing is asked for."""
    if wanted == NO_SEARCH:
        return ""
    return base64.urlsafe_b64encode(sealer.seal(json.dumps(stored(wanted)), _context(actor))).decode()


def unseal(sealer: Sealer, actor: Actor, text: str) -> PeopleFilter:
    """The search in an address; one that is somebody else's, or tampered with, asks for nothing."""
    if not text:
        return NO_SEARCH
    try:
        return loaded(json.loads(sealer.unseal(base64.urlsafe_b64decode(text), _context(actor))))
    except (InvalidTag, binascii.Error, ValueError):
        return NO_SEARCH


def address(sealer: Sealer, actor: Actor, wanted: PeopleFilter) -> str:
    """The page on which a search is shown."""
    sealed = seal(sealer, actor, wanted)
    return f"/people?search={sealed}" if sealed else "/people"


def _context(actor: Actor) -> str:
    return f"people-search:{actor.id}"
