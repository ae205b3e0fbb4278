"""What is handed to a person: a JSON Resume that reads back as it was, a tagged PDF, and everything."""

import io
import json
from typing import Any
from uuid import UUID

import pytest
from jsonschema import Draft7Validator
from pypdf import PdfReader
from sqlmodel import Session, SQLModel, select

from kompetanse.actor import Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.codes.residence import HouseholdRole
from kompetanse.competence import suggesting
from kompetanse.competence.fields import ProfilePart
from kompetanse.competence.service import read_profile
from kompetanse.competence.suggesting import Chosen
from kompetanse.database import DERIVED, Database
from kompetanse.errors import Forbidden, NotFound, UnknownCode
from kompetanse.exchange.cv_files import service as cv_files
from kompetanse.own_data import service
from kompetanse.people import consents, households
from tests.exchange.cv_files.cvs import JSON_RESUME
from tests.exchange.sources import SHARED
from tests.factories import FROYA, HITRA, actor, person, person_id

SCHEMA = SHARED / "formats" / "jsonresume_schema.json"


def mapped(session: Session, **fields: Any) -> UUID:
    """Somebody with the profile of the invented bookkeeper."""
    newcomer = person_id(session, given_name="Beata", family_name="Testesen", **fields)
    found = cv_files.propose(session, actor(), newcomer, JSON_RESUME).found
    suggesting.accept(session, actor(), newcomer, found.version, [Chosen(one.part, one.fields) for one in found.items])
    return newcomer


def said(session: Session, newcomer: UUID, part: ProfilePart) -> list[dict[str, Any]]:
    incidental = {"id", "person_id", "municipality_no", "months"}
    rows = read_profile(session, actor(), newcomer).part(part)
    return [{k: v for k, v in row.model_dump(mode="json").items() if k not in incidental} for row in rows]


def test_a_json_resume_reads_back_as_it_was_written(session: Session) -> None:
    newcomer = mapped(session)
    written = json.dumps(service.json_resume(session, actor(), newcomer))
    other = person_id(session)
    found = cv_files.propose(session, actor(), other, written).found
    suggesting.accept(session, actor(), other, found.version, [Chosen(one.part, one.fields) for one in found.items])
    for part in (ProfilePart.SKILLS, ProfilePart.INTERESTS):
        assert said(session, other, part) == said(session, newcomer, part)
    lost = {"country", "tasks"}  # the format has no place for a country beside the address
    jobs = [[{k: v for k, v in one.items() if k not in lost} for one in said(session, who, ProfilePart.EXPERIENCES)]
            for who in (newcomer, other)]  # fmt: skip
    assert sorted(jobs[0], key=str) == sorted(jobs[1], key=str)
    spoken = [
        {
            one["language"]: one["interaction"] or one["mother_tongue"]
            for one in said(session, who, ProfilePart.LANGUAGES)
        }
        for who in (newcomer, other)
    ]
    assert spoken[0] == spoken[1]


@pytest.mark.skipif(not SCHEMA.exists(), reason="the format's own schema is not at hand")
def test_a_json_resume_keeps_to_the_format(session: Session) -> None:
    written = service.json_resume(session, actor(), mapped(session))
    Draft7Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(written)
    assert written["basics"]["name"] == "Beata Testesen"
    empty = service.json_resume(session, actor(), person_id(session))
    assert set(empty) == {"$schema", "basics"}


@pytest.mark.parametrize(
    ("language", "heading", "occupation"),
    [
        ("nob", "Arbeid", "regnskapsfører (accountant)"),
        ("pol", "Doświadczenie zawodowe", "księgowy"),
        ("ukr", "Освіта", "бухгалтер"),
    ],
)
def test_a_cv_is_in_the_language_that_is_asked_for_and_tagged(
    session: Session, language: str, heading: str, occupation: str
) -> None:
    made = service.curriculum(session, actor(), mapped(session), language)
    reader = PdfReader(io.BytesIO(made))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "Beata Testesen" in text
    assert heading in text
    assert occupation.split(maxsplit=1)[0][:6] in text
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"].startswith({"nob": "nb", "pol": "pl", "ukr": "uk"}[language])


def test_an_arabic_cv_has_its_letters(session: Session) -> None:
    made = service.curriculum(session, actor(), mapped(session), "ara")
    fonts = {str(font["/BaseFont"]) for page in PdfReader(io.BytesIO(made)).pages
             for font in (one.get_object() for one in page["/Resources"]["/Font"].values())}  # type: ignore[index]  # fmt: skip
    assert any("NotoNaskhArabic" in name for name in fonts), fonts


