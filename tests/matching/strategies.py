"""Hypothesis strategies for what matching may know: small sets of codes, so that people and vacancies often meet."""

from datetime import date, timedelta

from hypothesis import strategies as st

from kompetanse.codes import travel
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.work import Evidence, Importance, RecognitionStatus, Shift, SkillLevel, Strength
from kompetanse.ids import new_id
from kompetanse.matching import features as f
from kompetanse.matching.knowledge import Knowledge
from kompetanse.matching.relatives import Relatives

TODAY = date(2026, 6, 1)
CODES = st.sampled_from(["3313", "3311", "4311", "2223", "2221", "8160", "7511", "9112", "2341", "33"])
CONCEPTS = st.none() | st.sampled_from(["occ:1", "occ:2", "occ:3"])
SKILLS = st.sampled_from(["skill:a", "skill:b", "skill:c", "skill:d", "skill:e", "text:f"])
LEVELS = st.none() | st.sampled_from(list(Cefr))
DAYS = st.none() | st.dates(TODAY - timedelta(days=400), TODAY + timedelta(days=800))
PERCENT = st.none() | st.integers(1, 100)
SHIFTS = st.none() | st.frozensets(st.sampled_from(list(Shift)), min_size=1)
PLACES = st.none() | st.sampled_from(travel.places()[:6])
STRENGTHS = st.sampled_from(list(Strength))

KNOWN = Knowledge(
    Relatives([("skill:a", "skill:b"), ("skill:c", "skill:b")], {"skill:d": "S1", "skill:e": "S1"}),
    {"occ:1": ("skill:a", "skill:d"), "occ:2": ("skill:b",)},
    {"skill:a": 2.0, "skill:b": 1.0, "skill:c": 7.5},
)

languages = st.builds(f.HeldLanguage, *[LEVELS] * 5, st.none() | st.booleans())
wishes = st.builds(
    f.Wishes,
    st.lists(st.builds(f.WishedOccupation, CODES, STRENGTHS, st.none() | st.integers(1, 5)), max_size=3).map(tuple),
    st.none() | st.integers(1, 50),
    st.none() | st.integers(50, 100),
    SHIFTS,
    DAYS,
    st.none() | st.integers(0, 120),
    st.lists(
        st.builds(f.WishedSector, st.sampled_from(["fish", "industry"]), st.booleans(), STRENGTHS), max_size=2
    ).map(tuple),
    st.dictionaries(st.sampled_from(["percentage", "shifts", "start", "commute"]), STRENGTHS),
    st.dictionaries(st.sampled_from(["percentage", "shifts", "start", "commute"]), st.integers(1, 5)),
)
education = st.builds(
    f.HeldEducation,
    st.none() | st.sampled_from(list(EducationLevel)),
    st.none() | st.sampled_from(["0411", "0412", "0913", "04"]),
    st.none() | st.booleans(),
    st.none() | st.sampled_from(list(RecognitionStatus)),
)
licences = st.builds(f.HeldLicence, st.booleans(), DAYS)
skills = st.builds(
    f.HeldSkill,
    st.booleans(),
    st.none() | st.sampled_from(list(Evidence)),
    st.none() | st.sampled_from(list(SkillLevel)),
    st.none() | st.integers(2000, 2026),
)
births = st.none() | st.tuples(st.dates(date(2000, 1, 1), date(2012, 12, 31)), st.integers(0, 400)).map(
    lambda pair: (pair[0], pair[0] + timedelta(days=pair[1]))
)
people = st.builds(
    f.CandidateFeatures,
    st.builds(new_id),
    st.lists(
        st.builds(f.HeldOccupation, CODES, st.none() | st.integers(0, 400), st.booleans(), CONCEPTS), max_size=3
    ).map(tuple),
    st.dictionaries(SKILLS, skills),
    st.dictionaries(st.sampled_from(["nor", "eng"]), languages),
    st.lists(education, max_size=2).map(tuple),
    st.dictionaries(st.sampled_from(["driving:B", "driving:CE", "driving:C", "auth:nurse"]), licences),
    st.builds(f.WorkRight, st.none() | st.booleans(), DAYS),
    wishes,
    st.frozensets(st.sampled_from(["occ:1", "skill:a", "skill:x"])),
    PLACES,
    births,
    st.booleans(),
)
vacancies = st.builds(
    f.VacancyFeatures,
    st.builds(new_id),
    st.none() | CODES.filter(lambda code: len(code) == 4),
    st.lists(
        st.builds(f.RequiredSkill, SKILLS, st.just("x"), st.sampled_from(list(Importance))),
        max_size=3,
        unique_by=lambda asked: asked.key,
    ).map(tuple),
    st.lists(
        st.builds(f.RequiredLanguage, st.sampled_from(["nor", "eng"]), st.sampled_from(list(Cefr)), st.booleans()),
        max_size=2,
        unique_by=lambda asked: asked.code,
    ).map(tuple),
    st.none() | st.sampled_from(list(EducationLevel)),
    st.none() | st.sampled_from(["0411", "0913"]),
    st.lists(st.sampled_from(["driving:B", "driving:C"]), max_size=2, unique=True).map(tuple),
    st.none() | st.just("auth:nurse"),
    PERCENT.map(lambda n: n and min(n, 50)),
    st.none() | st.integers(50, 100),
    SHIFTS,
    DAYS,
    DAYS.map(lambda day: day and day + timedelta(days=900)),
    CONCEPTS,
    st.none() | st.integers(1, 60),
    st.none() | st.sampled_from([16, 18, 20]),
    PLACES,
    st.booleans(),
)
