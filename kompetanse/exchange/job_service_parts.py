"""The job service's normalised set as SQL: the people of the wide line, one select a part."""

from typing import Any

from sqlalchemy import ColumnElement, Select, case, or_

from kompetanse.codes.work import Strength
from kompetanse.competence.tables import Education, Experience, PersonLanguage, PersonLicence, WishedOccupation
from kompetanse.exchange.job_service_people import PeoplePage, Values, rows
from kompetanse.exchange.job_service_queries import of_decision, reference
from kompetanse.exchange.rules_sql import Columns, five_values, lower_level, months_of


def parts(page: PeoplePage) -> dict[str, Select[Any]]:
    """A select for each of `job_seekers.PARTS`, its rows after the person's id and their own."""
    p = page.cte.c
    return {
        "personer": rows(page.values(), p.id.label("person_id"), p.id.label("row_id")).select_from(page.joined()),
        "erfaring": _experience(page),
        "utdanning": _education(page),
        "sprak": _languages(page),
        "forerkort": _licences(page),
        "onskede_yrker": _wanted(page),
    }


def _rows(one: Columns, theirs: ColumnElement[bool], values: Values) -> Select[Any]:
    keys = (one.person_id.label("person_id"), one.id.label("row_id"))
    return rows({"referanse": reference(one.person_id), **values}, *keys).where(theirs)


def _experience(page: PeoplePage) -> Select[Any]:
    one, theirs = page.own(Experience)
    values = {
        "styrk08": one.styrk,
        "yrke_som_oppgitt": one.title,
        "arbeidsform": one.kind,
        "land": one.country,
        "fra": one.started,
        "til": one.ended,
        "fortsatt": one.ongoing,
        "maaneder": months_of(one, page.today),
        "stillingsprosent": one.percentage,
    }
    return _rows(one, theirs, values)


def _education(page: PeoplePage) -> Select[Any]:
    one, theirs = page.own(Education)
    values = {
        "nus2000_niva": one.level,
        "isced_f": one.field,
        "utdanning_som_oppgitt": one.title,
        "land": one.country,
        "fullfort": one.completed,
        "fullfort_aar": one.completed_year,
        "godkjenning": of_decision(one, one.recognition),
        "ordning": one.recognition_scheme,
        "vedtak": of_decision(one, one.recognition_decided_on),
        "vedtak_gjelder_til": of_decision(one, one.recognition_valid_until),
    }
    return _rows(one, theirs, values)


def _languages(page: PeoplePage) -> Select[Any]:
    one, theirs = page.own(PersonLanguage)
    native = case((one.mother_tongue.is_(True), 1), else_=0)
    values: dict[str, ColumnElement[Any]] = {
        "sprak": one.language,
        "morsmal": one.mother_tongue,
        "lytte": one.listening,
        "lese": one.reading,
        "samtale": one.interaction,
        "fortelle": one.production,
        "skrive": one.writing,
        "muntlig_trinn": five_values(lower_level(one.mother_tongue, one.interaction, one.production), native),
        "skriftlig_trinn": five_values(lower_level(one.mother_tongue, one.reading, one.writing), native),
    }
    return _rows(one, theirs, values)


def _licences(page: PeoplePage) -> Select[Any]:
    one, theirs = page.own(PersonLicence)
    in_force = or_(one.valid_until.is_(None), one.valid_until >= page.today)
    values = {"kode": one.licence, "gjelder_til": one.valid_until}
    return _rows(one, theirs, values).where(one.holds.is_(True), in_force)


def _wanted(page: PeoplePage) -> Select[Any]:
    one, theirs = page.own(WishedOccupation)
    values = {"styrk08": one.styrk, "yrke_som_oppgitt": one.title, "styrke": one.strength}
    return _rows(one, theirs, values).where(one.strength != Strength.NEVER)
