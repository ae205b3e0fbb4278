"""Says things in two languages side by side: bokmål, and the one that is spoken in the conversation."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from markupsafe import Markup

from api.web import catalogues
from api.web.catalogues import SOURCE
from api.web.i18n import gettext, speaking
from api.web.tongues import as_norwegian

T = TypeVar("T")
Choices: TypeAlias = list[tuple[str, str]]

_ISOLATED = "\u2068{}\u2069"
"""A name whose direction does not touch what stands around it (Unicode's FSI and PDI), where no markup is possible."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Bokmål and another language that texts are complete in (BCP 47); bokmål alone where that is the other too."""

    language: str

    @property
    def both(self) -> tuple[str, ...]:
        """The languages, bokmål first."""
        return (SOURCE,) if self.language == SOURCE else (SOURCE, self.language)

    def two(self, message: str, **values: object) -> Markup:
        """A text in both languages, each marked as what it is."""
        return self.of(lambda: gettext(message) % values if values else gettext(message))

    def of(self, told: Callable[[], object]) -> Markup:
        """What a function tells in whichever language is spoken, in both; once where they say the same."""
        return self._marked([in_language(tag, told) for tag in self.both])

    def lines(self, told: Callable[[], Iterable[object]]) -> list[Markup]:
        """Each of the lines that a function tells, in both languages."""
        return [self._marked(texts) for texts in zip(*(in_language(tag, told) for tag in self.both), strict=True)]

    def plain(self, message: str) -> str:
        """A text in both languages where there is no room for markup, as in a choice of a list."""
        return _beside([in_language(tag, lambda: gettext(message)) for tag in self.both])

    def _marked(self, texts: Sequence[object]) -> Markup:
        if len(set(texts)) == 1:
            return as_norwegian(texts[0])
        spans = Markup().join(
            Markup('<span class="two__one" lang="{}" dir="{}">{}</span>').format(tag, catalogues.direction(tag), text)
            for tag, text in zip(self.both, texts, strict=True)
        )
        return Markup('<span class="two">{}</span>').format(spans)

    def choices(self, offered: Callable[[], Iterable[tuple[str, str]]]) -> Choices:
        """The choices of a list in both languages, in the order of bokmål."""
        lists = [dict(in_language(tag, offered)) for tag in self.both]
        return [(value, _beside([one[value] for one in lists])) for value in lists[0]]


def in_language(tag: str, told: Callable[[], T]) -> T:
    """What a function tells when a language is spoken."""
    with speaking(tag):
        return told()


def _beside(texts: Iterable[str]) -> str:
    """The first stands bare, so that a list goes to the choice whose first letters are typed."""
    first, *others = dict.fromkeys(texts)
    return " / ".join((first, *map(_ISOLATED.format, others)))
