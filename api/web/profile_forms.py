"""Forms of a profile's parts: what was typed becomes what can be stored. The domain judges it."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from api.web.forms import Typed, filled
from api.web.places import find_place
from api.web.reading import Reader
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.countries import find_country
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.languages import find_language
from kompetanse.codes.work import (
    CourseKind,
    Evidence,
    ExperienceKind,
    InterestKind,
    LanguageProof,
    RecognitionScheme,
    RecognitionStatus,
    Shift,
    SkillLevel,
    Strength,
    WishKind,
)
from kompetanse.competence.fields import TERMS as TERMS_OF_WORK
from kompetanse.competence.service import (
    CourseFields,
    EducationFields,
    ExperienceFields,
    InterestFields,
    LanguageFields,
    LicenceFields,
    OtherWishFields,
    PartFields,
    ProfileDocument,
    ProfilePart,
    SkillFields,
    WishedOccupationFields,
    WishFields,
)

Linkable = TypeVar("Linkable", ExperienceFields, WishedOccupationFields)

NO_CONCEPT = "none"
"""What is chosen when no concept means what was written."""

TERMS = "terms"
"""The form of the wishes that are single values."""


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
        pay_floor=reader.whole("pay_floor"),
        percentage_strength=reader.choice("percentage_strength", Strength),
        shifts_strength=reader.choice("shifts_strength", Strength),
        commute_strength=reader.choice("commute_strength", Strength),
        start_strength=reader.choice("start_strength", Strength),
        pay_strength=reader.choice("pay_strength", Strength),
        term_weights={term: weight for term in TERMS_OF_WORK if (weight := reader.whole(f"{term}_weight"))} or None,
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
        pay_floor=profile.pay_floor,
        percentage_strength=profile.percentage_strength,
        shifts_strength=profile.shifts_strength,
        commute_strength=profile.commute_strength,
        start_strength=profile.start_strength,
        pay_strength=profile.pay_strength,
        **{f"{term}_weight": (profile.term_weights or {}).get(term) for term in TERMS_OF_WORK},
        wishes_as_spoken=profile.wishes_as_spoken,
    )


def _skill(typed: Typed, reader: Reader) -> SkillFields:
    fields = SkillFields(
        label=typed.raw("label"),
        holds=typed.raw("holds") != "no",
        level=reader.choice("level", SkillLevel),
        evidence=reader.choice("evidence", Evidence),
        source_id=reader.id("source_id"),
    )
    if typed.text("concept"):
        fields["concept"] = _concept(typed)
    return fields


def _experience(typed: Typed, reader: Reader) -> ExperienceFields:
    fields = ExperienceFields(
        title=typed.raw("title"),
        title_language=reader.code("title_language", find_language, "Not a language"),
        kind=reader.choice("kind", ExperienceKind) or ExperienceKind.PAID,
        employer=typed.text("employer"),
        country=reader.code("country", find_country, "Not a country"),
        started=reader.partial("started"),
        ended=reader.partial("ended"),
        ongoing=typed.answer("ongoing"),
        months=reader.whole("months"),
        percentage=reader.whole("percentage"),
        tasks=typed.text("tasks"),
        relevant=typed.answer("relevant"),
    )
    return _linked(typed, fields)


def _linked(typed: Typed, fields: Linkable) -> Linkable:
    """The occupation as it was chosen, by its code, or by both; with neither, the domain links the title."""
    if typed.text("styrk"):
        fields["styrk"] = typed.text("styrk")
    elif typed.text("concept") == NO_CONCEPT:
        fields["styrk"] = None
    if _concept(typed):
        fields["concept"] = _concept(typed)
    return fields


def _concept(typed: Typed) -> str | None:
    return None if typed.text("concept") == NO_CONCEPT else typed.text("concept")


def _education(typed: Typed, reader: Reader) -> EducationFields:
    return EducationFields(
        title=typed.raw("title"),
        level=reader.choice("level", EducationLevel),
        field=typed.text("field"),
        institution=typed.text("institution"),
        country=reader.code("country", find_country, "Not a country"),
        started_year=reader.whole("started_year"),
        completed=typed.answer("completed"),
        completed_year=reader.whole("completed_year"),
        recognition=reader.choice("recognition", RecognitionStatus),
        recognition_scheme=reader.choice("recognition_scheme", RecognitionScheme),
        recognition_authority=typed.text("recognition_authority"),
        recognition_decided_on=reader.day("recognition_decided_on"),
        recognition_valid_until=reader.day("recognition_valid_until"),
        recognition_documents=typed.all("recognition_documents") or None,
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
        proof=reader.choice("proof", LanguageProof),
        test=typed.text("test"),
        tested_on=reader.day("tested_on"),
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
    fields = WishedOccupationFields(
        title=typed.raw("title"),
        title_language=reader.code("title_language", find_language, "Not a language"),
        strength=strength,
        weight=reader.whole("weight"),
    )
    return _linked(typed, fields)


def _course(typed: Typed, reader: Reader) -> CourseFields:
    return CourseFields(
        title=typed.raw("title"),
        kind=reader.choice("kind", CourseKind) or CourseKind.COURSE,
        provider=typed.text("provider"),
        completed=reader.partial("completed"),
        valid_until=reader.day("valid_until"),
    )


def _other_wish(typed: Typed, reader: Reader) -> OtherWishFields:
    """A wish. The form has a list for sectors; a municipality is known by its name, also among the words."""
    kind = reader.choice("kind", WishKind)
    fields = OtherWishFields(
        text=typed.text("text"),
        strength=reader.choice("strength", Strength) or Strength.PREFER,
        weight=reader.whole("weight"),
    )
    if kind is not None:
        fields["kind"] = kind
    if kind in {WishKind.SECTOR, WishKind.LEAVES}:
        fields["value"] = typed.text("sector")
    elif kind is WishKind.PLACE:
        fields["value"] = reader.code("place", find_place, "No municipality has this name")
        fields["value"] = fields["value"] or find_place(typed.raw("text"))
    return fields


def _interest(typed: Typed, reader: Reader) -> InterestFields:
    return InterestFields(
        label=typed.raw("label"),
        kind=reader.choice("kind", InterestKind) or InterestKind.LIKES,
        activity=typed.text("activity"),
    )


_READERS: Mapping[ProfilePart, Callable[[Typed, Reader], PartFields]] = {
    ProfilePart.SKILLS: _skill,
    ProfilePart.EXPERIENCES: _experience,
    ProfilePart.EDUCATIONS: _education,
    ProfilePart.LANGUAGES: _language,
    ProfilePart.LICENCES: _licence,
    ProfilePart.WISHED_OCCUPATIONS: _wished_occupation,
    ProfilePart.COURSES: _course,
    ProfilePart.WISHES: _other_wish,
    ProfilePart.INTERESTS: _interest,
}
