"""The line that the database makes says what the rules say, whatever a profile holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, SQLModel

from kompetanse.codes.cefr import Cefr, to_five_values
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.occupations import occupation
from kompetanse.codes.work import RecognitionStatus, Shift, Strength, WishKind
from kompetanse.competence.rules import main_occupation, months_by_occupation, spoken_level, spoken_norwegian
from kompetanse.competence.tables import (
    Education,
    Experience,
    PersonLanguage,
    PersonLicence,
    Profile,
    Wish,
    WishedOccupation,
)
from kompetanse.database import Database
from kompetanse.exchange.job_seekers import PARTS, WIDE
from kompetanse.exchange.job_service_parts import parts
from kompetanse.exchange.job_service_people import PeoplePage
from kompetanse.exchange.job_service_queries import seekers
from kompetanse.exchange.job_service_wide import wide
from kompetanse.ids import new_id
from kompetanse.people.tables import Consent, Person
from tests.exchange.consenting import NAV
from tests.factories import FROYA

Fields = dict[str, Any]
TODAY = date(2026, 6, 15)
STYRK = st.sampled_from(["3313", "5120", "8160", "2221", "1412", "0110", "9412", "33"])
DATES = st.one_of(
    st.integers(1990, 2030).map(str),
    st.dates(date(1990, 1, 1), date(2030, 12, 31)).map(lambda day: day.isoformat()[:7]),
    st.dates(date(1990, 1, 1), date(2030, 12, 31)).map(date.isoformat),
)
LEVELS = st.none() | st.sampled_from(Cefr)
JOBS = st.builds(
    Fields,
    title=st.sampled_from(["kokk", "buhalterė", 'x; "y"', "=1"]),
    styrk=st.none() | STYRK,
    started=st.none() | DATES,
    ended=st.none() | DATES,
    ongoing=st.none() | st.booleans(),
    months=st.none() | st.integers(0, 500),
)
SCHOOLS = st.builds(
    Fields,
    title=st.just("skole"),
    level=st.none() | st.sampled_from(EducationLevel),
    field=st.none() | st.sampled_from(["0411", "0913"]),
    recognition=st.none() | st.sampled_from(RecognitionStatus),
)
LANGUAGES = st.lists(
    st.builds(
        Fields,
        language=st.sampled_from(["nor", "pol", "eng", "lit", "rus"]),
        mother_tongue=st.none() | st.booleans(),
        reading=LEVELS,
        interaction=LEVELS,
        production=LEVELS,
        writing=LEVELS,
    ),
    max_size=4,
    unique_by=lambda one: one["language"],
)
LICENCES = st.lists(
    st.builds(
        Fields,
        licence=st.sampled_from(["driving:B", "driving:C", "truck:T1", "hotwork"]),
        holds=st.booleans(),
        valid_until=st.none() | st.dates(date(2026, 6, 13), date(2026, 6, 17)),
    ),
    max_size=3,
    unique_by=lambda one: one["licence"],
)
WANTED = st.builds(Fields, title=st.just("yrke"), styrk=st.none() | STYRK, strength=st.sampled_from(Strength))
WISHES = st.builds(
    Fields, kind=st.sampled_from([WishKind.OWN_BUSINESS, WishKind.TRAINING]), strength=st.sampled_from(Strength)
)
PERCENTAGES = st.none() | st.integers(1, 100)
PROFILES = st.none() | st.builds(
    Fields, percentage_min=PERCENTAGES, percentage_max=PERCENTAGES, shifts=st.none() | st.lists(st.sampled_from(Shift))
).filter(lambda one: (one["percentage_min"] or 1) <= (one["percentage_max"] or 100))


@dataclass(frozen=True)
class Drawn:
    """What a person's rows hold."""

    jobs: list[Fields]
    schools: list[Fields]
    languages: list[Fields]
    licences: list[Fields]
    wanted: list[Fields]
    wishes: list[Fields]
    profile: Fields | None


PEOPLE = st.builds(
    Drawn,
    st.lists(JOBS, max_size=5),
    st.lists(SCHOOLS, max_size=3),
    LANGUAGES,
    LICENCES,
    st.lists(WANTED, max_size=4),
    st.lists(WISHES, max_size=2),
    PROFILES,
)


@given(drawn=st.lists(PEOPLE, min_size=1, max_size=8))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
def test_the_database_says_what_the_rules_say(database: Database, drawn: list[Drawn]) -> None:
    with database.session(FROYA) as session:
        people = [_stored(session, one) for one in drawn]
        session.flush()
        values = {"after": UUID(int=0), "until": UUID(int=2**128 - 1)}
        found = session.execute(wide(PeoplePage(FROYA, seekers(NAV, TODAY), TODAY)), values).mappings().all()
        told = {row["person_id"]: dict(row) for row in found}
        session.rollback()
    assert len(found) == len(people)
    for person_id, rows in people:
        wanted = expected(rows)
        assert {name: told[person_id][name] for name in wanted} == wanted


