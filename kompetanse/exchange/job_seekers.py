"""What the job service gets: consenting people with what it needs to act for them, as a stream of CSV.

`schema` and the file come from the same columns. Notes, households, interests, citizenship, residence, national
numbers and our own ids are no columns and cannot become any by accident: a `JobSeeker` has no field for them.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.work import RecognitionStatus, Shift
from kompetanse.exchange.csv_safe import CellType, Column, Resource, TableSchema, resource_descriptor, table_schema


@dataclass(frozen=True, slots=True)
class JobSeeker:
    """One line. None is not stated; `months` are those in the main occupation."""

    municipality_no: str
    family_name: str
    given_name: str
    born: str | None
    phone: str | None
    email: str | None
    needs_interpreter: bool | None
    occupation: str | None
    occupation_name: str | None
    occupation_as_spoken: str | None
    months: int | None
    education_level: EducationLevel | None
    education_field: str | None
    recognition: RecognitionStatus | None
    norwegian_spoken: Cefr | None
    norwegian_written: Cefr | None
    other_languages: tuple[str, ...]
    licences: tuple[str, ...]
    wanted_occupations: tuple[str, ...]
    percentage_min: int | None
    percentage_max: int | None
    shifts: tuple[Shift, ...]
    available_from: date | None
    consent_on: date


def _years(seeker: JobSeeker) -> Decimal | None:
    return None if seeker.months is None else (Decimal(seeker.months) / 12).quantize(Decimal("0.01"))


def _listed(values: tuple[str, ...]) -> str | None:
    return ", ".join(values) or None


_C = Column[JobSeeker]
_LEVELS = tuple(level.value for level in Cefr)

# Why each is here: who it is and how to reach her (the job service finds nobody by our ids, and she may have no
# Norwegian number yet), what it needs to propose work (occupation, education, languages, licences), what she
# wants, and the day from which it may.
COLUMNS: tuple[Column[JobSeeker], ...] = (
    _C(
        "kommunenummer",
        lambda s: s.municipality_no,
        CellType.STRING,
        "Kommunen som har registrert personen",
        "Municipality that registered the person (four digits)",
        required=True,
    ),
    _C("etternavn", lambda s: s.family_name or None, CellType.STRING, "Etternavn", "Family name"),
    _C("fornavn", lambda s: s.given_name or None, CellType.STRING, "Fornavn", "Given name"),
    _C(
        "fodt",
        lambda s: s.born,
        CellType.STRING,
        "Fødselsdato (ISO 8601), eller bare år eller måned",
        "Birth date (ISO 8601), or only year or month",
    ),
    _C(
        "telefon",
        lambda s: s.phone,
        CellType.STRING,
        "Første telefonnummer, E.164, med apostrof foran så regneark lar det stå",
        "First phone number, E.164, after an apostrophe that keeps spreadsheets from computing it",
    ),
    _C("epost", lambda s: s.email, CellType.STRING, "Første e-postadresse", "First e-mail address"),
    _C(
        "trenger_tolk",
        lambda s: s.needs_interpreter,
        CellType.BOOLEAN,
        "Om personen trenger tolk",
        "Whether the person needs an interpreter",
    ),
    _C(
        "hovedyrke_styrk08",
        lambda s: s.occupation,
        CellType.STRING,
        "Hovedyrke, STYRK-08 med fire siffer",
        "Main occupation, four-digit STYRK-08 (ISCO-08)",
    ),
    _C(
        "hovedyrke", lambda s: s.occupation_name, CellType.STRING, "Kodens navn i STYRK-08", "The code's Norwegian name"
    ),
    _C(
        "hovedyrke_som_oppgitt",
        lambda s: s.occupation_as_spoken,
        CellType.STRING,
        "Yrket med personens egne ord, på det språket det ble sagt",
        "The occupation in the person's own words",
    ),
    _C(
        "erfaring_aar",
        _years,
        CellType.NUMBER,
        "Erfaring i hovedyrket, i år",
        "Experience in the main occupation, years",
    ),
    _C(
        "utdanningsniva_nus2000",
        lambda s: s.education_level,
        CellType.STRING,
        "Høyeste utdanning, første siffer i NUS2000",
        "Highest education, first digit of NUS2000",
        choices=tuple(level.value for level in EducationLevel),
    ),
    _C(
        "utdanningsfelt_isced_f",
        lambda s: s.education_field,
        CellType.STRING,
        "Utdanningens fagfelt, ISCED-F 2013",
        "Its field, ISCED-F 2013",
    ),
    _C(
        "utdanning_godkjenning",
        lambda s: s.recognition,
        CellType.STRING,
        "Norsk godkjenning av utdanningen",
        "Its Norwegian recognition",
        choices=tuple(status.value for status in RecognitionStatus),
    ),
    _C(
        "norsk_muntlig",
        lambda s: s.norwegian_spoken,
        CellType.STRING,
        "Norsk muntlig, CEFR; morsmål er C2",
        "Spoken Norwegian, CEFR; a mother tongue is C2",
        choices=_LEVELS,
    ),
    _C(
        "norsk_skriftlig",
        lambda s: s.norwegian_written,
        CellType.STRING,
        "Norsk skriftlig, CEFR; morsmål er C2",
        "Written Norwegian, CEFR; a mother tongue is C2",
        choices=_LEVELS,
    ),
    _C(
        "andre_sprak",
        lambda s: _listed(s.other_languages),
        CellType.STRING,
        "Andre språk, ISO 639-3 med muntlig nivå der det er kjent: pol C2, eng",
        "Other languages, ISO 639-3 with the spoken level where known: pol C2, eng",
    ),
    _C(
        "forerkort_og_sertifikater",
        lambda s: _listed(s.licences),
        CellType.STRING,
        "Førerkort, sertifikater og autorisasjoner som gjelder, som koder: driving:B, truck:T1",
        "Licences, certificates and authorisations in force, as codes: driving:B, truck:T1",
    ),
    _C(
        "onskede_yrker_styrk08",
        lambda s: _listed(s.wanted_occupations),
        CellType.STRING,
        "Ønskede yrker, STYRK-08: 3313, 2411",
        "Wanted occupations, STYRK-08: 3313, 2411",
    ),
    _C(
        "stillingsprosent_min",
        lambda s: s.percentage_min,
        CellType.INTEGER,
        "Minste stillingsprosent",
        "Least percentage",
    ),
    _C(
        "stillingsprosent_maks",
        lambda s: s.percentage_max,
        CellType.INTEGER,
        "Største stillingsprosent",
        "Most percentage",
    ),
    _C(
        "arbeidstid",
        lambda s: _listed(s.shifts),
        CellType.STRING,
        "Arbeidstid som passer: day, evening, night, weekend, rotation",
        "Working hours that suit: day, evening, night, weekend, rotation",
    ),
    _C("ledig_fra", lambda s: s.available_from, CellType.DATE, "Når personen kan begynne", "From when available"),
    _C(
        "samtykke_dato",
        lambda s: s.consent_on,
        CellType.DATE,
        "Dagen samtykket ble gitt, eller registrert når dagen ikke er kjent",
        "The day of the consent, or of its recording when the day is not known",
        required=True,
    ),
)


def schema() -> TableSchema:
    """The file's columns as a Frictionless Table Schema, each described in both languages."""
    return table_schema(COLUMNS)


def resource(filename: str) -> Resource:
    """The file as a Frictionless Data Resource: how it is written, and its schema."""
    return resource_descriptor("job-seekers", filename, COLUMNS)
