"""A match in words: what speaks for it, what to ask next, and every reason with what it counts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from api.web import formats, words
from api.web.i18n import gettext
from api.web.occupations import as_occupation
from api.web.points import Points, points, total
from api.web.reason_texts import (
    CLOSINGS,
    LIKELY_QUESTIONS,
    NO_INTEREST,
    OUTCOMES,
    QUESTIONS,
    REQUIREMENTS,
    VERDICTS,
)
from api.web.sentences import Concepts, credential, day, hours, level, percentages, sentence
from kompetanse.codes.work import Importance
from kompetanse.matching.explanation import Closing, Match, Outcome, Reason, RequirementKind, Way
from kompetanse.placements import leader
from kompetanse.taxonomy import service as taxonomy

MOST_STRENGTHS = 4
"""As many of the strongest reasons as one says in one breath; the rest is one click away."""

MOST_GAPS = 3
"""As many gaps as stand on the card: those that count most."""

MOST_QUESTIONS = 3
"""As many questions as stand on the card; what must be there is asked first, and all of it."""


@dataclass(frozen=True, slots=True)
class Told:
    """One reason as it is read. `counts` is in points: "12,0 av 15,0"."""

    outcome: str
    outcome_text: str
    requirement: str
    stands: str
    closing: str | None
    counts: str
    gate: bool
    excludes: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """What is there in part or not at all, and the nearest way to it; None where nobody knows of one."""

    stands: str
    way: str | None
    gate: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What to ask the person; a `gate` must be answered before she can have the work."""

    text: str
    gate: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A match as it is read aloud: what speaks for it, what excludes or lacks, what to ask; then every reason and sum.

    What excludes is not told as a gap once more.
    """

    verdict: str
    verdict_text: str
    strengths: Sequence[str]
    excluded_by: Sequence[Gap]
    gaps: Sequence[Gap]
    questions: Sequence[Asked]
    more_questions: int
    reasons: Sequence[Told]
    total: str


def card(match: Match, concepts: Concepts) -> Card:
    """A match in the reader's language."""
    speaking = [one for one in match.strongest if _speaks(one)]
    asked = [Asked(text, one.gate) for one in match.questions if (text := question(one))]
    shown = max(MOST_QUESTIONS, sum(one.gate for one in asked))
    short = sorted(filter(_short, match.reasons), key=lambda one: one.contribution - one.possible)
    told_reasons = [told(one, counted, concepts) for one, counted in zip(match.reasons, points(match), strict=True)]
    return Card(
        verdict=match.verdict.value,
        verdict_text=gettext(VERDICTS[match.verdict]),
        strengths=[sentence(one, concepts) for one in speaking[:MOST_STRENGTHS]],
        excluded_by=[gap(one, concepts) for one in short if one.excludes],
        gaps=[gap(one, concepts) for one in short if not one.excludes][:MOST_GAPS],
        questions=asked[:shown],
        more_questions=len(asked[shown:]),
        reasons=told_reasons,
        total=formats.decimal(total(match)) or "",
    )


_LIKED = frozenset({RequirementKind.WISH, RequirementKind.INTEREST})
"""What somebody would rather do is no gap of hers."""


def gap(reason: Reason, concepts: Concepts) -> Gap:
    """What is there in part or not at all, in the reader's language."""
    return Gap(sentence(reason, concepts), _way_of(reason), reason.gate)


def _way_of(reason: Reason) -> str | None:
    if reason.closes is None:
        return None
    if reason.closes.way:
        return _way(reason.closes.way)
    return gettext("Veien dit: %(step)s") % {"step": formats.inside(_step(reason.closes, reason))}


@dataclass(frozen=True, slots=True)
class Paper:
    """A candidate as a unit's leader reads of her: what she can, what lacks and how it is closed, what to ask."""

    can: Sequence[str]
    gaps: Sequence[Gap]
    questions: Sequence[Asked]


def paper(reasons: Sequence[Reason]) -> Paper:
    """What a leader is told (`placements.leader`), in the reader's language. None of it names a concept by URI."""
    return Paper(
        can=[sentence(one, {}) for one in leader.strengths(reasons)],
        gaps=[gap(one, {}) for one in leader.gaps(reasons)],
        questions=[Asked(text, one.gate) for one in leader.questions(reasons) if (text := question(one))],
    )


def _short(reason: Reason) -> bool:
    """Whether a requirement is a gap: not met, or met in part and something can be done. Related work is no gap."""
    if reason.excludes:
        return True
    if reason.asks or reason.kind in _LIKED:
        return False
    partly = reason.outcome is Outcome.PARTLY and reason.closes is not None
    return reason.outcome is Outcome.MISSING or (partly and reason.kind is not RequirementKind.OCCUPATION)


def _speaks(reason: Reason) -> bool:
    """Whether a reason is worth saying first: what is met less than half way, or told as a gap, speaks for nobody.

    Nor does a way to work that is reckoned from where nobody has said that the person lives.
    """
    if reason.kind is RequirementKind.COMMUTE and reason.through is not None:
        return False
    return not _short(reason) and 0 < reason.possible <= 2 * reason.contribution


