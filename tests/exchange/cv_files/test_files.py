"""From bytes to a source; and everything that must be refused with a sentence."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from kompetanse.errors import Invalid
from kompetanse.exchange.cv_files import europass
from kompetanse.exchange.cv_files.files import MOST_BYTES, MOST_PAGES, source_of
from tests.exchange.cv_files.cvs import EUROPASS, JSON_RESUME, docx, pdf

BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">]><Candidate xmlns="x"><Other><Title>&b;</Title></Other></Candidate>'
OUTSIDE = BOMB.replace('"bbbbbbbbbb"', 'SYSTEM "file:///etc/passwd"')


def locked() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(lines=("secret",)))))
    writer.encrypt("a password", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def unpacking_to_much() -> bytes:
    return docx(body="<a>" + " " * (60 * 1024 * 1024) + "</a>")


def test_a_europass_is_found_bare_and_in_a_pdf_without_its_photo() -> None:
    for content in (EUROPASS.encode(), pdf({"attachment.xml": EUROPASS.encode(), "photo.png": b"\x89PNG"})):
        source = source_of(content)
        assert "księgowa" in source
        assert "QUJDQUJD" not in source
        assert europass.read(source).suggestions


def test_text_comes_out_of_pdf_word_and_plain_files() -> None:
    assert source_of(pdf(lines=("accountant 10 years", "Norwegian B1"))).split("\n")[:2] == [
        "accountant 10 years",
        "Norwegian B1",
    ]
    assert source_of(docx("księgowa 10 lat", "norweski B1")) == "księgowa 10 lat\nnorweski B1"
    assert source_of("Regnskapsfører i ti år".encode("cp1252")) == "Regnskapsfører i ti år"
    assert source_of("бухгалтер".encode("utf-16")) == "бухгалтер"
    assert source_of(JSON_RESUME.encode()) == JSON_RESUME


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "No text"),
        (b"   \n", "No text"),
        (pdf(), "No text"),
        (pdf(pages=MOST_PAGES + 1), "Too large"),
        (b"x" * (MOST_BYTES + 1), "Too large"),
        (b"a" * 50_001, "Too large"),
        (unpacking_to_much(), "Too large"),
        (locked(), "broken or protected"),
        (b"%PDF-1.7\nnothing", "broken or protected"),
        (docx("a")[:-30], "broken or protected"),
        (docx(body="<w:document"), "broken or protected"),
        (docx(body=BOMB), "broken or protected"),
        (docx(body='<?xml version="1.0" encoding="UTF-9"?><w:document/>'), "broken or protected"),
        (docx(body=OUTSIDE), "broken or protected"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "Not a CV"),
        (b"PK\x03\x04", "broken or protected"),
    ],
)
def test_what_is_no_cv_is_refused_with_a_sentence(content: bytes, why: str) -> None:
    with pytest.raises(Invalid, match=why) as refused:
        source_of(content)
    assert refused.value.faults[0].pointer == "/file"
    assert refused.value.faults[0].hint


def test_a_zip_that_is_no_document_is_no_cv() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("../../etc/passwd", "x")
    with pytest.raises(Invalid, match="Not a CV"):
        source_of(made.getvalue())


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.binary(max_size=400), st.builds(lambda rest: b"%PDF-1.5\n" + rest, st.binary(max_size=300))))
def test_no_bytes_bring_the_reader_down(content: bytes) -> None:
    with suppress(Invalid):
        assert source_of(content).strip()


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_no_cut_or_changed_file_brings_the_reader_down(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([pdf(lines=("accountant",)), docx("księgowa"), EUROPASS[:4000].encode()]))
    at, byte = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 255))
    for content in (whole[:at], whole[:at] + bytes([byte]) + whole[at + 1 :]):
        with suppress(Invalid):
            source_of(content)


def test_a_zip_whose_directory_points_before_its_beginning_is_broken() -> None:
    """Found by the test above: zipfile says ValueError of it."""
    whole = docx("księgowa")
    at = whole.rindex(b"PK\x05\x06") + 16
    for content in (whole[:at] + b"\xff\xff\xff\x00" + whole[at + 4 :], whole[: at - 4] + b"\x01" + whole[at - 3 :]):
        with pytest.raises(Invalid):
            source_of(content)


def test_marks_that_only_say_which_way_to_write_are_no_part_of_the_text() -> None:
    assert source_of("fiskesløyer:\u2069 2018\u2069 ·\u2069 \u200fدری\u200f".encode()) == "fiskesløyer: 2018 · دری"
