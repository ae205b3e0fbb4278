"""The people's list as its reader meets it: search, filters, columns, saved searches, lists, and several at once."""

import io
import re
from collections.abc import Callable
from uuid import UUID

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import desc, select

from kompetanse.actor import Role, system_actor
from kompetanse.audit.tables import AuditEvent
from kompetanse.competence import service as profiles
from kompetanse.people import service as people
from tests.api.web.conftest import Browser
from tests.factories import FROYA


def worked(browser: Browser, person_id: UUID, title: str) -> None:
    with browser.state.database.session(FROYA) as session:
        profiles.add_experience(session, system_actor(FROYA), person_id, 0, {"title": title, "months": 24})


def searched(browser: Browser, **typed: object) -> str:
    return browser.get(browser.post("/people/search", **typed).headers["location"]).text


def shown(html: str) -> set[str]:
    return set(re.findall(r'href="/people/[0-9a-f-]{36}">([^<]+)</a>', html))


def sealed(html: str) -> str:
    found = re.search(r'name="search" value="([^"]*)"', html)
    assert found
    return found[1]


@pytest.fixture
def olena(coordinator: Browser) -> UUID:
    return coordinator.register(given_name="Olena", family_name="Shevchenko", contact_languages=["ukr"])


@pytest.fixture
def rasa(coordinator: Browser) -> UUID:
    return coordinator.register(given_name="Rasa", family_name="Kazlauskienė")


@pytest.mark.parametrize("typed", ["regnskap", "бухгалтер", "accountant", "księgowa", "محاسب"])
def test_what_somebody_can_is_searched_for_in_any_language(
    coordinator: Browser, olena: UUID, rasa: UUID, typed: str
) -> None:
    worked(coordinator, olena, "regnskapsfører")
    html = searched(coordinator, text=typed)
    assert shown(html) == {"Shevchenko, Olena"}
    assert "Viser også dem som" in html


@pytest.mark.parametrize("typed", ["Sjevtsjenko", "Shevchenco", "Олена", "shevch olen"])
def test_a_name_is_found_however_it_is_spelt(coordinator: Browser, olena: UUID, rasa: UUID, typed: str) -> None:
    assert "Shevchenko, Olena" in shown(searched(coordinator, text=typed))


@pytest.mark.parametrize("typed", ["90012345", "+47 900 12 345", "0047 900.12.345", "tlf. 900 12 345", "(+47) 900-12"])
def test_a_phone_is_found_in_whatever_format(coordinator: Browser, rasa: UUID, typed: str) -> None:
    coordinator.post("/people/new", given_name="Olena", contacts="+47 900 12 345")
    assert shown(searched(coordinator, text=typed)) == {"Olena"}


def test_a_filter_tells_those_who_said_no_from_those_who_said_nothing(coordinator: Browser) -> None:
    for name, needs in (("Ja", True), ("Nei", False), ("Tom", None)):
        coordinator.register(given_name=name, family_name="", needs_interpreter=needs)
    for answer, name in (("yes", "Ja"), ("no", "Nei"), ("unknown", "Tom")):
        html = searched(coordinator, needs_interpreter=answer)
        assert shown(html) == {name}
    assert "Ikke oppgitt: Trenger tolk" in html
    assert shown(searched(coordinator, unknown="age")) == {"Ja", "Nei", "Tom"}


def test_a_condition_is_taken_out_of_the_search(coordinator: Browser, olena: UUID, rasa: UUID) -> None:
    html = searched(coordinator, contact_language="ukrainsk", unknown="age")
    assert shown(html) == {"Shevchenko, Olena"}
    answer = coordinator.post("/people/search/without", search=sealed(html), without="contact_language")
    assert shown(coordinator.get(answer.headers["location"]).text) == {"Shevchenko, Olena", "Kazlauskienė, Rasa"}


def test_a_filter_that_cannot_be_read_is_told_by_field(coordinator: Browser, olena: UUID) -> None:
    answer = coordinator.post("/people/search", age_from="voksen", citizenship="Atlantis")
    assert answer.status_code == 422
    assert "Skriv et helt tall" in answer.text
    assert "Kjenner ikke landet" in answer.text


