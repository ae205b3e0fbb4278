"""LibreOffice without a window, where it is at hand: what a spreadsheet program makes of our files, and we of its."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from kompetanse.exchange.csv_safe import CellType, Described
from kompetanse.exchange.workbooks import CellValue

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(
    PROGRAM is None, reason="LibreOffice is not at hand: apt-get install libreoffice-calc"
)

_QUOTE, _BOKMAL = ord('"'), 1044
_AS_TEXT, _AS_IT_LOOKS = 2, 1


def opened(file: Path, columns: Sequence[Described] = (), *, separator: str = ";", charset: int = 76) -> Path:
    """The file as LibreOffice has it when it is opened in Norway, saved as an OpenDocument sheet beside it.

    Columns that a schema calls text are opened as text, as one says in the program's window; without a schema each
    column is what it looks like. `charset` is LibreOffice's number of an encoding: 76 UTF-8, 1 Windows-1252.
    """
    formats = "/".join(
        f"{place}/{_AS_TEXT if one.type is CellType.STRING else _AS_IT_LOOKS}" for place, one in enumerate(columns, 1)
    )
    options = f"{ord(separator)},{_QUOTE},{charset},1,{formats},{_BOKMAL}"
    read = [f"--infilter=Text - txt - csv (StarCalc):{options}"] if file.suffix == ".csv" else []
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    command = [str(PROGRAM), profile, "--headless", "--norestore", *read, "--convert-to", "ods"]
    folder = file.parent / "opened"
    subprocess.run([*command, "--outdir", str(folder), str(file)], check=True, capture_output=True, timeout=120)
    return folder / f"{file.stem}.ods"


def cells(file: Path) -> list[list[CellValue]]:
    """The cells of a workbook's first sheet, with their types."""
    return CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()


def records(file: Path) -> list[dict[str, CellValue]]:
    """The rows below the first one, by its headings."""
    header, *rows = cells(file)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]
