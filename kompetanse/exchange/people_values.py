"""Turns an accepted row into what is stored of a person: her record, her profile's parts, her notes.

Pure. What no column holds goes into the notes under its own heading, so that nothing of the row is lost; a part
that breaks a rule of the profile is left out with a warning, and its words go there too.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

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
from kompetanse.exchange.cells.skills import LicenceEntry
from kompetanse.exchange.cells.work import ExperienceEntry
from kompetanse.exchange.faults import Reason, RowWarning
from kompetanse.exchange.people_entries import PersonEntry
from kompetanse.people.rules import name_order
from kompetanse.taxonomy.linking.parts import parts as taken_apart

NOTES_LENGTH = 10_000
FISH_PROCESSING = ("8160", "7511")
"""Food processing operators, and butchers and fishmongers: what "fisken" means on a coast of filleting plants."""

_FISH = re.compile(r"\b(?:fisk\w*|filet\w*|laks\w*|lakse?slakteri\w*)", re.IGNORECASE)
_WORD = re.compile(r"\w")
_BETWEEN_WISHES = re.compile(r"[,;/]")
_MOST_KEPT = 50_000
"""How many different sayings of a file are kept with what they became."""


@dataclass(frozen=True, eq=False, slots=True)
class PartRow:
    """A part of a profile in stored form. Whoever said the same in a file has the very same one."""

    values: PartValues


@dataclass(frozen=True, slots=True)
class PersonValues:
    """Values by column. `wishes` are those of the profile's head."""

    person: Mapping[str, object]
    wishes: Mapping[str, object]
    parts: Mapping[ProfilePart, tuple[PartRow, ...]]
    warnings: tuple[RowWarning, ...]

    @property
    def has_profile(self) -> bool:
        """Whether anything of the profile is stated."""
        return bool(self.wishes) or any(self.parts.values())


Said = TypeVar("Said", bound=Hashable)
Make: TypeAlias = Callable[[Said, Given], PartValues]
"""Makes a part of what was said. Raises Invalid."""


@dataclass(slots=True)
class Making:
    """What the words of one file became: the same words are accepted, and linked, once."""

    given: Given
    _made: dict[ProfilePart, dict[Hashable, PartRow | Invalid]] = field(default_factory=lambda: defaultdict(dict))
    _skills: dict[str, list[str]] = field(default_factory=dict)

    def row(self, part: ProfilePart, said: Said, make: Make[Said]) -> PartRow | Invalid:
        """What `make` makes of what was said, or why it refuses."""
        made = self._made[part]
        row = made.get(said)
        if row is None:
            try:
                row = PartRow(make(said, self.given))
            except Invalid as refusal:
                row = refusal
            if len(made) < _MOST_KEPT:
                made[said] = row
        return row

    def named_skills(self, label: str) -> list[str]:
        """The skills that a label names: "regnskap/lønn" is two, when each is known; otherwise it is as it is."""
        named = self._skills.get(label)
        if named is None:
            lexicon, pieces = self.given.lexicon, taken_apart(label)
            several = len(pieces) > 1 and lexicon.skill(label) is None and all(lexicon.skill(one) for one in pieces)
            named = pieces if several else [label]
            if len(self._skills) < _MOST_KEPT:
                self._skills[label] = named
        return named


