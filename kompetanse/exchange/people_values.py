"""Turns an accepted row into what is stored of a person: her record, her profile's parts, her notes.

Pure. What no column holds goes into the notes under its own heading, so that nothing of the row is lost; a part
that breaks a rule of the profile is left out with a warning, and its words go there too.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType

from kompetanse.codes.languages import language
from kompetanse.codes.work import Strength
from kompetanse.competence import accepting
from kompetanse.competence.accepting import Given
from kompetanse.competence.fields import (
    EducationFields,
    ExperienceFields,
    InterestFields,
    LanguageFields,
    LicenceFields,
    PartValues,
    ProfilePart,
    SkillFields,
    WishedOccupationFields,
)
from kompetanse.competence.parts import IDENTIFYING
from kompetanse.errors import Invalid
from kompetanse.exchange.cells.education import EducationEntry
from kompetanse.exchange.cells.languages import LanguageEntry
from kompetanse.exchange.cells.work import ExperienceEntry
from kompetanse.exchange.faults import Reason, RowWarning
from kompetanse.exchange.people_entries import PersonEntry
from kompetanse.people.rules import name_key
from kompetanse.taxonomy.lexicon import Lexicon
from kompetanse.taxonomy.linking.parts import parts as taken_apart

NOTES_LENGTH = 10_000
FISH_PROCESSING = ("8160", "7511")
"""Food processing operators, and butchers and fishmongers: what "fisken" means on a coast of filleting plants."""

_FISH = re.compile(r"\b(?:fisk\w*|filet\w*|laks\w*|lakse?slakteri\w*)", re.IGNORECASE)
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class PersonValues:
    """Values by column. `wishes` are those of the profile's head; `parts` are in stored form, by part."""

    person: Mapping[str, object]
    wishes: Mapping[str, object]
    parts: Mapping[ProfilePart, tuple[PartValues, ...]]
    warnings: tuple[RowWarning, ...]

    @property
    def has_profile(self) -> bool:
        """Whether anything of the profile is stated."""
        return bool(self.wishes) or any(self.parts.values())


