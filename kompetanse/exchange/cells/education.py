"""Education as people tell it: level (NUS2000), field (ISCED-F 2013) and recognition out of a few words."""

import re
from dataclasses import dataclass
from typing import TypeVar

from kompetanse.codes.education import EducationLevel
from kompetanse.codes.work import RecognitionStatus
from kompetanse.exchange.cells.words import not_stated, split_outside_brackets, tidy
from kompetanse.exchange.faults import CellWarning, Reading, Reason, reading

LONGEST_TITLE = 200
Choice = TypeVar("Choice")


@dataclass(frozen=True, slots=True)
class EducationEntry:
    """An education as spoken, and what could be read out of it; None is not stated."""

    as_spoken: str
    level: EducationLevel | None = None
    field: str | None = None
    completed: bool | None = None
    recognition: RecognitionStatus | None = None


# The first that is found decides, so the higher and the more exact stand first.
_LEVELS = (
    (EducationLevel.DOCTORATE, r"\bph\.?\s?d\b|doktor(?:grad|at)|doctorate|forskerutdanning"),
    (EducationLevel.MASTER, r"master(?!brev)|magister|hovedfag|siv\.?\s?ing|sivilingeniør|siviløkonom|embetseksamen"),
    (EducationLevel.MASTER, r"profesjonsstudi"),
    (EducationLevel.BACHELOR, r"bachelor|licencjat|cand\.?\s?mag|høyskoleingeniør"),
    (EducationLevel.POST_SECONDARY, r"fagskole|påbygg|mesterbrev|post-?secondary"),
    (EducationLevel.UPPER_SECONDARY, r"fagbrev|svennebrev|yrkesskole|yrkesfag|videregående|vidaregåande|\bvgs\b"),
    (EducationLevel.UPPER_SECONDARY, r"gymnas|technikum|zawodow|liceum|high school|upper secondary|vocational"),
    (EducationLevel.BACHELOR, r"høyskole|høgskole|høgskule|universitet|university|college|uniwersytet"),
    (EducationLevel.LOWER_SECONDARY, r"grunnskole|grunnskule|ungdomsskole|ungdomsskule|lower secondary"),
    (EducationLevel.PRIMARY, r"barneskole|barneskule|primary|folkeskole"),
    (EducationLevel.NONE, r"^ingen(?: utdanning| skole)?$|^none$|aldri gått på skole"),
)
_FIELDS = (
    ("0913", r"sykeplei|sjukeplei|jordmor|nursing|pielęgniar|slaugytoj"),
    ("0912", r"medisin|\blege\b|medicine"),
    ("0916", r"farmasi|pharmac"),
    ("0112", r"barnehage|førskole"),
    ("011", r"pedagog|lærer|teacher|undervisning"),
    ("0411", r"regnskap|revisjon|accounting|księgow|buhalter"),
    ("0311", r"samfunnsøkonomi|economics"),
    ("041", r"økonomi|administrasjon|business|ledelse|markedsføring"),
    ("042", r"\bjus\b|jurist|\blaw\b"),
    ("061", r"\bdata|\bikt\b|\bit\b|informatikk|programmer|software"),
    ("0713", r"elektro(?!nikk)|elektrik"),
    ("0714", r"automasjon|elektronikk"),
    ("0715", r"sveis|(?<!bil)mekanik|maskin|metall|weld"),
    ("0716", r"bilfag|bilmekan|skipsteknikk"),
    ("0721", r"matfag|næringsmiddel|slakter|baker"),
    ("1013", r"\bkokk|restaurant|hotell|servitør"),
    ("083", r"fisk|akvakultur|havbruk"),
    ("0732", r"\bbygg|tømrer|murer|anlegg"),
    ("092", r"helsefag|omsorg|sosialt arbeid"),
    ("1012", r"frisør"),
    ("104", r"transport|logistikk|sjåfør"),
    ("081", r"landbruk|jordbruk|agronom"),
    ("071", r"ingeniør|engineer"),
)
_RECOGNITIONS = (
    (RecognitionStatus.REFUSED, r"avslag|avslått"),
    (RecognitionStatus.APPLIED, r"søkt|søknad|under behandling"),
    (RecognitionStatus.PARTLY, r"delvis godkjen"),
    (RecognitionStatus.NOT_APPLIED, r"ikke (?:søkt|godkjen)|ikkje godkjen|not recogni"),
    (RecognitionStatus.RECOGNISED, r"godkjen|recogni"),
)
_NOT = re.compile(r"ikke søkt|ikkje søkt", re.IGNORECASE)
_UNFINISHED = re.compile(
    r"ikke (?:fullført|ferdig)|avbrutt|ufullført|not completed"
    # Only where the cell begins so: behind an education that somebody has, another one may stand that goes on.
    r"|^(?:nå )?(?:går på|holder på|studerer|i gang med|under utdanning|(?:skal|vil|ønsker å) ta|tar)\b",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\b(\d)\s*(?:år|years?|lat)\b", re.IGNORECASE)
_YEARS_OF_PRIMARY = 7
_YEARS_OF_MASTER = 5  # three years of bachelor's and two of master's degree (Bologna)

_LEVEL_UNKNOWN = CellWarning(
    Reason.EDUCATION_LEVEL_UNKNOWN, "Utdanningsnivået går ikke fram", "Velg nivå i kompetanseprofilen"
)
_RECOGNITION_UNCLEAR = CellWarning(
    Reason.RECOGNITION_UNCLEAR,
    "«Ikke godkjent» er lest som at det ikke er søkt om godkjenning",
    "Rett det i kompetanseprofilen hvis søknaden er avslått",
)


def parse_educations(text: str) -> Reading[tuple[EducationEntry, ...]]:
    """Educations of a cell, divided at semicolons and line breaks.

    A university or college without a degree counts as the lower degree, with five years or more as the
    higher; seven years of school or less are primary school. What somebody is at, or will do, is not completed.
    "Ikke godkjent" alone is read as not applied for, with a warning: it says not that somebody refused.
    """
    if not_stated(text):
        return reading(())
    entries = [_education(part) for part in split_outside_brackets(text, ";\n")]
    warnings: list[CellWarning] = []
    if any(entry.level is None for entry in entries):
        warnings.append(_LEVEL_UNKNOWN)
    if any(
        entry.recognition is RecognitionStatus.NOT_APPLIED and not _NOT.search(entry.as_spoken) for entry in entries
    ):
        warnings.append(_RECOGNITION_UNCLEAR)
    return reading(tuple(entries), warnings)


def _education(part: str) -> EducationEntry:
    spoken = tidy(part)[:LONGEST_TITLE]
    recognition = None if _NOT.search(spoken) else _first(_RECOGNITIONS, spoken)
    return EducationEntry(
        spoken,
        _level(spoken),
        _first(_FIELDS, spoken),
        False if _UNFINISHED.search(spoken) else None,
        RecognitionStatus.NOT_APPLIED if _NOT.search(spoken) else recognition,
    )


def _level(spoken: str) -> EducationLevel | None:
    level = _first(_LEVELS, spoken)
    years = _YEARS.search(spoken)
    if level is EducationLevel.BACHELOR and "bachelor" not in spoken.casefold() and years:
        return EducationLevel.MASTER if int(years[1]) >= _YEARS_OF_MASTER else level
    if level is EducationLevel.LOWER_SECONDARY and years and int(years[1]) <= _YEARS_OF_PRIMARY:
        return EducationLevel.PRIMARY
    return level


def _first(choices: tuple[tuple[Choice, str], ...], spoken: str) -> Choice | None:
    return next((choice for choice, form in choices if re.search(form, spoken, re.IGNORECASE)), None)
