"""Forms of a profile's parts: what was typed becomes what can be stored. The domain judges it."""

from collections.abc import Callable, Mapping

from api.web.forms import Typed, filled
from api.web.reading import Reader
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.countries import find_country
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.languages import find_language
from kompetanse.codes.work import Evidence, ExperienceKind, RecognitionStatus, Shift, Strength
from kompetanse.competence.service import (
    EducationFields,
    ExperienceFields,
    InterestFields,
    LanguageFields,
    LicenceFields,
    PartFields,
    ProfileDocument,
    ProfilePart,
    SkillFields,
    WishedOccupationFields,
    WishFields,
)

WISHES = "wishes"


def part_fields(part: ProfilePart, typed: Typed) -> PartFields:
    """What the form states about one entry of a part.

    Raises:
        Invalid: with every field that cannot be read.
    """
    reader = Reader(typed)
    fields = _READERS[part](typed, reader)
    reader.refuse()
    return fields


def wish_fields(typed: Typed) -> WishFields:
    """What the form states about the wishes that are single values. No box ticked is "not stated"."""
    reader = Reader(typed)
    fields = WishFields(
        mapped_on=reader.day("mapped_on"),
        percentage_min=reader.whole("percentage_min"),
        percentage_max=reader.whole("percentage_max"),
        shifts=[Shift(one) for one in typed.all("shifts") if one in set(Shift)] or None,
        commute_minutes=reader.whole("commute_minutes"),
        available_from=reader.day("available_from"),
        wishes_as_spoken=typed.text("wishes_as_spoken"),
    )
    reader.refuse()
    return fields


def wishes_form(profile: ProfileDocument) -> Typed:
    """The form of the wishes as they stand."""
    return filled(
        mapped_on=profile.mapped_on,
        percentage_min=profile.percentage_min,
        percentage_max=profile.percentage_max,
        shifts=profile.shifts or [],
        commute_minutes=profile.commute_minutes,
        available_from=profile.available_from,
        wishes_as_spoken=profile.wishes_as_spoken,
    )


def _skill(typed: Typed, reader: Reader) -> SkillFields:
    return SkillFields(
        label=typed.raw("label"), holds=typed.raw("holds") != "no", evidence=reader.choice("evidence", Evidence)
    )


def _experience(typed: Typed, reader: Reader) -> ExperienceFields:
    fields = ExperienceFields(
        title=typed.raw("title"),
        kind=reader.choice("kind", ExperienceKind) or ExperienceKind.PAID,
        employer=typed.text("employer"),
        country=reader.code("country", find_country, "Not a country"),
        started=reader.partial("started"),
        ended=reader.partial("ended"),
        ongoing=True if typed.ticked("ongoing") else None,
        months=reader.whole("months"),
        percentage=reader.whole("percentage"),
    )
    if typed.text("styrk"):
        fields["styrk"] = typed.text("styrk")
    return fields


def _education(typed: Typed, reader: Reader) -> EducationFields:
    return EducationFields(
        title=typed.raw("title"),
        level=reader.choice("level", EducationLevel),
        field=typed.text("field"),
        institution=typed.text("institution"),
        country=reader.code("country", find_country, "Not a country"),
        completed=typed.answer("completed"),
        completed_year=reader.whole("completed_year"),
        recognition=reader.choice("recognition", RecognitionStatus),
    )


def _language(typed: Typed, reader: Reader) -> LanguageFields:
    code = reader.code("language", find_language, "Not a language")
    return LanguageFields(
        language=code or "",
        mother_tongue=typed.answer("mother_tongue"),
        listening=reader.choice("listening", Cefr),
        reading=reader.choice("reading", Cefr),
        interaction=reader.choice("interaction", Cefr),
        production=reader.choice("production", Cefr),
        writing=reader.choice("writing", Cefr),
    )


def _licence(typed: Typed, reader: Reader) -> LicenceFields:
    return LicenceFields(
        licence=typed.raw("licence"),
        holds=typed.raw("holds") != "no",
        country=reader.code("country", find_country, "Not a country"),
        valid_until=reader.day("valid_until"),
    )


def _wished_occupation(typed: Typed, reader: Reader) -> WishedOccupationFields:
    strength = reader.choice("strength", Strength) or Strength.PREFER
    return WishedOccupationFields(title=typed.raw("title"), strength=strength)


def _interest(typed: Typed, _: Reader) -> InterestFields:
    return InterestFields(label=typed.raw("label"))


_READERS: Mapping[ProfilePart, Callable[[Typed, Reader], PartFields]] = {
    ProfilePart.SKILLS: _skill,
    ProfilePart.EXPERIENCES: _experience,
    ProfilePart.EDUCATIONS: _education,
    ProfilePart.LANGUAGES: _language,
    ProfilePart.LICENCES: _licence,
    ProfilePart.WISHED_OCCUPATIONS: _wished_occupation,
    ProfilePart.INTERESTS: _interest,
}
