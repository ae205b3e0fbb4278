"""`kompetanse cv …`"""

from pathlib import Path

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from kompetanse.cli import app
from kompetanse.cli_base import out
from kompetanse.competence.tables import Experience
from kompetanse.database import Database
from tests.conftest import SECRET
from tests.exchange.cv_files.cvs import JSON_RESUME
from tests.factories import FROYA, person_id


def test_a_cv_is_shown_first_and_added_when_told(
    database: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOMPETANSE_DATABASE_URL", database_url)
    monkeypatch.setenv("KOMPETANSE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("KOMPETANSE_SECRET_KEY", SECRET)
    monkeypatch.setattr(out, "width", 200)
    with database.session(FROYA) as session:
        newcomer = person_id(session)
    file = tmp_path / "cv.json"
    file.write_text(JSON_RESUME, "utf-8")
    run = CliRunner().invoke
    shown = run(app, ["cv", "read", str(newcomer), str(file)])
    assert (shown.exit_code, "regnskapsfører" in shown.stdout, "--add adds them" in shown.stdout) == (0, True, True)
    with database.session(FROYA) as session:
        assert session.exec(select(Experience)).all() == []
    added = run(app, ["cv", "read", str(newcomer), str(file), "--add"])
    assert added.exit_code == 0, added.output
    with database.session(FROYA) as session:
        assert {one.title for one in session.exec(select(Experience))} == {"accountant", "cashier", "teacher"}
    for name, begins in (("cv.pdf", b"%PDF-"), ("out.json", b"{")):
        written = run(app, ["cv", "write", str(newcomer), str(tmp_path / name), "--language", "pol"])
        assert written.exit_code == 0, written.output
        assert (tmp_path / name).read_bytes().startswith(begins)
    assert run(app, ["cv", "write", str(newcomer), str(tmp_path / "all.json"), "--everything"]).exit_code == 0
    assert '"experience"' in (tmp_path / "all.json").read_text("utf-8")
    file.write_text("Har ikke truckførerbevis.", "utf-8")
    assert "truckførerbevis (says she has not)" in run(app, ["cv", "read", str(newcomer), str(file)]).stdout
    file.write_bytes(b"")
    refused = run(app, ["cv", "read", str(newcomer), str(file)])
    assert refused.exit_code == 1
