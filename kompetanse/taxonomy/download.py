"""Reads the official ESCO download: a folder or ZIP of CSV files, of any version and in any set of languages.

The files are those of https://esco.ec.europa.eu/en/use-esco/download (classification, CSV): `occupations_xx.csv`,
`skills_xx.csv`, `ISCOGroups_xx.csv`, `skillGroups_xx.csv`, one a language, and relations that are the same in all.
A retired concept's successor may stand in a column `replacedBy`, or in a file `replacements.csv` (`conceptUri`,
`replacedBy`). The data has faults, so whatever points nowhere is left out and counted, never fatal.
"""

import csv
import hashlib
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import IO, TypeAlias

from kompetanse.errors import FieldFault, Invalid
from kompetanse.taxonomy.concepts import ConceptKind, Need

csv.field_size_limit(10_000_000)  # ESCO's descriptions and lists of names outgrow the default of 128 kB

LARGEST_BYTES = 2_000_000_000
"""Of all files unpacked; all languages of ESCO together are a quarter of it."""

Progress: TypeAlias = Callable[[str, int, int], None]
"""Told what is worked on, how much of it is done, and how much there is."""

_KINDS = {
    "occupations": ConceptKind.OCCUPATION,
    "iscogroups": ConceptKind.OCCUPATION_GROUP,
    "skills": ConceptKind.SKILL,
    "skillgroups": ConceptKind.SKILL_GROUP,
}
_CONCEPTS = re.compile(rf"({'|'.join(_KINDS)})_([a-z]{{2,3}})\.csv")
_RELATIONS = re.compile(
    r"(broaderrelations(?:occ|skill)pillar|occupationskillrelations|skillshierarchy)(?:_[a-z]{2})?\.csv"
)
_VERSION = re.compile(r"v?(\d+\.\d+(?:\.\d+)?)")
_LANGUAGES = {"no": "nb"}
_CODES = {ConceptKind.OCCUPATION: "iscoGroup", ConceptKind.OCCUPATION_GROUP: "code", ConceptKind.SKILL_GROUP: "code"}
_ISCED = re.compile(r"/isced-f/(\d+)$")


class FaultKind(StrEnum):
    """What can be wrong with a line of the download."""

    UNKNOWN_CONCEPT = "points at a missing concept"
    DANGLING = "stands below a missing concept"
    NO_NAME = "has no name"


@dataclass(slots=True)
class Taxonomy:
    """What a download says.

    `concepts`: kind and code by URI; `labels`: the names by URI and language, preferred first; `broader`: pairs of a
    concept and one above it; `needs`: by occupation and skill; `replaced`: successors by URI; `kinds`: of which the
    download has files, so that what it lacks of them is retired; `faults`: lines left out, by file and kind of fault.
    """

    concepts: dict[str, tuple[ConceptKind, str | None]] = field(default_factory=dict)
    labels: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    broader: set[tuple[str, str]] = field(default_factory=set)
    needs: dict[tuple[str, str], Need] = field(default_factory=dict)
    replaced: dict[str, str] = field(default_factory=dict)
    faults: Counter[tuple[str, FaultKind]] = field(default_factory=Counter)

    @property
    def languages(self) -> list[str]:
        """ISO 639-1 codes, sorted."""
        return sorted({language for _, language in self.labels})

    @property
    def kinds(self) -> set[ConceptKind]:
        """The kinds of concept that the download has."""
        return {kind for kind, _ in self.concepts.values()}


@dataclass(frozen=True, slots=True)
class Download:
    """The files of a download that are of use, by name in small letters."""

    path: Path
    files: Mapping[str, str]

    @property
    def version(self) -> str:
        """The version that the name of the folder or ZIP tells, or "unnamed"."""
        found = _VERSION.search(self.path.name)
        return found[1] if found else "unnamed"

    def fingerprint(self) -> str:
        """SHA-256 over names and contents: the same download again is known by it."""
        digest = hashlib.sha256()
        with self._reader() as read:
            for name, stored in sorted(self.files.items()):
                digest.update(name.encode())
                with read(stored) as file:
                    while block := file.read(1 << 20):
                        digest.update(block)
        return digest.hexdigest()

    def read(self, progress: Progress = lambda *_: None) -> Taxonomy:
        """Everything in the files. Raises Invalid when a file lacks a column or is not UTF-8."""
        found = Taxonomy()
        with self._reader() as read:
            names = sorted(self.files, key=lambda name: _CONCEPTS.fullmatch(name) is None)  # concepts first
            for done, name in enumerate(names):
                progress("Reading files", done, len(names))
                with (
                    _told(name),
                    read(self.files[name]) as raw,
                    io.TextIOWrapper(raw, "utf-8-sig", newline="") as text,
                ):
                    _read_file(found, name, csv.DictReader(text, restval=""))
        _drop_what_points_nowhere(found)
        return found

    @contextmanager
    def _reader(self) -> Iterator[Callable[[str], IO[bytes]]]:
        if self.path.is_dir():
            yield lambda name: (self.path / name).open("rb")
        else:
            with zipfile.ZipFile(self.path) as archive:
                yield archive.open