@dataclass(slots=True)
class _Parts:
    """Collects the parts of one person; each skill, language and licence once."""

    entry: PersonEntry
    making: Making
    rows: dict[ProfilePart, list[PartRow]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    warnings: list[RowWarning] = field(default_factory=list)

    def add(self, part: ProfilePart, said: Said, make: Make[Said], spoken: str) -> None:
        """Add what `make` accepts of what was said; when it refuses, the words are noted with a warning."""
        made = self.making.row(part, said, make)
        if isinstance(made, Invalid):
            self.notes.append(f"Ikke tatt med: {spoken}")
            self.warn(Reason.PART_REFUSED, spoken, f"«{spoken}» er bare tatt med som merknad ({made})")
            return
        rows = self.rows.setdefault(part, [])
        column = IDENTIFYING.get(part)
        if not rows or column is None or all(row.values[column] != made.values[column] for row in rows):
            rows.append(made)

    def warn(self, reason: Reason, value: str, detail: str, hint: str = "Rett det i kompetanseprofilen") -> None:
        """Ask somebody to look at the row."""
        self.warnings.append(RowWarning(self.entry.row, "", value, reason, detail, hint))


def values_of(entry: PersonEntry, making: Making) -> PersonValues:
    """Everything that is stored of a row, and what was left out of it."""
    parts = _Parts(entry, making)
    _add_languages(parts)
    _add_experiences(parts)
    for one in entry.educations:
        parts.add(ProfilePart.EDUCATIONS, one, _education, one.as_spoken)
    _add_skills(parts)
    _add_wishes(parts)
    if entry.protected_address and entry.postal_code:
        what = "Postnummeret er ikke tatt med, for adressen er sperret"
        parts.warn(Reason.PART_REFUSED, "", what, "Du trenger ikke gjøre noe")
    notes = _notes(entry, parts)
    return PersonValues(
        _person(entry, notes),
        _wishes(entry),
        {part: tuple(rows) for part, rows in parts.rows.items()},
        tuple(parts.warnings),
    )


def _person(entry: PersonEntry, notes: str | None) -> Mapping[str, object]:
    return {
        "given_name": entry.given_name,
        "family_name": entry.family_name,
        "name_key": entry.name_key,
        "name_order": name_order(entry.family_name, entry.given_name),
        "born": entry.born,
        "citizenships": None if entry.citizenships is None else list(entry.citizenships),
        "country_of_origin": entry.country_of_origin,
        "arrived_in_norway": entry.arrived_in_norway,
        "arrived_in_municipality": entry.arrived_in_municipality,
        "postal_code": None if entry.protected_address else entry.postal_code,
        "protected_address": bool(entry.protected_address),
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


def _add_languages(parts: _Parts) -> None:
    for one in parts.entry.languages:
        parts.add(ProfilePart.LANGUAGES, one, _language, one.code)
        if one.note and _WORD.search(one.note):
            parts.notes.append(f"Språk, {language(one.code).name_nb}: {one.note}")


def _language(said: LanguageEntry, given: Given) -> PartValues:
    stated = LanguageFields(
        language=said.code,
        mother_tongue=said.mother_tongue,
        listening=said.listening,
        reading=said.reading,
        interaction=said.interaction,
        production=said.production,
        writing=said.writing,
    )
    return accepting.accept_language(stated, given)


def _add_experiences(parts: _Parts) -> None:
    for job in parts.entry.experiences:
        parts.add(ProfilePart.EXPERIENCES, job, _experience, job.title)
        if job.note:
            parts.notes.append(f"Yrke, {job.title}: {job.note}")


def _experience(said: ExperienceEntry, given: Given) -> PartValues:
    stated = ExperienceFields(
        title=said.title, started=said.started, ended=said.ended, ongoing=said.ongoing, months=said.months
    )
    if said.styrk is not None:
        stated["styrk"] = said.styrk
    return accepting.accept_experience(stated, given)


def _education(said: EducationEntry, given: Given) -> PartValues:
    stated = EducationFields(
        title=said.as_spoken,
        level=said.level,
        field=said.field,
        completed=said.completed,
        recognition=said.recognition,
    )
    return accepting.accept_education(stated, given)


def _add_skills(parts: _Parts) -> None:
    for skill in parts.entry.skills:
        for label in parts.making.named_skills(skill.label):
            parts.add(ProfilePart.SKILLS, (label, skill.holds), _skill, label)
    for one in parts.entry.licences:
        parts.add(ProfilePart.LICENCES, one, _licence, one.code)
    for label in parts.entry.interests:
        parts.add(ProfilePart.INTERESTS, label, _interest, label)


def _skill(said: tuple[str, bool], given: Given) -> PartValues:
    label, holds = said
    return accepting.accept_skill(SkillFields(label=label, holds=holds), given)


def _licence(said: LicenceEntry, given: Given) -> PartValues:
    return accepting.accept_licence(LicenceFields(licence=said.code, holds=said.holds, country=said.country), given)


def _interest(said: str, given: Given) -> PartValues:
    return accepting.accept_interest(InterestFields(label=said), given)


def _add_wishes(parts: _Parts) -> None:
    """Wishes that name an occupation; the words themselves are kept whole in the profile's head."""
    if parts.entry.wishes_as_spoken is None:
        return
    for part in _BETWEEN_WISHES.split(parts.entry.wishes_as_spoken):
        title = part.strip()
        concept = parts.making.given.lexicon.occupation(title) if title else None
        if concept is not None and concept.styrk is not None:
            parts.add(ProfilePart.WISHED_OCCUPATIONS, (title, concept.styrk, Strength.PREFER), _wished, title)
    leave = parts.entry.wants_to_leave
    if leave is not None and _FISH.search(leave):
        # Who is in fish and wants out of it says which work not to be proposed for. It is a reading of hers
        # and not her word, so a warning asks the coordinator to look, and the words stay as spoken.
        title = f"ut av {leave}"
        for styrk in FISH_PROCESSING:
            parts.add(ProfilePart.WISHED_OCCUPATIONS, (title, styrk, Strength.NEVER), _wished, title)
        parts.warn(
            Reason.WISH_INTERPRETED,
            leave,
            "Ønsket om å komme ut av fisken er ført som at personen ikke vil foreslås til fiskeforedling",
            "Slett det under ønskede yrker i kompetanseprofilen hvis det er feil",
        )


def _wished(said: tuple[str, str, Strength], given: Given) -> PartValues:
    title, styrk, strength = said
    stated = WishedOccupationFields(title=title, styrk=styrk, strength=strength)
    return accepting.accept_wished_occupation(stated, given)


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
