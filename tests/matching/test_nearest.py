"""The nearest way to close each gap: an offer of the municipality, else the general step."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from kompetanse import clock
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.work import CourseOfferKind, RecognitionStatus
from kompetanse.competence import service as competence
from kompetanse.competence.service import EducationFields, LicenceFields
from kompetanse.courses import service as courses
from kompetanse.courses.service import CourseOfferFields
from kompetanse.courses.tables import CourseOffer
from kompetanse.matching import service
from kompetanse.matching.explanation import Closing, Reason, RequirementKind, Way
from kompetanse.vacancies.service import LanguageDemand, VacancyRecord
from tests.factories import actor
from tests.matching.registry import accountant, opening

SOON = clock.today() + timedelta(days=30)


def norwegian(
    session: Session, start: str | None, end: str, kind: CourseOfferKind = CourseOfferKind.LANGUAGE, **more: object
) -> CourseOffer:
    fields = {"title": f"Norsk {start}-{end}", "kind": kind, "key": "nor", "from_level": start, "to_level": end, **more}
    return courses.create(session, actor(), CourseOfferFields(**fields))  # type: ignore[typeddict-item]


def closing(session: Session, record: VacancyRecord, kind: RequirementKind) -> Closing:
    """What closes the gap of the one candidate of a vacancy at a requirement of a kind."""
    ranking = service.candidates_for(session, actor(), record.vacancy.id).ranking
    (match,) = (*ranking.matches, *ranking.excluded)
    (reason,) = (one for one in match.reasons if one.kind is kind)
    assert reason.closes is not None
    return reason.closes


def way(session: Session, record: VacancyRecord, kind: RequirementKind = RequirementKind.LANGUAGE) -> Way:
    found = closing(session, record, kind).way
    assert found is not None
    return found


def test_a_course_on_offer_is_told_at_the_requirement_with_when_it_begins(session: Session) -> None:
    accountant(session, Cefr.B1)
    offer = norwegian(session, "B1", "B2", starts_on=SOON, provider="Voksenopplæringen", weeks=20)
    found = closing(session, opening(session, Cefr.B2), RequirementKind.LANGUAGE)
    assert found.way == Way(offer.title, offer.title, (20, 20), "Voksenopplæringen", offer.id, SOON)
    assert found.to == "B2"


def test_of_courses_the_one_that_goes_all_the_way_from_her_level(session: Session) -> None:
    accountant(session, Cefr.A2)
    record = opening(session, Cefr.B2)
    norwegian(session, "A2", "B1", starts_on=SOON)
    norwegian(session, "B1", "B2", starts_on=SOON)
    norwegian(session, None, "B2", CourseOfferKind.TEST, starts_on=SOON)
    assert way(session, record).name_nb == "Norsk A2-B1", "B1-B2 begins above her, and a test teaches nobody"
    norwegian(session, "A2", "B2", starts_on=SOON + timedelta(days=60))
    assert way(session, record).name_nb == "Norsk A2-B2"


@pytest.mark.parametrize("unfit", [{"starts_on": date(2026, 1, 7)}, {"open": False}, {"key": "eng"}])
def test_what_has_begun_or_is_retired_or_of_another_language_is_no_way(session: Session, unfit: dict[str, Any]) -> None:
    accountant(session, Cefr.B1)
    norwegian(session, "B1", "B2", **unfit)
    found = way(session, opening(session, Cefr.B2))
    assert (found.offer_id, found.name_en) == (None, "Norwegian course to B2")


def test_a_language_other_than_norwegian_has_no_general_step(session: Session) -> None:
    who = accountant(session)
    competence.set_language(
        session, actor(), who.id, 3, {"language": "eng", "interaction": Cefr.A2, "production": Cefr.A2}
    )
    record = opening(session, languages=[LanguageDemand("eng", Cefr.B2)])
    assert closing(session, record, RequirementKind.LANGUAGE).way is None


def test_a_licence_that_is_said_not_to_be_held_leads_to_its_course(session: Session) -> None:
    who = accountant(session)
    competence.set_licence(session, actor(), who.id, 3, LicenceFields(licence="truck:T1", holds=False))
    record = opening(session, licences=["truck:T1"])
    found = way(session, record, RequirementKind.LICENCE)
    assert found.name_en == "Forklift training"
    offer = CourseOfferFields(title="Truckkurs", kind=CourseOfferKind.LICENCE, key="truck:T1", starts_on=SOON)
    courses.create(session, actor(), offer)
    found = way(session, record, RequirementKind.LICENCE)
    assert found.name_nb == "Truckkurs"


def test_an_education_from_abroad_leads_to_its_recognition(session: Session) -> None:
    who = accountant(session)
    bachelor = EducationFields(
        title="Bachelor", level=EducationLevel.BACHELOR, completed=True, recognition=RecognitionStatus.NOT_APPLIED
    )
    competence.add_education(session, actor(), who.id, 3, bachelor)
    found = way(session, opening(session, education_level=EducationLevel.BACHELOR), RequirementKind.EDUCATION)
    assert found.by == "HK-dir"


def test_no_score_and_no_other_reason_changes(session: Session) -> None:
    accountant(session, Cefr.B1)
    record = opening(session, Cefr.B2)

    def scored() -> tuple[float, list[Reason]]:
        (match,) = service.candidates_for(session, actor(), record.vacancy.id).ranking.excluded
        return match.score, [one for one in match.reasons if one.kind is not RequirementKind.LANGUAGE]

    before = scored()
    norwegian(session, "B1", "B2")
    assert scored() == before
