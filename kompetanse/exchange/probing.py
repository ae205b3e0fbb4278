"""Opens a workbook in a process of its own, before this one does.

The reader of workbooks is compiled, and can be made to ask for more memory than there is, which ends the process, or to
go round for ever with the interpreter in its hands. Both were found by `make fuzz` in files of a few hundred bytes.
"""

import subprocess
import sys

from kompetanse.exchange.faults import TableFault, TableRefused

_MEGABYTES = 2560  # a hundred thousand rows of five hundred columns, and Python
_SECONDS = 15  # of a processor
_PATIENCE = 4  # times as long, where others use it too

_PROGRAM = """
import collections, contextlib, io, sys
with contextlib.suppress(ImportError):  # where there are no such limits, time alone is bounded
    import resource
    for limit, value in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_CPU, int(sys.argv[2])),
                         (resource.RLIMIT_AS, int(sys.argv[1]) << 20)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))
from python_calamine import CalamineError, CalamineWorkbook
try:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    for name in workbook.sheet_names:
        collections.deque(workbook.get_sheet_by_name(name).iter_rows(), maxlen=0)
except CalamineError:
    pass  # whoever reads it in earnest tells which
"""


def probe(content: bytes) -> None:
    """See that a workbook can be laid out, every sheet of it, within bounds of memory and time.

    Raises:
        TableRefused: it cannot.
    """
    command = [sys.executable, "-I", "-c", _PROGRAM, str(_MEGABYTES), str(_SECONDS)]
    silent = subprocess.DEVNULL
    try:
        done = subprocess.run(  # noqa: S603 - the program is ours, and the file is only its input
            command, input=content, stdout=silent, stderr=silent, timeout=_PATIENCE * _SECONDS, check=False
        )
        stands = done.returncode == 0
    except subprocess.TimeoutExpired:
        stands = False
    if not stands:
        raise TableRefused(
            TableFault.BROKEN_FILE,
            "Arbeidsboken er skadet, eller den er for stor til å leses",
            "Åpne filen i regnearket og lagre den på nytt som XLSX, eller som CSV UTF-8",
        )
