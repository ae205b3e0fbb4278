"""The nearest way to close each gap: a course, test or procedure on offer; where there is none, the general step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kompetanse.codes import steps as general
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.languages import NORWEGIAN
from kompetanse.codes.licences import is_authorisation, is_licence
from kompetanse.codes.recognition import likely_scheme
from kompetanse.codes.work import CourseOfferKind, RecognitionScheme
from kompetanse.courses.tables import CourseOffer
from kompetanse.matching.explanation import Closing, ClosingKind, Match, Reason, Way
from kompetanse.matching.steps import Step, can_begin, leads_to

_LEVELS = tuple(Cefr)


@dataclass(frozen=True, slots=True)
class Nearest:
    """What is on offer in a municipality now, soonest first, against the gaps of a match."""

    offers: Sequence[CourseOffer]

    def told(self, match: Match) -> Match:
        """The match with the nearest way at each gap that has one. No score changes."""
        return replace(match, reasons=tuple(self._told(one) for one in match.reasons))

    def _told(self, reason: Reason) -> Reason:
        closes = reason.closes
        if closes is None:
            return reason
        way = self._offered(reason, closes) or _general(reason, closes)
        return reason if way is None else replace(reason, closes=replace(closes, way=way))

    def _offered(self, reason: Reason, closes: Closing) -> Way | None:
        if closes.kind is ClosingKind.LANGUAGE_COURSE:
            offer = _language_offer(self.offers, reason, closes)
        else:
            step = Step(closes.kind, reason.key, to=closes.to if closes.kind is ClosingKind.EDUCATION else None)
            offer = next((one for one in self.offers if leads_to(one.kind, one.key, one.to_level, step)), None)
        return None if offer is None else _offer_way(offer)


def _language_offer(offers: Iterable[CourseOffer], reason: Reason, closes: Closing) -> CourseOffer | None:
    """A course rather than a test; of those that she can begin on, the one that goes furthest; of these the soonest."""
    now = -1 if reason.has is None else _LEVELS.index(Cefr(reason.has))
    least = _LEVELS.index(Cefr(closes.to or ""))
    fitting: list[tuple[bool, int, CourseOffer]] = []
    for one in offers:
        if one.to_level is None or not leads_to(one.kind, one.key, one.to_level, Step(closes.kind, reason.key)):
            continue
        reached = _LEVELS.index(Cefr(one.to_level))
        if can_begin(one.from_level, reason.has) and now < reached <= least:
            fitting.append((one.kind is CourseOfferKind.LANGUAGE, reached, one))
    return max(fitting, key=lambda one: one[:2])[2] if fitting else None


def _offer_way(offer: CourseOffer) -> Way:
    weeks = None if offer.weeks is None else (offer.weeks, offer.weeks)
    return Way(offer.title, offer.title, weeks, offer.provider, offer.id, offer.starts_on)


def _general(reason: Reason, closes: Closing) -> Way | None:
    """The step that anybody takes, by Norwegian rules; None where no list knows of one."""
    step = _general_step(reason, closes)
    return None if step is None else Way(step.name_nb, step.name_en, step.weeks, step.authority)


def _general_step(reason: Reason, closes: Closing) -> general.Step | None:
    key = reason.key or ""
    match closes.kind:
        case ClosingKind.LANGUAGE_COURSE if key == NORWEGIAN and closes.to:
            now = Cefr(reason.has) if reason.has else None
            return next(iter(general.language_steps(now, Cefr(closes.to))), None)
        case ClosingKind.LICENCE if is_licence(key):
            return general.licence_step(key)
        case ClosingKind.AUTHORISATION if is_authorisation(key):
            return general.authorisation_step(key)
        case ClosingKind.RECOGNITION:
            level = EducationLevel(closes.to) if closes.to else None
            return general.recognition_step(likely_scheme(level) or RecognitionScheme.GENERAL)
        case ClosingKind.EDUCATION if closes.to:
            return next(iter(general.education_steps(EducationLevel(closes.to))), None)
        case _:
            return None
