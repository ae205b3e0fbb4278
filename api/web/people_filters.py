"""The filters of the people's list: what the form offers, what it asks for, and what is asked for in words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from api.web import formats
from api.web.forms import Typed, filled
from api.web.i18n import gettext
from api.web.i18n import mark as _
from api.web.labels import label
from api.web.profile_page import choices
from api.web.reading import Reader
from api.web.words import options, word
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.countries import find_country
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.languages import find_language
from kompetanse.codes.occupations import normalise_styrk
from kompetanse.codes.residence import ResidenceBasis
from kompetanse.codes.unknown import Unknown
from kompetanse.codes.work import InterestKind, RecognitionStatus, Shift
from kompetanse.errors import FieldFault
from kompetanse.finding.criteria import NO_SEARCH, PeopleFilter, asked_for
from kompetanse.taxonomy.lexicon import Lexicon

UNKNOWN = "unknown"
_YES_NO = (("yes", _("Ja")), ("no", _("Nei")))
Choices = list[tuple[str, str]]


def _of(kind: type[StrEnum]) -> Callable[[], Choices]:
    return lambda: options(kind)


def _yes_no() -> Choices:
    return [(value, gettext(text)) for value, text in _YES_NO]


@dataclass(frozen=True, slots=True)
class Select:
    """A filter that is chosen from a list. `unknown` is what "not stated" is then, None where everything is stated."""

    name: str
    text: str
    choices: Callable[[], Choices]
    unknown: Unknown | None = None


SELECTS: Mapping[str, Select] = {
    one.name: one
    for one in (
        Select("norwegian_at_least", _("Norsk, minst"), lambda: [(one, one) for one in Cefr], Unknown.NORWEGIAN),
        Select(
            "education_at_least",
            _("Utdanning, minst"),
            lambda: choices()["education_levels"],
            Unknown.EDUCATION,
        ),
        Select("recognition", _("Godkjenning i Norge"), _of(RecognitionStatus), Unknown.RECOGNITION),
        Select("licence", _("Bevis eller autorisasjon"), lambda: choices()["credentials"], Unknown.LICENCE),
        Select("shift", _("Når"), _of(Shift), Unknown.SHIFT),
        Select("interest", _("Interesser"), _of(InterestKind), Unknown.INTEREST),
        Select("residence_basis", _("Oppholdsgrunnlag"), _of(ResidenceBasis), Unknown.RESIDENCE),
        Select("may_work", _("Har lov til å arbeide"), _yes_no, Unknown.MAY_WORK),
        Select("needs_interpreter", _("Trenger tolk"), _yes_no, Unknown.INTERPRETER),
        Select("in_household", _("Bor i en husstand"), _yes_no),
    )
}

UNKNOWNS: Mapping[Unknown, str] = {
    Unknown.OCCUPATION: _("Arbeid"),
    Unknown.SKILL: _("Ferdigheter"),
    Unknown.LANGUAGE: _("Språk"),
    Unknown.WISHED: _("Ønsket yrke"),
    Unknown.PERCENTAGE: _("Stillingsprosent"),
    Unknown.START: _("Når de kan begynne"),
    Unknown.AGE: _("Fødselsdato"),
    Unknown.CITIZENSHIP: _("Statsborgerskap"),
    Unknown.COUNTRY: _("Opprinnelsesland"),
    Unknown.CONTACT_LANGUAGE: _("Språk i kontakt"),
    Unknown.ARRIVAL: _("Når de kom til kommunen"),
    Unknown.CONTACTS: _("Telefon og e-post"),
}
"""What is ticked as not stated, as it is no choice of a list."""


def unknowns() -> Choices:
    """The boxes of what is not stated."""
    return [(name.value, gettext(text)) for name, text in UNKNOWNS.items()]


def people_filter(typed: Typed, words: Lexicon) -> PeopleFilter:
    """What the search form asks for. An occupation is a code, the beginning of one, or a title.

    Raises:
        Invalid: with every field that cannot be read.
    """
    reader = Reader(typed)
    unknown = {Unknown(name) for name in typed.all("unknown") if name in UNKNOWNS}
    unknown |= {one.unknown for one in SELECTS.values() if one.unknown and typed.raw(one.name) == UNKNOWN}
    known = Typed({name: [v for v in vs if v != UNKNOWN] for name, vs in typed.texts.items()})
    chosen = Reader(known)
    wanted = PeopleFilter(
        text=(typed.text("text") or "")[:100],
        occupation=styrk(typed.text("occupation"), words),
        skill=(typed.text("skill") or "")[:200] or None,
        wished=styrk(typed.text("wished"), words),
        norwegian_at_least=chosen.choice("norwegian_at_least", Cefr),
        education_at_least=chosen.choice("education_at_least", EducationLevel),
        recognition=chosen.choice("recognition", RecognitionStatus),
        language=reader.code("language", find_language, "Not a language"),
        licence=(known.text("licence") or "")[:40] or None,
        percentage_at_least=_within(reader, "percentage_at_least", 100),
        shift=chosen.choice("shift", Shift),
        available_by=reader.day("available_by"),
        interest=chosen.choice("interest", InterestKind),
        citizenship=reader.code("citizenship", find_country, "Not a country"),
        country_of_origin=reader.code("country_of_origin", find_country, "Not a country"),
        contact_language=reader.code("contact_language", find_language, "Not a language"),
        residence_basis=chosen.choice("residence_basis", ResidenceBasis),
        may_work=known.answer("may_work"),
        needs_interpreter=known.answer("needs_interpreter"),
        age_from=_within(reader, "age_from", _OLDEST),
        age_to=_within(reader, "age_to", _OLDEST),
        arrived_since=reader.day("arrived_since"),
        in_household=known.answer("in_household"),
        in_list=reader.id("in_list"),
        not_mapped=typed.ticked("not_mapped"),
        archived=typed.ticked("archived"),
        unknown=frozenset(unknown),
    )
    reader.faults += chosen.faults
    reader.refuse()
    return wanted


_OLDEST = 150


def _within(reader: Reader, name: str, most: int) -> int | None:
    """A whole number from 0 to `most`."""
    number = reader.whole(name)
    if number is not None and not 0 <= number <= most:
        reader.faults.append(FieldFault(f"/{name}", "Out of range"))
        return None
    return number


def search_form(wanted: PeopleFilter) -> Typed:
    """The search form as it stands; codes are shown as names, as they are typed."""
    asked = {name: getattr(wanted, name) for name in PeopleFilter.__dataclass_fields__}
    asked |= {name: "yes" if asked[name] else None for name in ("archived", "not_mapped")}
    for name, told in _NAMES.items():
        asked[name] = told(asked[name])
    asked["unknown"] = sorted(wanted.unknown)
    asked |= {one.name: UNKNOWN for one in SELECTS.values() if one.unknown in wanted.unknown}
    return filled(**asked)


_NAMES: Mapping[str, Callable[..., str | None]] = {
    "occupation": formats.occupation_name,
    "wished": formats.occupation_name,
    "language": formats.language_name,
    "citizenship": formats.country_name,
    "country_of_origin": formats.country_name,
    "contact_language": formats.language_name,
    "available_by": formats.day,
    "arrived_since": formats.day,
}


def styrk(text: str | None, words: Lexicon) -> str | None:
    """An occupation that is searched for, by its code or its title; one that is none finds nothing."""
    if not (text or "").strip():
        return None
    linked = words.occupation(text or "")
    return normalise_styrk(text or "") or (linked.styrk if linked else None) or "none"


def without(wanted: PeopleFilter, name: str) -> PeopleFilter:
    """The same search without one of its conditions; `no_…` names something that is asked for as not stated."""
    if name.startswith("no_"):
        return replace(wanted, unknown=frozenset(one for one in wanted.unknown if f"no_{one.value}" != name))
    return replace(wanted, **{name: getattr(NO_SEARCH, name)}) if name in asked_for(wanted) else wanted


_TOLD: Mapping[str, tuple[str, Callable[..., str | None]]] = {
    "occupation": (_("Har vært"), formats.occupation_name),
    "skill": (_("Kan"), str),
    "wished": (_("Vil bli"), formats.occupation_name),
    "norwegian_at_least": (_("Norsk, minst"), str),
    "education_at_least": (_("Utdanning, minst"), formats.named),
    "recognition": (_("Godkjenning i Norge"), word),
    "language": (_("Kan språket"), formats.language_name),
    "licence": (_("Har"), formats.licence_name),
    "percentage_at_least": (_("Vil ha stilling, minst"), lambda most: f"{most} %"),
    "shift": (_("Kan arbeide"), word),
    "available_by": (_("Kan begynne innen"), formats.day),
    "interest": (_("Interesser"), word),
    "citizenship": (_("Statsborger"), formats.country_name),
    "country_of_origin": (_("Opprinnelsesland"), formats.country_name),
    "contact_language": (_("Språk i kontakt"), formats.language_name),
    "residence_basis": (_("Oppholdsgrunnlag"), word),
    "may_work": (_("Har lov til å arbeide"), formats.yes_no),
    "needs_interpreter": (_("Trenger tolk"), formats.yes_no),
    "age_from": (_("Alder, fra"), str),
    "age_to": (_("Alder, til"), str),
    "arrived_since": (_("Kom til kommunen etter"), formats.day),
    "in_household": (_("Bor i en husstand"), formats.yes_no),
}
_SIMPLY: Mapping[str, str] = {
    "not_mapped": _("Ikke kartlagt"),
    "archived": _("Arkivert"),
    "fresh_in": _("Nye siden sist"),
}


def told(wanted: PeopleFilter, lists: Mapping[UUID, str]) -> Iterator[tuple[str, str]]:
    """Each condition that is set, but for the text: its name, and what it asks for. `lists`: their names by id."""
    asked = asked_for(wanted)
    for name, (text, say) in _TOLD.items():
        if name in asked:
            yield name, f"{gettext(text)}: {say(getattr(wanted, name))}"
    for name, text in _SIMPLY.items():
        if name in asked:
            yield name, gettext(text)
    if wanted.in_list is not None:
        yield "in_list", gettext(_("Liste: %(name)s")) % {"name": lists.get(wanted.in_list, "–")}
    for one in sorted(wanted.unknown):
        what = gettext(UNKNOWNS[one]) if one in UNKNOWNS else label(one.value)
        yield f"no_{one.value}", gettext(_("Ikke oppgitt: %(what)s")) % {"what": what}