def open_download(path: Path) -> Download:
    """Find the files in a folder or ZIP.

    Raises:
        Invalid: it is neither, is too large, or holds no concepts of ESCO.
    """
    if path.is_dir():
        stored = {str(file.relative_to(path)): file.stat().st_size for file in sorted(path.rglob("*.csv"))}
    else:
        try:
            with zipfile.ZipFile(path) as archive:
                stored = {one.filename: one.file_size for one in archive.infolist() if not one.is_dir()}
        except (zipfile.BadZipFile, ValueError) as error:
            raise Invalid(FieldFault("", f"{path.name} is no ZIP", "Name the downloaded ZIP, or its folder")) from error
    if sum(stored.values()) > LARGEST_BYTES:
        raise Invalid(FieldFault("", f"{path.name} unpacks to more than 2 GB", "Import fewer languages at a time"))
    names = {PurePosixPath(name.replace("\\", "/")).name.lower(): name for name in stored}
    files = {name: where for name, where in names.items() if _is_of_use(name)}
    if not any(_CONCEPTS.fullmatch(name) for name in files):
        hint = "Download ESCO's classification as CSV from esco.ec.europa.eu"
        raise Invalid(FieldFault("", f"{path.name} holds no occupations_xx.csv or skills_xx.csv", hint))
    return Download(path, files)


def _is_of_use(name: str) -> bool:
    return name == "replacements.csv" or bool(_CONCEPTS.fullmatch(name) or _RELATIONS.fullmatch(name))


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Says in the product's words what is wrong with a file."""
    try:
        yield
    except KeyError as error:
        raise Invalid(FieldFault("", f"{name} has no column {error}", "Choose the CSV form of ESCO")) from error
    except (csv.Error, ValueError, zipfile.BadZipFile) as error:
        hint = "Download it again, and do not save it in Excel"
        raise Invalid(FieldFault("", f"{name} is not as ESCO makes it: {error}", hint)) from error


def _read_file(found: Taxonomy, name: str, rows: "csv.DictReader[str]") -> None:
    concepts = _CONCEPTS.fullmatch(name)
    if concepts:
        language = _LANGUAGES.get(concepts[2], concepts[2])
        _read_concepts(found, name, _KINDS[concepts[1]], language, rows)
    elif name.startswith("broader"):
        found.broader.update((row["conceptUri"], row["broaderUri"]) for row in rows)
    elif name.startswith("occupationskill"):
        found.needs.update({(row["occupationUri"], row["skillUri"]): Need(row["relationType"]) for row in rows})
    elif name.startswith("skillshierarchy"):
        _read_codes(found, rows)
    else:
        found.replaced.update((row["conceptUri"], row["replacedBy"]) for row in rows if row["replacedBy"])


def _read_concepts(found: Taxonomy, name: str, kind: ConceptKind, language: str, rows: "csv.DictReader[str]") -> None:
    for row in rows:
        uri, names = row["conceptUri"], _names(row)
        if row.get("replacedBy"):
            found.replaced[uri] = row["replacedBy"]
        if row.get("status", "released") == "obsolete":
            continue  # it is retired as if it were not there
        if not names:
            found.faults[name, FaultKind.NO_NAME] += 1
            continue
        known = found.concepts.get(uri)
        found.concepts[uri] = known or (kind, _code(kind, uri, row))
        found.labels[uri, language] = names


def _names(row: Mapping[str, str]) -> tuple[str, ...]:
    """The preferred name and its synonyms, each once; some releases part them by line breaks, some by bars."""
    others = re.split(r"\n| \| ", row.get("altLabels") or "") + (row.get("hiddenLabels") or "").split("\n")
    tidy = (" ".join(one.split()) for one in (row["preferredLabel"], *others))
    return tuple(dict.fromkeys(one for one in tidy if one)) if row["preferredLabel"].strip() else ()


def _code(kind: ConceptKind, uri: str, row: Mapping[str, str]) -> str | None:
    isced = _ISCED.search(uri)
    return (row[_CODES[kind]] if kind in _CODES else "") or (isced[1] if isced else None)


def _read_codes(found: Taxonomy, rows: "csv.DictReader[str]") -> None:
    """The codes of skill groups ("S5.6.1"), which stand in the hierarchy alone."""
    for row in rows:
        level = max((level for level in range(4) if row[f"Level {level} URI"]), default=None)
        if level is not None:
            uri, code = row[f"Level {level} URI"], row[f"Level {level} code"]
            if uri in found.concepts and code:
                found.concepts[uri] = (found.concepts[uri][0], code)


def _drop_what_points_nowhere(found: Taxonomy) -> None:
    known = found.concepts
    dangling = {pair for pair in found.broader if not (pair[0] in known and pair[1] in known)}
    found.broader -= dangling
    found.faults["broaderRelations", FaultKind.DANGLING] += len(dangling)
    lost = [pair for pair in found.needs if not (pair[0] in known and pair[1] in known)]
    for pair in lost:
        del found.needs[pair]
    found.faults["occupationSkillRelations", FaultKind.UNKNOWN_CONCEPT] += len(lost)
    nowhere = [uri for uri, successor in found.replaced.items() if successor not in known]
    for uri in nowhere:
        del found.replaced[uri]
    found.faults["replacements", FaultKind.UNKNOWN_CONCEPT] += len(nowhere)
    found.faults += Counter()  # drops what was counted as nothing
