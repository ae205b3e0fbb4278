from tests.api.web.conftest import Browser

NUMBER, WRONG = "02013299997", "02013299998"


def test_a_number_is_stored_replaced_and_removed_and_never_shown(coordinator: Browser) -> None:
    path = f"/people/{coordinator.register()}"
    assert "Legg inn fødselsnummer" in coordinator.get(path).text
    stored = coordinator.post(f"{path}/national-number", number="020132 99997", version="1")
    assert stored.status_code == 303
    html = coordinator.get(path).text
    assert "Fødselsnummer er lagret, forseglet" in html
    assert NUMBER not in html
    assert coordinator.post(f"{path}/national-number/remove", version="2").status_code == 303
    assert "er lagret, forseglet" not in coordinator.get(path).text


def test_a_wrong_number_is_told_at_the_field_and_not_shown_again(coordinator: Browser) -> None:
    path = f"/people/{coordinator.register()}"
    refused = coordinator.post(f"{path}/national-number", number=WRONG, version="1")
    assert refused.status_code == 422
    assert "Kontrollsifrene stemmer ikke" in refused.text
    assert WRONG not in refused.text


def test_a_number_belongs_to_one_person(coordinator: Browser) -> None:
    one, other = (f"/people/{coordinator.register(family_name=name)}" for name in ("Alm", "Bjørk"))
    coordinator.post(f"{one}/national-number", number=NUMBER, version="1")
    taken = coordinator.post(f"{other}/national-number", number=NUMBER, version="1")
    assert taken.status_code == 422
    assert "annen person er registrert" in taken.text
    assert NUMBER not in taken.text


def test_a_form_that_is_too_old_changes_nothing(coordinator: Browser) -> None:
    path = f"/people/{coordinator.register()}"
    coordinator.post(f"{path}/national-number", number=NUMBER, version="1")
    assert coordinator.post(f"{path}/national-number/remove", version="1").status_code == 412
