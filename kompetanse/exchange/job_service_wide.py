"""The job service's wide line as SQL: one row a person, a column for each of `job_seekers.WIDE`."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Subquery,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    type_coerce,
)

from kompetanse.codes.work import Strength
from kompetanse.competence.rules import ESTABLISHED_MONTHS
from kompetanse.competence.tables import Education, Experience, PersonLanguage, PersonLicence, WishedOccupation
from kompetanse.exchange.csv_sql import LookedUp
from kompetanse.exchange.job_service_people import PeoplePage, rows
from kompetanse.exchange.job_service_queries import of_decision
from kompetanse.exchange.rules_sql import (
    BETWEEN,
    NORWEGIAN_CODES,
    five_values,
    joined_up,
    lower_level,
    months_of,
    occupation_names,
    skill_level,
    spaced,
    years,
)


def wide(page: PeoplePage) -> Select[Any]:
    """One row a person of the page, after her id."""
    work, school, norwegian = _occupations(page), _school(page), _norwegian(page)
    languages, licences, wanted = _languages(page), _licences(page), _wanted(page)
    joined = page.joined()
    for one in (work, school, norwegian, languages, licences, wanted):
        joined = joined.outerjoin(one, one.c.person_id == page.cte.c.id)
    values: dict[str, ColumnElement[Any]] = {
        **page.values(),
        "hovedyrke_styrk08": work.c.styrk,
        "hovedyrke": LookedUp(literal(occupation_names()), work.c.styrk),
        "hovedyrke_som_oppgitt": work.c.said,
        "erfaring_aar": years(work.c.held),
        "erfaring_styrk08_maaneder": work.c.told,
        "utdanningsniva_nus2000": school.c.level,
        "utdanningsfelt_isced_f": school.c.field,
        "utdanning_godkjenning": school.c.recognition,
        "norsk_muntlig": norwegian.c.spoken,
        "norsk_muntlig_trinn": five_values(norwegian.c.spoken, norwegian.c.mother_tongue),
        "norsk_skriftlig": norwegian.c.written,
        "norsk_skriftlig_trinn": five_values(norwegian.c.written, norwegian.c.mother_tongue),
        "andre_sprak": languages.c.told,
        "forerkort_og_sertifikater": licences.c.told,
        "onskede_yrker_styrk08": wanted.c.told,
    }
    return rows(values, page.cte.c.id.label("person_id")).select_from(joined)


def _occupations(page: PeoplePage) -> Subquery:
    """The main occupation, its months and the words for it (`rules.main_occupation`); and every one held."""
    job, theirs = page.own(Experience)
    today = page.today.isoformat()
    latest = case((job.ongoing.is_(True), today), else_=func.coalesce(job.ended, job.started, ""))
    same = (job.person_id, job.styrk)
    jobs = (
        select(
            job.person_id,
            job.styrk,
            func.sum(months_of(job, page.today)).over(partition_by=same).label("held"),
            func.first_value(job.title).over(partition_by=same, order_by=job.id).label("said"),
            func.row_number().over(partition_by=same, order_by=job.id).label("number"),
            func.max(latest).over(partition_by=same).label("latest"),
        )
        .where(theirs)
        .cte("jobs")
    )
    held = jobs.c.held
    established = or_(held.is_(None), held >= ESTABLISHED_MONTHS)
    best = (
        case((jobs.c.styrk.is_(None), 1), else_=0),
        case((established, 0), else_=1),
        case((established, skill_level(jobs.c.styrk)), else_=0).desc(),
        func.coalesce(held, -1).desc(),
        jobs.c.latest.desc(),
        jobs.c.styrk.desc(),
    )
    occupations = (
        select(jobs, func.row_number().over(partition_by=jobs.c.person_id, order_by=best).label("place"))
        .where(jobs.c.number == 1)
        .subquery("occupations")
    )
    one = occupations.c.styrk.op("||")(spaced(cast(occupations.c.held, Text)))
    ordered = (
        select(occupations, one.label("one")).order_by(occupations.c.person_id, occupations.c.place).subquery("ordered")
    )
    first = ordered.c.place == 1
    coded = and_(first, ordered.c.styrk.is_not(None))
    main = (
        func.max(case((first, ordered.c.styrk))).label("styrk"),
        func.max(case((first, ordered.c.said))).label("said"),
        func.max(case((coded, ordered.c.held))).label("held"),
    )
    told = func.aggregate_strings(ordered.c.one, BETWEEN).label("told")
    return select(ordered.c.person_id, *main, told).group_by(ordered.c.person_id).subquery("work")


def _school(page: PeoplePage) -> Subquery:
    """The highest education, the first of several."""
    school, theirs = page.own(Education)
    order = (func.coalesce(type_coerce(school.level, String), "").desc(), school.id)
    place = func.row_number().over(partition_by=school.person_id, order_by=order)
    recognition = of_decision(school, school.recognition).label("recognition")
    ranked = (
        select(school.person_id, school.level, school.field, recognition, place.label("place"))
        .where(theirs)
        .subquery("schools")
    )
    told = [func.max(ranked.c[name]).label(name) for name in ("level", "field", "recognition")]
    return select(ranked.c.person_id, *told).where(ranked.c.place == 1).group_by(ranked.c.person_id).subquery("school")


def _norwegian(page: PeoplePage) -> Subquery:
    """How well Norwegian is spoken and written (`rules.spoken_level`, and the same of reading and writing)."""
    one, theirs = page.own(PersonLanguage)
    return (
        select(
            one.person_id,
            func.max(lower_level(one.mother_tongue, one.interaction, one.production)).label("spoken"),
            func.max(lower_level(one.mother_tongue, one.reading, one.writing)).label("written"),
            func.max(case((one.mother_tongue.is_(True), 1), else_=0)).label("mother_tongue"),
        )
        .where(theirs)
        .where(one.language.in_(NORWEGIAN_CODES))
        .group_by(one.person_id)
        .subquery("norwegian")
    )


def _languages(page: PeoplePage) -> Subquery:
    one, theirs = page.own(PersonLanguage)
    level = lower_level(one.mother_tongue, one.interaction, one.production)
    step = five_values(level, case((one.mother_tongue.is_(True), 1), else_=0))
    told = one.language.op("||")(spaced(level)).op("||")(spaced(step))
    return joined_up(
        select(one.person_id, told.label("one"))
        .where(theirs)
        .where(one.language.not_in(NORWEGIAN_CODES))
        .order_by(one.person_id, one.id),
        "languages",
    )


def _licences(page: PeoplePage) -> Subquery:
    one, theirs = page.own(PersonLicence)
    in_force = and_(one.holds.is_(True), or_(one.valid_until.is_(None), one.valid_until >= page.today))
    return joined_up(
        select(one.person_id, one.licence.label("one")).where(theirs).where(in_force).order_by(one.person_id, one.id),
        "licences",
    )


def _wanted(page: PeoplePage) -> Subquery:
    one, theirs = page.own(WishedOccupation)
    number = func.row_number().over(partition_by=(one.person_id, one.styrk), order_by=one.id)
    wishes = (
        select(one.person_id, one.id, one.styrk, number.label("number"))
        .where(theirs)
        .where(one.strength != Strength.NEVER, one.styrk.is_not(None))
        .subquery("wishes")
    )
    return joined_up(
        select(wishes.c.person_id, wishes.c.styrk.label("one"))
        .where(wishes.c.number == 1)
        .order_by(wishes.c.person_id, wishes.c.id),
        "wanted",
    )
