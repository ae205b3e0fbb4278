import re
from collections.abc import Callable

import pytest

from api.web.exchange import LARGE
from kompetanse.actor import Role
from tests.api.web.conftest import Browser

SHEET = (
    "Etternavn;Fornavn;Fødselsdato;Statsborgerskap;Telefon\r\n"
    "Kowalska;Anna;17.05.1987;Polen;900 00 000\r\n"
    "Shevchenko;Olena;1990;Ukraina;\r\n"
    ";;;;\r\n"
    "Feilsen;Dato;31.02.1990;;\r\n"
).encode("latin-1")


def number(html: str, term: str) -> int:
    found = re.search(rf"<dt>{term}</dt><dd class=\"number\">(\d+)</dd>", html)
    assert found is not None, term
    return int(found[1])


def proofs(html: str) -> dict[str, str]:
    """What the page of a tried file carries to its import: which file, and how its columns were read."""
    found = dict(re.findall(r'name="(digest|columns)" value="([0-9a-f]{64})"', html))
    assert found.keys() == {"digest", "columns"}
    return found


def test_a_trial_reports_every_row_and_stores_nothing(coordinator: Browser) -> None:
    html = coordinator.upload("liste.csv", SHEET).text
    assert (number(html, "Blir registrert"), number(html, "Må rettes")) == (2, 1)
    assert "31.02.1990" in html
    assert "Ingen er registrert ennå" in coordinator.get("/people").text


def test_the_file_that_was_tried_is_imported_once(coordinator: Browser) -> None:
    tried = proofs(coordinator.upload("liste.csv", SHEET).text)
    done = coordinator.upload("liste.csv", SHEET, apply="yes", **tried).text
    assert number(done, "Registrert") == 2
    listed = coordinator.get("/people").text
    assert "Kowalska" in listed
    assert "Shevchenko" in listed
    again = coordinator.upload("liste.csv", SHEET).text
    assert number(again, "Blir registrert") == 0
    assert number(again, "Hoppet over, ligner noen") == 2


def test_a_file_that_was_not_tried_is_not_imported(coordinator: Browser) -> None:
    tried = proofs(coordinator.upload("liste.csv", SHEET).text)
    other = SHEET.replace(b"Anna", b"Hanna")
    for proof in (tried, {}):
        answer = coordinator.upload("liste.csv", other, apply="yes", **proof)
        assert answer.status_code == 422
        assert "ikke filen som ble prøvd" in answer.text
    assert "Kowalska" not in coordinator.get("/people").text


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\x00\x00", b"bare;tull\n1;2\n"])
def test_what_is_no_list_of_people_is_refused_in_bokmal(coordinator: Browser, content: bytes) -> None:
    answer = coordinator.upload("liste.csv", content)
    assert answer.status_code == 422
    assert "Dette må rettes før vi kan lagre" in answer.text
    assert "Verdien kan ikke brukes" not in answer.text


def test_cells_of_a_file_are_text_and_never_markup(coordinator: Browser) -> None:
    sheet = b"Etternavn;Fornavn;F\xf8dselsdato\r\nTest;Ola;<script>alert(1)</script>\r\n"
    html = coordinator.upload("<b>liste</b>.csv", sheet).text
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_files_are_for_those_whose_role_allows_it(visitor: Callable[..., Browser]) -> None:
    browser = visitor(Role.LEADER)
    assert browser.get("/import").status_code == 403


LARGE_SHEET = b"".join(
    [b"Etternavn;Fornavn;F\xc3\xb8dt;Merknad\r\n"]
    + [f"Berg{n};Nils{n};{1950 + n % 50};{'x' * 300}\r\n".encode() for n in range(2000)]
)


def test_how_far_a_large_file_is_stands_on_the_page_before_its_report(coordinator: Browser) -> None:
    assert len(LARGE_SHEET) > LARGE
    tried = coordinator.upload("stor.csv", LARGE_SHEET)
    assert number(tried.text, "Blir registrert") == 2000
    assert tried.text.index("rader er lest") < tried.text.index('id="report"')
    done = coordinator.upload("stor.csv", LARGE_SHEET, apply="yes", **proofs(tried.text)).text
    assert number(done, "Registrert") == 2000
    assert "Nils1" in coordinator.get("/people?q=nils").text


