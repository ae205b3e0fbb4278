"""Small downloads in the layout of ESCO's, made for tests."""

import csv
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ESCO = "http://data.europa.eu/esco"
NURSE, COOK, BAKER = (f"{ESCO}/occupation/{name}" for name in ("nurse", "cook", "baker"))
FIRST_AID, BAKING = (f"{ESCO}/skill/{name}" for name in ("first-aid", "baking"))
NURSES, COOKING = f"{ESCO}/isco/C2221", f"{ESCO}/skill/group"

Row = Mapping[str, str]


def occupation(uri: str, isco: str, name: str, *others: str, **more: str) -> Row:
    return {"conceptUri": uri, "iscoGroup": isco, "preferredLabel": name, "altLabels": "\n".join(others), **more}


def skill(uri: str, name: str, *others: str) -> Row:
    return {"conceptUri": uri, "preferredLabel": name, "altLabels": "\n".join(others)}


OCCUPATIONS_EN = (occupation(NURSE, "2221", "nurse", "ward nurse"), occupation(COOK, "5120", "cook"))
FILES: Mapping[str, Sequence[Row]] = {
    "occupations_en.csv": OCCUPATIONS_EN,
    "occupations_no.csv": (occupation(NURSE, "2221", "sykepleier", "pleier"), occupation(COOK, "5120", "kokk")),
    "skills_en.csv": (skill(FIRST_AID, "give first aid"), skill(BAKING, "bake bread", "baking")),
    "ISCOGroups_en.csv": ({"conceptUri": NURSES, "code": "2221", "preferredLabel": "Nursing professionals"},),
    "skillGroups_en.csv": ({"conceptUri": COOKING, "code": "", "preferredLabel": "preparing food"},),
    "broaderRelationsOccPillar.csv": (
        {"conceptUri": NURSE, "broaderUri": NURSES},
        {"conceptUri": COOK, "broaderUri": f"{ESCO}/isco/C5120"},
    ),
    "broaderRelationsSkillPillar_en.csv": ({"conceptUri": BAKING, "broaderUri": COOKING},),
    "occupationSkillRelations.csv": (
        {"occupationUri": NURSE, "relationType": "essential", "skillUri": FIRST_AID},
        {"occupationUri": COOK, "relationType": "optional", "skillUri": BAKING},
        {"occupationUri": COOK, "relationType": "optional", "skillUri": f"{ESCO}/skill/gone"},
    ),
    "skillsHierarchy_en.csv": (
        {f"Level {n} {what}": "" for n in range(4) for what in ("URI", "code")}
        | {"Level 0 URI": f"{ESCO}/skill/S", "Level 0 code": "S", "Level 1 URI": COOKING, "Level 1 code": "S5"},
    ),
}


def folder(path: Path, files: Mapping[str, Sequence[Row]] = FILES, **changed: Sequence[Row]) -> Path:
    """Write a download; `changed` replaces files, named without their ending."""
    path.mkdir(parents=True)
    for name, rows in {**files, **{f"{key}.csv": rows for key, rows in changed.items()}}.items():
        with (path / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, dict.fromkeys(key for row in rows for key in row))
            writer.writeheader()
            writer.writerows(rows)
    return path


def zipped(path: Path, source: Path) -> Path:
    """The same as a ZIP with a folder in it, as browsers save it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(source.iterdir()):
            archive.write(file, f"ESCO dataset/{file.name}")
    return path
