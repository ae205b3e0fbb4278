from uuid import UUID

import pytest
from sqlmodel import Session

from kompetanse.actor import Actor, Role
from kompetanse.codes.education import EducationLevel
from kompetanse.competence import insight, service
from kompetanse.competence.unused import Ground
from kompetanse.competence.upkeep import Missing
from kompetanse.errors import Forbidden, NotFound
from tests import factories
from tests.factories import HITRA


@pytest.fixture
def who() -> Actor:
    return factories.actor()


@pytest.fixture
def rasa(session: Session, who: Actor) -> UUID:
    """An accountant with a master's degree who fillets salmon, after two years of which nothing is known."""
    person_id = factories.person_id(session, who)
    degree = {"title": "magister", "level": EducationLevel.MASTER, "started_year": 2001, "completed_year": 2005}
    service.add_education(session, who, person_id, 0, degree)  # type: ignore[arg-type]
    service.add_experience(session, who, person_id, 1, {"title": "księgowa", "started": "2006", "ended": "2015-06"})
    service.add_experience(session, who, person_id, 2, {"title": "kelner", "started": "2014-01", "ended": "2015-12"})
    filleting = {"title": "fileterer", "styrk": "8160", "started": "2018-01", "ongoing": True}
    service.add_experience(session, who, person_id, 3, filleting)  # type: ignore[arg-type]
    return person_id


def test_a_profile_tells_what_lies_unused_when_nothing_is_known_and_what_is_missing(
    session: Session, who: Actor, rasa: UUID
) -> None:
    told = insight.read_insight(session, who, rasa)
    assert told.version == 4
    assert told.unused is not None
    assert [(one.title, one.ground) for one in told.unused.grounds] == [
        ("magister", Ground.EDUCATION),
        ("księgowa", Ground.EXPERIENCE),
    ]
    assert (told.unused.present[0].title, told.unused.steps) == ("fileterer", 2)
    assert [(gap.started, gap.ended, gap.certain) for gap in told.gaps] == [("2016-01", "2017-12", True)]
    assert [(one.first_title, one.second_title) for one in told.overlaps] == [("księgowa", "kelner")]
    assert Missing.MAPPING in told.missing
    assert Missing.EDUCATION not in told.missing
    assert told.completeness == round(100 * 2 / 12)


def test_nothing_written_tells_that_all_is_missing(session: Session, who: Actor) -> None:
    told = insight.read_insight(session, who, factories.person_id(session, who))
    assert (told.version, told.gaps, told.overlaps, told.unused) == (0, [], [], None)
    assert (told.missing, told.completeness) == (tuple(Missing), 0)


def test_it_is_a_reading_of_the_profile(session: Session, who: Actor, rasa: UUID) -> None:
    session.info["audit_pending"] = []
    insight.read_insight(session, who, rasa)
    (event,) = session.info["audit_pending"]
    assert (event.action, event.record_type, event.record_ids) == ("read", "profile", (str(rasa),))
    with pytest.raises(NotFound):
        insight.read_insight(session, factories.actor(municipality_no=HITRA), rasa)
    with pytest.raises(Forbidden):
        insight.read_insight(session, factories.actor(Role.LEADER), rasa)
