"""From the bytes of a CV to its source: the text to be read, or the Europass or JSON Resume that is in it.

A file comes from anybody. Whatever is wrong with it is told in one way, and a bomb is refused before it is opened.
"""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from pypdf import PdfReader

from kompetanse.competence.suggesting import LONGEST
from kompetanse.errors import FieldFault, Invalid
from kompetanse.exchange.cv_files.europass import is_europass
from kompetanse.exchange.cv_files.skills_passport import is_skills_passport
from kompetanse.exchange.faults import TableRefused
from kompetanse.exchange.text_tables import decode

MOST_BYTES = 10 * 1024 * 1024
MOST_PAGES = 60
_MOST_UNPACKED = 50 * 1024 * 1024

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PHOTO = 2000
"""Letters of one XML text beyond which it is a picture: a photo in a Europass is larger than the rest of it."""

_PRINTING = "PrintingPreferences", "prefs"
"""Elements of a Europass of before 2020: which of its hundred fields to show, often longer than what they hold."""

_UNSEEN = {0: " ", **dict.fromkeys([*range(0x2066, 0x206A), *range(0x202A, 0x202F), 0x200E, 0x200F])}
"""What no database text can hold, and the marks of direction that PDFs have between their words, ours too."""

_NO_CV = FieldFault("/file", "Not a CV that can be read", "Choose a PDF, Word, Europass, JSON Resume or text file")
_TOO_LARGE = FieldFault("/file", "Too large a CV", "Send at most 10 MB and 60 pages")
_NO_TEXT = FieldFault("/file", "No text in the file", "A scanned page is a picture: write down what it says")
_OLD_WORD = FieldFault("/file", "An old Word file", "Save it as .docx or PDF")
_BROKEN = FieldFault("/file", "A broken or protected file", "Open it, and save it anew without a password")


def source_of(content: bytes) -> str:
    """What stands in a file, as text: of a Europass PDF its embedded document, without the photo.

    Raises:
        Invalid: it is too large, broken, protected, a picture, or no CV. The fault names "/file".
    """
    if len(content) > MOST_BYTES:
        raise Invalid(_TOO_LARGE)
    found = _reader_of(content)(content).translate(_UNSEEN)
    if not found.strip():
        raise Invalid(_NO_TEXT)
    if len(found) > LONGEST:
        raise Invalid(_TOO_LARGE)
    return found


def _reader_of(content: bytes) -> Callable[[bytes], str]:
    head = content[:1024].lstrip()
    if head.startswith(b"%PDF"):
        return _pdf
    if content.startswith(b"PK\x03\x04"):
        return _docx
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Invalid(_OLD_WORD)
    if b"\x00" in content[:1024] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Invalid(_NO_CV)
    return _plain


def _plain(content: bytes) -> str:
    try:
        text, _ = decode(content)
    except TableRefused as error:
        raise Invalid(_NO_CV) from error
    return _without_ballast(text) if _is_any_europass(text) else text


def _pdf(content: bytes) -> str:
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Invalid(_BROKEN)
        if len(reader.pages) > MOST_PAGES:
            raise Invalid(_TOO_LARGE)
        for text in _attached(reader):
            if _is_any_europass(text):
                return _without_ballast(text)
        return "\n".join(page.extract_text() for page in reader.pages)
    except Invalid:
        raise
    except Exception as error:  # a PDF breaks its reader in more ways than pypdf names
        raise Invalid(_BROKEN) from error


def _attached(reader: PdfReader) -> Iterator[str]:
    for name, contents in reader.attachments.items():
        if name.lower().endswith(".xml"):
            yield from (one.decode("utf-8-sig", "replace") for one in contents)


def _docx(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            document = archive.getinfo("word/document.xml")
            if document.file_size > _MOST_UNPACKED:
                raise Invalid(_TOO_LARGE)
            with archive.open(document) as stream:
                read = stream.read(_MOST_UNPACKED + 1)
        if len(read) > _MOST_UNPACKED:
            raise Invalid(_TOO_LARGE)
        root = fromstring(read)
    except KeyError as error:
        raise Invalid(_NO_CV) from error
    except (
        zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ParseError,
        DefusedXmlException, RecursionError, LookupError, ValueError,
    ) as error:  # fmt: skip
        raise Invalid(_BROKEN) from error
    breaks = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n"}
    return "\n".join(
        "".join((one.text or "") if one.tag == f"{_WORD}t" else breaks.get(one.tag, "") for one in paragraph.iter())
        for paragraph in root.iter(f"{_WORD}p")
    )


def _is_any_europass(text: str) -> bool:
    return is_europass(text) or is_skills_passport(text)


def _without_ballast(text: str) -> str:
    """An XML text without the long runs of letters that embedded pictures are, and without what is about printing."""
    for name in _PRINTING:
        before, _, rest = text.partition(f"<{name}>")
        _, end, behind = rest.partition(f"</{name}>")
        text = before + behind if end else text
    kept = []
    for piece in text.split("<"):
        tag, end, said = piece.partition(">")
        is_picture = len(said) > _PHOTO and not said.strip().count(" ")
        kept.append(f"{tag}{end}" if is_picture else piece)
    return "<".join(kept)
