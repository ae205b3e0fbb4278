"""How a newcomer stands to a vacancy, in plain words to herself (CEFR A2): what fits, what she lacks, what to tell."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup

from api.web.i18n import gettext, language, ngettext
from api.web.i18n import mark as _
from api.web.my.formats import concept_name, own_day, own_language, own_licence
from api.web.my.words import education_level
from api.web.sentences import Concepts
from api.web.tongues import norwegian
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.work import Importance
from kompetanse.matching.explanation import Match, Outcome, Reason, RequirementKind, Way

Kind = RequirementKind

MOST_FITTING = 4
"""As many reasons as one takes in; those that count most."""

_FITS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.OCCUPATION: _("Du har hatt slikt arbeid."),
        Kind.EXPERIENCE: _("Du har arbeidet lenge nok med dette."),
        Kind.SKILL: _("Du kan dette: %(what)s."),
        Kind.LANGUAGE: _("%(what)s: Du kan det som trengs."),
        Kind.EDUCATION: _("Du har utdanningen som trengs."),
        Kind.LICENCE: _("Du har dette: %(what)s."),
        Kind.AUTHORISATION: _("Du har dette: %(what)s."),
        Kind.PERCENTAGE: _("Du vil arbeide så mye."),
        Kind.SHIFTS: _("Du kan arbeide på de tidene."),
        Kind.START: _("Du kan begynne da."),
        Kind.COMMUTE: _("Veien til jobb er ikke for lang."),
        Kind.WISH: _("Du ønsker deg slikt arbeid."),
        Kind.INTEREST: _("Det handler om noe du liker."),
    }
)

_NEARLY: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.OCCUPATION: _("Du har hatt arbeid som ligner."),
        Kind.SKILL: _("Du kan noe som ligner: %(what)s."),
    }
)

_LACKS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.OCCUPATION: _("Du har ikke hatt slikt arbeid før."),
        Kind.EXPERIENCE: _("De ønsker noen som har arbeidet lenger med dette."),
        Kind.SKILL: _("Du trenger å kunne dette: %(what)s."),
        Kind.EDUCATION: _("Du trenger utdanning: %(what)s."),
        Kind.LICENCE: _("Du trenger dette: %(what)s."),
        Kind.AUTHORISATION: _("Du trenger godkjenning for å ha yrket: %(what)s."),
        Kind.WORK_PERMISSION: _("Du trenger lov til å arbeide i Norge."),
        Kind.MINIMUM_AGE: _("Du må være %(what)s år."),
    }
)

_DIFFERS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.PERCENTAGE: _("De trenger noen som arbeider mer eller mindre enn du ønsker."),
        Kind.SHIFTS: _("Arbeidet er på andre tider enn du ønsker."),
        Kind.START: _("De vil at du begynner før du kan."),
        Kind.COMMUTE: _("Veien til jobb er lengre enn du ønsker."),
        Kind.WISH: _("Du har sagt at du heller vil ha annet arbeid."),
    }
)
_LEARNED = _("Dette kan du lære i jobben: %(what)s.")
_UNRECOGNISED = _("Utdanningen din må godkjennes i Norge.")
_LEVELS = _("%(what)s: Du trenger %(required)s. Du har %(has)s.")
_NO_LEVEL = _("%(what)s: Du trenger %(required)s.")

_ASKS: Mapping[Kind, tuple[str, str]] = MappingProxyType(
    {
        Kind.OCCUPATION: (_("Hva har du arbeidet med?"), "/my/profile/experiences"),
        Kind.EXPERIENCE: (_("Hvor lenge har du arbeidet med dette?"), "/my/profile/experiences"),
        Kind.SKILL: (_("Kan du dette: %(what)s?"), "/my/profile/skills"),
        Kind.LANGUAGE: (_("%(what)s: Hvor mye kan du?"), "/my/profile/languages"),
        Kind.EDUCATION: (_("Hvilken skole eller utdanning har du?"), "/my/profile/educations"),
        Kind.LICENCE: (_("Har du dette: %(what)s?"), "/my/profile/licences"),
        Kind.AUTHORISATION: (_("Har du godkjenning for å ha yrket: %(what)s?"), "/my/profile/licences"),
        Kind.PERCENTAGE: (_("Hvor mye vil du arbeide?"), "/my/terms"),
        Kind.SHIFTS: (_("Når på dagen kan du arbeide?"), "/my/terms"),
        Kind.START: (_("Når kan du begynne?"), "/my/terms"),
        Kind.COMMUTE: (_("Hvor lang vei kan du reise til jobb?"), "/my/terms"),
        Kind.WISH: (_("Hva vil du arbeide som?"), "/my/profile/wished-occupations"),
        Kind.WORK_PERMISSION: (_("Har du lov til å arbeide i Norge? Si det til koordinatoren."), ""),
        Kind.MINIMUM_AGE: (_("Når er du født? Si det til koordinatoren."), ""),
    }
)
"""What she can tell, and where; without a page, whom she tells it. Nobody is asked about what is no duty to tell."""


@dataclass(frozen=True, slots=True)
class Lack:
    """What she lacks, and the nearest way to it where one is known."""

    text: str
    way: Markup | None


@dataclass(frozen=True, slots=True)
class Question:
    """What nobody knows of her, and the page on which she tells it; empty: she tells the coordinator."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Told:
    """A vacancy as she reads how she stands to it: what fits, lacks, or is another than she wants; what she may tell.

    `deciding` are the questions that decide whether it fits at all. `travel`: the way to work, where it is known.
    """

    fits: Sequence[str]
    lacks: Sequence[Lack]
    differs: Sequence[str]
    deciding: Sequence[Question]
    questions: Sequence[Question]
    travel: str | None


