"""Files of many rows: read bit by bit, told of meanwhile, given up without a trace."""

import gc
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlmodel import Session

from kompetanse.actor import system_actor
from kompetanse.codes.imports import ImportKind
from kompetanse.database import Database
from kompetanse.exchange.service import Sent, import_file
from kompetanse.people.tables import Person
from tests.exchange.sheets import xlsx_of

FROYA = "5014"
PEOPLE = 2000
SHEET = "".join(
    ["Etternavn;Fornavn;Født;Språk\r\n", *(f"Berg{n};Nils{n};{1950 + n % 50};polsk B1\r\n" for n in range(PEOPLE))]
).encode()
_KILLED = """
import sys, time
from kompetanse.cli_base import transaction
from kompetanse.codes.imports import ImportKind
from kompetanse.exchange.service import Sent, import_file
def told(rows, share):
    if rows >= 1500:
        print("reading", flush=True)
        time.sleep(60)
with transaction("5014") as (session, actor):
    import_file(session, actor, ImportKind.PEOPLE, Sent(open(sys.argv[1], "rb").read(), "x.csv"), apply=True, told=told)
"""


class Enough(Exception):
    """Somebody does not want to wait."""


def people(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Person)) or 0


def test_how_far_it_is_is_told_as_the_rows_are_read(session: Session) -> None:
    told: list[tuple[int, float]] = []
    sent = Sent(SHEET, "people.csv")
    report = import_file(
        session, system_actor(FROYA), ImportKind.PEOPLE, sent, apply=True, told=lambda *at: told.append(at)
    )
    assert (report.accepted, people(session)) == (PEOPLE, PEOPLE)
    assert [rows for rows, _ in told] == [500, 1000, 1500, 2000, 2000]
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert 0.0 < shares[0] < shares[-1] <= 1.0


def test_the_share_of_a_workbook_is_that_of_its_rows(session: Session) -> None:
    cells = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{"Etternavn" if n == 1 else f"Berg{n}"}</t></is></c>'
        f'<c r="B{n}" t="inlineStr"><is><t>{"Fornavn" if n == 1 else "Nils"}</t></is></c></row>'
        for n in range(1, 1002)
    )
    told: list[tuple[int, float]] = []
    sent = Sent(xlsx_of({"Folk": cells}), "people.xlsx")
    import_file(session, system_actor(FROYA), ImportKind.PEOPLE, sent, apply=False, told=lambda *at: told.append(at))
    assert [(rows, round(share, 2)) for rows, share in told] == [(500, 0.5), (1000, 1.0), (1000, 1.0)]


def test_who_gives_up_leaves_nothing(database: Database) -> None:
    def told(rows: int, _: float) -> None:
        if rows > 1000:
            raise Enough

    with pytest.raises(Enough), database.session(FROYA) as session:
        import_file(session, system_actor(FROYA), ImportKind.PEOPLE, Sent(SHEET, "people.csv"), apply=True, told=told)
    with database.session(FROYA, write=False) as session:
        assert people(session) == 0


def test_a_killed_import_leaves_nothing_and_can_be_started_over(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(SHEET)
    environment = {**os.environ, "KOMPETANSE_DATABASE_URL": database_url, "KOMPETANSE_SECRET_KEY": "x" * 40}
    command = [sys.executable, "-c", _KILLED, str(file)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as importing:
        assert importing.stdout is not None
        assert importing.stdout.readline() == b"reading\n"
        importing.send_signal(signal.SIGKILL)
    with database.session(FROYA) as session:
        assert people(session) == 0
        sent = Sent(SHEET, "people.csv")
        report = import_file(session, system_actor(FROYA), ImportKind.PEOPLE, sent, apply=True)
        assert (report.accepted, report.imported_before) == (PEOPLE, None)


def test_imports_at_once_leave_the_process_as_it_was(session: Session) -> None:
    usual = gc.get_threshold()

    def another(rows: int, _: float) -> None:
        if rows == 500:
            other = Sent(b"Etternavn;Fornavn\nBerg;Kari\n", "other.csv")
            import_file(session, system_actor(FROYA), ImportKind.PEOPLE, other, apply=False)

    import_file(session, system_actor(FROYA), ImportKind.PEOPLE, Sent(SHEET, "x.csv"), apply=False, told=another)
    assert gc.get_threshold() == usual
