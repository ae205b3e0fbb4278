"""Texts that people read, in the language of who reads. Bokmål is the source language: a text is its own key.

The language is set around the making of one page (`speaking`), and everything that makes texts follows it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from api.web.catalogues import SOURCE, translations

_LANGUAGE: ContextVar[str] = ContextVar("language", default=SOURCE)


def language() -> str:
    """The language that is spoken now (BCP 47)."""
    return _LANGUAGE.get()


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Speak a language for a while."""
    token = _LANGUAGE.set(tag)
    try:
        yield
    finally:
        _LANGUAGE.reset(token)


def gettext(message: str) -> str:
    """The text in the reader's language."""
    return translations(_LANGUAGE.get()).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The text for a number of things, in the reader's language."""
    return translations(_LANGUAGE.get()).ngettext(singular, plural, number)


def mark(message: str) -> str:
    """Mark a text for the catalogues where it is written; it is translated where it is shown."""
    return message
