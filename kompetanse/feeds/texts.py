"""The feed's texts, one by one: HTML made safe, dates in many forms, extents and engagements as codes."""

import html
import re
from collections.abc import Iterable
from datetime import date

import nh3
from stdnum.no import orgnr

from kompetanse.codes.occupations import normalise_styrk
from kompetanse.codes.work import Duration
from kompetanse.exchange.cells.dates import parse_day

UNTITLED = "Stilling uten tittel"
# Enough for an advertisement's structure; no images, styles or scripts, which could carry trackers.
_TAGS = {"p", "ul", "ol", "li", "strong", "b", "em", "i", "br", "h2", "h3", "h4", "a"}
_SCHEMES = {"http", "https", "mailto"}
_EMPTY = re.compile(r"<(p|li|strong|em|b|i|h[2-4])>\s*(?:<br>)?\s*</\1>")
_SOON = re.compile(r"snarest|fortløpende|løpende|straks|etter avtale|så snart|asap|umiddelbart", re.IGNORECASE)
_LAST_CENTURY_OF_FEED = date(2099, 12, 31)
_DURATIONS = {
    "fast": Duration.PERMANENT,
    "vikariat": Duration.SUBSTITUTE,
    "vikar": Duration.SUBSTITUTE,
    "engasjement": Duration.TEMPORARY,
    "prosjekt": Duration.TEMPORARY,
    "midlertidig": Duration.TEMPORARY,
    "åremål": Duration.TEMPORARY,
    "sesong": Duration.SEASONAL,
    "feriejobb": Duration.SEASONAL,
    "lærling": Duration.APPRENTICE,
    "tilkalling": Duration.ON_CALL,
    "ekstrahjelp": Duration.ON_CALL,
}


def safe_html(text: str | None) -> str | None:
    """An advertisement's HTML with a few harmless tags, entities as letters; None when nothing is left."""
    if text is None:
        return None
    clean = nh3.clean(
        text,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes=_SCHEMES,
        clean_content_tags={"script", "style"},
        link_rel="noopener noreferrer nofollow",
    )
    return _EMPTY.sub("", clean.replace("&nbsp;", " ")).strip() or None


def plain(text: str | None) -> str | None:
    """A text without tags, with entities as letters and single spaces; None when nothing is left."""
    if text is None:
        return None
    return " ".join(html.unescape(nh3.clean(text, tags=set())).split()) or None


def web_address(text: str | None) -> str | None:
    """An address that a browser may be sent to: http or https, else None."""
    return text.strip() if text and re.match(r"\s*https?://\S+\s*$", text, re.IGNORECASE) else None


def feed_date(text: str | None) -> date | None:
    """A day: "2018-12-01T01:00", "07.12.2018", "29. november 2018"; None for what is none ("Snarest")."""
    return parse_day(text, today=_LAST_CENTURY_OF_FEED) if text else None


def means_soon(text: str) -> bool:
    """Whether the text says "as soon as possible" or "continuously", which is an answer though no date."""
    return _SOON.search(text) is not None


def organisation_number(text: str | None) -> str | None:
    """A valid Norwegian organisation number (modulus 11), compact; None for any other."""
    return orgnr.compact(text) if text and orgnr.is_valid(text) else None


def first_occupation(codes: Iterable[str]) -> str | None:
    """The first of the feed's codes ("7411.01") that is one of STYRK-08."""
    return next(filter(None, map(normalise_styrk, codes)), None)


def percentage(extent: str | None) -> tuple[int | None, int | None]:
    """Least and most percent of full time: "Heltid" is 100; "Deltid" says only that it is less."""
    kinds = {kind for kind in ("heltid", "deltid") if kind in (extent or "").casefold()}
    if kinds == {"heltid"}:
        return 100, 100
    return None, {frozenset({"deltid"}): 99, frozenset({"heltid", "deltid"}): 100}.get(frozenset(kinds))


def duration(engagement: str | None) -> Duration | None:
    """How long the engagement lasts; None for "Annet" and what is unknown."""
    words = (engagement or "").casefold()
    return next((kind for beginning, kind in _DURATIONS.items() if words.startswith(beginning)), None)


def positions(count: str | int | None) -> int | None:
    """How many positions; None for what is no number from 1 up."""
    text = str(count or "").strip()
    return int(text) if re.fullmatch(r"[1-9]\d{0,3}", text, re.ASCII) else None
