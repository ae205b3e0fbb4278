"""Finds when and how long: periods ("mai 2012 - nå") and durations ("10 lat"), in the languages of newcomers."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from kompetanse.codes.partial_date import first_day, last_day, parse_partial_date
from kompetanse.competence.extracting.vocabulary import alternatives, cells, cue, cue_words

OLDEST = 1940
LONGEST_YEARS = 55
_BLANK = r"[ ]*"


@dataclass(frozen=True, slots=True)
class Time:
    """When or how long something was, and where that is said; None is not stated. A `single` date is no period."""

    start: int
    end: int
    started: str | None = None
    ended: str | None = None
    ongoing: bool | None = None
    months: int | None = None
    single: bool = False

    @property
    def year(self) -> int | None:
        """The latest year that is said."""
        last = self.ended or self.started
        return int(last[:4]) if last else None


@cache
def _month_words() -> tuple[re.Pattern[str], dict[str, int]]:
    months = cells("months")
    pattern = "|".join(f"(?P<m{number}>{alternatives(months[number])})" for number in months)
    return re.compile(pattern), {f"m{number}": int(number) for number in months}


def _date(name: str) -> str:
    """The pattern of one date; `name` tells the groups of two dates apart."""
    months = alternatives("|".join(cells("months").values()))
    mark = rf"(?:{_BLANK}(?:{cue_words('year_mark')})(?!\w))?"
    return (
        rf"(?:(?P<iso{name}>\d{{4}})-(?P<isom{name}>0[1-9]|1[0-2])(?:-\d\d)?(?!\d)"
        rf"|(?:\d{{1,2}}[./-])?(?P<num{name}>\d{{1,2}})[./-](?P<numy{name}>\d{{4}})"
        rf"|(?<!\w)(?:\d{{1,2}}\.?[ ])?(?P<word{name}>(?:{months})\w*)\.?,?[ ](?P<wordy{name}>\d{{4}})"
        rf"|(?P<year{name}>\d{{4}}))(?!\d){mark}"
    )


@cache
def _period() -> re.Pattern[str]:
    lead = rf"(?:(?<!\w)(?:{cue_words('since')})[ ]+)?"
    between = rf"(?:{_BLANK}[-–—−~]{_BLANK}|[ ]+(?:{cue_words('until')})[ ]+|[ ]*[-–—][ ]*(?:{cue_words('until')})[ ]+)"
    now = rf"(?P<now>(?:{cue_words('until')}[ ]+)?(?:{cue_words('now')}))(?!\w)"
    return re.compile(rf"{lead}(?<!\d){_date('a')}{between}(?:{now}|{_date('b')})")


@cache
def _between() -> re.Pattern[str]:
    both = rf"(?<!\w)(?:{cue_words('between')})[ ]+{_date('a')}[ ]+(?:{cue_words('and')})[ ]+{_date('b')}"
    return re.compile(rf"{both}(?P<now>(?!))?")


@cache
def _since() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{cue_words('since')})[ ]+(?:[^\W\d]+[ ]+)??{_date('a')}")


@cache
def _single() -> re.Pattern[str]:
    return re.compile(rf"(?<![\d+.,]){_date('a')}(?P<open>{_BLANK}[-–—]{_BLANK}$)?")


@cache
def _duration() -> re.Pattern[str]:
    words = alternatives("|".join(cells("numbers").values()))
    number = rf"(?:(?P<digits>\d{{1,2}})(?:[.,](?P<tenths>\d))?|(?P<word>{words})(?=[ ]))"
    unit = rf"(?:(?P<years>{cue_words('years')})|(?P<months>{cue_words('months')}))"
    return re.compile(rf"(?<![\w.,-]){number}{_BLANK}\+?{_BLANK}{unit}(?!\w)")


@cache
def _numbers() -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple((re.compile(alternatives(words)), int(number)) for number, words in cells("numbers").items())


def times(text: str, start: int, end: int, today: date) -> list[Time]:
    """The times between two places of a folded text, in their order and apart from each other."""
    found: list[Time] = []
    for pattern, read in (
        (_between(), _read_period),
        (_period(), _read_period),
        (_since(), _read_since),
        (_single(), _read_single),
    ):
        for match in pattern.finditer(text, start, end):
            if all(match.end() <= one.start or match.start() >= one.end for one in found):
                found += [time for time in [read(match, today)] if time]
    for match in _duration().finditer(text, start, end):
        if all(match.end() <= one.start or match.start() >= one.end for one in found):
            found += [time for time in [_read_duration(text, match, start, end)] if time]
    return sorted(found, key=lambda time: time.start)


def _read_period(match: re.Match[str], today: date) -> Time | None:
    started = _partial(match, "a", today)
    if started is None:
        return None
    if match["now"]:
        return Time(match.start(), match.end(), started, ongoing=True)
    ended = _partial(match, "b", today)
    if ended is None or last_day(parse_partial_date(ended)) < first_day(parse_partial_date(started)):
        return None
    return Time(match.start(), match.end(), started, ended)


def _read_since(match: re.Match[str], today: date) -> Time | None:
    started = _partial(match, "a", today)
    return Time(match.start(), match.end(), started, ongoing=True) if started else None


def _read_single(match: re.Match[str], today: date) -> Time | None:
    """One date alone. "2019 –" at the end of a line says when it began, and leaves open whether it ended."""
    started = _partial(match, "a", today)
    if started is None:
        return None
    return Time(match.start(), match.end(), started, single=match["open"] is None)


def _read_duration(text: str, match: re.Match[str], start: int, end: int) -> Time | None:
    """How long; None for an age, or for how long somebody has lived somewhere."""
    length = float(f"{match['digits']}.{match['tenths'] or 0}") if match["digits"] else _spelt(match["word"])
    months = round(length if match["months"] else length * 12)
    before = text[max(start, match.start() - 30) : match.start()]
    behind = text[match.end() : min(end, match.end() + 25)]
    if not 0 < months <= LONGEST_YEARS * 12 or cue("lived").search(text, start, match.start()):
        return None
    if cue("age").match(behind.lstrip()) or (_IS_OLD.search(before) and not cue("experience").search(behind)):
        return None
    return Time(match.start(), match.end(), months=months)


_IS_OLD = re.compile(rf"(?<!\w)(?:{cue_words('is_old')})[ :]*$")


def _spelt(word: str) -> int:
    return next((number for pattern, number in _numbers() if pattern.fullmatch(word)), 0)


def _partial(match: re.Match[str], name: str, today: date) -> str | None:
    """A date of reduced precision, None for one that cannot be."""
    year = match[f"iso{name}"] or match[f"numy{name}"] or match[f"wordy{name}"] or match[f"year{name}"]
    month = match[f"isom{name}"] or match[f"num{name}"]
    number = int(month) if month else _named(match[f"word{name}"])
    if not year.isascii() or not OLDEST <= int(year) <= today.year or not (number is None or 1 <= number <= 12):
        return None
    partial = f"{int(year):04}" if number is None else f"{int(year):04}-{number:02}"
    return partial if first_day(parse_partial_date(partial)) <= today else None


def _named(word: str | None) -> int | None:
    if word is None:
        return None
    pattern, numbers = _month_words()
    found = pattern.match(word)
    return numbers[found.lastgroup or ""] if found else None
