"""A search of people as part of an address: sealed, as it may hold a name, and open to its own visitor alone."""

import base64
import binascii
import json
from dataclasses import asdict

from cryptography.exceptions import InvalidTag

from api.web.forms import Typed, filled
from kompetanse.actor import Actor
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.occupations import normalise_styrk
from kompetanse.competence.listing import PeopleFilter
from kompetanse.sealing import Sealer
from kompetanse.taxonomy.lexicon import Lexicon

NO_SEARCH = PeopleFilter()


def people_filter(typed: Typed, words: Lexicon) -> PeopleFilter:
    """What the search form asks for. An occupation is a code, the beginning of one, or a title."""
    level = typed.text("norwegian_at_least")
    return PeopleFilter(
        text=(typed.text("text") or "")[:100],
        occupation=styrk(typed.text("occupation"), words),
        norwegian_at_least=Cefr(level) if level in set(Cefr) else None,
        skill=(typed.text("skill") or "")[:200] or None,
        archived=typed.ticked("archived"),
        needs_interpreter=typed.answer("needs_interpreter"),
        not_mapped=typed.ticked("not_mapped"),
    )


def search_form(wanted: PeopleFilter, occupation: str | None) -> Typed:
    """The search form as it stands."""
    answers = asdict(wanted) | {"occupation": occupation}
    for box in ("archived", "not_mapped"):
        answers[box] = "yes" if answers[box] else None
    return filled(**answers)


def styrk(text: str | None, words: Lexicon) -> str | None:
    """An occupation that is searched for, by its code or its title; one that is none finds nothing."""
    if not (text or "").strip():
        return None
    linked = words.occupation(text or "")
    return normalise_styrk(text or "") or (linked.styrk if linked else None) or "none"


def seal(sealer: Sealer, actor: Actor, wanted: PeopleFilter) -> str:
    """The search as it stands in an address; empty when nothing is asked for."""
    if wanted == NO_SEARCH:
        return ""
    return base64.urlsafe_b64encode(sealer.seal(json.dumps(asdict(wanted)), _context(actor))).decode()


def unseal(sealer: Sealer, actor: Actor, text: str) -> PeopleFilter:
    """The search in an address; one that is somebody else's, or tampered with, asks for nothing."""
    if not text:
        return NO_SEARCH
    try:
        fields = json.loads(sealer.unseal(base64.urlsafe_b64decode(text), _context(actor)))
    except (InvalidTag, binascii.Error, ValueError):
        return NO_SEARCH
    level = fields.pop("norwegian_at_least")
    return PeopleFilter(**fields, norwegian_at_least=Cefr(level) if level else None)


def _context(actor: Actor) -> str:
    return f"people-search:{actor.id}"
