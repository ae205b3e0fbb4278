"""The candidates as CSV say what the ranking says."""

import csv
import io
from decimal import Decimal
from uuid import UUID

import frictionless
import pytest
from sqlmodel import Session, col, select

from kompetanse.actor import Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.work import PairMark, SetAsideReason
from kompetanse.database import Database
from kompetanse.errors import Forbidden, NotFound
from kompetanse.exchange import candidates
from kompetanse.exchange.csv_safe import BOM
from kompetanse.matching import marks, service
from kompetanse.matching.explanation import Verdict
from kompetanse.matching.ordering import EVERYTHING, Wanted
from kompetanse.vacancies.service import SkillDemand
from tests.factories import FROYA, HITRA, actor
from tests.matching.registry import accountant, opening

Row = dict[str, str]


def exported(session: Session, vacancy_id: UUID, wanted: Wanted = EVERYTHING) -> list[Row]:
    content = b"".join(candidates.export_candidates(session, actor(), vacancy_id, wanted))
    assert content.startswith(BOM)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def number(cell: str) -> Decimal:
    return Decimal(cell.replace(",", "."))


def test_each_reason_of_each_candidate_is_a_row_and_they_add_up(session: Session) -> None:
    crowd = [accountant(session, level) for level in (Cefr.C1, Cefr.B1, Cefr.A1)]
    record = opening(session).vacancy.id
    rows = exported(session, record)
    ranking = service.candidates_for(session, actor(), record).ranking
    for one in (*ranking.matches, *ranking.excluded):
        own = [row for row in rows if row["person_id"] == str(one.person_id)]
        assert [row["krav"] for row in own] == [reason.kind for reason in one.reasons]
        assert [row["utfall"] for row in own] == [reason.outcome for reason in one.reasons]
        assert {row["plass"] for row in own} == {str(ranking.ranks.get(one.person_id, ""))}
        assert {row["absolutte_krav"] for row in own} == {one.verdict}
        assert float(sum(number(row["bidrag"]) for row in own)) == pytest.approx(one.score, abs=1e-5)
        assert {float(number(row["poengsum"])) for row in own} == {round(one.score, 6)}
    assert len({row["person_id"] for row in rows}) == len(crowd)
    (language,) = (row for row in rows if row["krav"] == "language" and row["person_id"] == str(crowd[2].id))
    told = {name: language[name] for name in ("gjelder", "absolutt", "kreves", "har", "utfall", "absolutte_krav")}
    assert told == {
        "gjelder": "nor",
        "absolutt": "ja",
        "kreves": "B1",
        "har": "A1",
        "utfall": "missing",
        "absolutte_krav": "fails",
    }
    assert language["kan_lukkes_med"] == "language_course B1"
    assert number(language["poengsum_etter"]) > number(language["poengsum"])


def test_no_spreadsheet_computes_a_name_or_a_word_of_the_vacancy(session: Session) -> None:
    accountant(session, family_name="=HYPERLINK(1)", given_name="+47")
    record = opening(session, skills=[SkillDemand("@regnskap i fisken")]).vacancy.id
    row = next(row for row in exported(session, record) if row["med_ord"])
    assert (row["etternavn"], row["fornavn"], row["med_ord"]) == ("'=HYPERLINK(1)", "'+47", "'@regnskap i fisken")


def test_whoever_is_set_aside_or_pinned_is_told_so_once(session: Session) -> None:
    pinned, aside = accountant(session), accountant(session)
    record = opening(session).vacancy.id
    marks.mark(session, actor(), record, pinned.id, None, mark=PairMark.PINNED)
    reason = SetAsideReason.TALKED_ELSEWHERE
    marks.mark(session, actor(), record, aside.id, None, mark=PairMark.SET_ASIDE, reason=reason)
    rows = exported(session, record)
    told = {row["person_id"]: row["merke"] for row in rows}
    assert told == {str(pinned.id): "pinned", str(aside.id): "set_aside"}
    assert len(rows) == len({(row["person_id"], row["krav"], row["gjelder"]) for row in rows})


def test_only_those_who_are_asked_for(session: Session) -> None:
    passing, failing = accountant(session, Cefr.C1), accountant(session, Cefr.A1)
    record = opening(session).vacancy.id
    for verdict, who in ((Verdict.PASSES, passing), (Verdict.FAILS, failing)):
        rows = exported(session, record, Wanted(verdict=verdict))
        assert {row["person_id"] for row in rows} == {str(who.id)}
    assert exported(session, record, Wanted(verdict=Verdict.UNKNOWN)) == []


def test_the_file_is_as_its_schema_says(session: Session) -> None:
    for level in (Cefr.C1, Cefr.A1):
        accountant(session, level)
    content = b"".join(candidates.export_candidates(session, actor(), opening(session).vacancy.id, EVERYTHING))
    resource = frictionless.Resource(
        data=content,
        format="csv",
        encoding="utf-8-sig",
        dialect=frictionless.Dialect.from_descriptor({"csv": {"delimiter": ";"}}),
        schema=frictionless.Schema.from_descriptor(dict(candidates.schema())),
    )
    assert resource.validate().valid


def test_whoever_is_in_the_file_is_recorded_as_exported(database: Database) -> None:
    with database.session(FROYA) as session:
        newcomer, record = accountant(session).id, opening(session).vacancy.id
    with database.session(FROYA, write=False) as session:
        exported(session, record)
    with database.session(FROYA, write=False) as session:
        last = session.exec(select(AuditEvent).order_by(col(AuditEvent.seq).desc())).first()
        assert last is not None
        assert (last.action, last.record_ids) == ("export", [str(record), str(newcomer)])
        assert "etternavn" in last.fields


def test_nobody_else_exports(session: Session) -> None:
    record = opening(session).vacancy.id
    for role in (Role.JOB_SERVICE, Role.HR, Role.LEADER, Role.ADMINISTRATOR):
        with pytest.raises(Forbidden):
            candidates.export_candidates(session, actor(role), record, EVERYTHING)
    with pytest.raises(NotFound):
        candidates.export_candidates(session, actor(municipality_no=HITRA), record, EVERYTHING)