def test_a_large_file_that_cannot_be_read_to_its_end_stores_nothing(coordinator: Browser) -> None:
    tried = proofs(coordinator.upload("stor.csv", LARGE_SHEET).text)
    broken = coordinator.upload("stor.csv", LARGE_SHEET + b'"', apply="yes", **tried)
    assert "ikke filen som ble prøvd" in broken.text
    told = coordinator.upload("stor.csv", LARGE_SHEET + b'"')
    assert "Et anførselstegn" in told.text
    assert "Ingen er registrert ennå" in coordinator.get("/people").text


STRANGE = (
    "Etternamn på personen;Fyrenamn;Dato;Kontakt;Skostørrelse\r\n"
    "Kowalska;Anna;17.05.1987;900 00 000;38\r\n"
    "Shevchenko;Olena;1990-01-02;+48 501 029 914;40\r\n"
    "Haile;Sara;1979-05-12;900 00 001;39\r\n"
).encode()


def columns_shown(html: str) -> dict[str, tuple[str, str]]:
    """What the page says of each column: by heading, the name of its field and the value that is chosen."""
    found = {}
    for row in html.split("<tr>"):
        heading = re.search(r'id="heading-\d+">([^<]+)<', row)
        if heading:
            chosen = re.search(r'<option value="(\w*)" selected>', row)
            field = re.search(r'name="(meaning-[a-z]+-[0-9a-f]{16})"', row)
            assert field is not None
            found[heading[1]] = (field[1], chosen[1] if chosen else "")
    return found


def test_columns_that_nobody_knows_are_shown_with_samples_and_corrected_by_hand(coordinator: Browser) -> None:
    first = coordinator.upload("rart.csv", STRANGE)
    assert first.status_code == 422
    assert "Arket har ingen kolonne med navn" in first.text
    shown = columns_shown(first.text)
    assert {heading: chosen for heading, (_, chosen) in shown.items()} == {
        "Etternamn på personen": "",
        "Fyrenamn": "",
        "Dato": "born",
        "Kontakt": "phone",
        "Skostørrelse": "",
    }
    assert "+48 501 029 914" in first.text
    meant = {"Etternamn på personen": "family_name", "Fyrenamn": "given_name", "Skostørrelse": "left_out"}
    chosen = {name: meant.get(heading, field) for heading, (name, field) in shown.items()}
    tried = coordinator.upload("rart.csv", STRANGE, **chosen)
    assert number(tried.text, "Blir registrert") == 3
    changed = {**chosen, shown["Kontakt"][0]: ""}
    refused = coordinator.upload("rart.csv", STRANGE, apply="yes", **changed, **proofs(tried.text))
    assert (refused.status_code, "Kolonnene leses ikke slik" in refused.text) == (422, True)
    done = coordinator.upload("rart.csv", STRANGE, apply="yes", **chosen, **proofs(tried.text))
    assert number(done.text, "Registrert") == 3
    assert "Kowalska" in coordinator.get("/people").text


def test_what_was_chosen_is_remembered_for_the_next_file_with_the_same_headings(coordinator: Browser) -> None:
    shown = columns_shown(coordinator.upload("rart.csv", STRANGE).text)
    chosen = {shown["Etternamn på personen"][0]: "family_name", shown["Fyrenamn"][0]: "given_name"}
    tried = proofs(coordinator.upload("rart.csv", STRANGE, **chosen).text)
    coordinator.upload("rart.csv", STRANGE, apply="yes", **chosen, **tried)
    next_file = STRANGE.replace(b"Kowalska", b"Nowak").replace(b"Anna", b"Ewa")
    html = coordinator.upload("neste.csv", next_file).text
    assert number(html, "Blir registrert") == 1
    assert columns_shown(html)["Fyrenamn"][1] == "given_name"
    assert "Husket fra sist" in html


def test_a_choice_that_is_no_field_counts_for_nothing(coordinator: Browser) -> None:
    name = columns_shown(coordinator.upload("liste.csv", SHEET).text)["Etternavn"][0]
    assert number(coordinator.upload("liste.csv", SHEET, **{name: "tull"}).text, "Blir registrert") == 2


def test_a_copy_with_remarks_is_downloaded_mended_and_imported(coordinator: Browser) -> None:
    html = coordinator.upload("liste.csv", SHEET).text
    assert 'formaction="/import/copy"' in html
    answer = coordinator.upload("liste.csv", SHEET, "/import/copy")
    assert answer.headers["content-disposition"] == 'attachment; filename="tilbakemelding.csv"'
    copy = answer.content.decode("cp1252")
    assert "MÅ RETTES, Fødselsdato: Kalenderen har ingen slik dato" in copy
    mended = copy.replace("31.02.1990", "28.02.1990").encode("cp1252")
    assert number(coordinator.upload("liste.csv", mended).text, "Blir registrert") == 3


