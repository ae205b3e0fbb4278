import re

from tests.api.web.conftest import Browser


def test_a_persons_page_asks_for_names_that_browsers_keep(coordinator: Browser) -> None:
    person = coordinator.register()
    shown = coordinator.get(f"/people/{person}").text
    assert '<datalist id="country-names"' not in shown
    [address] = re.findall(r'hx-get="(/names/\S+)"', shown)
    found = coordinator.get(address)
    assert "immutable" in found.headers["Cache-Control"]
    assert {'<option value="Litauen">', '<option value="litauisk">', '<option value="Frøya">'} <= set(
        re.findall(r'<option value="[^"]*">', found.text)
    )
    assert "html" not in found.text


def test_names_are_in_the_language_of_the_page(coordinator: Browser) -> None:
    person = coordinator.register()
    coordinator.post("/language", pages_in="en", at="/")
    [address] = re.findall(r'hx-get="(/names/en\S+)"', coordinator.get(f"/people/{person}").text)
    assert '<option value="Lithuania">' in coordinator.get(address).text
    assert coordinator.get("/names/pl").status_code == 404


def test_forms_on_pages_of_their_own_bring_their_names(coordinator: Browser) -> None:
    assert '<datalist id="country-names"' in coordinator.get("/people/new").text