def test_the_trail_tells_which_columns_were_read_of_whom(coordinator: Browser, olena: UUID) -> None:
    coordinator.post("/people/columns", column=["born", "phone", "residence_until"])
    coordinator.get("/people")
    with coordinator.state.database.session(FROYA) as session:
        listed = session.exec(select(AuditEvent).where(AuditEvent.action == "list").order_by(desc(AuditEvent.seq)))
        newest = listed.first()
    assert newest
    assert (newest.record_ids, newest.fields) == ([str(olena)], ["phone", "residence_until"])


@pytest.mark.parametrize("field", ["percentage_at_least", "age_from", "age_to"])
def test_a_number_that_nobody_can_have_is_told_too(coordinator: Browser, field: str) -> None:
    for number in ("-5", "99999999999999999999"):
        answer = coordinator.post("/people/search", **{field: number})
        assert (answer.status_code, "Tallet er for lite eller for stort" in answer.text) == (422, True)


def test_columns_are_chosen_and_kept_by_the_browser(coordinator: Browser, olena: UUID) -> None:
    html = coordinator.get("/people").text
    assert ">Statsborger</th>" in html
    answer = coordinator.post("/people/columns", column=["contact_languages", "phone", "no-such"])
    assert answer.headers["set-cookie"].startswith("people-columns=phone.contact_languages;")
    html = coordinator.get("/people").text
    assert ">Statsborger</th>" not in html
    assert "<td>ukrainsk</td>" in html


def test_a_saved_search_tells_of_who_is_new_until_they_are_looked_at(coordinator: Browser, olena: UUID) -> None:
    worked(coordinator, olena, "regnskapsfører")
    html = searched(coordinator, text="regnskapsfører")
    answer = coordinator.post("/people/searches", search=sealed(html), name="Regnskap", watch="yes")
    saved = answer.headers["location"]
    assert shown(coordinator.get(saved).text) == {"Shevchenko, Olena"}
    assert "passer søket" not in coordinator.get("/").text
    rasa = coordinator.register(given_name="Rasa", family_name="Kazlauskienė")
    assert "passer søket" not in coordinator.get("/").text
    worked(coordinator, rasa, "accountant")
    today = coordinator.get("/").text
    assert "1 ny passer søket" in today
    found = re.search(r'href="(/people/searches/[0-9a-f-]{36})">Regnskap', today)
    assert found
    for _ in range(2):  # a page that is fetched ahead, or again, has not been read
        opened = coordinator.get(found[1]).text
        assert shown(opened) == {"Shevchenko, Olena", "Kazlauskienė, Rasa"}
        assert "1 ny passer søket" in opened
        assert "1 ny passer søket" in coordinator.get("/").text
    for _ in range(2):  # a button that is pressed twice shows the same
        news = coordinator.post(f"{found[1]}/news").headers["location"]
        assert shown(coordinator.get(news).text) == {"Kazlauskienė, Rasa"}
    assert "passer søket" not in coordinator.get("/").text
    opened = coordinator.get(found[1]).text
    assert "passer søket" not in opened
    last = re.search(r'href="(/people\?search=[^"]+)">Vis de som var nye sist', opened)
    assert last
    assert shown(coordinator.get(last[1]).text) == {"Kazlauskienė, Rasa"}


def test_a_saved_search_holds_nobodys_name(coordinator: Browser, olena: UUID) -> None:
    html = searched(coordinator, text="Shevchenko")
    answer = coordinator.post("/people/searches", search=sealed(html), name="Hun")
    assert answer.status_code == 422
    assert "Et lagret søk har ikke navn eller nummer i seg" in answer.text
    nothing = coordinator.post("/people/searches", search="", name="Alle")
    assert (nothing.status_code, "Velg minst ett filter" in nothing.text) == (422, True)


def test_a_colleague_sees_what_is_shared_and_changes_nothing(
    visitor: Callable[..., Browser], coordinator: Browser
) -> None:
    html = searched(coordinator, not_mapped="yes")
    coordinator.post("/people/searches", search=sealed(html), name="Mitt")
    coordinator.post("/people/searches", search=sealed(html), name="Vårt", shared="yes")
    coordinator.post("/log-out")
    lars = visitor(Role.COORDINATOR, email="lars@froya.example")
    html = lars.get("/people/searches").text
    assert "Vårt" in html
    assert "Mitt" not in html
    found = re.search(r"/people/searches/([0-9a-f-]{36})", html)
    assert found
    assert lars.post(f"/people/searches/{found[1]}/delete", version="1").status_code == 404
    assert lars.post(f"/people/searches/{found[1]}/watch").status_code == 303


