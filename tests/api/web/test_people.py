import re

from tests.api.web.conftest import Browser

OLENA = {"given_name": "Olena", "family_name": "Shevchenko", "born": "17.05.1987"}


def path_of(location: str) -> str:
    return location.partition("?")[0]


def test_a_person_is_registered_with_what_is_known_and_nothing_else(coordinator: Browser) -> None:
    answer = coordinator.post(
        "/people/new",
        **OLENA,
        citizenships="Ukraina, Polen",
        contact_languages="ukrainsk, engelsk",
        contacts="900 00 000, olena@example.no",
        arrived_in_norway="mai 2023",
    )
    assert answer.status_code == 303
    html = coordinator.get(answer.headers["location"]).text
    for shown in (
        "Olena Shevchenko",
        "17.05.1987",
        "Ukraina, Polen",
        "ukrainsk, engelsk",
        "+47 90 00 00 00",
        "olena@example.no",
        "mai 2023",
    ):
        assert shown in html, shown
    facts = re.findall(r"<dt>([^<]+)</dt>\s*<dd>(.*?)</dd>", html, re.DOTALL)
    unknown = {term for term, value in facts if "Ikke oppgitt" in value}
    assert {"Trenger tolk", "Har lov til å arbeide", "Oppholdsgrunnlag"} <= unknown


def test_every_fault_of_a_form_is_told_at_once_and_what_was_typed_stays(coordinator: Browser) -> None:
    answer = coordinator.post(
        "/people/new", given_name="Olena", born="i fjor", citizenships="Atlantis", contacts="+47 900 00 000\nnei"
    )
    assert answer.status_code == 422
    assert "Født: Dette er ikke en dato" in answer.text
    assert "Statsborgerskap: Kjenner ikke landet" in answer.text
    assert 'value="Atlantis"' in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_a_contact_that_cannot_be_read_is_named_by_its_line(coordinator: Browser) -> None:
    answer = coordinator.post("/people/new", given_name="Olena", contacts="+47 900 00 000\nnei")
    assert answer.status_code == 422
    assert "Linje 2: Dette er ikke et telefonnummer" in answer.text


def test_somebody_alike_is_pointed_out_before_saving(coordinator: Browser) -> None:
    known = coordinator.register(given_name="Oleksandr", family_name="Шевченко", born="1987-05-17")
    form = {"given_name": "Aleksander", "family_name": "Shevchenko", "born": "17.05.1987"}
    doubt = coordinator.post("/people/new", **form)
    assert doubt.status_code == 409
    assert "Kan dette være noen som er registrert fra før?" in doubt.text
    assert f'href="/people/{known}"' in doubt.text
    assert 'value="Aleksander"' in doubt.text
    sure = coordinator.post("/people/new", **form, despite_duplicates="yes")
    assert sure.status_code == 303


def test_an_edit_shows_what_stands_and_keeps_what_is_not_touched(coordinator: Browser) -> None:
    person_id = coordinator.register(
        born="1987", citizenships=["LT"], needs_interpreter=False, arrived_in_norway="2019-05"
    )
    html = coordinator.get(f"/people/{person_id}/edit").text
    fields = dict(re.findall(r'<input class="ds-input"[^>]*name="([a-z_]+)" value="([^"]*)"', html))
    assert fields["arrived_in_norway"] == "mai 2019"
    assert fields["citizenships"] == "Litauen"
    fields |= {"version": "1", "needs_interpreter": "no", "given_name": "Rasa Marija"}
    fields.pop("protected_address", None)
    answer = coordinator.post(f"/people/{person_id}/edit", **fields)
    assert answer.status_code == 303
    shown = coordinator.get(f"/people/{person_id}").text
    for kept in ("Rasa Marija", "mai 2019", "Litauen", "1987"):
        assert kept in shown


def test_whoever_saves_second_is_told_and_loses_no_words(coordinator: Browser) -> None:
    person_id = coordinator.register()
    form = {"version": "1", "family_name": "Kazlauskienė"}
    assert coordinator.post(f"/people/{person_id}/edit", **form, given_name="Rasa").status_code == 303
    late = coordinator.post(f"/people/{person_id}/edit", **form, given_name="Rasa", notes="Ringer igjen tirsdag")
    assert late.status_code == 412
    assert "Noen andre lagret før deg" in late.text
    assert "Ringer igjen tirsdag" in late.text
    assert "Ringer igjen tirsdag" not in coordinator.get(f"/people/{person_id}").text


def test_archiving_takes_a_person_out_of_the_list_and_back(coordinator: Browser) -> None:
    person_id = coordinator.register()
    assert coordinator.post(f"/people/{person_id}/archive", version="1").status_code == 303
    assert "Kazlauskienė" not in coordinator.get("/people").text
    archived = coordinator.post("/people/search", archived="yes").headers["location"]
    assert "Kazlauskienė" in coordinator.get(archived).text
    coordinator.post(f"/people/{person_id}/restore", version="2")
    assert "Kazlauskienė" in coordinator.get("/people").text