def told(reason: Reason, counted: Points, concepts: Concepts) -> Told:
    """A reason in the reader's language."""
    return Told(
        outcome=reason.outcome.value,
        outcome_text=gettext(OUTCOMES[reason.outcome]),
        requirement=requirement(reason),
        stands=_unknown(reason) if reason.outcome is Outcome.UNKNOWN else sentence(reason, concepts),
        closing=_closing(reason.closes, reason) if reason.closes and not reason.asks else None,
        counts=gettext("%(counted)s av %(possible)s")
        % {"counted": formats.decimal(counted.counted), "possible": formats.decimal(counted.possible)},
        gate=reason.gate,
        excludes=reason.excludes,
    )


def requirement(reason: Reason) -> str:
    """What is asked for."""
    what = _what(reason) or gettext("ikke nærmere sagt")
    text = gettext(REQUIREMENTS[reason.kind]) % {"what": what}
    return text[:1].upper() + text[1:]


def question(reason: Reason) -> str | None:
    """What to ask the person, where it is not known; None for what is nobody's duty to tell."""
    template = LIKELY_QUESTIONS.get(reason.kind) if reason.has else None
    template = template or QUESTIONS.get(reason.kind)
    if template is None:
        return None
    has = day(reason.has) if reason.kind is RequirementKind.WORK_PERMISSION else reason.has
    return gettext(template) % {"what": _asked(reason) or "", "has": has}


def reason_concepts(session: Session, matches: Iterable[Match]) -> Concepts:
    """The concepts that the reasons of some matches name by URI alone."""
    liked = {one.has for match in matches for one in match.reasons if one.kind is RequirementKind.INTEREST and one.has}
    return taxonomy.concepts(session, liked)


def _unknown(reason: Reason) -> str:
    asked = question(reason)
    if asked is None:
        return gettext(NO_INTEREST if reason.kind is RequirementKind.INTEREST else OUTCOMES[Outcome.UNKNOWN])
    return gettext("Ikke oppgitt – spør: «%(question)s»") % {"question": asked}


def _what(reason: Reason) -> str | None:
    """What is asked for, by its name, with how much is asked of it."""
    match reason.kind:
        case RequirementKind.LANGUAGE:
            least = gettext("minst %(level)s") % {"level": reason.required} if reason.required else None
            return ", ".join(part for part in (formats.language_name(reason.key), least) if part)
        case RequirementKind.SKILL if reason.required in set(Importance):
            importance = formats.inside(words.word(Importance(reason.required)) or "")
            return f"{reason.label or reason.key} ({importance})"
        case RequirementKind.EXPERIENCE:
            return formats.months(int(reason.required)) if reason.required else None
        case _:
            return _asked(reason)


def _asked(reason: Reason) -> str | None:
    """What is asked for, by its name alone."""
    named = _NAMED.get(reason.kind)
    return named(reason) if named else reason.required


def _education(reason: Reason) -> str:
    named = [level(reason.required), formats.field_name(reason.key)]
    return ", ".join(part for part in named if part)


_NAMED: Mapping[RequirementKind, Callable[[Reason], str | None]] = {
    RequirementKind.OCCUPATION: lambda reason: as_occupation(reason.required) if reason.required else None,
    RequirementKind.SKILL: lambda reason: reason.label or reason.key,
    RequirementKind.LANGUAGE: lambda reason: formats.language_name(reason.key),
    RequirementKind.EDUCATION: _education,
    RequirementKind.LICENCE: credential,
    RequirementKind.AUTHORISATION: credential,
    RequirementKind.PERCENTAGE: lambda reason: percentages(reason.required) if reason.required else None,
    RequirementKind.SHIFTS: lambda reason: hours(reason.required),
    RequirementKind.START: lambda reason: day(reason.required),
    RequirementKind.WISH: lambda reason: as_occupation(reason.required) if reason.required else None,
}


def _closing(closing: Closing, reason: Reason) -> str:
    """What would close the gap, and the score that it would give."""
    after = formats.percent(closing.score_after)
    told = gettext("%(text)s: treffet blir %(after)s") % {"text": _step(closing, reason), "after": after}
    return f"{told}. {_way(closing.way)}" if closing.way else told


def _step(closing: Closing, reason: Reason) -> str:
    """What would close the gap."""
    to = reason.required if reason.kind is RequirementKind.LANGUAGE else _asked(reason)
    return (gettext(CLOSINGS[closing.kind]) % {"to": to or ""}).strip()


def _way(way: Way) -> str:
    """The nearest way, and when it begins or how long it takes."""
    when = formats.weeks(*way.weeks) if way.weeks else None
    if way.starts_on is not None:
        when = gettext("starter %(day)s") % {"day": formats.day(way.starts_on)}
    return gettext("Nærmest: %(way)s") % {"way": ", ".join(part for part in (formats.named(way), when, way.by) if part)}
