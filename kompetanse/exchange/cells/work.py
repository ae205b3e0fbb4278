"""Work: occupations with years or periods, what somebody does now, and how much she wants to work."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from kompetanse.codes.occupations import normalise_styrk, occupation
from kompetanse.codes.partial_date import PartialDate, parse_partial_date
from kompetanse.exchange.cells.words import letters_lost, mostly_lost, not_stated, split_outside_brackets, tidy
from kompetanse.exchange.faults import CellRejected, CellWarning, Reading, Reason, reading

LONGEST_TITLE = 200
_PERIOD = re.compile(r"\(?\b((?:19|20)\d{2})\s*[-–]\s*((?:19|20)\d{2}|nå|no|now|d\.d\.)?(?!\w)\)?", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:siden|fra|since|sidan)\s+((?:19|20)\d{2})\b", re.IGNORECASE)
_DURATION = re.compile(
    r"\(?\b(\d{1,2}(?:[.,]\d)?)\s*\+?\s*"
    r"(års?(?! gam)|yrs?|years?|lat|lata|metai|metų|ani|років|роки|mnd|mndr|måneder|months?)\b\.?\)?",
    re.IGNORECASE,
)
_IN_NORWAY = re.compile(
    r"\d{1,2}(?:[.,]\d)?\s*(?:år|years?|mnd|måneder)\s+(?:i|in)\s+(?:norge|noreg|norway)\b", re.IGNORECASE
)
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_HALVES = re.compile(r"\b(\d{1,2})\s*(?:½|\s1/2)|(?<!\d)(?:½|\b1/2)(?=\s*(?:år|years?|mnd))", re.IGNORECASE)
_SAID_AROUND = re.compile(
    r"\b(?:arbeids|yrkes)?erfaring(?:\s+(?:som|fra|i|med))?\b|\bexperience(?:\s+as)?\b"
    r"|^(?:har\s+)?(?:jobbet|jobba|arbeidet|arbeida)\s+som\b|^som\b",
    re.IGNORECASE,
)
_DANGLING = re.compile(r"(?:\s+(?:i|for|med|ca\.?))+$", re.IGNORECASE)
_NO_OCCUPATIONS = frozenset(
    {"ingen", "nei", "ikke", "none", "no", "arbeidsledig", "arbeidsløs", "arbeidslaus", "uten arbeid", "uten jobb"}
    | {"ingen erfaring", "ingen arbeidserfaring", "ikke jobbet", "har ikke jobbet"}
)
_REMARK = re.compile(r"\(([^)]*)\)")
_MONTH_UNITS = ("m",)

_TIME_IN_NORWAY = CellWarning(
    Reason.TIME_IN_NORWAY,
    "Antall år i Norge er ikke yrkeserfaring, og er bare tatt med som merknad",
    "Oppgi år i yrket slik: «regnskapsfører 10 år» eller «regnskapsfører (2009-2015)»",
)
_OCCUPATION_LOST = CellWarning(
    Reason.OCCUPATION_LOST,
    "Yrket er gått tapt: bokstavene er blitt til spørsmålstegn",
    "Spør personen og skriv yrket i kompetanseprofilen, eller lagre arket på nytt som CSV UTF-8",
)
_UNNAMED = CellWarning(
    Reason.OCCUPATION_UNNAMED,
    "Cellen sier ikke hvilket yrke det er, og er bare tatt med som merknad",
    "Skriv yrket først: «kokk 10 år»",
)
_TITLE_LETTERS = CellWarning(
    Reason.LETTERS_LOST, "Yrket har bokstaver som er blitt til spørsmålstegn", "Rett yrket i kompetanseprofilen"
)
_SHORTENED = CellWarning(Reason.TEXT_SHORTENED, "Teksten er for lang, og er kortet ned", "Skriv kortere i cellen")


@dataclass(frozen=True, slots=True)
class ExperienceEntry:
    """Work that somebody has done: the title as spoken, and years or months where they are stated."""

    title: str
    styrk: str | None = None
    started: PartialDate | None = None
    ended: PartialDate | None = None
    ongoing: bool | None = None
    months: int | None = None
    note: str | None = None


class Situation(StrEnum):
    """What somebody does now."""

    EMPLOYED = "employed"
    UNEMPLOYED = "unemployed"
    AT_HOME = "at_home"
    INTRODUCTION_PROGRAMME = "introduction_programme"
    STUDYING = "studying"
    SICK_OR_RETIRED = "sick_or_retired"


@dataclass(frozen=True, slots=True)
class CurrentSituation:
    """What somebody does now; `as_spoken` is the employer or the job, whichever was written."""

    situation: Situation
    as_spoken: str
    substitute: bool | None = None


@dataclass(frozen=True, slots=True)
class PercentageRange:
    """How much somebody wants to work, in percent of full time."""

    minimum: int
    maximum: int


def parse_occupations(text: str) -> Reading[tuple[ExperienceEntry, ...]]:
    """Occupations with how long: "kucharz (2009-2015)", "spawacz 10 år", "lærer, 3 år; kokk".

    "3 år i Norge" is time in the country, kept as a note with a warning. A title whose letters are all lost
    is left out, with a warning; so is what names no occupation ("10 år", "ingen").
    """
    if not_stated(text):
        return reading(())
    entries: list[ExperienceEntry] = []
    warnings: list[CellWarning] = []
    for part in split_outside_brackets(_DECIMAL_COMMA.sub(".", _HALVES.sub(_halved, text)), ",;\n"):
        entry = _experience(part, warnings)
        if _names_none(entry.title):
            warnings.append(_UNNAMED)
        elif entry.title:
            entries.append(entry)
        elif entries:
            entries[-1] = _completed(entries[-1], entry)
        else:
            warnings.append(_UNNAMED)
    readable = [entry for entry in entries if not mostly_lost(entry.title)]
    if len(readable) < len(entries):
        warnings.append(_OCCUPATION_LOST)
    if any(letters_lost(entry.title) for entry in readable):
        warnings.append(_TITLE_LETTERS)
    return reading(tuple(readable), warnings)


def _halved(found: re.Match[str]) -> str:
    return f"{found[1] or 0}.5"


def _names_none(title: str) -> bool:
    """Whether something stands there that is no occupation; lost letters are another matter."""
    return title.casefold() in _NO_OCCUPATIONS or (bool(title) and not re.search(r"[^\W\d_]|\?|�", title))


def _experience(part: str, warnings: list[CellWarning]) -> ExperienceEntry:
    """One part of the cell; its title is empty when it only tells how long the occupation before it lasted."""
    notes: list[str] = []
    stay = _IN_NORWAY.search(part)
    if stay:
        warnings.append(_TIME_IN_NORWAY)
        notes.append(stay[0])
        part = part.replace(stay[0], " ")
    entry, rest = _timed(part)
    notes += [tidy(remark) for remark in _REMARK.findall(rest) if tidy(remark)]
    named = _SAID_AROUND.sub(" ", tidy(_REMARK.sub(" ", rest))) if entry.months or entry.started else rest
    title = _DANGLING.sub("", tidy(_REMARK.sub(" ", named)).strip(" ,.:-–"))
    if len(title) > LONGEST_TITLE:
        warnings.append(_SHORTENED)
    return replace(entry, title=title[:LONGEST_TITLE], note="; ".join(notes) or None)


def _timed(part: str) -> tuple[ExperienceEntry, str]:
    """When and how long, and the text without it."""
    period = _PERIOD.search(part)
    if period:
        first, last = period.groups()
        ended = parse_partial_date(last) if last and last.isdigit() else None
        entry = ExperienceEntry("", started=parse_partial_date(first), ended=ended, ongoing=ended is None)
        return entry, _without(part, period)
    since = _SINCE.search(part)
    if since:
        return ExperienceEntry("", started=parse_partial_date(since[1]), ongoing=True), _without(part, since)
    duration = _DURATION.search(part)
    if duration:
        in_months = duration[2].casefold().startswith(_MONTH_UNITS) and not duration[2].casefold().startswith("met")
        length = float(duration[1].replace(",", "."))
        return ExperienceEntry("", months=round(length if in_months else length * 12)), _without(part, duration)
    return ExperienceEntry(""), part


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _completed(before: ExperienceEntry, further: ExperienceEntry) -> ExperienceEntry:
    """An occupation with what the next part of the cell says of it."""
    notes = "; ".join(note for note in (before.note, further.note) if note)
    timed = before if before.started or before.months else replace(further, title=before.title)
    return replace(timed, note=notes or None)


def parse_styrk(text: str) -> Reading[ExperienceEntry | None]:
    """An occupation by its STYRK-08 code, as an older system's export has it; its title is the code's name.

    Raises:
        CellRejected: STYRK-08 has no such code.
    """
    if not_stated(text):
        return reading(None)
    code = normalise_styrk(text)
    if code is None:
        raise CellRejected(
            Reason.OCCUPATION_CODE_UNKNOWN,
            "STYRK-08 har ingen slik kode, og yrket er ikke tatt med",
            "Skriv en kode på fire siffer fra STYRK-08, for eksempel 3313",
        )
    return reading(ExperienceEntry(occupation(code).name_nb, styrk=code))


_SITUATIONS = (
    (Situation.UNEMPLOYED, re.compile(r"arbeidsl[eø]|uten jobb|jobbsøker|unemployed|søker jobb|^ingen$|^nei$", re.I)),
    (Situation.AT_HOME, re.compile(r"\bhjemme(?!\w)|heime|foreldreperm|husmor|permisjon", re.I)),
    (Situation.INTRODUCTION_PROGRAMME, re.compile(r"intro(?:duksjons)?prog|\bintro\b", re.I)),
    (Situation.STUDYING, re.compile(r"\b(?:student|studerer|elev|skole|videregående|går på)", re.I)),
    (Situation.SICK_OR_RETIRED, re.compile(r"sykmeldt|ufør|pensjon|\baap\b", re.I)),
)
_SUBSTITUTE = re.compile(r"\bvikar", re.I)


def parse_current_situation(text: str) -> Reading[CurrentSituation | None]:
    """What somebody does now: "SalMar filet", "renhold, vikar", "arbeidsledig", "mor hjemme"; None when not stated."""
    if not_stated(text):
        return reading(None)
    spoken = tidy(text)[:LONGEST_TITLE]
    situation = next((kind for kind, form in _SITUATIONS if form.search(spoken)), Situation.EMPLOYED)
    return reading(CurrentSituation(situation, spoken, True if _SUBSTITUTE.search(spoken) else None))


_FULL_TIME = frozenset({"heltid", "fulltid", "full", "full time", "full stilling", "hel stilling"})
_SAID_BEFORE = re.compile(
    r"^(?:deltid|heltid|fulltid|stilling|fast|ca\.?|cirka)[\s,:(]+(?=\d)|(?<=[\d%])\)$", re.IGNORECASE
)
_PART_TIME = re.compile(r"^(?:deltid|part time|redusert)", re.IGNORECASE)
_NUMBER = r"(\d{1,3}(?:[.,]\d+)?)\s*(?:%|prosent|pst\.?)?"
_SINGLE = re.compile(rf"(?:(minst|min\.?|over|fra|maks|max|inntil|opptil|under)\s*)?{_NUMBER}", re.IGNORECASE)
_BETWEEN = re.compile(rf"{_NUMBER}\s*(?:-|–|til|to)\s*{_NUMBER}", re.IGNORECASE)
_HOURS = re.compile(r"3[0-9][.,]\d+")
"""37,5 and 35,5 without a sign are the hours of a full week."""

_AT_LEAST = ("min", "over", "fra")
_PART_TIME_OPEN = CellWarning(
    Reason.PERCENTAGE_OPEN,
    "Deltid er oppgitt uten prosent, og er bare tatt med som merknad",
    "Skriv hvor mye, for eksempel 50 eller 50-80",
)


def parse_percentage(text: str) -> Reading[PercentageRange | None]:
    """How much somebody wants to work: "100%", "0,8", "50-80", "heltid"; numbers up to 1 are shares.

    None when not stated, and for "deltid" alone, which says no number. "37,5" is hours, and no percentage.

    Raises:
        CellRejected: no percentage between 1 and 100.
    """
    if not_stated(text):
        return reading(None)
    wish = _SAID_BEFORE.sub("", tidy(text).casefold())
    if wish in _FULL_TIME:
        return reading(PercentageRange(100, 100))
    between, single = _BETWEEN.fullmatch(wish), _SINGLE.fullmatch(wish)
    if between:
        if (_number(between[1]) <= 1) is not (_number(between[2]) <= 1):
            raise _no_percentage()  # a share and a percentage, or something else altogether
        low, high = sorted((_percent(between[1]), _percent(between[2])))
        return reading(PercentageRange(low, high))
    if single and _HOURS.fullmatch(wish):
        raise _no_percentage()
    if single:
        return reading(_range(single[1] or "", _percent(single[2])))
    if _PART_TIME.match(wish):
        return reading(None, [_PART_TIME_OPEN])
    raise _no_percentage()


def _range(bound: str, percent: int) -> PercentageRange:
    if not bound:
        return PercentageRange(percent, percent)
    return PercentageRange(percent, 100) if bound.startswith(_AT_LEAST) else PercentageRange(1, percent)


def _percent(text: str) -> int:
    number = _number(text)
    percent = round(number * 100 if number <= 1 else number)
    if not 1 <= percent <= 100:
        raise _no_percentage()
    return percent


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _no_percentage() -> CellRejected:
    return CellRejected(
        Reason.PERCENTAGE_UNREADABLE,
        "Stillingsprosenten lar seg ikke lese, og er ikke tatt med",
        "Skriv et tall fra 1 til 100, eller et spenn som 50-80",
    )
