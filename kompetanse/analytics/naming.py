"""What the codes of the extract are called in bokmål, and the rows of its two tables about itself. Pure."""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from kompetanse.analytics import hierarchies as own
from kompetanse.analytics.dictionary import FILES, NOT_STATED, TABLES, WITHHELD, Attribute
from kompetanse.analytics.hierarchies import Duration, Place, WorkStatus
from kompetanse.codes.countries import Region
from kompetanse.codes.education import EducationLevel, education_field
from kompetanse.codes.languages import language
from kompetanse.codes.occupations import occupation
from kompetanse.codes.work import RecognitionStatus, ReferralStage
from kompetanse.sharing.hierarchies import ANY

Row = tuple[str | int | None, ...]

_CEFR = {"A": "A1–A2 (basisbruker)", "B": "B1–B2 (selvstendig bruker)", "C": "C1–C2 (avansert bruker)"}
_EDUCATION: Mapping[str, str] = {
    "low": "Høyst ungdomsskole (0–2)",
    "mid": "Videregående og fagskole (3–5)",
    "high": "Universitet og høyskole (6–8)",
    **{one.value: one.name_nb for one in EducationLevel},
}
_AGE = {"under 20": "Under 20 år", "under 35": "Under 35 år", "50 and over": "50 år og over"}
_NEAR: Mapping[str, str] = {Place.NEAR: "Norden eller EØS", Place.ELSEWHERE: "Utenfor Norden og EØS"}
_PLACES: Mapping[str, str] = {Place.NORWAY: "Norge", own.ABROAD: "Utlandet", **_NEAR}
_WORK = {
    WorkStatus.WORKING: "I arbeid",
    WorkStatus.BELOW: "I arbeid under kompetansen",
    WorkStatus.UNUSED: "Ikke kjent arbeid, kompetanse ubrukt",
    WorkStatus.NO_WORK_KNOWN: "Ikke kjent arbeid",
    own.IN_WORK: "I arbeid, uansett nivå",
    own.NOT_IN_WORK: "Ikke kjent arbeid, uansett kompetanse",
}
_DURATIONS = {
    Duration.UNDER_1: "Under 1 år",
    Duration.FROM_1: "1–2 år",
    Duration.FROM_3: "3–4 år",
    Duration.FROM_5: "5–9 år",
    Duration.FROM_10: "10 år og over",
    own.UNDER_3: "Under 3 år",
    own.FROM_3: "3 år og over",
}
_RECOGNITION = {
    RecognitionStatus.NOT_APPLIED: "Ikke søkt",
    RecognitionStatus.APPLIED: "Søkt",
    RecognitionStatus.RECOGNISED: "Godkjent",
    RecognitionStatus.PARTLY: "Delvis godkjent",
    RecognitionStatus.REFUSED: "Avslått",
    own.DECIDED: "Helt eller delvis godkjent",
    own.UNDECIDED: "Ikke godkjent",
}
_STAGES = {
    ReferralStage.PROPOSED: "Foreslått",
    ReferralStage.ACCEPTED_BY_PERSON: "Personen har sagt ja",
    ReferralStage.SENT: "Sendt",
    ReferralStage.INTERVIEW: "Intervju",
    ReferralStage.DECLINED: "Takket nei",
    ReferralStage.WITHDRAWN: "Trukket",
    own.UNDER_WAY: "Underveis",
    own.HIRED: "Ansatt",
    own.ENDED: "Avsluttet uten ansettelse",
}


def _in(names: Mapping[str, str]) -> Callable[[str], str]:
    return lambda code: names.get(code, code)


def _age(code: str) -> str:
    return _AGE.get(code) or f"{code.replace(' and over', '')} år{' og over' if code.endswith('over') else ''}"


_NAMES: Mapping[str, Callable[[str], str]] = {
    "styrk08": lambda code: occupation(code).name_nb,
    "cefr": _in(_CEFR),
    "nus2000": _in(_EDUCATION),
    "arbeid": _in(_WORK),
    "alder": _age,
    "region": _in({**_NEAR, **{one.value: one.name_nb for one in Region}}),
    "ankomst": lambda code: code.replace("before", "Før"),
    "sted": _in(_PLACES),
    "varighet": _in(_DURATIONS),
    "isced_f": lambda code: education_field(code).name_nb,
    "godkjenning": _in(_RECOGNITION),
    "sprak": lambda code: language(code).name_nb,
    "trinn": _in(_STAGES),
    "kvartal": lambda code: code.replace("before", "Før").replace("-Q", ", kvartal "),
}


def name_of(codes: str, code: str) -> str:
    """A code of a list in bokmål."""
    common = {WITHHELD: "Ikke vist, for få", NOT_STATED: "Ikke oppgitt"}
    return common.get(code) or _NAMES[codes](code)


def code_rows(year: int) -> Iterator[Row]:
    """The rows of `kodeverk`: each code of each list once, its name, and the code that it belongs to."""
    lists: dict[str, Attribute] = {one.codes: one for table in TABLES for one in table.attributes}
    for codes, attribute in sorted(lists.items()):
        parents: dict[str, str | None] = {}
        for path in attribute.hierarchy(year).paths:
            for label, wider in pairwise(path):
                if label not in parents or parents[label] == label:
                    parents[label] = None if wider in {ANY, label} else wider
        yield from ((codes, code, name_of(codes, code), parent) for code, parent in parents.items())
        yield codes, WITHHELD, name_of(codes, WITHHELD), None


def column_rows(year: int) -> Iterator[Row]:
    """The rows of `dataordbok`."""
    attributes = {(table.name, one.column): one for table in TABLES for one in table.attributes}
    for name, (_, fields) in FILES.items():
        for field in fields:
            found = attributes.get((name, field.name))
            levels = " > ".join(found.hierarchy(year).levels[:-1]) + f" > {WITHHELD}" if found else None
            codes = found.codes if found else None
            yield name, field.name, field.type.value, codes, levels, field.description_nb, field.description_en
