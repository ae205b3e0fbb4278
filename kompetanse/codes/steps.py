"""What closes a gap: the step up in Norwegian, to a licence, to a recognised education; no catalogue of courses.

Hours and weeks are typical, for a conversation about what comes next, and each says what it rests on: see the head of
`data/steps.csv`. Waiting for a recognition or an authorisation is that of `recognition`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.driving_exchange import DrivingExchange, driving_exchange
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.licences import LicenceKind, authorisation, licence
from kompetanse.codes.lists import kept, read_list
from kompetanse.codes.recognition import GUIDES
from kompetanse.codes.work import RecognitionScheme

Span = tuple[int, int]
"""Least and most."""


class StepKind(StrEnum):
    """What somebody does to take the step."""

    COURSE = "course"
    TEST = "test"
    EXCHANGE = "exchange"  # a foreign driving licence for a Norwegian one
    APPLICATION = "application"  # papers are sent, and an answer waited for
    SCHOOL = "school"
    TRADE = "trade"  # a trade certificate (fagbrev) by way of work


class FreeFor(StrEnum):
    """Who does not pay."""

    ENTITLED = "entitled"  # those with a right to training in Norwegian (integreringsloven)
    RESIDENTS = "residents"  # adults, in public schooling


class Basis(StrEnum):
    """What the hours and weeks rest on."""

    LAW = "law"
    PUBLISHED = "published"  # by an authority or the maker of a test
    ESTIMATE = "estimate"  # general knowledge


@dataclass(frozen=True, slots=True)
class Step:
    """A step that closes a gap.

    `hours` of teaching and `weeks` from start to paper in hand; `practice_years` of work that must lie before;
    `authority` is who decides or grants, None where there are many; `law` is given where it is certain.
    """

    code: str
    kind: StepKind
    name_nb: str
    name_en: str
    weeks: Span
    hours: Span | None = None
    practice_years: int | None = None
    authority: str | None = None
    law: str | None = None
    free_for: FreeFor | None = None
    basis: Basis = Basis.ESTIMATE

    @property
    def typical_weeks(self) -> int:
        """The middle of `weeks`."""
        return sum(self.weeks) // 2


@kept
def steps() -> Mapping[str, Step]:
    """Every step of the list, by code."""
    return {row[0]: _step(*row) for row in read_list("steps")}


def language_steps(from_level: Cefr | None, to_level: Cefr) -> tuple[Step, ...]:
    """The steps up in Norwegian, a course for each level and the test of the last; none when it is reached.

    None stands for no Norwegian yet. There is no Norwegian test of C2.
    """
    above = [level for level in Cefr if (from_level is None or level > from_level) and level <= to_level]
    tests = {Cefr.C1: ("test:C1",), Cefr.C2: ()}.get(to_level, ("test:A1-B2",))
    codes = (*(f"norwegian:{level}" for level in above), *(tests if above else ()))
    return tuple(steps()[code] for code in codes)


def licence_step(code: str, issued_in: str | None = None) -> Step | None:
    """The step to a licence; None where the list knows of none, or nothing has to be done.

    Args:
        code: of `licences`.
        issued_in: the country (ISO 3166-1) that issued a driving licence of the class; None for one not held.

    Raises:
        UnknownCode: no such licence, or no such country.
    """
    family = licence(code).code.split(":")[0]
    course = steps().get(code) or steps().get(f"{family}:*")
    return _driving_step(code, issued_in, course) if family == LicenceKind.DRIVING else course


def authorisation_step(code: str) -> Step:
    """The application to the authority of a regulated profession.

    Raises:
        UnknownCode: the list of regulated professions does not have the code.
    """
    profession = authorisation(code)
    name_nb, name_en = f"Autorisasjon: {profession.name_nb}", f"Authorisation: {profession.name_en}"
    return _application(code, RecognitionScheme.AUTHORISATION, name_nb, name_en, profession.authority)


def recognition_step(scheme: RecognitionScheme) -> Step:
    """The application to have an education from abroad recognised.

    An authorisation's authority depends on the profession: `authorisation_step` knows it.
    """
    name_nb, name_en = "Godkjenning av utdanning fra utlandet", "Recognition of an education from abroad"
    return _application(f"recognition:{scheme}", scheme, name_nb, name_en, GUIDES[scheme].authority)


def education_steps(level: EducationLevel) -> tuple[Step, ...]:
    """The ways to a level of education from the level below, those through work first.

    None for primary school and less. One who has the level from abroad has it recognised instead.
    """
    return tuple(step for code, step in steps().items() if code.startswith(f"education:{level}:"))


def _driving_step(code: str, issued_in: str | None, course: Step | None) -> Step | None:
    worth = driving_exchange(issued_in)
    if worth in (DrivingExchange.VALID, DrivingExchange.WHILE_PROTECTED):
        return None
    if worth is DrivingExchange.EXCHANGE:
        return steps()["driving:exchange"]
    if worth is DrivingExchange.EXCHANGE_WITH_TEST and code == "driving:B":  # the other classes are taken anew
        return steps()["driving:exchange-with-test"]
    return course


def _application(code: str, scheme: RecognitionScheme, name_nb: str, name_en: str, authority: str | None) -> Step:
    weeks = round(GUIDES[scheme].months * 52 / 12)
    return Step(
        code,
        StepKind.APPLICATION,
        name_nb,
        name_en,
        (weeks, weeks),
        authority=authority,
        basis=Basis.PUBLISHED,
    )


def _step(code: str, kind: str, name_nb: str, name_en: str, *rest: str) -> Step:
    hours, weeks, practice_years, authority, law, free_for, basis = rest
    return Step(
        code,
        StepKind(kind),
        name_nb,
        name_en,
        _span(weeks),
        hours=_span(hours) if hours else None,
        practice_years=int(practice_years) if practice_years else None,
        authority=authority or None,
        law=law or None,
        free_for=FreeFor(free_for) if free_for else None,
        basis=Basis(basis),
    )


def _span(cell: str) -> Span:
    least, most = cell.split("-")
    return int(least), int(most)
