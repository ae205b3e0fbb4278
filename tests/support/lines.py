"""pytest plugin: counts the lines of `kompetanse` that tests reach (`-p tests.support.lines`), and fails below `LEAST`.

SlipCover marks the lines in the compiled code, and takes a mark away when its line was reached. The interpreter's own
tracing, all that coverage.py has before Python 3.12, makes the tests take nearly twice as long.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
import slipcover
from slipcover.importer import SlipcoverMetaPathFinder

PACKAGE = "kompetanse"
LEAST = 90
"""Per cent of the lines that the tests must reach."""

_FOLDER = Path(__file__).parents[2] / PACKAGE
_COMPILED = [f"*/{file.relative_to(_FOLDER)}" for file in _FOLDER.rglob("*.py") if "\n@compiled\n" in file.read_text()]
"""Loops that Numba compiles: it would take the marks for a part of them."""

_NO_WORK = [r"raise NotImplementedError", r"\.\.\.$"]


class _OfPackage(SlipcoverMetaPathFinder):  # type: ignore[misc]
    """Marks what is imported of the package, and keeps out of every other import."""

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> Any:
        ours = fullname.partition(".")[0] == PACKAGE
        return super().find_spec(fullname, path, target) if ours else None


class Lines:
    """What this process reached; in the process that the workers report to, what they all reached."""

    def __init__(self) -> None:
        self._counter = slipcover.Slipcover(source=[str(_FOLDER)], omit=_COMPILED, exclude_also=_NO_WORK)
        matcher = slipcover.FileMatcher(sources=[str(_FOLDER)], omit=_COMPILED)
        sys.meta_path.insert(0, _OfPackage(self._counter, matcher))
        self._told: list[dict[str, Any]] = []

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a worker reached."""
        told = getattr(node, "workeroutput", {}).get(PACKAGE)
        if told is not None:
            self._told.append(json.loads(told))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Report to the process that started this one; there, judge."""
        reached = self._counter.get_coverage()
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output[PACKAGE] = json.dumps(reached)
            return
        for told in self._told:
            slipcover.merge_coverage(reached, told)
        self._told = [reached]
        if session.exitstatus == pytest.ExitCode.OK and self._share() < LEAST:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """List the lines that no test reached."""
        terminalreporter.section(f"lines of {PACKAGE} that no test reached")
        slipcover.print_coverage(self._told[0], outfile=terminalreporter, skip_covered=True)
        verdict = "enough" if self._share() >= LEAST else f"too few: at least {LEAST} % must be"
        terminalreporter.line(f"\n{self._share():.1f} % of the lines reached, {verdict}")

    def _share(self) -> float:
        return float(self._told[0]["summary"]["percent_covered"])


def pytest_configure(config: pytest.Config) -> None:
    """Let the counter hear of the session."""
    config.pluginmanager.register(_LINES)


_LINES = Lines()  # before any test imports the package
