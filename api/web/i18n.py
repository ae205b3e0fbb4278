"""Texts that people read. Bokmål is the source language: a text is its own key until catalogues are there."""

from gettext import NullTranslations

TRANSLATIONS = NullTranslations()


def gettext(message: str) -> str:
    """The text in the reader's language."""
    return TRANSLATIONS.gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The text for a number of things, in the reader's language."""
    return TRANSLATIONS.ngettext(singular, plural, number)


def mark(message: str) -> str:
    """Mark a text for the catalogues where it is written; it is translated where it is shown."""
    return message
