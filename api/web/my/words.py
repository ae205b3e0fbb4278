"""Words of the newcomer's pages for codes whose names are Norwegian elsewhere, and for what a form complains of."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from api.web.faults import Complaint
from api.web.i18n import gettext
from api.web.i18n import mark as _
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.sectors import sector, sectors
from kompetanse.codes.work import Duration, ExperienceKind, InterestKind, Shift, SkillLevel, Strength, WishKind
from kompetanse.competence.fields import ProfilePart
from kompetanse.errors import FieldFault

PARTS: Mapping[ProfilePart, str] = MappingProxyType(
    {
        ProfilePart.EXPERIENCES: _("Arbeid du har hatt"),
        ProfilePart.SKILLS: _("Det du kan"),
        ProfilePart.EDUCATIONS: _("Skole og utdanning"),
        ProfilePart.LANGUAGES: _("Språk"),
        ProfilePart.LICENCES: _("Førerkort og bevis"),
        ProfilePart.COURSES: _("Kurs"),
        ProfilePart.WISHED_OCCUPATIONS: _("Arbeid du ønsker deg"),
        ProfilePart.WISHES: _("Andre ønsker"),
        ProfilePart.INTERESTS: _("Det du liker"),
    }
)
"""The parts of a profile, in the order of her page."""

_EDUCATION: Mapping[EducationLevel, str] = MappingProxyType(
    {
        EducationLevel.NONE: _("Ingen skole"),
        EducationLevel.PRIMARY: _("Barneskole"),
        EducationLevel.LOWER_SECONDARY: _("Ungdomsskole (9–10 år)"),
        EducationLevel.UPPER_SECONDARY_BASIC: _("Videregående skole, ikke ferdig"),
        EducationLevel.UPPER_SECONDARY: _("Videregående skole, ferdig (12–13 år)"),
        EducationLevel.POST_SECONDARY: _("Fagskole"),
        EducationLevel.BACHELOR: _("Universitet, bachelor (3–4 år)"),
        EducationLevel.MASTER: _("Universitet, master (5–6 år)"),
        EducationLevel.DOCTORATE: _("Doktorgrad"),
    }
)

_LEVELS: Mapping[Cefr, str] = MappingProxyType(
    {
        Cefr.A1: _("noen få ord"),
        Cefr.A2: _("enkle samtaler"),
        Cefr.B1: _("klarer meg i hverdag og arbeid"),
        Cefr.B2: _("godt"),
        Cefr.C1: _("svært godt"),
        Cefr.C2: _("nesten som morsmål"),
    }
)
"""The levels of the Common European Framework (Council of Europe 2001) in a few plain words."""

_SECTORS: Mapping[str, str] = MappingProxyType(
    {
        "fish": _("Fisk og sjømat"),
        "agriculture": _("Landbruk og skog"),
        "building": _("Bygg og anlegg"),
        "industry": _("Industri og maskiner"),
        "electrical": _("Elektro"),
        "sea": _("Skip og havn"),
        "transport": _("Transport og lager"),
        "cleaning": _("Renhold"),
        "kitchen": _("Kjøkken og servering"),
        "hotel": _("Hotell og reiseliv"),
        "shop": _("Butikk og salg"),
        "health": _("Helse"),
        "care": _("Omsorg"),
        "childhood": _("Barnehage og skole"),
        "office": _("Kontor og økonomi"),
        "it": _("IT og data"),
        "engineering": _("Ingeniør og teknikk"),
        "public": _("Det offentlige og jus"),
        "culture": _("Kultur, idrett og fritid"),
        "beauty": _("Frisør og velvære"),
    }
)

_FAULTS: Mapping[str, str] = MappingProxyType(
    {
        "Nothing is written": _("Skriv noe her."),
        "Nothing is chosen": _("Velg et svar."),
        "Not a choice of the list": _("Velg et svar."),
        "Too long": _("Teksten er for lang."),
        "Not a date": _("Skriv et år, eller måned og år: 2009 eller 05.2009."),
        "Not a whole number": _("Skriv et tall."),
        "Out of range": _("Tallet er for lite eller for stort."),
        "Not a phone number": _("Skriv telefonnummeret med landkode: +47 900 00 000."),
        "Not an e-mail address": _("Skriv e-posten slik: navn@example.no."),
        "The day has not come": _("Denne dagen er ikke kommet ennå."),
        "A job that goes on has not ended": _("Et arbeid du har nå, har ingen sluttdato."),
        "The job ends before it starts": _("Det slutter før det begynner. Se på begge datoene."),
        "It ends before it starts": _("Det slutter før det begynner. Se på begge datoene."),
        "What is not completed has no year": _("Det som ikke er ferdig, har ikke noe år."),
        "The least is more than the most": _("Det minste tallet kan ikke være større enn det største."),
    }
)
"""What the domain complains of, as far as her forms can be wrong so."""

_OTHER_FAULT = _("Dette kan ikke stemme. Se på det en gang til.")


SHARED_KINDS: tuple[type[StrEnum], ...] = (
    Duration,
    ExperienceKind,
    InterestKind,
    Shift,
    SkillLevel,
    Strength,
    WishKind,
)
"""Closed sets whose words in `api.web.words` stand on her pages too."""

SHARED_TEXTS = ("minst %(least)s %%", "opptil %(most)s %%")
"""And what `api.web.formats` writes on them."""


def education_level(level: EducationLevel | None) -> str | None:
    """How far a school went, in plain words."""
    return None if level is None else gettext(_EDUCATION[level])


def level_of(level: Cefr | None) -> str | None:
    """How well a language is known: B1 – klarer meg i hverdag og arbeid."""
    return None if level is None else f"{level.value} – {gettext(_LEVELS[level])}"


def sector_of(code: str) -> str:
    """A sector of work, in plain words."""
    return gettext(_SECTORS[code]) if code in _SECTORS else sector(code).name_nb


def part_heading(part: ProfilePart) -> str:
    """What a part of her profile is called."""
    return gettext(PARTS[part])


def education_choices() -> list[tuple[str, str]]:
    """The levels of education, lowest first."""
    return [(level.value, gettext(_EDUCATION[level])) for level in EducationLevel]


def level_choices() -> list[tuple[str, str]]:
    """The levels of a language, lowest first."""
    return [(level.value, str(level_of(level))) for level in Cefr]


def sector_choices() -> list[tuple[str, str]]:
    """The sectors of work."""
    return [(one.code, sector_of(one.code)) for one in sectors()]


def complaints(faults: Iterable[FieldFault]) -> list[Complaint]:
    """The domain's faults as her page shows them."""
    named = ((fault.pointer.strip("/").split("/")[0], fault.detail) for fault in faults)
    return [Complaint(name, gettext(_FAULTS.get(detail, _OTHER_FAULT))) for name, detail in named]


FILTERS = (education_level, level_of, sector_of, part_heading)
"""The functions that templates use as filters."""

GLOBALS = (education_choices, level_choices, sector_choices)
"""And those that they call."""