@pytest.mark.parametrize("content", [b"", b"%PDF", b"hei"])
def test_there_is_no_copy_of_what_cannot_be_read(coordinator: Browser, content: bytes) -> None:
    assert coordinator.upload("liste.csv", content, "/import/copy").status_code == 422


@pytest.mark.parametrize(
    ("kind", "sheet", "listed"),
    [
        ("vacancies", "Stilling;Frist;Merke\nKokk på Frøya;31.12.2030;x\n", "Kokk på Frøya"),
        ("courses", "Kurs;Nivå;Merke\nNorskkurs på Frøya;A2-B1;x\n", "Norskkurs på Frøya"),
    ],
)
def test_other_kinds_of_sheets_go_the_same_way(coordinator: Browser, kind: str, sheet: str, listed: str) -> None:
    tried = coordinator.upload("ark.csv", sheet.encode(), kind=kind)
    assert number(tried.text, "Blir registrert") == 1
    assert columns_shown(tried.text)["Merke"][1] == ""
    assert "<dt>Husstander</dt>" not in tried.text
    done = coordinator.upload("ark.csv", sheet.encode(), kind=kind, apply="yes", **proofs(tried.text))
    assert number(done.text, "Registrert") == 1
    assert listed in coordinator.get(f"/{kind}").text
    undo = re.search(r'href="(/import/runs/[0-9a-f-]{36})"', done.text)
    assert undo is not None
    assert coordinator.post(f"{undo[1]}/undo").status_code == 303
    assert listed not in coordinator.get(f"/{kind}").text


def test_households_of_registered_people_go_the_same_way(coordinator: Browser) -> None:
    person_id = coordinator.register()
    sheet = "Husstand;Navn;Rolle\nH1;Kazlauskienė, Rasa;voksen\nH1;Ukjent, Person;barn\n".encode()
    tried = coordinator.upload("hus.csv", sheet, kind="households")
    assert (number(tried.text, "Blir registrert"), number(tried.text, "Husstander")) == (1, 1)
    assert "Registrer personen først" in tried.text
    coordinator.upload("hus.csv", sheet, kind="households", apply="yes", **proofs(tried.text))
    again = coordinator.upload("hus.csv", sheet, kind="households").text
    assert "Personen bor i denne husstanden fra før" in again
    link = re.search(r'href="(/households/[0-9a-f-]{36}/placements)"', again)
    assert link is not None
    assert coordinator.get(link[1]).status_code == 200
    assert "H1" not in coordinator.get(f"/people/{person_id}").text


def whole_form(html: str) -> dict[str, str]:
    """What a browser sends of the columns when nothing is chosen anew."""
    found = dict(re.findall(r'name="(meaning-[a-z]+-[0-9a-f]{16}-was)" value="(\w*)"', html))
    return found | dict(columns_shown(html).values())


def test_what_is_left_as_it_stands_is_no_choice_for_the_next_file(coordinator: Browser) -> None:
    sheet = "Etternavn;Fornavn;Når\nBerg;Nils;\n"
    left = whole_form(coordinator.upload("liste.csv", sheet.encode()).text)
    assert len(left) == 6
    births = "Etternavn;Fornavn;Når\nBerg;Nils;1980\nHaile;Sara;1.1.1979\nÅs;Ewa;1985\n"
    html = coordinator.upload("neste.csv", births.encode(), **left).text
    assert columns_shown(html)["Når"][1] == "born"
    assert "Valgt nå" not in html


def test_what_was_chosen_for_people_is_no_choice_for_vacancies(coordinator: Browser) -> None:
    sheet = b"Stilling;Navn;Frist\nKokk;Ola;31.12.2030\n"
    people = coordinator.upload("ark.csv", sheet).text
    chosen = dict(columns_shown(people).values())
    html = coordinator.upload("ark.csv", sheet, kind="vacancies", **chosen).text
    assert columns_shown(html)["Frist"][1] == "deadline"


def test_a_file_that_looks_like_another_kind_is_pointed_out(coordinator: Browser) -> None:
    sheet = b"Stilling;Enhet;Frist\nKokk;Skolen;31.12.2030\n"
    assert "Overskriftene ligner mer på «Stillinger»" in coordinator.upload("ark.csv", sheet).text
    assert "Overskriftene ligner" not in coordinator.upload("ark.csv", sheet, kind="vacancies").text
    assert "Overskriftene ligner" not in coordinator.upload("liste.csv", SHEET).text