Rows = dict[type[SQLModel], list[Any]]


def _stored(session: Session, drawn: Drawn) -> tuple[UUID, Rows]:
    person = Person(municipality_no=FROYA, given_name="A", family_name="B", name_key="a b", name_order=b"b a")
    session.add(person)
    session.flush()
    session.add(
        Consent(
            municipality_no=FROYA,
            person_id=person.id,
            purpose=ConsentPurpose.EXPORT_TO_JOB_SERVICE,
            granted=True,
            form=ConsentForm.ORAL,
            expires_on=date(2099, 1, 1),
            text_version="1",
            recorded_by=new_id(),
            recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
    )
    stated: Sequence[tuple[type[SQLModel], Iterable[Fields]]] = (
        (Experience, drawn.jobs),
        (Education, drawn.schools),
        (PersonLanguage, drawn.languages),
        (PersonLicence, drawn.licences),
        (WishedOccupation, drawn.wanted),
        (Wish, drawn.wishes),
        (Profile, [drawn.profile] if drawn.profile else []),
    )
    rows: Rows = {
        table: [table(municipality_no=FROYA, person_id=person.id, **fields) for fields in found]
        for table, found in stated
    }
    for made in rows.values():
        session.add_all(made)
    return person.id, rows


def expected(rows: Rows) -> dict[str, object]:
    """What a line says, by the rules of `kompetanse.competence` and `kompetanse.codes`."""
    return {**_work(rows[Experience]), **_learned(rows), **_terms(rows)}


def _work(jobs: Sequence[Experience]) -> dict[str, object]:
    main, held = main_occupation(jobs, TODAY), months_by_occupation(jobs, TODAY)
    months = held.get(main) if main else None
    said = next((job.title for job in jobs if job.styrk == main), None)
    return {
        "hovedyrke_styrk08": main,
        "hovedyrke": occupation(main).name_nb if main else None,
        "hovedyrke_som_oppgitt": said,
        "erfaring_aar": None if months is None else f"{months / 12:.2f}",
    }


def _learned(rows: Rows) -> dict[str, object]:
    school = max(rows[Education], key=lambda one: one.level or "", default=None)
    languages: list[PersonLanguage] = rows[PersonLanguage]
    norwegian = next((one for one in languages if one.language == "nor"), None)
    native = bool(norwegian and norwegian.mother_tongue)
    spoken, written = spoken_norwegian(languages), _written(norwegian)
    others = ", ".join(_language(one) for one in languages if one.language != "nor")
    in_force = (one for one in rows[PersonLicence] if one.holds and (one.valid_until or TODAY) >= TODAY)
    return {
        "utdanningsniva_nus2000": school.level if school else None,
        "utdanningsfelt_isced_f": school.field if school else None,
        "utdanning_godkjenning": school.recognition if school else None,
        "norsk_muntlig": spoken,
        "norsk_muntlig_trinn": to_five_values(spoken, mother_tongue=native),
        "norsk_skriftlig": written,
        "norsk_skriftlig_trinn": to_five_values(written, mother_tongue=native),
        "andre_sprak": others or None,
        "forerkort_og_sertifikater": ", ".join(one.licence for one in in_force) or None,
    }


def _written(norwegian: PersonLanguage | None) -> Cefr | None:
    if norwegian is None or norwegian.mother_tongue:
        return Cefr.C2 if norwegian else None
    return min((level for level in (norwegian.reading, norwegian.writing) if level), default=None)


def _language(one: PersonLanguage) -> str:
    level = spoken_level(one)
    step = to_five_values(level, mother_tongue=bool(one.mother_tongue))
    return " ".join(filter(None, (one.language, level, step)))


def _terms(rows: Rows) -> dict[str, object]:
    wanted = [one.styrk for one in rows[WishedOccupation] if one.styrk and one.strength is not Strength.NEVER]
    profile: Profile | None = next(iter(rows[Profile]), None)
    least, most = (profile.percentage_min, profile.percentage_max) if profile else (None, None)
    own = any(one.kind is WishKind.OWN_BUSINESS and one.strength is not Strength.NEVER for one in rows[Wish])
    forms = (
        ("full_time", (most or least) == 100),
        ("part_time", (least or most or 100) < 100),
        ("self_employed", own),
    )
    return {
        "onskede_yrker_styrk08": ", ".join(dict.fromkeys(wanted)) or None,
        "ansettelsesform": ", ".join(name for name, holds in forms if holds) or None,
        "arbeidstid": ", ".join(profile.shifts or ()) or None if profile else None,
    }


def test_every_field_of_the_files_is_filled_or_meant_to_be_empty() -> None:
    page = PeoplePage(FROYA, seekers(NAV, TODAY), TODAY)
    names = {column.name for column in wide(page).selected_columns}
    assert {field.name for field in WIDE} == names - {"person_id"}
    for name, select in parts(page).items():
        told = {column.name for column in select.selected_columns}
        assert {field.name for field in PARTS[name]} == told - {"person_id", "row_id"}
