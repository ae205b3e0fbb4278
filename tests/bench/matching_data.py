"""People and vacancies for the benchmarks of matching: invented, with the occupations and skills of all of ESCO."""

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
from kompetanse.matching.knowledge import Knowledge
from kompetanse.matching.relatives import Relatives
from kompetanse.taxonomy.concepts import ConceptKind, Need
from kompetanse.taxonomy.download import Download, Taxonomy, open_download
from tests.bench.results import Unmeasured

ESCO = Path(__file__).parents[3] / "shared" / "data" / "esco"
TODAY = date(2026, 6, 1)

_LEVELS = tuple(Cefr)
_FIELDS = ("0411", "0913", "0113", "0715", "0732", "0721", "0831", "1013", "0613")
_LICENCES = ("driving:B", "driving:C", "driving:CE", "forklift:T1", "boat")
_EDUCATION = tuple(EducationLevel)


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
    known = Knowledge(Relatives(sorted(skills), groups), {one.concept: one.essential for one in occupations})
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
    return [_vacancy(world, random) for _ in range(count)]


def _some_occupation(world: World, random: Random) -> Occupation:
    """A few occupations are common, most are rare."""
    return world.occupations[int(len(world.occupations) * random.random() ** 3)]


def _maybe(random: Random, share: float) -> bool:
    return random.random() < share


def _person(world: World, random: Random) -> f.CandidateFeatures:
    held = [_some_occupation(world, random) for _ in range(random.choice((1, 1, 2, 3)))]
    known = [skill for one in held for skill in (*one.essential, *one.optional[:8]) if _maybe(random, 0.45)]
    known += [random.choice(random.choice(world.occupations).essential) for _ in range(3)]
    return f.CandidateFeatures(
        person_id=new_id(),
        occupations=tuple(
            f.HeldOccupation(o.styrk, random.choice((None, 6, 20, 60, 120)), None, o.concept) for o in held
        ),
        skills={key: _skill(random) for key in dict.fromkeys(known)},
        languages={
            "nor": f.HeldLanguage(interaction=random.choice(_LEVELS[:5]), production=random.choice(_LEVELS[:5])),
            "eng": f.HeldLanguage(interaction=random.choice(_LEVELS), production=random.choice(_LEVELS)),
        }
        if _maybe(random, 0.85)
        else {},
        education=tuple(_education(random) for _ in range(random.choice((0, 1, 1, 2)))),
        licences={code: f.HeldLicence(_maybe(random, 0.8)) for code in _LICENCES if _maybe(random, 0.3)}
        | ({"auth:nurse": f.HeldLicence(_maybe(random, 0.5))} if held[0].styrk.startswith("222") else {}),
        work_right=f.WorkRight(
            random.choice((True, True, True, None, False)),
            TODAY + timedelta(days=random.randint(30, 1500)) if _maybe(random, 0.4) else None,
        ),
        wishes=_wishes(world, random),
        interests=frozenset(
            random.choice(random.choice(world.occupations).essential) for _ in range(random.choice((0, 1, 2)))
        ),
        home=random.choice(travel.places()),
        born=(date(random.randint(1960, 2008), 5, 17),) * 2 if _maybe(random, 0.9) else None,
    )


def _skill(random: Random) -> f.HeldSkill:
    return f.HeldSkill(
        not _maybe(random, 0.03),
        random.choice((None, *Evidence)),
        random.choice((None, *SkillLevel)),
        random.choice((None, 2012, 2020, 2025)),
    )


def _education(random: Random) -> f.HeldEducation:
    return f.HeldEducation(
        random.choice(_EDUCATION[2:8]), random.choice(_FIELDS), random.choice((None, True, True, False)),
        random.choice((None, *RecognitionStatus)),
    )  # fmt: skip


def _wishes(world: World, random: Random) -> f.Wishes:
    never = [f.WishedOccupation(_some_occupation(world, random).styrk, Strength.NEVER)] if _maybe(random, 0.2) else []
    wanted = [f.WishedOccupation(_some_occupation(world, random).styrk, Strength.PREFER)] if _maybe(random, 0.6) else []
    return f.Wishes(
        occupations=(*wanted, *never),
        percentage_min=random.choice((None, 50, 80)),
        percentage_max=random.choice((None, 100)),
        shifts=random.choice((None, frozenset({Shift.DAY}), frozenset(Shift))),
        available_from=random.choice((None, TODAY + timedelta(days=random.randint(-60, 300)))),
        commute_minutes=random.choice((None, 30, 60)),
        sectors=(f.WishedSector("fish", leaves=True),) if _maybe(random, 0.3) else (),
        strengths={"shifts": Strength.MUST} if _maybe(random, 0.2) else {},
        weights={"commute": 5} if _maybe(random, 0.2) else {},
    )


def _vacancy(world: World, random: Random) -> f.VacancyFeatures:
    one = _some_occupation(world, random)
    asked = random.sample(one.essential, min(len(one.essential), random.randint(4, 9)))
    nurse = one.styrk.startswith("222")
    return f.VacancyFeatures(
        vacancy_id=new_id(),
        styrk=one.styrk,
        skills=tuple(
            f.RequiredSkill(key, "x", Importance.ESSENTIAL if place < 4 else Importance.TRAINABLE)
            for place, key in enumerate(asked)
        ),
        languages=(f.RequiredLanguage("nor", random.choice(_LEVELS[1:4]), _maybe(random, 0.7)),)
        + ((f.RequiredLanguage("eng", Cefr.B1, required=False),) if _maybe(random, 0.2) else ()),
        education_level=random.choice((None, EducationLevel.UPPER_SECONDARY, EducationLevel.BACHELOR)),
        education_field=random.choice((None, random.choice(_FIELDS))),
        licences=(random.choice(_LICENCES),) if _maybe(random, 0.3) else (),
        authorisation="auth:nurse" if nurse else None,
        percentage_min=random.choice((50, 80, 100)),
        percentage_max=100,
        shifts=random.choice((frozenset({Shift.DAY}), frozenset({Shift.DAY, Shift.EVENING, Shift.WEEKEND}))),
        starts_on=TODAY + timedelta(days=random.randint(10, 250)),
        ends_on=TODAY + timedelta(days=600) if _maybe(random, 0.2) else None,
        concept=one.concept,
        experience_months=random.choice((None, None, 12, 36)),
        minimum_age=random.choice((None, None, None, 18)),
        place=random.choice(travel.places()),
    )
