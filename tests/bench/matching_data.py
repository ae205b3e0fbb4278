"""People and vacancies for the benchmarks of matching: invented, with the occupations and skills of all of ESCO."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from kompetanse.codes import travel
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.occupations import is_occupation
from kompetanse.codes.work import Evidence, Importance, RecognitionStatus, Shift, SkillLevel, Strength
from kompetanse.ids import new_id
from kompetanse.matching import features as f
from kompetanse.matching.knowledge import Knowledge, rarity
from kompetanse.matching.relatives import Relatives
from kompetanse.taxonomy.concepts import ConceptKind, Need
from kompetanse.taxonomy.download import Download, Taxonomy, open_download
from tests.bench.results import Unmeasured

ESCO = Path(__file__).parents[3] / "shared" / "data" / "esco"
TODAY = date(2026, 6, 1)

_LEVELS = tuple(Cefr)
_FIELDS = ("0411", "0913", "0113", "0715", "0732", "0721", "0831", "1013", "0613")
_LICENCES = ("driving:B", "driving:C", "driving:CE", "forklift:T1", "boat")
_MOTHER_TONGUES = ("pol", "lit", "ukr", "ron", "ara", "tir", "rus", "lav")
_UNSOCIAL = frozenset({Shift.EVENING, Shift.NIGHT, Shift.WEEKEND})
_LEVEL_OF_MAJOR_GROUP = {
    "1": EducationLevel.BACHELOR,
    "2": EducationLevel.BACHELOR,
    "3": EducationLevel.POST_SECONDARY,
    "9": EducationLevel.LOWER_SECONDARY,
}
"""The level that a major group of ISCO-08 usually takes (ILO 2012, skill levels 1 to 4); else upper secondary."""


@dataclass(frozen=True, slots=True)
class Occupation:
    """An occupation of ESCO with its skills."""

    concept: str
    styrk: str
    essential: tuple[str, ...]
    optional: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class World:
    """All occupations that have skills, how skills hang together, and their English names."""

    occupations: Sequence[Occupation]
    known: Knowledge
    names: Mapping[str, str]


def world() -> World:
    """Read ESCO. Raises Unmeasured where it does not lie beside the checkout."""
    if not ESCO.is_dir():
        raise Unmeasured("Needs ESCO's official download in ../shared/data/esco")
    return _world(_read())


def _read() -> Taxonomy:
    """English names and all relations."""
    whole = open_download(ESCO)
    wanted = {name: file for name, file in whole.files.items() if name[-7:-4] == "_en" or name[-7:-6] != "_"}
    return Download(whole.path, wanted).read()


def _world(read: Taxonomy) -> World:
    kinds = {uri: kind for uri, (kind, _) in read.concepts.items()}
    needs: dict[str, dict[Need, list[str]]] = {}
    for (occupation, skill), need in sorted(read.needs.items()):
        needs.setdefault(occupation, {Need.ESSENTIAL: [], Need.OPTIONAL: []})[need].append(skill)
    occupations = [
        Occupation(uri, code, tuple(needs[uri][Need.ESSENTIAL]), tuple(needs[uri][Need.OPTIONAL]))
        for uri, (kind, code) in sorted(read.concepts.items())
        if kind is ConceptKind.OCCUPATION
        and code
        and is_occupation(code)
        and len(needs.get(uri, {}).get(Need.ESSENTIAL, ())) >= 5
    ]
    pairs = [(below, above) for below, above in read.broader if kinds.get(below) is ConceptKind.SKILL]
    skills = [(below, above) for below, above in pairs if kinds.get(above) is ConceptKind.SKILL]
    groups = {below: above for below, above in sorted(pairs) if kinds.get(above) is ConceptKind.SKILL_GROUP}
    counts = Counter(skill for (_, skill), need in read.needs.items() if need is Need.ESSENTIAL)
    rare = {skill: rarity(len(needs), count) for skill, count in counts.items()}
    known = Knowledge(Relatives(sorted(skills), groups), {one.concept: one.essential for one in occupations}, rare)
    return World(
        occupations, known, {uri: names[0] for (uri, language), names in read.labels.items() if language == "en"}
    )


def people(world: World, count: int, seed: int = 1) -> list[f.CandidateFeatures]:
    """Newcomers with one to three occupations, skills of those and some of others, languages, papers and wishes."""
    random = Random(seed)
    return [_person(world, random) for _ in range(count)]


def vacancies(world: World, count: int, seed: int = 2) -> list[f.VacancyFeatures]:
    """Open positions, some occupations asked for much more than others."""
    random = Random(seed)
    return [_vacancy(some_occupation(world, random), random) for _ in range(count)]


def some_occupation(world: World, random: Random) -> Occupation:
    """A few occupations are common, most are rare."""
    return world.occupations[int(len(world.occupations) * random.random() ** 3)]


def _maybe(random: Random, share: float) -> bool:
    return random.random() < share


def _person(world: World, random: Random) -> f.CandidateFeatures:
    held = [some_occupation(world, random) for _ in range(random.choice((1, 1, 2, 3)))]
    known = [skill for one in held for skill in (*one.essential, *one.optional[:8]) if _maybe(random, 0.45)]
    known += [random.choice(random.choice(world.occupations).essential) for _ in range(3)]
    nurse = held[0].styrk.startswith("222")
    return f.CandidateFeatures(
        person_id=new_id(),
        occupations=tuple(
            f.HeldOccupation(o.styrk, random.choice((None, 6, 20, 60, 120)), None, o.concept) for o in held
        ),
        skills={key: _skill(random) for key in dict.fromkeys(known)},
        languages=_languages(random),
        education=tuple(_education(random.choice(held), random) for _ in range(random.choice((0, 1, 1, 2)))),
        licences={code: f.HeldLicence(_maybe(random, 0.8)) for code in _LICENCES if _maybe(random, 0.3)}
        | ({"auth:nurse": f.HeldLicence(_maybe(random, 0.5))} if nurse else {}),
        work_right=_work_right(random),
        wishes=_wishes(world, random),
        interests=frozenset(
            random.choice(random.choice(world.occupations).essential) for _ in range(random.choice((0, 1, 2)))
        ),
        home=random.choice(travel.places()),
        born=(date(random.randint(1960, 2008), random.randint(1, 12), 17),) * 2 if _maybe(random, 0.9) else None,
        protected=_maybe(random, 0.006),
    )


def _skill(random: Random) -> f.HeldSkill:
    return f.HeldSkill(
        not _maybe(random, 0.03),
        random.choice((None, *Evidence)),
        random.choice((None, *SkillLevel)),
        random.choice((None, 2012, 2020, 2025)),
    )


def _languages(random: Random) -> dict[str, f.HeldLanguage]:
    spoken = {random.choice(_MOTHER_TONGUES): f.HeldLanguage(mother_tongue=True)}
    for code, share in (("nor", 0.85), ("eng", 0.55)):
        if _maybe(random, share):
            level = random.randrange(5)
            produced = max(0, level - random.choice((0, 0, 1)))
            spoken[code] = f.HeldLanguage(interaction=_LEVELS[level], production=_LEVELS[produced])
    return spoken


def _usual_education(one: Occupation) -> tuple[EducationLevel, str]:
    """A level that fits an occupation, and a field: one and the same for a whole sub-major group."""
    level = _LEVEL_OF_MAJOR_GROUP.get(one.styrk[0], EducationLevel.UPPER_SECONDARY)
    return level, _FIELDS[int(one.styrk[:2]) % len(_FIELDS)]


def _education(of: Occupation, random: Random) -> f.HeldEducation:
    level, field = _usual_education(of)
    return f.HeldEducation(
        level if _maybe(random, 0.7) else random.choice(tuple(EducationLevel)[2:8]),
        field if _maybe(random, 0.7) else random.choice((None, *_FIELDS)),
        random.choice((None, True, True, True, False)),
        random.choice((None, *RecognitionStatus)),
    )


def _work_right(random: Random) -> f.WorkRight:
    """Most may work, of whom some for a time; of some nobody has asked."""
    allowed = random.choices((True, None, False), (88, 9, 3))[0]
    runs_out = allowed is not False and _maybe(random, 0.4)
    return f.WorkRight(allowed, TODAY + timedelta(days=random.randint(30, 1500)) if runs_out else None)


def _wishes(world: World, random: Random) -> f.Wishes:
    never = [f.WishedOccupation(some_occupation(world, random).styrk, Strength.NEVER)] if _maybe(random, 0.2) else []
    wanted = [f.WishedOccupation(some_occupation(world, random).styrk, Strength.PREFER)] if _maybe(random, 0.6) else []
    strengths = _strengths(random)
    refuses_shifts = strengths.get("shifts") is Strength.NEVER
    return f.Wishes(
        occupations=(*wanted, *never),
        percentage_min=random.choice((None, 50, 80)),
        percentage_max=random.choice((None, 100)),
        shifts=_UNSOCIAL if refuses_shifts else random.choice((None, frozenset({Shift.DAY}), frozenset(Shift))),
        available_from=random.choice((None, TODAY + timedelta(days=random.randint(-60, 300)))),
        commute_minutes=random.choice((None, 30, 60)),
        sectors=_sectors(random),
        strengths=strengths,
        weights={"commute": 5} if _maybe(random, 0.2) else {},
    )


def _sectors(random: Random) -> tuple[f.WishedSector, ...]:
    if not _maybe(random, 0.3):
        return ()
    return (f.WishedSector("fish", leaves=True, strength=random.choice((Strength.PREFER, Strength.NEVER))),)


def _strengths(random: Random) -> dict[str, Strength]:
    """A third are strict about one term of work, and some of those would never take what differs."""
    if not _maybe(random, 0.33):
        return {}
    term = random.choice(("shifts", "shifts", "commute", "start"))
    return {term: random.choice((Strength.MUST, Strength.MUST, Strength.NEVER))}


def _vacancy(one: Occupation, random: Random) -> f.VacancyFeatures:
    level, field = _usual_education(one)
    return f.VacancyFeatures(
        vacancy_id=new_id(),
        styrk=one.styrk,
        skills=asked_skills(one, random),
        languages=(f.RequiredLanguage("nor", random.choice(_LEVELS[1:4]), _maybe(random, 0.7)),)
        + ((f.RequiredLanguage("eng", Cefr.B1, required=False),) if _maybe(random, 0.2) else ()),
        education_level=level if _maybe(random, 0.6) else None,
        education_field=field if _maybe(random, 0.5) else None,
        licences=(random.choice(_LICENCES),) if _maybe(random, 0.3) else (),
        authorisation="auth:nurse" if one.styrk.startswith("222") else None,
        percentage_min=random.choice((50, 80, 100)),
        percentage_max=100,
        shifts=random.choice((frozenset({Shift.DAY}), frozenset({Shift.DAY, Shift.EVENING, Shift.WEEKEND}))),
        starts_on=TODAY + timedelta(days=random.randint(10, 250)),
        ends_on=TODAY + timedelta(days=600) if _maybe(random, 0.2) else None,
        concept=one.concept,
        experience_months=random.choice((None, None, 12, 36)),
        minimum_age=random.choice((None, None, None, 18)),
        place=random.choice(travel.places()),
        outside=_maybe(random, 0.1),
    )


def asked_skills(one: Occupation, random: Random) -> tuple[f.RequiredSkill, ...]:
    """Some of an occupation's essential skills, as an advertisement has them: the first four of them a must."""
    asked = random.sample(one.essential, min(len(one.essential), random.randint(4, 9)))
    return tuple(
        f.RequiredSkill(key, "x", Importance.ESSENTIAL if place < 4 else Importance.TRAINABLE)
        for place, key in enumerate(asked)
    )
