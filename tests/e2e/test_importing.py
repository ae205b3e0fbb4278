"""A coordinator reads a spreadsheet in, corrects what its columns mean, takes a copy home, and undoes the import."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import WIDTHS, LiveServer, Visit, new_visit

pytestmark = pytest.mark.e2e

SHEET = (
    "Etternavn;{};Født;Skostørrelse\r\nÅsengård;Brynhild;17.05.1987;38\r\n"
    "Øyfisk;Torbjørg;1990;40\r\nFeilsen;Dato;31.02.1990;41\r\n"
)
HEADINGS = {True: "Kallenavn", False: "Tilnavn"}
"""What the first run said of its columns is remembered, so the second has other ones."""


def choose(page: Page, sheet: Path) -> None:
    page.locator("#file").set_input_files(sheet)


@pytest.mark.parametrize("scripted", [True, False], ids=["with JavaScript", "without"])
def test_a_sheet_is_tried_corrected_imported_and_undone(
    chromium: Browser, live_server: LiveServer, tmp_path: Path, scripted: bool
) -> None:
    sheet = tmp_path / "liste.csv"
    sheet.write_bytes(SHEET.format(HEADINGS[scripted]).encode("cp1252"))
    context = chromium.new_context(viewport={"width": WIDTHS[0], "height": 800}, java_script_enabled=scripted)
    visit = new_visit(context, live_server)
    visit.log_in()
    page = visit.open("/import")
    choose(page, sheet)
    page.get_by_role("button", name="Prøv filen", exact=True).click()
    page.get_by_label(HEADINGS[scripted]).select_option("given_name")
    page.get_by_label("Skostørrelse").select_option("left_out")
    _send(page, sheet, "Prøv filen på nytt", scripted=scripted)
    expect(page.get_by_text("Valgt nå")).to_have_count(2)
    if scripted:
        _no_barrier(visit)
    if not scripted:
        choose(page, sheet)
    with page.expect_download() as download:
        page.get_by_role("button", name="Last ned kopi med merknader").click()
    assert b"M\xc5 RETTES, F\xf8dt" in download.value.path().read_bytes()
    _send(page, sheet, "Les inn 2 rader", scripted=scripted)
    page.get_by_role("link", name="Angre importen").click()
    expect(page.get_by_text("Alle 2 som importen la til")).to_be_visible()
    if scripted:
        _no_barrier(visit)
    page.get_by_role("button", name="Angre importen").click()
    expect(page.get_by_text("Importen er angret")).to_be_visible()
    if scripted:
        _no_barrier(visit)
    assert visit.external() == []
    assert visit.complaints == []
    context.close()


def _send(page: Page, sheet: Path, button: str, *, scripted: bool) -> None:
    """Press a button; a browser without JavaScript has forgotten the file by then."""
    if not scripted:
        choose(page, sheet)
    page.get_by_role("button", name=button).click()


def _no_barrier(visit: Visit) -> None:
    assert visit.violations() == []
    assert visit.overflow() <= 0
