from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import pytest

from kompetanse.codes.education import EducationLevel
from kompetanse.codes.work import ExperienceKind, RecognitionStatus
from kompetanse.competence.unused import Ground, unused
from kompetanse.ids import new_id

TODAY = date(2026, 6, 15)


@dataclass(frozen=True)
class Job:
    title: str = "arbeid"
    styrk: str | None = None
    started: str | None = None
    ended: str | None = None
    ongoing: bool | None = None
    months: int | None = None
    kind: ExperienceKind = ExperienceKind.PAID
    relevant: bool | None = None
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True)
class School:
    title: str = "skole"
    level: EducationLevel | None = None
    completed: bool | None = True
    recognition: RecognitionStatus | None = None
    id: UUID = field(default_factory=new_id)


FILLETER = Job("fileterer laks", "8160", "2020-01", ongoing=True)
ACCOUNTANT = Job("księgowa", "3313", "2009", "2015")


def test_an_accountant_who_fillets_salmon_is_seen_with_why() -> None:
    degree = School("siviløkonom", EducationLevel.MASTER, recognition=RecognitionStatus.NOT_APPLIED)
    found = unused([ACCOUNTANT, FILLETER], [degree], TODAY)
    assert found is not None
    assert [(able.title, able.level, able.ground) for able in found.grounds] == [
        ("siviløkonom", 4, Ground.EDUCATION),
        ("księgowa", 3, Ground.EXPERIENCE),
    ]
    assert (found.grounds[0].eqf, found.grounds[1].months) == (7, 72)
    assert [(one.title, one.level) for one in found.present] == [("fileterer laks", 2)]
    assert found.steps == 2


def test_who_works_at_her_level_has_nothing_unused() -> None:
    nurse = Job("sykepleier", "2223", "2020", ongoing=True)
    assert unused([nurse], [School(level=EducationLevel.BACHELOR)], TODAY) is None


def test_skilled_people_whose_work_is_not_known_are_seen_too() -> None:
    found = unused([ACCOUNTANT], [], TODAY)
    assert found is not None
    assert (found.steps, found.present) == (None, ())
    assert unused([Job("renholder", "9112", "2010", "2015")], [], TODAY) is None


@pytest.mark.parametrize(
    ("jobs", "schools"),
    [
        ([Job("noe", None, "2020", ongoing=True), ACCOUNTANT], []),  # present work of no known level: no guess
        ([FILLETER, Job("praktikant", "2411", "2019-01", "2019-06")], []),  # too short
        ([FILLETER, Job("selger", "3322", "2010", "2015", relevant=False)], []),  # of no use any more
        ([FILLETER], [School(level=EducationLevel.MASTER, completed=False)]),
        ([FILLETER], [School(level=None)]),
        ([FILLETER], []),
    ],
)
def test_what_is_not_known_or_does_not_count_is_not_said(jobs: list[Job], schools: list[School]) -> None:
    assert unused(jobs, schools, TODAY) is None


def test_a_trade_that_lies_unused_is_seen_though_the_level_is_the_same() -> None:
    electrician = Job("elektryk", "7411", "2010", "2018")
    school = School("technikum", EducationLevel.UPPER_SECONDARY)
    found = unused([electrician, FILLETER], [school], TODAY)
    assert found is not None
    assert found.steps == 0
    assert [able.title for able in found.grounds] == ["technikum", "elektryk"]
    assert unused([electrician, FILLETER], [], TODAY) is None  # experience alone makes no trade
    assert unused([FILLETER], [school], TODAY) is None
    cook = Job("kokk", "5120", "2020", ongoing=True)
    assert unused([electrician, cook], [school], TODAY) is None  # that is a trade too


def test_the_highest_of_several_present_jobs_counts() -> None:
    second = Job("regnskapsfører", "3313", "2024", ongoing=True)
    assert unused([FILLETER, second, ACCOUNTANT], [], TODAY) is None
    helper = Job("frivillig lærer", "2330", "2024", ongoing=True, kind=ExperienceKind.UNPAID)
    found = unused([FILLETER, helper], [School(level=EducationLevel.BACHELOR)], TODAY)
    assert found is not None
    assert found.steps == 2  # unpaid work is no present employment, and shows what she can
