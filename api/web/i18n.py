"""Texts that people read, in the language of who reads. Bokmål is the source language: a text is its own key.

The language is set around the making of one page (`speaking`), and everything that makes texts follows it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from api.web.catalogues import NEWCOMER, SOURCE, STAFF, translations

_SPOKEN: ContextVar[tuple[str, str]] = ContextVar("spoken", default=(SOURCE, STAFF))
"""The language, and the domain of the texts: who is spoken to."""


def language() -> str:
    """The language that is spoken now (BCP 47)."""
    return _SPOKEN.get()[0]


def speak(tag: str) -> None:
    """Speak a language to the staff from here on, within the `speaking` that is around the request."""
    _SPOKEN.set((tag, STAFF))


@contextmanager
def speaking(tag: str, domain: str = NEWCOMER) -> Iterator[None]:
    """Speak a language for a while: to a newcomer, unless it is said that it is to the staff."""
    token = _SPOKEN.set((tag, domain))
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def gettext(message: str) -> str:
    """The text in the reader's language."""
    return translations(*_SPOKEN.get()).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The text for a number of things, in the reader's language."""
    return translations(*_SPOKEN.get()).ngettext(singular, plural, number)


def mark(message: str) -> str:
    """Mark a text for the catalogues where it is written; it is translated where it is shown."""
    return message
