import re
from collections.abc import Callable

from sqlmodel import select

from api.web.shared_words import shared_more
from kompetanse.actor import Role, system_actor
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.people import consents
from kompetanse.people.tables import Person
from kompetanse.sharing.classes import SharedClass, SizeBand
from tests.api.web.conftest import Browser
from tests.factories import FROYA, agreement


def consenting(browser: Browser, number: int) -> None:
    """Newcomers who consent, all with the same job."""
    for one in range(number):
        person_id = browser.register(family_name=f"Nr {one}")
        browser.post(f"/people/{person_id}/profile/experiences", version="0", title="sykepleier")
        with browser.state.database.session(FROYA) as session:
            consents.record_consent(
                session,
                system_actor(FROYA),
                person_id,
                purpose=ConsentPurpose.SHARE_WITH_NEIGHBOURS,
                granted=True,
                form=ConsentForm.ORAL,
                given_on=None,
            )


def test_the_coordinator_sees_what_neighbours_see_and_nobody_in_it(coordinator: Browser) -> None:
    consenting(coordinator, 12)
    with coordinator.state.database.session(FROYA) as session:
        agreement(session, k=5)
    assert "Ingenting er gitt ut ennå" in coordinator.get("/sharing").text
    draft = coordinator.get("/sharing/draft/classes").text
    assert "Sykepleiere" in draft
    assert "Gi ut" in draft
    assert coordinator.post("/sharing/releases").status_code == 303
    html = coordinator.get("/sharing").text
    assert "Sykepleiere" in html
    assert "5–9" in html
    assert "Nr 1" not in html
    assert "Gi ut" not in coordinator.get("/sharing/draft/classes").text, "one a quarter"
    report = re.search(r'href="(/sharing/releases/[^"]+)"', html)
    assert report
    assert "Signaturen stemmer" in coordinator.get(report[1]).text
    assert coordinator.post("/sharing/releases").status_code == 409


def test_an_agreement_is_told_and_its_k_decides(coordinator: Browser) -> None:
    consenting(coordinator, 12)
    with coordinator.state.database.session(FROYA) as session:
        agreement(session, k=10)
    html = coordinator.get("/sharing").text
    assert "Hitra" in html
    assert "Gjelder nå" in html
    assert "Ingen grupper ville blitt delt" in coordinator.get("/sharing/draft/classes").text
    coordinator.post("/sharing/releases")
    html = coordinator.get("/sharing").text
    assert "Ingen grupper deles nå" in html
    assert "12 personer som har samtykket, var ikke med" in html


def test_who_reads_no_profiles_has_no_preview(visitor: object) -> None:
    leader = visitor(Role.LEADER)  # type: ignore[operator]
    assert leader.get("/sharing").status_code == 403
    assert 'href="/sharing"' not in leader.get("/").text


def test_an_agreement_that_tells_of_more_shows_the_risk_before_it_is_kept(visitor: Callable[..., Browser]) -> None:
    admin = visitor(Role.ADMINISTRATOR)
    consenting(admin, 12)
    terms = {"recipient_no": "5056", "k": "5", "starts_on": "2026-01-01", "attributes": ["age", "country"]}
    asked = admin.post("/sharing/agreements/new", **terms)
    assert asked.status_code == 422
    assert "Se risikoen før du lagrer" in asked.text
    assert "Tap av presisjon: alder" in asked.text
    assert "Hitra" not in admin.get("/sharing").text, "nothing is kept yet"
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', asked.text)
    assert seen
    kept = admin.post("/sharing/agreements/new", **terms, seen=seen[1])
    assert kept.status_code == 303
    page = admin.get(kept.headers["location"]).text
    assert re.search(r'value="age" checked', page)
    version = {**terms, "version": "1", "attributes": ["age", "country", "arrival"]}
    address = kept.headers["location"].partition("?")[0]
    assert "Se risikoen før du lagrer" in admin.post(address, **version).text
    assert admin.post(address, **{**version, "attributes": ["age"]}).status_code == 303, "less needs no look"


def test_a_pool_is_entered_and_left_on_pages(visitor: Callable[..., Browser]) -> None:
    admin = visitor(Role.ADMINISTRATOR)
    assert "Lag grupper sammen med andre" in admin.get("/sharing").text
    refused = admin.post("/sharing/pooling/new", starts_on="")
    assert refused.status_code == 422
    assert "Velg de andre kommunene" in refused.text
    assert admin.post("/sharing/pooling/new", others=["5056", "5055"], starts_on="2026-01-01").status_code == 303
    html = admin.get("/sharing").text
    assert "Venter på de andre" in html
    assert "Ikke lagt inn av: Heim, Hitra" in html
    assert admin.post("/sharing/pooling/new", others=["5056"], starts_on="2026-01-01").status_code == 409
    leave = re.search(r'action="(/sharing/pooling/[^"]+/revoke)"', html)
    assert leave
    assert admin.post(leave[1]).status_code == 303
    assert "Venter på de andre" not in admin.get("/sharing").text
    assert visitor(Role.COORDINATOR, email="k@froya.example").get("/sharing/pooling/new").status_code == 403


def test_the_yes_to_age_and_country_is_asked_and_told_by_itself(coordinator: Browser) -> None:
    consenting(coordinator, 1)
    with coordinator.state.database.session(FROYA) as session:
        person_id = session.exec(select(Person)).one().id
    page = coordinator.get(f"/people/{person_id}").text
    assert "aldersgruppe, land og omtrent når du kom hit" in page
    said = coordinator.post(
        f"/people/{person_id}/consents/share_with_neighbours", section="background", granted="yes", form="oral",
        language="ukr",
    )  # fmt: skip
    assert said.status_code == 303
    with coordinator.state.database.session(FROYA) as session:
        newest, *_ = consents.consents_of(session, system_actor(FROYA), person_id)
    assert (newest.section, newest.granted, newest.language) == ("background", True, "ukr")
    assert "вікову групу" in (newest.wording or "")
    assert "Alder, land og ankomst, i grupper" in coordinator.get(f"/people/{person_id}").text


def test_what_else_classes_tell_is_said_as_people_say_it() -> None:
    band = SizeBand.FROM_5
    told = shared_more(SharedClass("any", "A", "high", band, "50 and over", "nordic or eea", "before 1998", "50"))
    assert told == "Trøndelag fylke · 50 år og over · Norden eller EØS · kom før 1998"
    told = shared_more(SharedClass("any", "A", "high", band, "30–34", "LT", "2022–2024", "5014"))
    assert told == "Frøya · 30–34 år · Litauen · kom 2022–2024"
    told = shared_more(SharedClass("any", "A", "high", band, "not stated", "africa", "any", "any"))
    assert told == "alder ikke oppgitt · Afrika"
    assert shared_more(SharedClass("any", "A", "high", band)) == ""
