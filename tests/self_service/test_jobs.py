"""The vacancies that fit her, as far as she may know of them, and what she would do for others."""

from dataclasses import fields
from datetime import timedelta

import pytest
from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Actor, Role
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.work import InterestKind, Strength
from kompetanse.competence.service import LanguageFields, ProfilePart, WishedOccupationFields
from kompetanse.errors import Forbidden
from kompetanse.matching import holding
from kompetanse.matching import service as matching
from kompetanse.people.narrowing import narrow
from kompetanse.self_service import helping, jobs, service
from kompetanse.self_service.jobs import Ad, Stands
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.rules import LanguageDemand
from tests import factories
from tests.factories import actor
from tests.personal_links.people import herself

B1 = [LanguageDemand(language="nor", minimum=Cefr.B1, required=True)]


@pytest.fixture
def her(session: Session) -> Actor:
    """Olena, who wants to be a cook, may work, and has Norwegian A2."""
    olena = herself(session, factories.person_id(session, given_name="Olena", may_work=True))
    cook = WishedOccupationFields(title="kokk", strength=Strength.PREFER)
    service.add_part(session, olena, 0, ProfilePart.WISHED_OCCUPATIONS, cook)
    level = Cefr.A2
    spoken = LanguageFields(
        language="nor", listening=level, interaction=level, production=level, reading=level, writing=level
    )
    service.add_part(session, olena, 1, ProfilePart.LANGUAGES, spoken)
    narrow(session, olena.id)
    return olena


def titles(found: jobs.Jobs) -> dict[Stands, list[str]]:
    return {how: [one.ad.title for one in them] for how, them in found.by_standing.items() if them}


def test_she_reads_what_fits_and_what_she_would_fit_with_a_course(session: Session, her: Actor) -> None:
    factories.vacancy(session, title="Kokk")
    factories.vacancy(session, title="Kokk på sykehjemmet", languages=B1)
    found = jobs.near_me(session, her)
    assert titles(found) == {Stands.FITS: ["Kokk"], Stands.LACKS: ["Kokk på sykehjemmet"]}
    (lacking,) = found.by_standing[Stands.LACKS]
    (language,) = [one for one in lacking.match.reasons if one.kind.value == "language"]
    assert (language.required, language.has) == ("B1", "A2")


def test_what_is_too_late_or_filled_is_not_near_her(session: Session, her: Actor) -> None:
    factories.vacancy(session, title="Kokk i fjor", deadline=clock.today() - timedelta(days=1))
    filled = factories.vacancy(session, title="Kokk").vacancy
    vacancies.close(session, actor(), filled.id, filled.version)
    assert jobs.near_me(session, her).told == []


def test_her_looking_leaves_what_matching_keeps_for_the_coordinator(session: Session, her: Actor) -> None:
    factories.vacancy(session, title="Kokk")
    coordinator = actor()
    before = [one.vacancy_id for one in matching.opportunities_for(session, coordinator, her.id).ranking.matches]
    jobs.near_me(session, her)
    kept = holding.openings(session, coordinator, clock.today(), matching.standing_weights(session, coordinator))
    assert list(kept.ids) == before


def test_she_is_told_no_text_and_nobodys_name() -> None:
    assert {one.name for one in fields(Ad)} == {
        "id", "title", "concept", "sector", "employer", "place", "workplace_no", "percentage_min", "percentage_max",
        "shifts", "duration", "starts_on", "deadline",
    }  # fmt: skip


def test_what_she_is_interested_in_is_told_also_when_it_fits_no_more(session: Session, her: Actor) -> None:
    baker = factories.vacancy(session, title="Kokk").vacancy
    jobs.say_interested(session, her, baker.id)
    (cook,) = jobs.near_me(session, her).told
    assert cook.said_at is not None
    odd = factories.vacancy(session, title="Tannlege", authorisation="auth:dentist").vacancy
    jobs.say_interested(session, her, odd.id)
    assert [one.title for one in jobs.near_me(session, her).others] == ["Tannlege"]
    jobs.take_back(session, her, odd.id)
    assert jobs.near_me(session, her).others == []


def test_her_jobs_are_for_nobody_else(session: Session) -> None:
    for somebody in (actor(), actor(Role.DPO)):
        with pytest.raises(Forbidden):
            jobs.near_me(session, somebody)


def test_her_yes_to_helping_stands_in_her_profile_until_she_takes_it_back(session: Session, her: Actor) -> None:
    version = service.read(session, her).profile.version
    helping.offer(session, her, version, InterestKind.INTERPRETS, "ukrainsk og russisk")
    helping.offer(session, her, version + 1, InterestKind.MENTORS, None)
    found = helping.offers(session, her)
    assert [one.label for one in found[InterestKind.INTERPRETS]] == ["ukrainsk og russisk"]
    assert [one.label for one in found[InterestKind.MENTORS]] == ["nye i kommunen"]
    assert found[InterestKind.RECRUITS] == []
    helping.take_back(session, her, version + 2, InterestKind.INTERPRETS)
    assert helping.offers(session, her)[InterestKind.INTERPRETS] == []