def test_people_are_put_on_a_list_and_taken_off_it_with_a_way_back(
    coordinator: Browser, olena: UUID, rasa: UUID
) -> None:
    nobody = coordinator.post("/people/chosen", do="list")
    assert (nobody.status_code, "Ingen er krysset av" in nobody.text) == (422, True)
    assert "nyeste utgaven" not in nobody.text
    asked = coordinator.post("/people/chosen", person=[str(olena), str(rasa)], do="list")
    assert "2 personer er valgt" in asked.text
    put = coordinator.post("/people/chosen/list", person=[str(olena), str(rasa)], name="Norskkurs")
    path = put.headers["location"].partition("?")[0]
    assert shown(coordinator.get(path).text) == {"Shevchenko, Olena", "Kazlauskienė, Rasa"}
    off = coordinator.post("/people/chosen", person=str(rasa), do="off", list=path.rsplit("/", 1)[1])
    html = coordinator.get(off.headers["location"]).text
    assert shown(html) == {"Shevchenko, Olena"}
    change = re.search(r'name="change" value="([^"]+)"', html)
    assert change
    assert 'name="change"' not in coordinator.get(f"{path}?notice=saved&undo={change[1]}").text
    coordinator.post(f"{path}/undo", change=change[1])
    assert shown(coordinator.get(path).text) == {"Shevchenko, Olena", "Kazlauskienė, Rasa"}
    listed = searched(coordinator, in_list=path.rsplit("/", 1)[1])
    assert "Liste: Norskkurs" in listed
    assert "2 personer" in coordinator.get("/people/lists").text


def test_who_is_archived_is_not_on_a_list_until_she_is_back(coordinator: Browser, olena: UUID) -> None:
    put = coordinator.post("/people/chosen/list", person=str(olena), name="Norskkurs")
    path = put.headers["location"].partition("?")[0]
    with coordinator.state.database.session(FROYA) as session:
        people.archive(session, system_actor(FROYA), olena, 1)
    assert "Ingen er i listen" in coordinator.get(path).text
    with coordinator.state.database.session(FROYA) as session:
        people.restore(session, system_actor(FROYA), olena, 2)
    assert shown(coordinator.get(path).text) == {"Shevchenko, Olena"}


def test_a_list_has_a_name_of_its_own_and_is_deleted_after_asking(coordinator: Browser, olena: UUID) -> None:
    path = coordinator.post("/people/lists", name="Norskkurs").headers["location"].partition("?")[0]
    pressed_twice = coordinator.post("/people/lists", name="Norskkurs").headers["location"]
    assert pressed_twice.partition("?")[0] == path
    other = coordinator.post("/people/lists", name="Kveldskurs").headers["location"].partition("?")[0]
    assert coordinator.post(other, name="Norskkurs", version="1").status_code == 409
    assert coordinator.post("/people/lists", name=" ").status_code == 422
    assert coordinator.post(path, name="Kurs i norsk", version="1").status_code == 303
    assert coordinator.post(f"{path}/delete", version="1").status_code == 412
    assert "Slette listen?" in coordinator.get(f"{path}/delete").text
    assert coordinator.post(f"{path}/delete", version="2").status_code == 303
    assert coordinator.get(path).status_code == 404


def test_those_who_are_chosen_are_written_to_a_file_without_protected_addresses(
    coordinator: Browser, olena: UUID
) -> None:
    coordinator.register(given_name="=2+2", family_name="Ås")
    coordinator.register(given_name="Skjult", family_name="Adresse", protected_address=True)
    asked = coordinator.post("/people/chosen", all="yes", search="", do="file").text
    assert "3 personer er valgt" in asked
    assert "1 av dem har adressesperre" in asked
    form = {"all": "yes", "search": "", "column": ["contact_languages", "born"]}
    text = coordinator.post("/people/chosen/file", **form, format="csv").content.decode("utf-8-sig")
    assert text.splitlines() == [
        "Etternavn;Fornavn;Født;Språk i kontakt",
        "Shevchenko;Olena;;ukrainsk",
        "Ås;'=2+2;;",
    ]
    book = coordinator.post("/people/chosen/file", **form, format="xlsx").content
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert sheet[2][:2] == ["Ås", "=2+2"]
    assert coordinator.post("/people/chosen/file", all="yes", search="", format="csv").status_code == 422


