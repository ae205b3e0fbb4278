"""Where no channel is set up, a link is printed or copied, and nothing is broken."""

from kompetanse.codes.residence import ContactKind
from kompetanse.people.rules import Contact
from tests.api.web.conftest import Browser
from tests.support.html_forms import form


def test_without_a_channel_it_is_said_that_the_link_can_be_printed_or_copied(coordinator: Browser) -> None:
    olena = coordinator.register(contacts=[Contact(ContactKind.PHONE, "90000123")])
    shown = coordinator.get(f"/people/{olena}/link").text
    assert "Herfra sendes ikke SMS eller e-post" in shown
    assert 'name="send"' not in shown
    made = coordinator.post(f"/people/{olena}/link", language="nb", asked="one").text
    assert "sheet__code" in made
    assert "Herfra sendes ikke SMS eller e-post" in made
    asking = coordinator.post("/people/chosen", person=str(olena), do="invite").text
    assert "by" not in form(asking, "/people/chosen/invitations").values()


def test_a_form_of_before_the_channel_was_taken_away_still_makes_the_link(coordinator: Browser) -> None:
    olena = coordinator.register(contacts=[Contact(ContactKind.PHONE, "90000123")])
    made = coordinator.post(f"/people/{olena}/link", language="nb", asked="one", send="phone:+4790000123").text
    assert "Ikke sendt: oppsettet virker ikke" in made
    assert "sheet__code" in made
