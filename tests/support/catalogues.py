"""Checks the catalogues of the newcomer's pages: nothing missing, nothing left over, no placeholder wrong.

`python -m tests.support.catalogues` is part of `make check`; with `--update` (`make messages`) it writes into every
catalogue what the pages say by now, and leaves what is new untranslated.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract, extract_python
from babel.messages.pofile import write_po
from jinja2.ext import babel_extract

from api.web import catalogues, words
from api.web.catalogues import COMPLETE, DOMAIN, LANGUAGES, SOURCE
from api.web.my.words import SHARED_KINDS, SHARED_TEXTS

WEB = Path(catalogues.__file__).parent
_CALLS: Mapping[str, tuple[int, ...] | None] = {"_": None, "gettext": None, "ngettext": (1, 2)}
_IN_TWO_LANGUAGES: Mapping[str, tuple[int, ...] | None] = {"two": None, "beside": None}
_ON_THE_SHEET: Mapping[str, tuple[int, ...] | None] = {"both": None, "say": (2,)}
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|%")


def sources() -> Iterator[tuple[Path, Any, Mapping[str, tuple[int, ...] | None]]]:
    """Every file that speaks to a newcomer, how it is read, and which calls hold texts."""
    yield from ((path, extract_python, _CALLS) for path in sorted((WEB / "my").glob("*.py")))
    yield from ((path, babel_extract, _CALLS) for path in sorted((WEB / "templates/my").glob("*.html")))
    yield WEB / "templates/components/field.html", babel_extract, _CALLS
    yield WEB / "templates/components/sheet.html", babel_extract, _ON_THE_SHEET
    yield from ((path, extract_python, _CALLS) for path in sorted((WEB / "mapping").glob("*.py")))
    mapping = sorted((WEB / "templates/mapping").glob("*.html"))
    yield from ((path, babel_extract, _IN_TWO_LANGUAGES) for path in mapping)


def template() -> Catalog:
    """Every text of the newcomer's pages, in the source language."""
    made = Catalog(locale=SOURCE, domain=DOMAIN)
    for path, method, calls in sources():
        with path.open("rb") as file:
            for _line, message, _comments, _context in extract(method, file, calls):
                made.add(message, locations=[(str(path.relative_to(WEB)), 0)])
    for kind in SHARED_KINDS:
        for text in words.WORDS[kind].values():
            made.add(text, locations=[("words.py", 0)])
    for text in SHARED_TEXTS:
        made.add(text, locations=[("formats.py", 0)])
    return made


def problems() -> list[str]:
    """All that is wrong with the catalogues, a line each."""
    wanted = template()
    return [f"{one}: {what}" for one in LANGUAGES if one != SOURCE for what in problems_of(one, wanted)]


def problems_of(language: str, wanted: Catalog) -> Iterator[str]:
    """What is wrong with one catalogue."""
    found = catalogues.catalogue(language)
    ids = {key_of(message) for message in wanted if message.id}
    theirs = {key_of(message): message for message in found if message.id}
    yield from (f"lacks {one!r}; run make messages" for one in sorted(ids - theirs.keys()))
    yield from (f"has {one!r}, which no page says; run make messages" for one in sorted(theirs.keys() - ids))
    for key, message in theirs.items():
        if message.fuzzy:
            yield f"guesses {key!r}"
        if language in COMPLETE and not all(texts_of(message, found)):
            yield f"does not translate {key!r}"
        for text in filter(None, texts_of(message, found)):
            if not same_placeholders(message, text):
                yield f"has other placeholders than {key!r}"


def key_of(message: Message) -> str:
    """What tells a message apart."""
    return message.id if isinstance(message.id, str) else message.id[0]


def texts_of(message: Message, of: Catalog) -> tuple[str, ...]:
    """What a message is translated to, in each plural form of the language."""
    if isinstance(message.id, str):
        return (str(message.string),)
    found = tuple(message.string or ())
    return (*found, *("" for _ in range(of.num_plurals - len(found))))


def same_placeholders(message: Message, text: str) -> bool:
    """Whether a translation fills in what its source does; one plural form may leave the number out."""
    sources = (message.id,) if isinstance(message.id, str) else message.id
    ours, theirs = set(_PLACEHOLDER.findall(sources[-1])), set(_PLACEHOLDER.findall(text))
    return ours == theirs or (len(sources) > 1 and ours - {"%(num)s"} == theirs)


def update() -> None:
    """Write what the pages say by now into every catalogue."""
    wanted = template()
    for language in LANGUAGES:
        if language == SOURCE:
            continue
        path = catalogues.path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        found = catalogues.catalogue(language) if path.exists() else Catalog(locale=language, domain=DOMAIN)
        created = found.creation_date
        found.update(wanted, no_fuzzy_matching=True)
        found.obsolete.clear()
        found.creation_date = created  # so that a run without news changes nothing
        found.project, found.msgid_bugs_address, found.fuzzy = "Kompetanse", "", False
        found.header_comment = f"# The newcomer's pages: {catalogues.own_name(language)}. The keys are bokmål."
        with path.open("wb") as file:
            write_po(file, found, width=0, no_location=True, omit_header=False, sort_output=False)


if __name__ == "__main__":
    if "--update" in sys.argv:
        update()
    sys.exit("\n".join(problems()) or None)
