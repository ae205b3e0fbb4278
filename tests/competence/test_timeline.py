from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kompetanse.competence.timeline import Gap, gaps, overlaps
from kompetanse.ids import new_id

TODAY = date(2026, 6, 15)


@dataclass(frozen=True)
class Job:
    started: str | None = None
    ended: str | None = None
    ongoing: bool | None = None
    title: str = "kokk"
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True)
class School:
    started_year: int | None = None
    completed_year: int | None = None


def test_a_time_with_nothing_written_is_a_gap() -> None:
    jobs = [Job("2009", "2015-06"), Job("2017-01", ongoing=True)]
    assert gaps(jobs, [], TODAY) == [Gap("2015-07", "2016-12", 18, True)]


def test_an_education_fills_the_time_and_a_short_pause_is_no_gap() -> None:
    jobs = [Job("2009-01", "2010-12"), Job("2013-02", ongoing=True)]
    assert gaps(jobs, [School(2011, 2012)], TODAY) == []


def test_who_does_nothing_now_has_a_gap_until_today() -> None:
    assert gaps([Job("2020", "2025-12")], [], TODAY) == [Gap("2026-01", "2026-06", 5, True)]


def test_a_job_without_an_end_may_have_filled_the_time() -> None:
    (gap,) = gaps([Job("2015-01"), Job("2018-01", ongoing=True)], [], TODAY)
    assert not gap.certain


def test_jobs_side_by_side_overlap_for_as_long_as_is_certain() -> None:
    one, other = Job("2015-01", "2016-12", title="kokk"), Job("2016-06", ongoing=True, title="renholder")
    (found,) = overlaps([one, other], TODAY)
    assert (found.first_title, found.second_title, found.months) == ("kokk", "renholder", 5)
    assert overlaps([Job("2015", "2016"), Job("2016", ongoing=True)], TODAY) == []


years = st.integers(1990, 2025)
spans = st.builds(lambda start, length: Job(str(start), str(min(start + length, 2025))), years, st.integers(0, 10))


@given(st.lists(spans, max_size=6))
def test_no_gap_lies_within_a_job(jobs: list[Job]) -> None:
    for gap in gaps(jobs, [], TODAY):
        assert gap.started <= gap.ended
        assert not any(f"{job.started}-01" <= gap.started <= f"{job.ended}-12" for job in jobs)
