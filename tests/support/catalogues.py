"""Checks the catalogues of the pages: nothing missing, nothing left over, no placeholder wrong, no text beside them.

`python -m tests.support.catalogues` is part of `make check`; with `--update` (`make messages`) it writes into every
catalogue what the pages say by now, and leaves what is new untranslated.
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract, extract_python
from babel.messages.pofile import write_po
from jinja2 import Environment
from jinja2.ext import babel_extract

from api.web import catalogues, words
from api.web.catalogues import COMPLETE, LANGUAGES_OF, NEWCOMER, SOURCE, STAFF, STAFF_LANGUAGES
from api.web.my.words import SHARED_KINDS, SHARED_TEXTS

WEB = Path(catalogues.__file__).parent
_CALLS: Mapping[str, tuple[int, ...] | None] = {"_": None, "gettext": None, "ngettext": (1, 2)}
_MARKED: Mapping[str, tuple[int, ...] | None] = {**_CALLS, "mark": None}
_IN_TWO_LANGUAGES: Mapping[str, tuple[int, ...] | None] = {"two": None, "beside": None}
_ON_THE_SHEET: Mapping[str, tuple[int, ...] | None] = {"both": None, "say": (2,)}
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|%")
Source = tuple[Path, Any, Mapping[str, tuple[int, ...] | None]]


def newcomers_sources() -> Iterator[Source]:
    """Every file that speaks to a newcomer, how it is read, and which calls hold texts."""
    yield from ((path, extract_python, _CALLS) for path in sorted((WEB / "my").glob("*.py")))
    yield from ((path, babel_extract, _CALLS) for path in sorted((WEB / "templates/my").glob("*.html")))
    yield WEB / "templates/components/field.html", babel_extract, _CALLS
    yield WEB / "templates/components/sheet.html", babel_extract, _ON_THE_SHEET
    yield from ((path, extract_python, _CALLS) for path in sorted((WEB / "mapping").glob("*.py")))
    mapping = sorted((WEB / "templates/mapping").glob("*.html"))
    yield from ((path, babel_extract, _IN_TWO_LANGUAGES) for path in mapping)


def all_sources() -> Iterator[Source]:
    """Every file of the pages."""
    yield from ((path, extract_python, _MARKED) for path in sorted(WEB.rglob("*.py")))
    yield from ((path, babel_extract, _CALLS) for path in sorted((WEB / "templates").rglob("*.html")))


def template(domain: str) -> Catalog:
    """Every text of a domain in the source language.

    What both read is the newcomer's, and is among the staff's too where one of their catalogues says it otherwise.
    """
    return _newcomers_template() if domain == NEWCOMER else _staffs_template()


def _staffs_template() -> Catalog:
    theirs = {key_of(message) for message in _newcomers_template()}
    theirs -= {key_of(message) for tag in STAFF_LANGUAGES if tag != SOURCE for message in _written(tag, STAFF)}
    made = Catalog(locale=SOURCE, domain=STAFF)
    for where, message in _texts(all_sources()):
        if (message if isinstance(message, str) else message[0]) not in theirs:
            made.add(message, locations=[(where, 0)])
    return made


def _newcomers_template() -> Catalog:
    made = Catalog(locale=SOURCE, domain=NEWCOMER)
    for where, message in _texts(newcomers_sources()):
        made.add(message, locations=[(where, 0)])
    for kind in SHARED_KINDS:
        for text in words.WORDS[kind].values():
            made.add(text, locations=[("words.py", 0)])
    for text in SHARED_TEXTS:
        made.add(text, locations=[("formats.py", 0)])
    return made


def _texts(sources: Iterator[Source]) -> Iterator[tuple[str, Any]]:
    for path, method, calls in sources:
        with path.open("rb") as file:
            for _line, message, _comments, _context in extract(method, file, calls):
                yield str(path.relative_to(WEB)), message


def problems() -> list[str]:
    """All that is wrong with the catalogues and the templates, a line each."""
    found = [
        f"{domain}, {one}: {what}"
        for domain, languages in LANGUAGES_OF.items()
        for one in languages
        if one != SOURCE
        for what in problems_of(one, template(domain))
    ]
    bare = [f"{path.relative_to(WEB)} says {text!r} in one language only" for path, text in bare_texts()]
    hidden = [f"{path.relative_to(WEB)} hides {text!r} in an f-string" for path, text in hidden_texts()]
    return [*found, *bare, *hidden]


def problems_of(language: str, wanted: Catalog) -> Iterator[str]:
    """What is wrong with the catalogue of one language and of the domain of what is wanted."""
    found = catalogues.catalogue(language, wanted.domain or NEWCOMER)
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


_SPOKEN_ATTRIBUTE = re.compile(r"""\s(?:title|alt|placeholder|aria-label|aria-description)="([^"]*)""")
_TAG = re.compile(r"<[^>]*>?|^[^<]*>")
_CLASSES = re.compile(r"\{% block width %\}.*?\{% endblock %\}")
_OTHER_LANGUAGE = re.compile(r"""<(\w+)[^>]*\slang="\w+"[^>]*>.*?</\1>""", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]{2,}")
_SAME_EVERYWHERE = frozenset(
    ("Kompetanse", "NAV", "STYRK", "ESCO", "CSV", "csv", "JSON", "PDF", "SHA", "Språk", "Language")
)
"""Names, which are said in every language alike."""


def bare_texts() -> Iterator[tuple[Path, str]]:
    """What a template says beside the catalogues: words between its tags and in attributes that are read aloud."""
    for path in sorted((WEB / "templates").rglob("*.html")):
        data = _said_as_it_is(path.read_text(encoding="utf-8"))
        texts = [*_SPOKEN_ATTRIBUTE.findall(data), *_TAG.sub("\n", data).split("\n")]
        for text in texts:
            if '="' not in text and any(word not in _SAME_EVERYWHERE for word in _WORD.findall(text)):
                yield path, text.strip()


def hidden_texts() -> Iterator[tuple[Path, str]]:
    """Texts that are marked inside an f-string: they are said, and stand in no catalogue."""
    for path in sorted(WEB.rglob("*.py")):
        for outer in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for one in ast.walk(outer) if isinstance(outer, ast.JoinedStr) else ():
                match one:
                    case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(text)), *_]) if name in _MARKED:
                        yield path, text


def _said_as_it_is(source: str) -> str:
    """A template without its expressions, tags, entities, classes, and what it marks as of another language."""
    tokens = Environment(autoescape=True).lex(_CLASSES.sub("", source))
    data = "".join(
        text if kind == "data" else "\x00" if kind.endswith("_begin") else "" for _line, kind, text in tokens
    )
    data = _OTHER_LANGUAGE.sub("", data)
    return re.sub(r"&\w+;", "", data).replace("\x00", "")


def _written(language: str, domain: str) -> Catalog:
    """The catalogue as it is, or the first of a language."""
    if catalogues.path(language, domain).exists():
        return catalogues.catalogue(language, domain)
    return Catalog(locale=language, domain=domain)


def update() -> None:
    """Write what the pages say by now into every catalogue."""
    for domain, languages in LANGUAGES_OF.items():
        wanted = template(domain)
        for language in languages:
            if language != SOURCE:
                _update(language, wanted, domain)


def _update(language: str, wanted: Catalog, domain: str) -> None:
    found = _written(language, domain)
    created = found.creation_date
    found.update(wanted, no_fuzzy_matching=True)
    found.obsolete.clear()
    found.creation_date = created  # so that a run without news changes nothing
    found.project, found.msgid_bugs_address, found.fuzzy = "Kompetanse", "", False
    whose = "The newcomer's pages" if domain == NEWCOMER else "The staff's pages"
    found.header_comment = f"# {whose}: {catalogues.own_name(language)}. The keys are bokmål."
    path = catalogues.path(language, domain)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, found, width=0, no_location=True, omit_header=False, sort_output=False)


if __name__ == "__main__":
    if "--update" in sys.argv:
        update()
    sys.exit("\n".join(problems()) or None)
