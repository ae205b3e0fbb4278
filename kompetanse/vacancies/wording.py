"""Gentle hints where a vacancy's words shut people out without need: codes and the words found, no texts of advice.

Looks for what a requirement says, by occupation where that matters, in bokmål, nynorsk and some English. It errs on the
side of silence: what is negated ("du trenger ikke perfekt norsk"), wished for ("en fordel") or has its reason beside it
is let be. A hint is for the writer to think about; nothing is refused for it and nobody is scored by it.

Sources: likestillings- og diskrimineringsloven (lov 2017-06-16-51) § 6, with the exceptions of § 9;
arbeidsmiljøloven (lov 2005-06-17-62) § 13-1 on age.
"""

import html
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import nh3

from kompetanse.codes.cefr import Cefr
from kompetanse.vacancies import wording_patterns as words
from kompetanse.vacancies.rules import LanguageDemand, is_html

# Tags after which a new sentence begins, whatever the punctuation.
_BLOCKS = frozenset({"blockquote", "br", "h2", "h3", "h4", "li", "ol", "p", "table", "td", "th", "tr", "ul"})
_TAG = re.compile(r"<[^>]*>")
# Where one statement ends and what was denied in it is denied no more: "… ikke perfekt norsk, men du må …"
_END_OF_CLAUSE = re.compile(r"[.!?;](?=\s|$)|[\n•·]|,? (?=(?:men|but)\b)|, (?=(?:og )?(?:du|vi|me) \w)", re.IGNORECASE)
# How far from words something can stand that silences them, in letters; keeps a text without full stops quick, too.
_NEAR = 150
_DRIVING_LICENCE = "driving"


class HintCode(StrEnum):
    """What a requirement may shut people out by."""

    LANGUAGE = "language"  # better Norwegian than the occupation calls for
    LANGUAGE_LEVEL = "language_level"  # C1 or C2 where no occupation of the kind calls for it
    MOTHER_TONGUE = "mother_tongue"  # origin in place of command of the language (§ 6: ethnicity, language)
    CITIZENSHIP = "citizenship"  # where no law asks for it (§ 6: national origin)
    NORWEGIAN_EDUCATION = "norwegian_education"  # where a recognised one from abroad is as good
    AGE = "age"  # arbeidsmiljøloven § 13-1
    GENDER = "gender"  # § 6
    FITNESS = "fitness"  # for work at a desk (§ 6: disability)
    DRIVING = "driving"  # for work that shows no driving
    EXPERIENCE = "experience"  # five years and more of what is learnt in the job


class Advice(StrEnum):
    """What the writer may do instead; pages put words to it."""

    STATE_LEVEL = "state_level"  # the level of Norwegian that the tasks take
    LOWER_LEVEL = "lower_level"
    ASK_COMMAND = "ask_command"  # ask how well the language is mastered, not since when
    LEAVE_OUT = "leave_out"
    ACCEPT_RECOGNISED = "accept_recognised"
    DESCRIBE_WORK = "describe_work"  # what is lifted, carried, stood through
    STATE_DRIVING = "state_driving"  # say what is driven, or leave it out
    OFFER_TRAINING = "offer_training"


ADVICE: Mapping[HintCode, Advice] = MappingProxyType(
    {
        HintCode.LANGUAGE: Advice.STATE_LEVEL,
        HintCode.LANGUAGE_LEVEL: Advice.LOWER_LEVEL,
        HintCode.MOTHER_TONGUE: Advice.ASK_COMMAND,
        HintCode.CITIZENSHIP: Advice.LEAVE_OUT,
        HintCode.NORWEGIAN_EDUCATION: Advice.ACCEPT_RECOGNISED,
        HintCode.AGE: Advice.LEAVE_OUT,
        HintCode.GENDER: Advice.LEAVE_OUT,
        HintCode.FITNESS: Advice.DESCRIBE_WORK,
        HintCode.DRIVING: Advice.STATE_DRIVING,
        HintCode.EXPERIENCE: Advice.OFFER_TRAINING,
    }
)


class HintPlace(StrEnum):
    """Where in a vacancy the words stand."""

    TITLE = "title"
    DESCRIPTION = "description"
    LANGUAGES = "languages"
    LICENCES = "licences"


@dataclass(frozen=True, slots=True)
class Hint:
    """Words that may shut people out.

    `span` is where they begin and end in `read_text` of the title or description; None for a structured requirement,
    of which `text` is the codes ("nor C1", "driving:B").
    """

    code: HintCode
    place: HintPlace
    text: str
    span: tuple[int, int] | None = None

    @property
    def advice(self) -> Advice:
        """What the writer may do instead."""
        return ADVICE[self.code]


@dataclass(frozen=True, slots=True)
class _Rule:
    """Which words to look for, in which occupations, and what silences them: in the clause, after them, in the text."""

    code: HintCode
    pattern: re.Pattern[str]
    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    in_clause: tuple[re.Pattern[str], ...] = ()
    after: re.Pattern[str] | None = None
    in_text: re.Pattern[str] | None = None

    def concerns(self, styrk: str | None) -> bool:
        """Whether the rule speaks of the occupation; of one that is not known only where it speaks of all."""
        code = styrk or ""
        return (not self.only or code.startswith(self.only)) and not (self.never and code.startswith(self.never))