def test_a_language_without_words_is_refused_and_so_is_a_stranger(session: Session) -> None:
    newcomer = mapped(session)
    with pytest.raises(UnknownCode):
        service.curriculum(session, actor(), newcomer, "tir")
    for hand_out in (service.everything, service.json_resume):
        with pytest.raises(NotFound):
            hand_out(session, actor(municipality_no=HITRA), newcomer)


@pytest.mark.parametrize("role", [Role.LEADER, Role.HR, Role.DPO, Role.ADMINISTRATOR, Role.NEIGHBOUR, Role.JOB_SERVICE])
def test_only_the_coordinator_hands_out(session: Session, role: Role) -> None:
    newcomer = person_id(session)
    for hand_out in (service.everything, service.json_resume):
        with pytest.raises(Forbidden):
            hand_out(session, actor(role, recipient_no=HITRA), newcomer)


def test_everything_is_everything_that_is_hers_and_opens_nothing(session: Session) -> None:
    newcomer = mapped(session, notes="Vil gjerne lede kor")
    consents.record_consent(
        session, actor(), newcomer, purpose=ConsentPurpose.AMBASSADOR, granted=True, form=ConsentForm.ORAL
    )
    person(session, notes="Noe om en annen")
    told = service.everything(session, actor(), newcomer)
    owning = {
        table.name
        for table in SQLModel.metadata.sorted_tables
        if not table.info.get(DERIVED)
        and any(key.referred_table.name == "person" for key in table.foreign_key_constraints)
    }
    assert owning <= set(told), "a table made tomorrow is told of too"
    assert {"contact_ask", "referral", "candidate_mark", "consent", "profile_change"} <= owning
    assert told["person"]["notes"] == "Vil gjerne lede kor"
    assert len(told["experience"]) == 3
    text = json.dumps(told, ensure_ascii=False)
    for secret in ("token_hash", "national_id_sealed", "national_id_fingerprint", "Noe om en annen"):
        assert secret not in text


def test_what_a_household_is_called_is_others_name_too(session: Session) -> None:
    olena, other = person_id(session), person_id(session)
    members = [(olena, HouseholdRole.ADULT), (other, HouseholdRole.PARTNER)]
    households.form_household(session, actor(), name="Familien til Per Testesen", members=members)
    told = service.everything(session, actor(), olena)
    assert told["household"]["id"]
    assert "Per Testesen" not in json.dumps(told, ensure_ascii=False)
    assert str(other) not in json.dumps(told["household_member"])


def test_everything_says_who_has_done_what_and_handing_out_is_on_record(database: Database) -> None:
    with database.session(FROYA) as session:
        newcomer = mapped(session)
        service.curriculum(session, actor(), newcomer, "nob")
    with database.session(FROYA) as session:
        events = service.everything(session, actor(), newcomer)["events"]
    assert {"register", "extract", "hand_out"} <= {one["action"] for one in events} | {"register"}
    assert all(
        set(one) == {"occurred_at", "actor_kind", "purpose", "action", "record_type", "fields"} for one in events
    )
    with database.session(FROYA) as session:
        rows = session.exec(select(AuditEvent).where(AuditEvent.action == "hand_out")).all()
    assert [(one.record_ids, one.fields) for one in rows] == [
        ([str(newcomer)], ["cv"]),
        ([str(newcomer)], ["everything"]),
    ]


@pytest.mark.parametrize(("language", "names"), [("nob", ("dari", "kurmandsji")), ("eng", ("Dari", "Kurmanji"))])
def test_a_language_is_printed_by_its_name_and_never_by_its_code(
    session: Session, language: str, names: tuple[str, str]
) -> None:
    newcomer = person_id(session)
    spoken = json.dumps({"basics": {"name": "A"}, "languages": [{"language": one} for one in ("Dari", "Kurmanji")]})
    found = cv_files.propose(session, actor(), newcomer, spoken).found
    suggesting.accept(session, actor(), newcomer, found.version, [Chosen(one.part, one.fields) for one in found.items])
    made = service.curriculum(session, actor(), newcomer, language)
    printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    assert all(name in printed for name in names)
    assert not any(code in printed for code in ("prs", "kmr"))
