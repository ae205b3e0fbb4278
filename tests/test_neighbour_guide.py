"""The examples of the neighbour's guide, run as they stand against a real server with the demo's people."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest
from rich.console import Console

from kompetanse import audit
from kompetanse.actor import system_actor
from kompetanse.codes.consent import ConsentForm
from kompetanse.contacts import service as contacts
from kompetanse.database import Database
from kompetanse.demo import service as demo
from kompetanse.identity import organisations
from kompetanse.matching.vectors import scoring
from kompetanse.settings import Settings
from tests.factories import FROYA, HITRA
from tests.support.issuer import HITRA_ORGANISATION, SCOPE, Issuer, new_key, serve
from tests.support.live import serving

GUIDE = Path(__file__).parents[1] / "docs" / "neighbour.md"
STRICT = """set -euo pipefail
curl() { command curl --fail-with-body "$@" && echo; }
"""
PEOPLE = 300
"""Enough for more classes than one page of the examples holds."""


@dataclass(frozen=True, slots=True)
class Froya:
    """The municipality that shares, as it runs."""

    url: str
    issuer: Issuer
    database: Database

    def example(self, code: str) -> str:
        """An example with the addresses of this server and this issuer for those that the guide names."""
        for told, here in (
            ("http://127.0.0.1:8000", self.url),
            ("https://maskinporten.no/", self.issuer.url),
            ("https://hitra.example/", "http://127.0.0.1:9/"),
        ):
            code = code.replace(told, here)
        return code

    def everybody_says_yes(self, request_id: UUID) -> None:
        """The coordinator asks whoever a request could be about, and each says yes in conversation."""
        froya = system_actor(FROYA)
        with self.database.session(FROYA) as session:
            for one in contacts.candidates(session, froya, request_id):
                asked, _ = contacts.ask(session, froya, request_id, one.person.id)
                contacts.answer(session, froya, asked.id, asked.version, yes=True, form=ConsentForm.ORAL)


@pytest.fixture(scope="module")
def froya(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Froya]:
    home = tmp_path_factory.mktemp("froya")
    shutil.copyfile(sqlite_template, home / "kompetanse.db")
    with serve() as issuer:
        settings = Settings(
            database_url=f"sqlite:///{home / 'kompetanse.db'}",
            data_dir=home,
            log_level="ERROR",
            maskinporten_issuer=issuer.url,
            maskinporten_scopes={FROYA: SCOPE},
            webhook_allow_local=True,
            _env_file=None,
        )
        demo.seed(settings, people=PEOPLE, seed=7, console=Console(quiet=True))
        database = Database(settings.database_url)
        audit.install(database)
        with database.session(FROYA) as session:
            organisations.register_organisation(
                session, system_actor(FROYA), name="Hitra", recipient_no=HITRA, organisation_no=HITRA_ORGANISATION
            )
        scoring.warm()  # as `kompetanse serve` does
        with serving(settings) as url:
            yield Froya(url, issuer, database)
        database.dispose()


def examples(language: str) -> list[str]:
    """The fenced blocks of one language, in the order of the guide."""
    return re.findall(rf"^```{language}\n(.*?)^```$", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def python(froya: Froya, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the examples in Python have made, run one after the other."""
    home = tmp_path_factory.mktemp("hitra")
    froya.issuer.registered = new_key()
    (home / "our-key.pem").write_bytes(froya.issuer.registered.as_pem(private=True))
    names: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        for number, code in enumerate(examples("python")):
            if 'for contact in answer.json()["contacts"]' in code:
                froya.everybody_says_yes(UUID(names["request"]["id"]))
            exec(compile(froya.example(code), f"python-{number}", "exec"), names)  # noqa: S102 - the guide is ours
    return names


def test_every_example_in_python_runs(python: dict[str, Any]) -> None:
    assert len(python["found"]) > 5, "more than one page"
    assert len({one["handle"] for one in python["found"]}) == len(python["found"])
    assert python["unchanged"]
    assert python["vacancy"]["found"] in {"5_or_more", "fewer_than_5"}


def test_who_said_yes_is_read_with_what_was_asked_for(python: dict[str, Any]) -> None:
    assert python["request"]["status"] == "waiting"
    assert python["contact"]["family_name"]
    assert python["contact"]["profile"].keys() <= {"work", "languages"}


def test_the_problem_says_which_fields_are_wrong(python: dict[str, Any]) -> None:
    assert python["refused"].status_code == 422
    assert "contact_name" in {one["pointer"].strip("/").rpartition("/")[2] for one in python["problem"]["errors"]}


def test_every_example_in_the_shell_runs(froya: Froya, tmp_path: Path) -> None:
    script = STRICT + "\n".join(examples("sh"))
    done = subprocess.run(
        ["bash", "-c", froya.example(script)],
        cwd=tmp_path,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "MASKINPORTEN_TOKEN": froya.issuer.token()},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert done.stdout.count('"classes"') == 3
    assert '"tombstones"' in done.stdout
    assert '"status":"waiting"' in done.stdout
    assert '"whsec_' in done.stdout
    assert "/api/v1/shared/classes" in (tmp_path / "kompetanse-neighbour.json").read_text("utf-8")


def test_the_guide_tells_of_every_address_of_the_neighbours_side(froya: Froya) -> None:
    described = httpx2.get(f"{froya.url}/api/v1/shared/openapi.json").json()
    text = GUIDE.read_text("utf-8")
    for path in described["paths"]:
        last = re.sub(r"{.*?}", "", path).rstrip("/").rpartition("/")[2]
        assert last in text, path
