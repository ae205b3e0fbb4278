"""Pictograms: a picture beside words for who reads slowly, or in another script. It never stands without the words.

The drawings are Tabler's, vendored as they were published. They become a part of the page, so that they take its colour
and cost no request.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from markupsafe import Markup

_DRAWINGS = Path(__file__).parent / "static/vendor/tabler"

DRAWN: Mapping[str, str] = MappingProxyType(
    {
        # The fields of work, by their codes (`kompetanse.codes.sectors`).
        "fish": "fish",
        "agriculture": "tractor",
        "building": "crane",
        "industry": "building-factory-2",
        "electrical": "plug",
        "sea": "anchor",
        "transport": "truck",
        "cleaning": "spray",
        "kitchen": "chef-hat",
        "hotel": "bed",
        "shop": "shopping-cart",
        "health": "stethoscope",
        "care": "heart-handshake",
        "childhood": "horse-toy",
        "office": "briefcase",
        "it": "device-laptop",
        "engineering": "ruler-measure",
        "public": "building-bank",
        "culture": "palette",
        "beauty": "scissors",
        # The three parts of a profile, and what they hold (`kompetanse.competence.fields.ProfilePart`).
        "can": "tools",
        "wants": "target-arrow",
        "likes": "heart",
        "experiences": "hammer",
        "skills": "tools",
        "educations": "school",
        "languages": "language",
        "licences": "id-badge-2",
        "courses": "certificate",
        "wished-occupations": "target-arrow",
        "wishes": "stars",
        "interests": "heart",
        "more": "message",
        # When work is done, and what else somebody may want (`kompetanse.codes.work`: Shift, WishKind).
        "day": "sun",
        "evening": "sunset-2",
        "night": "moon",
        "weekend": "calendar-week",
        "rotation": "repeat",
        "training": "book-2",
        "own_business": "building-store",
        "volunteering": "users-group",
        # The newcomer's own pages, and what she can offer others.
        "jobs": "briefcase",
        "profile": "tools",
        "consents": "id-badge-2",
        "questions": "language",
        "helping": "heart-handshake",
        "seen": "calendar-time",
        "data": "certificate",
        "leaving": "flag",
        "mentors": "heart-handshake",
        "recruits": "briefcase",
        "interprets": "language",
        # The terms of work.
        "extent": "clock",
        "shifts": "calendar-time",
        "start": "flag",
        "place": "home",
    }
)
"""What each pictogram is drawn as: the name of Tabler's drawing."""

_INSIDE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_NOTHING = re.compile(r'<path stroke="none"[^>]*/>')
"""The empty square that each drawing begins with."""


@cache
def pictogram(name: str, size: str = "md") -> Markup:
    """A pictogram as SVG within the page, hidden from screen readers. `size` is sm, md or lg.

    Raises:
        KeyError: there is none of that name.
    """
    drawing = (_DRAWINGS / f"{DRAWN[name]}.svg").read_text("utf-8")
    found = _INSIDE.search(drawing)
    lines = " ".join(_NOTHING.sub("", found[1] if found else "").split())
    hidden = 'viewBox="0 0 24 24" aria-hidden="true" focusable="false"'
    return Markup(f'<svg class="pictogram" data-size="{size}" {hidden}>{lines}</svg>')  # noqa: S704 - a vendored drawing
