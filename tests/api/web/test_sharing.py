import re

from kompetanse.actor import Role, system_actor
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.people import consents
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
    draft = coordinator.get("/sharing/draft").text
    assert "Sykepleiere" in draft
    assert "Gi ut" in draft
    assert coordinator.post("/sharing/releases").status_code == 303
    html = coordinator.get("/sharing").text
    assert "Sykepleiere" in html
    assert "5–9" in html
    assert "Nr 1" not in html
    assert "Gi ut" not in coordinator.get("/sharing/draft").text, "one a quarter"
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
    assert "Ingen grupper ville blitt delt" in coordinator.get("/sharing/draft").text
    coordinator.post("/sharing/releases")
    html = coordinator.get("/sharing").text
    assert "Ingen grupper deles nå" in html
    assert "12 personer som har samtykket, var ikke med" in html


def test_who_reads_no_profiles_has_no_preview(visitor: object) -> None:
    leader = visitor(Role.LEADER)  # type: ignore[operator]
    assert leader.get("/sharing").status_code == 403
    assert 'href="/sharing"' not in leader.get("/").text
