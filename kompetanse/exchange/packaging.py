"""Puts the files of an export into one zip with the Frictionless data package that describes them.

What was read waits in files without a name on this machine until the zip is made: never all of it in memory, and with
nothing that anybody else could open or that is left behind.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from tempfile import SpooledTemporaryFile

from stream_zip import ZIP_AUTO, stream_zip

from kompetanse import clock
from kompetanse.exchange.csv_safe import (
    DataPackage,
    Field,
    ForeignKey,
    Referenced,
    Resource,
    counted,
    resource_descriptor,
)
from kompetanse.exchange.job_seekers import PARTS, REFERENCE, VERSION

_IN_MEMORY = 2 * 1024 * 1024
_CHUNK_BYTES = 256 * 1024
_OWNER_ONLY = 0o600
PEOPLE_PART = "personer"

DESCRIPTOR = "datapackage.json"
"""The name that a data package's descriptor has in it, by the standard."""


class Spool:
    """A file that is being made: its lines, how many they are, and its digest."""

    def __init__(self, header: bytes = b"") -> None:
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - `close` ends it
        self._digest = hashlib.sha256()
        self.rows, self.size = 0, 0
        self.add(header)

    def write(self, lines: Sequence[str]) -> None:
        """Add lines."""
        self.add("".join(f"{line}\r\n" for line in lines).encode("utf-8", errors="replace"))
        self.rows += len(lines)

    def add(self, content: bytes) -> None:
        """Add bytes, whatever they are."""
        self._file.write(content)
        self._digest.update(content)
        self.size += len(content)

    @property
    def digest(self) -> str:
        """SHA-256 of the file, as hexadecimal digits."""
        return self._digest.hexdigest()

    def chunks(self) -> Iterator[bytes]:
        """The file from its beginning."""
        self._file.seek(0)
        while content := self._file.read(_CHUNK_BYTES):
            yield content

    def close(self) -> None:
        """Let the file go."""
        self._file.close()


@dataclass(frozen=True, slots=True)
class Part:
    """One CSV of a package."""

    name: str
    fields: Sequence[Field]
    file: Spool


def zipped(
    parts: Sequence[Part], municipality_no: str, since: datetime | None, password: str | None
) -> Iterator[bytes]:
    """The zip in chunks: each part, and at the end `datapackage.json`, which has their rows and digests.

    With a `password` the files, but not their names and sizes, are encrypted (AES-256, WinZip's AE-2).
    """
    described = [_counted(part) for part in parts]
    package = data_package(described, municipality_no, clock.now(), since)
    files = [(f"{part.name}.csv", part.file) for part in parts]
    return archive(files, {DESCRIPTOR: json.dumps(package, ensure_ascii=False, indent=2)}, password)


def archive(
    files: Iterable[tuple[str, Spool]], texts: Mapping[str, str], password: str | None = None
) -> Iterator[bytes]:
    """A zip in chunks: the files as they were spooled, then the texts, each by its name; encrypted as `zipped` says."""
    now = clock.now().astimezone(clock.OSLO).replace(tzinfo=None)
    encoded = {name: text.encode() for name, text in texts.items()}
    contents: list[tuple[str, int, Iterator[bytes]]] = [
        *((name, file.size, file.chunks()) for name, file in files),
        *((name, len(content), iter([content])) for name, content in encoded.items()),
    ]
    members = ((name, now, _OWNER_ONLY, ZIP_AUTO(size, level=6), chunks) for name, size, chunks in contents)
    return iter(stream_zip(members, password=password, chunk_size=_CHUNK_BYTES))


def data_package(
    resources: Iterable[Resource], municipality_no: str, created: datetime, since: datetime | None
) -> DataPackage:
    """The descriptor of a package (specs.frictionlessdata.io/data-package)."""
    package: DataPackage = {
        "profile": "tabular-data-package",
        "name": f"job-service-{municipality_no}",
        "title": "Arbeidssøkere som samtykker, til jobbformidlingen",
        "version": VERSION,
        "created": created.isoformat(timespec="seconds"),
        "resources": list(resources),
    }
    if since is not None:
        package["since"] = since.isoformat(timespec="seconds")
    return package


def description(municipality_no: str) -> DataPackage:
    """What a package would hold, without any file."""
    resources = [resource(name, fields) for name, fields in PARTS.items()]
    return data_package(resources, municipality_no, clock.now(), None)


def resource(name: str, fields: Sequence[Field]) -> Resource:
    """One CSV of a package as a Data Resource; its rows are joined with the people by their reference."""
    described = resource_descriptor(name.replace("_", "-"), f"{name}.csv", fields)
    if name != PEOPLE_PART:
        theirs = Referenced(resource=PEOPLE_PART, fields=[REFERENCE.name])
        described["schema"]["foreignKeys"] = [ForeignKey(fields=[REFERENCE.name], reference=theirs)]
    return described


def _counted(part: Part) -> Resource:
    return counted(resource(part.name, part.fields), part.file.size, part.file.rows, part.file.digest)
