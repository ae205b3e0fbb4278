"""A vacancy's form: what was typed becomes what can be stored, and back."""

from collections.abc import Iterable

from api.web import formats
from api.web.forms import Typed, filled
from api.web.reading import Reader
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.languages import find_language
from kompetanse.codes.occupations import normalise_styrk
from kompetanse.codes.work import Duration, Importance, Shift
from kompetanse.errors import FieldFault
from kompetanse.taxonomy.lexicon import Lexicon
from kompetanse.vacancies.service import LanguageDemand, SkillDemand, VacancyFields, VacancyRecord

EMPTY_ROWS = 2
"""How many empty rows a form offers below those that are filled."""

MOST_ROWS = 20


def vacancy_fields(typed: Typed, words: Lexicon | None = None) -> VacancyFields:
    """What the form states about a vacancy; its occupation by a code, or by what `words` knows it is called.

    Raises:
        Invalid: with every field that cannot be read.
    """
    reader = Reader(typed)
    fields = VacancyFields(
        title=typed.raw("title"),
        employer_name=typed.text("employer_name"),
        employer_org_no=typed.text("employer_org_no"),
        description=typed.text("description"),
        education_level=reader.choice("education_level", EducationLevel),
        education_field=typed.text("education_field"),
        authorisation=typed.text("authorisation"),
        minimum_age=reader.whole("minimum_age"),
        experience_months=reader.whole("experience_months"),
        percentage_min=reader.whole("percentage_min"),
        percentage_max=reader.whole("percentage_max"),
        shifts=[Shift(one) for one in typed.all("shifts") if one in set(Shift)] or None,
        duration=reader.choice("duration", Duration),
        positions=reader.whole("positions") or 1,
        starts_on=reader.day("starts_on"),
        ends_on=reader.day("ends_on"),
        deadline=reader.day("deadline"),
        place=typed.text("place"),
        postal_code=typed.text("postal_code"),
        kindergarten_places=reader.whole("kindergarten_places"),
        school_places=reader.whole("school_places"),
        skills=[*_skills(typed, Importance.ESSENTIAL), *_skills(typed, Importance.TRAINABLE)],
        languages=list(_languages(reader)),
        licences=list(dict.fromkeys(typed.all("licences"))),
    )
    if typed.has("unit"):
        fields["unit"] = typed.text("unit")
    if typed.text("styrk"):
        fields["styrk"] = typed.text("styrk")
        if words is not None and not (styrk := _occupation(typed.raw("styrk"), words)):
            reader.faults.append(FieldFault("/styrk", "Not an occupation", "Use a title, or a code such as 2223"))
        elif words is not None:
            fields["styrk"] = styrk
    reader.refuse()
    return fields


def _occupation(said: str, words: Lexicon) -> str | None:
    called = words.occupation(said)
    return normalise_styrk(said) or (called.styrk if called else None)


def vacancy_form(record: VacancyRecord) -> Typed:
    """The form as it stands for a stored vacancy."""
    vacancy = record.vacancy
    by_importance = {
        f"skills_{importance.value}": "\n".join(one.label for one in record.skills if one.importance is importance)
        for importance in Importance
    }
    return filled(
        version=vacancy.version,
        title=vacancy.title,
        unit=vacancy.unit,
        employer_name=vacancy.employer_name,
        employer_org_no=vacancy.employer_org_no,
        styrk=vacancy.styrk,
        description=vacancy.description,
        education_level=vacancy.education_level,
        education_field=vacancy.education_field,
        authorisation=vacancy.authorisation,
        minimum_age=vacancy.minimum_age,
        experience_months=vacancy.experience_months,
        percentage_min=vacancy.percentage_min,
        percentage_max=vacancy.percentage_max,
        shifts=[str(shift) for shift in vacancy.shifts or []],
        duration=vacancy.duration,
        positions=vacancy.positions,
        starts_on=vacancy.starts_on,
        ends_on=vacancy.ends_on,
        deadline=vacancy.deadline,
        place=vacancy.place,
        postal_code=vacancy.postal_code,
        kindergarten_places=vacancy.kindergarten_places,
        school_places=vacancy.school_places,
        licences=[one.licence for one in record.licences],
        **by_importance,
        **_language_rows(record),
    )


def rows(typed: Typed, name: str) -> range:
    """Which rows of a repeated field the form shows: those that are filled, and some empty ones."""
    used = [row for row in range(MOST_ROWS) if typed.text(f"{name}_{row}")]
    return range(min(MOST_ROWS, max(used, default=-1) + 1 + EMPTY_ROWS))


def _skills(typed: Typed, importance: Importance) -> Iterable[SkillDemand]:
    for line in typed.raw(f"skills_{importance.value}").splitlines():
        if line.strip():
            yield SkillDemand(line.strip(), importance)


def _languages(reader: Reader) -> Iterable[LanguageDemand]:
    for row in range(MOST_ROWS):
        name = f"language_{row}"
        code = reader.code(name, find_language, "Not a language")
        level = reader.choice(f"minimum_{row}", Cefr)
        if code and level:
            yield LanguageDemand(code, level, _is_required(reader, row))
        elif code:
            reader.faults.append(FieldFault(f"/minimum_{row}", "No level is chosen"))


def _is_required(reader: Reader, row: int) -> bool:
    """Whether a language is demanded or wished for. Neither goes without saying: a demand shuts people out."""
    said = reader.typed.answer(name := f"required_{row}")
    if said is None:
        reader.faults.append(FieldFault(f"/{name}", "Not a choice of the list"))
    return bool(said)


def _language_rows(record: VacancyRecord) -> dict[str, str]:
    written: dict[str, str] = {}
    for row, one in enumerate(record.languages):
        written[f"language_{row}"] = formats.language_name(one.language) or one.language
        written[f"minimum_{row}"] = one.minimum.value
        written[f"required_{row}"] = "yes" if one.required else "no"
    return written