def test_each_who_is_invited_has_a_sheet_in_her_language_with_a_code_of_her_own(
    coordinator: Browser, olena: UUID, rasa: UUID
) -> None:
    chosen = [str(olena), str(rasa)]
    assert "Lag ark" in coordinator.post("/people/chosen", person=chosen, do="invite").text
    html = coordinator.post("/people/chosen/invitations", person=chosen).text
    codes = re.findall(r'class="sheet__code" dir="ltr">([\d ]+)<', html)
    assert len(set(codes)) == 2
    assert 'lang="uk"' in html
    assert html.index("Kazlauskienė") < html.index("Shevchenko") < html.index(codes[0])


def test_sheets_that_are_loaded_anew_are_the_same(coordinator: Browser, olena: UUID, rasa: UUID) -> None:
    chosen = [str(olena), str(rasa)]
    asking = coordinator.post("/people/chosen", person=chosen, do="invite").text
    asked = re.search(r'name="asked" value="([^"]+)"', asking)
    assert asked

    def codes(sent: str) -> list[str]:
        html = coordinator.post("/people/chosen/invitations", person=chosen, asked=sent).text
        return re.findall(r'class="sheet__code" dir="ltr">([\d ]+)<', html)

    printed = codes(asked[1])
    assert len(set(printed)) == 2
    assert codes(asked[1]) == printed
    coordinator.post(f"/people/{rasa}/link/revoke")
    again = coordinator.post("/people/chosen/invitations", person=chosen, asked=asked[1]).text
    assert again.count('class="sheet__code"') == 1
    assert "brukt eller stoppet siden den ble laget: Kazlauskienė" in re.sub(r"<[^>]+>", "", again)
    assert set(codes("another sending")).isdisjoint(printed)


def test_nobody_chosen_and_too_many_are_told(coordinator: Browser, olena: UUID) -> None:
    assert coordinator.post("/people/chosen", do="list").status_code == 422
    assert coordinator.post("/people/chosen", person="x", do="list").status_code == 422
    assert coordinator.post("/people/chosen", person=str(olena), do="fly").status_code == 422


def test_all_of_a_search_that_is_somebody_elses_is_nobody(
    visitor: Callable[..., Browser], coordinator: Browser, olena: UUID, rasa: UUID
) -> None:
    theirs = sealed(searched(coordinator, text="Olena"))
    coordinator.post("/log-out")
    lars = visitor(Role.COORDINATOR, email="lars@froya.example")
    for do in ("list", "file", "invite"):
        answer = lars.post("/people/chosen", all="yes", search=theirs, do=do)
        assert (answer.status_code, "Søket er ikke ditt" in answer.text) == (422, True)
    form = {"all": "yes", "search": theirs, "column": "born", "format": "csv"}
    assert lars.post("/people/chosen/file", **form).status_code == 422


def test_who_is_on_the_list_already_is_told(coordinator: Browser, olena: UUID) -> None:
    put = coordinator.post("/people/chosen/list", person=str(olena), name="Norskkurs")
    list_id = put.headers["location"].partition("?")[0].rsplit("/", 1)[1]
    again = coordinator.post("/people/chosen/list", person=str(olena), list=list_id)
    html = coordinator.get(again.headers["location"]).text
    assert "Ingen ble lagt til" in html
    assert "Angre endringen" not in html


def test_a_search_is_deleted_after_asking(coordinator: Browser) -> None:
    html = searched(coordinator, not_mapped="yes")
    saved = coordinator.post("/people/searches", search=sealed(html), name="Ikke kartlagt").headers["location"]
    search_id = re.search(r"saved=([0-9a-f-]{36})", saved)
    assert search_id
    own = f"/people/searches/{search_id[1]}"
    assert "Slette søket «Ikke kartlagt»?" in coordinator.get(f"{own}/delete").text
    assert coordinator.post(f"{own}/delete", version="1").status_code == 303
    assert coordinator.get(own).status_code == 404


def test_another_municipalitys_lists_and_searches_are_nobodys(
    visitor: Callable[..., Browser], coordinator: Browser, olena: UUID
) -> None:
    path = coordinator.post("/people/lists", name="Norskkurs").headers["location"].partition("?")[0]
    hitra = visitor(Role.COORDINATOR, email="hilde@hitra.example", municipality_no="5056")
    assert hitra.get(path).status_code == 404
    assert "Norskkurs" not in hitra.get("/people/lists").text
    assert hitra.post("/people/chosen/list", person=str(olena), list=path.rsplit("/", 1)[1]).status_code == 404
