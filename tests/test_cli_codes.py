from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kompetanse import cli_base
from kompetanse.cli import app
from kompetanse.codes import lists
from kompetanse.codes.catalogue import READERS
from tests.codes.klass import Klass, answer, serving, shipped

Command = Callable[..., Result]


@pytest.fixture
def kompetanse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Command]:
    """Runs a command with its data in an empty folder; the shipped lists again afterwards."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KOMPETANSE_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setattr(cli_base.out, "width", 200)
    monkeypatch.setenv("no_proxy", "*")
    yield lambda *arguments: CliRunner().invoke(app, list(map(str, arguments)))
    lists.use_folder(None)
    lists.forget()


@pytest.fixture
def klass() -> Iterator[Klass]:
    with serving() as opened:
        opened.set(104, answer(shipped("counties") | {"50": "Midt-Norge"}))
        opened.set(131, answer({code: name for code, name in shipped("municipalities").items() if code != "5014"}))
        yield opened


def failure(result: Result) -> str:
    """The one line that a failed command says."""
    assert result.exit_code == 1, result.output
    lines = [line for line in result.stderr.splitlines() if line.strip()]
    assert len(lines) == 1
    return lines[0]


def test_every_list_is_told_with_its_version_and_source(kompetanse: Command) -> None:
    told = kompetanse("codes").stdout
    assert all(name in told for name in READERS)
    assert "ISCED-F 2013" in told
    assert "Statistics Norway" in told
    assert "582" in told


def test_a_list_and_a_code_are_shown_with_what_they_lie_in(kompetanse: Command) -> None:
    assert (
        "222 Sykepleiere og spesialsykepleiere < 22 Medisinske yrker" in kompetanse("codes", "show", "styrk08").stdout
    )
    assert kompetanse("codes", "show", "municipalities", "5014").stdout.splitlines() == [
        "5014 Frøya, from 2018-01-01",
        "  in 50 Trøndelag",
    ]
    assert "  has styrk08:6222 Fiskere" in kompetanse("codes", "show", "sectors", "fish").stdout


def test_a_code_that_was_is_shown_with_what_it_became(kompetanse: Command) -> None:
    assert kompetanse("codes", "show", "municipalities", "1620").stdout.splitlines() == [
        "1620 Frøya: valid until 2018-01-01",
        "  became 5014 Frøya",
    ]


def test_what_is_not_there_is_told_in_a_line(kompetanse: Command) -> None:
    assert "there are cefr" in failure(kompetanse("codes", "show", "yrker"))
    assert "Not a code of styrk08" in failure(kompetanse("codes", "show", "styrk08", "nurse"))
    assert "there are styrk08" in failure(kompetanse("codes", "update", "--list", "sectors"))


def test_an_update_says_what_it_would_do_and_does_it_only_when_told(
    kompetanse: Command, klass: Klass, tmp_path: Path
) -> None:
    lists_ = ("--list", "municipalities", "--list", "counties")
    arguments = ("codes", "update", *lists_, "--date", "2027-01-01", "--from", klass.url)
    dry = kompetanse(*arguments)
    assert dry.exit_code == 0, dry.output
    assert "counties: 0 would be added, 1 would be renamed, 0 would be gone." in dry.stdout
    assert "was Trøndelag" in dry.stdout
    assert "from 2027-01-01, became not told" in dry.stdout
    assert "add --apply" in dry.stdout
    assert not (tmp_path / "var").exists()
    done = kompetanse(*arguments, "--apply")
    assert "municipalities: 0 added, 0 renamed, 1 gone." in done.stdout
    assert "50 Midt-Norge" in kompetanse("codes", "show", "municipalities", "5056").stdout
    assert "what it became is not told" in kompetanse("codes", "show", "municipalities", "5014").stdout
    assert "as of 2027-01-01 (refreshed)" in kompetanse("codes").stdout
    again = kompetanse(*arguments)
    assert again.stdout.splitlines()[-1] == "Nothing changed until 2027-01-01: counties, municipalities."


def test_all_lists_are_asked_for_unless_some_are_named(kompetanse: Command, klass: Klass) -> None:
    assert "answered 404" in failure(kompetanse("codes", "update", "--from", klass.url))
    assert klass.asked[0][0].endswith("/classifications/7/codesAt")


def test_a_failing_network_is_one_line_and_changes_nothing(kompetanse: Command, tmp_path: Path) -> None:
    told = failure(kompetanse("codes", "update", "--apply", "--from", "http://127.0.0.1:1"))
    assert "127.0.0.1:1 could not be reached" in told
    assert "nothing was changed" in told
    assert not (tmp_path / "var").exists()


def test_a_saved_answer_needs_the_name_of_its_list(kompetanse: Command, tmp_path: Path) -> None:
    file = tmp_path / "104.json"
    file.write_bytes(answer(shipped("counties") | {"50": "Midt-Norge"}))
    assert kompetanse("codes", "update", "--from", file).exit_code == 2
    told = kompetanse("codes", "update", "--list", "counties", "--from", file, "--date", "2027-01-01").stdout
    assert "Midt-Norge" in told


def test_a_wrong_day_is_told(kompetanse: Command) -> None:
    assert kompetanse("codes", "update", "--date", "i dag").exit_code == 2
