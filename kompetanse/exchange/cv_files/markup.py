"""What both kinds of Europass have in common: XML that harms nobody, HTML inside as lines, and codes of languages.

XML is parsed with defusedxml: no entity, no external file. Element names are compared without their namespaces, whose
versions differ.
"""

import re
from html import unescape
from xml.etree.ElementTree import Element

import nh3
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from kompetanse.codes.languages import find_language, is_language

_DECLARATION = re.compile(r"\A\s*<\?xml[^<>]*\?>")
_LINES = re.compile(r"</?(?:p|br|li|ul|ol|div|h\d)\b[^<>]*>", re.IGNORECASE)
_BIBLIOGRAPHIC = {
    "alb": "sqi", "arm": "hye", "baq": "eus", "bur": "mya", "chi": "zho", "cze": "ces", "dut": "nld", "fre": "fra",
    "geo": "kat", "ger": "deu", "gre": "ell", "ice": "isl", "mac": "mkd", "may": "msa", "per": "fas", "rum": "ron",
    "slo": "slk", "tib": "bod", "wel": "cym",
}  # fmt: skip
"""ISO 639-2 has two codes for these languages; profiles hold the other one (639-3)."""


def opened(source: str) -> Element:
    """The root of an XML document, whose encoding is behind it, whatever it says of that.

    Raises:
        ValueError: it is no XML, or holds what no CV needs (entities, external files).
    """
    try:
        root: Element = fromstring(_DECLARATION.sub("", source, count=1).encode(errors="replace"))
    except (ParseError, DefusedXmlException, RecursionError) as error:
        raise ValueError("not an XML document that can be read") from error
    return root


def local_name(one: Element) -> str:
    """An element's name without its namespace."""
    return str(one.tag).rpartition("}")[2]


def plain(html: str | None) -> str | None:
    """A text that is HTML inside, as lines; None for none."""
    if html is None:
        return None
    text = unescape(nh3.clean(_LINES.sub("\n", html), tags=set()))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def language_code(said: str) -> str | None:
    """The ISO 639-3 code of a language that is given as a code of any part of ISO 639, or by its name."""
    code = _BIBLIOGRAPHIC.get(said.lower(), said.lower())
    return code if is_language(code) else find_language(said)