_RULES = (
    _Rule(HintCode.LANGUAGE, words.LANGUAGE, only=words.EVERYDAY_NORWEGIAN, in_clause=(words.WISHED,)),
    _Rule(HintCode.LANGUAGE_LEVEL, words.LANGUAGE_LEVEL, only=words.NO_C1, in_clause=(words.WISHED,)),
    _Rule(HintCode.MOTHER_TONGUE, words.MOTHER_TONGUE, never=words.LANGUAGE_IS_THE_CRAFT, in_clause=(words.SERVED,)),
    _Rule(
        HintCode.CITIZENSHIP,
        words.CITIZENSHIP,
        never=words.CITIZENS,
        in_clause=(words.WISHED,),
        after=words.OR_EQUAL,
        in_text=words.CLEARANCE,
    ),
    _Rule(HintCode.NORWEGIAN_EDUCATION, words.NORWEGIAN_EDUCATION, in_clause=(words.WISHED,), after=words.OR_EQUAL),
    _Rule(HintCode.AGE, words.AGE, in_clause=(words.SERVED,), in_text=words.PERSONAL_ASSISTANCE),
    _Rule(HintCode.GENDER, words.GENDER, in_text=words.PERSONAL_ASSISTANCE),
    _Rule(HintCode.FITNESS, words.FITNESS, only=words.DESK, in_clause=(words.WISHED,)),
    _Rule(
        HintCode.DRIVING,
        words.DRIVING,
        only=words.NO_DRIVING,
        in_clause=(words.WISHED,),
        in_text=words.MOVES_ABOUT,
    ),
    _Rule(
        HintCode.EXPERIENCE,
        words.EXPERIENCE,
        only=words.LEARNT_IN_THE_JOB,
        in_clause=(words.WISHED, words.THE_FIRMS_OWN),
    ),
)


def hints(
    title: str,
    description: str | None,
    styrk: str | None,
    languages: Collection[LanguageDemand] = (),
    licences: Collection[str] = (),
) -> tuple[Hint, ...]:
    """The hints for a vacancy, by place and position.

    Args:
        title: as it is written.
        description: as it is stored, HTML or plain text.
        styrk: the STYRK-08 code of the occupation; without one, only what no occupation calls for is looked for.
        languages: the languages that are asked for.
        licences: the codes of the licences that are asked for.
    """
    texts = {HintPlace.TITLE: read_text(title), HintPlace.DESCRIPTION: read_text(description or "")}
    whole = "\n".join(texts.values())
    rules = [rule for rule in _RULES if rule.concerns(styrk) and not (rule.in_text and rule.in_text.search(whole))]
    return (
        *(hint for place, text in texts.items() for hint in _found(rules, place, text)),
        *_language_hints(languages, styrk),
        *_licence_hints(licences, rules),
    )


def read_text(text: str) -> str:
    """A title or description as it is read: without tags, letters composed, single spaces, a line for each block."""
    if is_html(text):
        text = html.unescape(_TAG.sub("\n", nh3.clean(text, tags=set(_BLOCKS))))
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines())
    return "\n".join(filter(None, lines))


def _found(rules: Collection[_Rule], place: HintPlace, text: str) -> Iterator[Hint]:
    found: set[tuple[int, int, HintCode]] = set()
    for begin, clause in _clauses(text):
        for rule in rules:
            for match in rule.pattern.finditer(clause):
                if not _silenced(rule, clause, match):
                    found.add((begin + match.start(), begin + match.end(), rule.code))
    for begin, end, code in sorted(found):
        yield Hint(code, place, text[begin:end], (begin, end))


def _clauses(text: str) -> Iterator[tuple[int, str]]:
    """Each statement of a text, and where it begins."""
    begin = 0
    for end in _END_OF_CLAUSE.finditer(text):
        yield begin, text[begin : end.start()]
        begin = end.end()
    yield begin, text[begin:]


def _silenced(rule: _Rule, clause: str, match: re.Match[str]) -> bool:
    after = clause[match.end() : match.end() + _NEAR]
    around = f"{clause[max(0, match.start() - _NEAR) : match.start()]} … {after}"
    denied = words.NEGATED.search(around) is not None and not words.DOUBLY_NEGATED.search(around)
    equal = rule.after is not None and rule.after.search(after) is not None
    return denied or equal or any(pattern.search(around) for pattern in rule.in_clause)


def _language_hints(languages: Collection[LanguageDemand], styrk: str | None) -> Iterator[Hint]:
    for asked in languages:
        if asked.required and asked.minimum >= Cefr.C1 and (styrk or "").startswith(words.NO_C1):
            yield Hint(HintCode.LANGUAGE_LEVEL, HintPlace.LANGUAGES, f"{asked.language} {asked.minimum}")


def _licence_hints(licences: Collection[str], rules: Collection[_Rule]) -> Iterator[Hint]:
    if any(rule.code is HintCode.DRIVING for rule in rules):
        for code in licences:
            if code.split(":")[0] == _DRIVING_LICENCE:
                yield Hint(HintCode.DRIVING, HintPlace.LICENCES, code)