def told(match: Match, concepts: Concepts) -> Told:
    """How she stands to a vacancy."""
    fits = [text for one in match.strongest if (text := _fit(one, concepts))]
    lacks = [_lack(one, concepts) for one in match.reasons if _is_lacking(one)]
    return Told(
        list(dict.fromkeys(fits))[:MOST_FITTING],
        [one for one in lacks if one is not None],
        [gettext(_DIFFERS[one.kind]) for one in match.reasons if one.kind in _DIFFERS and _is_lacking(one)],
        _questions([one for one in match.questions if one.gate], concepts),
        _questions([one for one in match.questions if not one.gate], concepts),
        next((_travel(one.has) for one in match.reasons if _is_her_way(one) and one.has), None),
    )


def _is_her_way(reason: Reason) -> bool:
    """Whether it is the way from where she lives: who does not know where that is does not tell her."""
    return reason.kind is Kind.COMMUTE and reason.through is None


def _travel(minutes: str) -> str:
    if minutes == "0":
        return gettext(_("der du bor"))
    return gettext(_("omtrent %(minutes)s minutter")) % {"minutes": minutes}


def _fit(reason: Reason, concepts: Concepts) -> str | None:
    if reason.excludes or reason.outcome is Outcome.UNKNOWN or (reason.kind is Kind.COMMUTE and reason.through):
        return None
    texts = _FITS if reason.outcome is Outcome.MET else _NEARLY
    return _filled(texts[reason.kind], reason, concepts) if reason.kind in texts else None


def _is_lacking(reason: Reason) -> bool:
    """Whether something is to be got: what is there in part is said among what fits, where there are words for that."""
    if reason.outcome is Outcome.PARTLY:
        return reason.excludes or reason.kind not in _NEARLY
    return reason.outcome is Outcome.MISSING


def _lack(reason: Reason, concepts: Concepts) -> Lack | None:
    if reason.kind is Kind.LANGUAGE:
        text = _filled(_LEVELS if reason.has else _NO_LEVEL, reason, concepts)
    elif reason.kind is Kind.SKILL and reason.required == Importance.TRAINABLE:
        return Lack(_filled(_LEARNED, reason, concepts), None)
    elif reason.kind is Kind.EDUCATION and reason.closes and reason.closes.kind.value == "recognition":
        text = gettext(_UNRECOGNISED)
    elif reason.kind in _LACKS:
        text = _filled(_LACKS[reason.kind], reason, concepts)
    else:
        return None
    way = reason.closes.way if reason.closes else None
    return Lack(text, _way(way) if way else None)


def _questions(unknown: Iterable[Reason], concepts: Concepts) -> list[Question]:
    found = {}
    for one in unknown:
        if one.kind in _ASKS:
            text, path = _ASKS[one.kind]
            found[str(_filled(text, one, concepts))] = Question(_filled(text, one, concepts), path)
    return list(found.values())


def _filled(template: str, reason: Reason, concepts: Concepts) -> str:
    """A sentence with what it is about, by its name in her language, or marked as Norwegian."""
    named = _NAMED.get(reason.kind)
    what = named(reason, concepts) if named else reason.required
    return Markup(gettext(template)) % {"what": what or "", "required": reason.required, "has": reason.has}  # noqa: S704 - our own sentence; what is filled in is escaped


def _skill(reason: Reason, concepts: Concepts) -> str | None:
    concept = concepts.get(reason.key or "")
    return concept_name(concept) if concept else norwegian(reason.label)


_NAMED: Mapping[Kind, Callable[[Reason, Concepts], str | None]] = MappingProxyType(
    {
        Kind.SKILL: _skill,
        Kind.LANGUAGE: lambda reason, _concepts: _capital(own_language(reason.key) or ""),
        Kind.EDUCATION: lambda reason, _concepts: education_level(
            EducationLevel(reason.required) if reason.required else None
        ),
        Kind.LICENCE: lambda reason, _concepts: own_licence(reason.key or ""),
        Kind.AUTHORISATION: lambda reason, _concepts: own_licence(reason.key or ""),
    }
)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _way(way: Way) -> Markup:
    """The nearest way, by its own name, and when it begins or how long it takes."""
    if way.offer_id is not None or language() in ("nb", "nn"):
        name: Markup | str = norwegian(way.name_nb) or ""
    else:
        name = Markup('<span lang="en" dir="ltr">{}</span>').format(way.name_en) if language() != "en" else way.name_en
    return Markup(", ").join(part for part in (name, _when(way), norwegian(way.by)) if part)


def _when(way: Way) -> str | None:
    if way.starts_on is not None:
        return gettext(_("begynner %(day)s")) % {"day": own_day(way.starts_on)}
    if way.weeks is None:
        return None
    most = way.weeks[1]
    return ngettext("opptil %(num)s uke", "opptil %(num)s uker", most) % {"num": most}