def test_a_form_that_protects_the_address_takes_the_postal_code_away(coordinator: Browser) -> None:
    person_id = coordinator.register(postal_code="7260")
    assert "<dd>7260</dd>" in coordinator.get(f"/people/{person_id}").text
    fields = {"version": "1", "given_name": "Rasa", "postal_code": "7260", "protected_address": "yes"}
    assert coordinator.post(f"/people/{person_id}/edit", **fields).status_code == 303
    for path in (f"/people/{person_id}", f"/people/{person_id}/edit"):
        assert 'value="7260"' not in coordinator.get(path).text
    assert "Postnummer</dt>" not in coordinator.get(f"/people/{person_id}").text


def test_a_postal_code_that_is_none_is_told_by_field(coordinator: Browser) -> None:
    answer = coordinator.post("/people/new", given_name="Rasa", postal_code="726")
    assert (answer.status_code, "Skriv fire sifre" in answer.text) == (422, True)


def test_a_protected_address_is_marked_wherever_the_person_is_shown(coordinator: Browser) -> None:
    person_id = coordinator.register(protected_address=True)
    for path in ("/people", f"/people/{person_id}"):
        assert "Adressesperre" in coordinator.get(path).text
    html = coordinator.get(f"/people/{person_id}").text
    assert "med adressesperre er ingen kandidat" in html
    assert coordinator.post(f"/people/{person_id}/archive", version="1").status_code == 303
    assert "er ikke med i treff" in coordinator.get(f"/people/{person_id}").text


def test_an_empty_registry_says_what_to_do(coordinator: Browser) -> None:
    assert "Ingen er registrert ennå" in coordinator.get("/people").text
    nobody = coordinator.post("/people/search", text="Ingenting").headers["location"]
    assert "Ingen passer med søket" in coordinator.get(nobody).text


def test_long_lists_are_followed_page_by_page(coordinator: Browser) -> None:
    for number in range(31):
        coordinator.register(family_name=f"Etternavn{number:02}")
    first = coordinator.get("/people").text
    assert "Viser 30 av 31 personer" in first
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    second = coordinator.get(following[1].replace("&amp;", "&")).text
    assert "Etternavn30" in second
    assert "Etternavn29" not in second


def test_another_municipalitys_person_is_nobody(coordinator: Browser) -> None:
    person_id = coordinator.register(municipality_no="5056")
    assert coordinator.get(f"/people/{person_id}").status_code == 404


def test_people_move_in_with_each_other_and_out(coordinator: Browser) -> None:
    rasa = coordinator.register()
    jonas = coordinator.register(given_name="Jonas", family_name="Kazlauskas")
    found = coordinator.post(f"/people/{jonas}/household", text="Rasa")
    assert str(rasa) in found.text
    joined = coordinator.post(f"/people/{jonas}/household/join", other_id=str(rasa), role="partner")
    assert joined.status_code == 303
    assert f'href="/people/{jonas}"' in coordinator.get(f"/people/{rasa}").text
    coordinator.post(f"/people/{jonas}/household/leave")
    assert f'href="/people/{jonas}"' not in coordinator.get(f"/people/{rasa}").text


def test_two_records_of_one_person_become_one(coordinator: Browser) -> None:
    kept = coordinator.register(born="1987-05-17")
    other = coordinator.register(given_name="Rasa", family_name="Kazlauskiene", born="1987", notes="fra regnearket")
    assert str(other) in coordinator.get(f"/people/{kept}/merge").text
    answer = coordinator.post(f"/people/{kept}/merge/confirm", other_id=str(other), version="1")
    assert answer.status_code == 303
    assert coordinator.get(f"/people/{other}").status_code == 404


def test_consents_are_recorded_and_withdrawn_purpose_by_purpose(coordinator: Browser) -> None:
    person_id = coordinator.register()
    path = f"/people/{person_id}/consents/share_with_neighbours"
    assert coordinator.get(f"/people/{person_id}").text.count("Ikke spurt") == 3
    coordinator.post(path, granted="yes", form="written", given_on="2026-05-02")
    html = coordinator.get(f"/people/{person_id}").text
    assert "Skriftlig, 02.05.2026" in html
    assert html.count("Ikke spurt") == 2
    withdrawn = coordinator.post(path, granted="no", form="oral")
    assert "notice=withdrawn" in withdrawn.headers["location"]
    assert coordinator.post(path, granted="yes", form="written", given_on="snart").status_code == 422


def test_personal_data_is_read_with_an_audit_event(coordinator: Browser) -> None:
    from sqlmodel import select

    from kompetanse.audit.tables import AuditEvent

    person_id = coordinator.register()
    coordinator.get(f"/people/{person_id}")
    with coordinator.state.database.session("*", write=False) as session:
        events = session.exec(select(AuditEvent)).all()
    mine = [e for e in events if str(person_id) in e.record_ids and e.action == "read"]
    assert {e.record_type for e in mine} >= {"profile", "consent"}
    assert all(e.request_id for e in mine)