@dataclass(slots=True)
class _Parts:
    """Collects the parts of one person; each skill, language and licence once."""

    entry: PersonEntry
    values: dict[ProfilePart, list[PartValues]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    warnings: list[RowWarning] = field(default_factory=list)

    def add(self, part: ProfilePart, spoken: str, make: Callable[[], PartValues]) -> None:
        """Add what `make` accepts; when it refuses, the words are noted with a warning."""
        try:
            made = make()
        except Invalid as refusal:
            self.notes.append(f"Ikke tatt med: {spoken}")
            self.warn(Reason.PART_REFUSED, spoken, f"«{spoken}» er bare tatt med som merknad ({refusal})")
            return
        rows = self.values.setdefault(part, [])
        column = IDENTIFYING.get(part)
        if column is None or all(row[column] != made[column] for row in rows):
            rows.append(made)

    def warn(self, reason: Reason, value: str, detail: str, hint: str = "Rett det i kompetanseprofilen") -> None:
        """Ask somebody to look at the row."""
        self.warnings.append(RowWarning(self.entry.row, "", value, reason, detail, hint))


def values_of(entry: PersonEntry, given: Given) -> PersonValues:
    """Everything that is stored of a row, and what was left out of it."""
    parts = _Parts(entry)
    for language_entry in entry.languages:
        _add_language(parts, language_entry, given)
    for job in entry.experiences:
        _add_experience(parts, job, given)
    for education in entry.educations:
        _add_education(parts, education, given)
    _add_skills(parts, given)
    _add_wishes(parts, given)
    notes = _notes(entry, parts)
    return PersonValues(
        _person(entry, notes),
        _wishes(entry),
        MappingProxyType({part: tuple(rows) for part, rows in parts.values.items()}),
        tuple(parts.warnings),
    )


def _person(entry: PersonEntry, notes: str | None) -> Mapping[str, object]:
    return {
        "given_name": entry.given_name,
        "family_name": entry.family_name,
        "name_key": name_key(entry.family_name, entry.given_name),
        "born": entry.born,
        "citizenships": None if entry.citizenships is None else list(entry.citizenships),
        "country_of_origin": entry.country_of_origin,
        "arrived_in_norway": entry.arrived_in_norway,
        "arrived_in_municipality": entry.arrived_in_municipality,
        "postal_code": entry.postal_code,
        "needs_interpreter": entry.needs_interpreter,
        "notes": notes,
    }


def _wishes(entry: PersonEntry) -> Mapping[str, object]:
    wishes: dict[str, object] = {}
    if entry.percentage is not None:
        wishes["percentage_min"], wishes["percentage_max"] = entry.percentage.minimum, entry.percentage.maximum
    if entry.wishes_as_spoken is not None:
        wishes["wishes_as_spoken"] = entry.wishes_as_spoken[:2000]
    return wishes


def _add_language(parts: _Parts, one: LanguageEntry, given: Given) -> None:
    stated = LanguageFields(
        language=one.code,
        mother_tongue=one.mother_tongue,
        listening=one.listening,
        reading=one.reading,
        interaction=one.interaction,
        production=one.production,
        writing=one.writing,
    )
    name = language(one.code).name_nb
    parts.add(ProfilePart.LANGUAGES, name, partial(accepting.accept_language, stated, given))
    if one.note and _WORD.search(one.note):
        parts.notes.append(f"Språk, {name}: {one.note}")


def _add_experience(parts: _Parts, job: ExperienceEntry, given: Given) -> None:
    stated = ExperienceFields(
        title=job.title, started=job.started, ended=job.ended, ongoing=job.ongoing, months=job.months
    )
    if job.styrk is not None:
        stated["styrk"] = job.styrk
    parts.add(ProfilePart.EXPERIENCES, job.title, partial(accepting.accept_experience, stated, given))
    if job.note:
        parts.notes.append(f"Yrke, {job.title}: {job.note}")


def _add_education(parts: _Parts, education: EducationEntry, given: Given) -> None:
    stated = EducationFields(
        title=education.as_spoken,
        level=education.level,
        field=education.field,
        completed=education.completed,
        recognition=education.recognition,
    )
    parts.add(ProfilePart.EDUCATIONS, education.as_spoken, partial(accepting.accept_education, stated, given))


def _add_skills(parts: _Parts, given: Given) -> None:
    for skill in parts.entry.skills:
        for label in _named_skills(skill.label, given.lexicon):
            stated = SkillFields(label=label, holds=skill.holds)
            parts.add(ProfilePart.SKILLS, label, partial(accepting.accept_skill, stated, given))
    for one in parts.entry.licences:
        licence = LicenceFields(licence=one.code, holds=one.holds, country=one.country)
        parts.add(ProfilePart.LICENCES, one.code, partial(accepting.accept_licence, licence, given))
    for label in parts.entry.interests:
        interest = InterestFields(label=label)
        parts.add(ProfilePart.INTERESTS, label, partial(accepting.accept_interest, interest, given))


def _named_skills(label: str, lexicon: Lexicon) -> list[str]:
    """The skills that a label names: "regnskap/lønn" is two, when each of them is known; otherwise it is as it is."""
    pieces = taken_apart(label)
    several = len(pieces) > 1 and lexicon.skill(label) is None and all(lexicon.skill(piece) for piece in pieces)
    return pieces if several else [label]


def _add_wishes(parts: _Parts, given: Given) -> None:
    """Wishes that name an occupation; the words themselves are kept whole in the profile's head."""
    for part in re.split(r"[,;/]", parts.entry.wishes_as_spoken or ""):
        title = part.strip()
        concept = given.lexicon.occupation(title) if title else None
        if concept is not None and concept.styrk is not None:
            _add_wished(parts, title, concept.styrk, Strength.PREFER, given)
    leave = parts.entry.wants_to_leave
    if leave is not None and _FISH.search(leave):
        # Who is in fish and wants out of it says which work not to be proposed for. It is a reading of hers
        # and not her word, so a warning asks the coordinator to look, and the words stay as spoken.
        for styrk in FISH_PROCESSING:
            _add_wished(parts, f"ut av {leave}", styrk, Strength.NEVER, given)
        parts.warn(
            Reason.WISH_INTERPRETED,
            leave,
            "Ønsket om å komme ut av fisken er ført som at personen ikke vil foreslås til fiskeforedling",
            "Slett det under ønskede yrker i kompetanseprofilen hvis det er feil",
        )


def _add_wished(parts: _Parts, title: str, styrk: str, strength: Strength, given: Given) -> None:
    stated = WishedOccupationFields(title=title, styrk=styrk, strength=strength)
    parts.add(ProfilePart.WISHED_OCCUPATIONS, title, partial(accepting.accept_wished_occupation, stated, given))


def _notes(entry: PersonEntry, parts: _Parts) -> str | None:
    current = [f"Nå: {entry.current.as_spoken}"] if entry.current else []
    family = [f"Familie: {entry.family}"] if entry.family else []
    told = [*entry.notes, *family, *current, *_not_said_before(parts.notes, entry.notes)]
    text = "\n".join(dict.fromkeys(told))
    if len(text) > NOTES_LENGTH:
        parts.warn(
            Reason.TEXT_SHORTENED, "", f"Merknadene er lengre enn {NOTES_LENGTH} tegn, og er kortet ned", "Kort dem ned"
        )
    return text[:NOTES_LENGTH] or None


def _not_said_before(notes: Iterable[str], before: tuple[str, ...]) -> list[str]:
    """Remarks that do not stand in the notes already, as part of a whole cell that was kept."""
    return [note for note in notes if not any(note.partition(": ")[2] in earlier for earlier in before)]
