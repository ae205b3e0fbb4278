"""Texts in another language than the page's, marked as such: screen readers pronounce them right (WCAG 3.1.2)."""

from markupsafe import Markup

from api.web.catalogues import SOURCE
from api.web.i18n import language
from kompetanse.codes.languages import alpha2


def norwegian(text: str | None) -> Markup | None:
    """A Norwegian text on a page of another language: a vacancy's title, an official name."""
    return None if text is None else as_norwegian(text)


def as_norwegian(text: object) -> Markup:
    """What is there, text or markup, as Norwegian."""
    if language() in (SOURCE, "nn"):
        return Markup.escape(text)
    return Markup('<span lang="nb" dir="ltr">{}</span>').format(text)


def in_tongue(text: str, code: str | None) -> Markup:
    """Words that somebody said in a language (ISO 639-3); plain where it is not known, or is the page's own."""
    tag = (alpha2(code) or code) if code else None
    if tag is None or tag == language():
        return Markup.escape(text)
    return Markup('<span lang="{}" dir="auto">{}</span>').format(tag, text)


FILTERS = (norwegian, in_tongue)
"""The functions that templates use as filters."""
