"""A person's timeline: every kind of happening, newest first, in parts that lose nothing between them."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from kompetanse.actor import Actor, Role
from kompetanse.chronicle.rules import Event, Stretch, together
from kompetanse.chronicle.service import Happening, Theme, timeline
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.codes.work import ReferralStage
from kompetanse.competence import service as competence
from kompetanse.errors import Forbidden, NotFound
from kompetanse.people import consents, erasures
from kompetanse.people import service as people
from kompetanse.personal_links import service as personal_links
from kompetanse.placements import service as placements
from tests import factories
from tests.factories import HITRA, actor
from tests.personal_links.people import SEALER

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture
def who() -> Actor:
    return actor()


@pytest.fixture
def rasa(session: Session, who: Actor) -> UUID:
    """A newcomer with whom one thing of each kind has happened."""
    rasa = factories.person_id(session)
    competence.change_wishes(session, who, rasa, 0, {"mapped_on": date(2026, 1, 9)})
    competence.add_interest(session, who, rasa, 1, {"label": "kor"})
    competence.add_part(session, who, rasa, 2, competence.ProfilePart.COURSES, {"title": "HACCP"})
    consents.record_consent(
        session, who, rasa, purpose=ConsentPurpose.EXPORT_TO_JOB_SERVICE, granted=True, form=ConsentForm.ORAL
    )
    vacancy = factories.vacancy(session, title="Kokk").vacancy
    referral = placements.refer(session, who, vacancy_id=vacancy.id, person_id=rasa)
    placements.advance(session, who, referral.id, referral.version, ReferralStage.ACCEPTED_BY_PERSON)
    personal_links.make(session, who, SEALER, rasa, language="nb", days=7)
    erasures.ask(session, who, rasa)
    session.flush()
    return rasa


def whats(found: Stretch) -> list[Happening]:
    return [one.what for one in found.events]


def test_it_tells_of_every_kind_once_and_newest_first(session: Session, who: Actor, rasa: UUID) -> None:
    found = timeline(session, who, rasa)
    moments = [one.at for one in found.events]
    assert moments == sorted(moments, reverse=True)
    assert found.before is None
    assert sorted(whats(found)) == sorted(
        [
            Happening.REGISTERED, Happening.MAPPED, *[Happening.PROFILE_CHANGED] * 3, Happening.CONSENT_ANSWERED,
            Happening.REFERRED, Happening.STAGE_REACHED, Happening.LINK_MADE, Happening.ERASURE_ASKED,
        ]
    )  # fmt: skip
    referred = next(one for one in found.events if one.what is Happening.REFERRED)
    assert (referred.by, referred.about["title"]) == (who.id, "Kokk")


def test_a_theme_shows_its_own_alone(session: Session, who: Actor, rasa: UUID) -> None:
    assert whats(timeline(session, who, rasa, theme=Theme.COURSES)) == [Happening.PROFILE_CHANGED]
    assert whats(timeline(session, who, rasa, theme=Theme.LINKS)) == [Happening.LINK_MADE]
    assert set(whats(timeline(session, who, rasa, theme=Theme.REFERRALS))) == {
        Happening.REFERRED, Happening.STAGE_REACHED,
    }  # fmt: skip


def test_part_after_part_it_tells_the_same(session: Session, who: Actor, rasa: UUID) -> None:
    whole = timeline(session, who, rasa).events
    parts: list[Event] = []
    before = None
    while True:
        found = timeline(session, who, rasa, before=before, limit=2)
        parts += found.events
        before = found.before
        if before is None:
            break
    assert parts == list(whole)


def test_what_was_written_at_once_is_one_change(session: Session, who: Actor) -> None:
    olena = factories.person_id(session)
    part = competence.ProfilePart.INTERESTS
    competence.add_parts(session, who, olena, 0, [(part, {"label": "kor"}), (part, {"label": "ski"})])
    (change,) = timeline(session, who, olena, theme=Theme.PROFILE).events
    assert change.about["parts"] == "interests,interests"


def test_it_is_for_whoever_maps_in_the_municipality_alone(session: Session, rasa: UUID) -> None:
    with pytest.raises(NotFound):
        timeline(session, actor(municipality_no=HITRA), rasa)
    with pytest.raises(Forbidden):
        timeline(session, actor(Role.LEADER), rasa)


def test_an_archived_person_has_hers_still(session: Session, who: Actor, rasa: UUID) -> None:
    people.archive(session, who, rasa, 1, told=True)
    assert Happening.ARCHIVED in whats(timeline(session, who, rasa))


MOMENTS = st.lists(st.lists(st.integers(0, 5), max_size=8), min_size=1, max_size=4)


@given(MOMENTS, st.integers(1, 5))
def test_no_event_is_lost_or_told_twice_between_two_parts(minutes: list[list[int]], limit: int) -> None:
    stored = [[Event(NOON + timedelta(minutes=one), Happening.REFERRED) for one in source] for source in minutes]
    told, before = 0, None
    while True:
        asked = [
            sorted((one for one in source if before is None or one.at < before), key=lambda one: one.at, reverse=True)
            for source in stored
        ]
        found = together(asked, limit)
        told += len(found.events)
        before = found.before
        if before is None:
            break
    assert told == sum(map(len, stored))
