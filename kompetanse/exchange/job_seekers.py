"""What the job service gets of consenting people: the columns of its files, modelled on the fields of its own CV.

The files, their schemas and the guide's tables come from these columns. Notes, households, interests, employers,
citizenship, residence, national numbers and our own ids are no columns.

Versions of the columns: 1 had no `referanse`, `status`, steps of language, form of employment and end of consent.
"""

from enum import StrEnum

from kompetanse.codes.cefr import Cefr, FiveValues
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.work import ExperienceKind, RecognitionScheme, RecognitionStatus, Strength
from kompetanse.exchange.csv_safe import CellType, Field, Resource, TableSchema, resource_descriptor, table_schema

VERSION = "2"
"""Of the columns: it changes whenever one comes, goes or changes its meaning."""


class Status(StrEnum):
    """What a line says of a person."""

    ACTIVE = "active"
    ENDED = "ended"  # delete what was sent before: the line holds nothing but whom it is about


class Employment(StrEnum):
    """The forms of employment that a person wants, as far as the registry asks for them."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    SELF_EMPLOYED = "self_employed"


_LEVELS = tuple(Cefr)
_STEPS = tuple(FiveValues)
_TEXT, _DATE, _WHOLE, _YES_NO = CellType.STRING, CellType.DATE, CellType.INTEGER, CellType.BOOLEAN


def _codes(name: str, nb: str, en: str, choices: tuple[StrEnum, ...] = (), *, required: bool = False) -> Field:
    return Field(name, _TEXT, nb, en, required, tuple(choice.value for choice in choices), coded=True)


REFERENCE = _codes(
    "referanse",
    "Personens faste referanse i filer til jobbformidlingen",
    "The person's reference in files for the job service; never changes",
    required=True,
)

# Why each is here: who it is and how to reach her (the job service finds nobody by our reference, and she may have no
# Norwegian number yet), what it needs to propose work, what she wants, and between which days it may.
_WHO = (
    REFERENCE,
    _codes(
        "status",
        "active: opplysninger å bruke; ended: slett det som er mottatt om personen",
        "active: data to use; ended: delete what was received of the person",
        tuple(Status),
        required=True,
    ),
    _codes(
        "kommunenummer",
        "Kommunen som har registrert personen",
        "Municipality that registered the person (four digits)",
        required=True,
    ),
    Field("etternavn", _TEXT, "Etternavn", "Family name"),
    Field("fornavn", _TEXT, "Fornavn", "Given name"),
    _codes("fodt", "Fødselsdato (ISO 8601), eller bare år eller måned", "Birth date (ISO 8601), or only year or month"),
    Field(
        "telefon",
        _TEXT,
        "Første telefonnummer, E.164, med apostrof foran så regneark lar det stå",
        "First phone number, E.164, after an apostrophe that keeps spreadsheets from computing it",
    ),
    Field("epost", _TEXT, "Første e-postadresse", "First e-mail address"),
    Field("trenger_tolk", _YES_NO, "Om personen trenger tolk", "Whether the person needs an interpreter"),
)
_WANTS = (
    _codes(
        "ansettelsesform",
        "Ønsket ansettelsesform: full_time, part_time, self_employed",
        "Wanted form of employment: full_time, part_time, self_employed",
    ),
    Field("stillingsprosent_min", _WHOLE, "Minste stillingsprosent", "Least percentage"),
    Field("stillingsprosent_maks", _WHOLE, "Største stillingsprosent", "Most percentage"),
    _codes(
        "arbeidstid",
        "Arbeidstid som passer: day, evening, night, weekend, rotation",
        "Working hours that suit: day, evening, night, weekend, rotation",
    ),
    Field("ledig_fra", _DATE, "Når personen kan begynne", "From when available"),
)
_MAY = (
    Field(
        "samtykke_dato",
        _DATE,
        "Dagen samtykket ble gitt, eller registrert når dagen ikke er kjent",
        "The day of the consent, or of its recording when the day is not known",
    ),
    Field("samtykke_til", _DATE, "Første dag samtykket ikke gjelder lenger", "The first day without the consent"),
)

WIDE: tuple[Field, ...] = (
    *_WHO,
    _codes(
        "hovedyrke_styrk08", "Hovedyrke, STYRK-08 med fire siffer", "Main occupation, four-digit STYRK-08 (ISCO-08)"
    ),
    Field("hovedyrke", _TEXT, "Kodens navn i STYRK-08", "The code's Norwegian name"),
    Field(
        "hovedyrke_som_oppgitt",
        _TEXT,
        "Yrket med personens egne ord, på det språket det ble sagt",
        "The occupation in the person's own words",
    ),
    Field(
        "erfaring_aar",
        CellType.NUMBER,
        "Erfaring i hovedyrket, i år",
        "Experience in the main occupation, years",
    ),
    _codes(
        "erfaring_styrk08_maaneder",
        "Alle yrker, STYRK-08 med antall måneder der det er kjent, hovedyrket først: 3313 72, 5120 3",
        "Every occupation held, STYRK-08 with months where known, the main one first: 3313 72, 5120 3",
    ),
    _codes(
        "utdanningsniva_nus2000",
        "Høyeste utdanning, første siffer i NUS2000",
        "Highest education, first digit of NUS2000",
        tuple(EducationLevel),
    ),
    _codes("utdanningsfelt_isced_f", "Utdanningens fagfelt, ISCED-F 2013", "Its field, ISCED-F 2013"),
    _codes(
        "utdanning_godkjenning",
        "Norsk godkjenning av utdanningen; tom når personen har endret utdanningen siden, til kommunen har sett på den",
        "Its Norwegian recognition; empty where the person changed the education since, until it is looked at again",
        tuple(RecognitionStatus),
    ),
    _codes(
        "norsk_muntlig",
        "Norsk muntlig, CEFR; morsmål er C2",
        "Spoken Norwegian, CEFR; a mother tongue is C2",
        _LEVELS,
    ),
    _codes(
        "norsk_muntlig_trinn",
        "Det samme på jobbformidlingens skala i fem trinn",
        "The same on the job service's scale of five",
        _STEPS,
    ),
    _codes(
        "norsk_skriftlig",
        "Norsk skriftlig, CEFR; morsmål er C2",
        "Written Norwegian, CEFR; a mother tongue is C2",
        _LEVELS,
    ),
    _codes(
        "norsk_skriftlig_trinn",
        "Det samme på jobbformidlingens skala i fem trinn",
        "The same on the job service's scale of five",
        _STEPS,
    ),
    _codes(
        "andre_sprak",
        "Andre språk, ISO 639-3 med muntlig nivå, CEFR og i fem trinn, der det er kjent: pol C2 mother_tongue, eng",
        "Other languages, ISO 639-3 with the spoken level, CEFR and of five, where known: pol C2 mother_tongue, eng",
    ),
    _codes(
        "forerkort_og_sertifikater",
        "Førerkort, sertifikater og autorisasjoner som gjelder, som koder: driving:B, truck:T1",
        "Licences, certificates and authorisations in force, as codes: driving:B, truck:T1",
    ),
    _codes("onskede_yrker_styrk08", "Ønskede yrker, STYRK-08: 3313, 2411", "Wanted occupations, STYRK-08: 3313, 2411"),
    *_WANTS,
    *_MAY,
)
"""One line a person."""

PEOPLE: tuple[Field, ...] = (*_WHO, *_WANTS, *_MAY)

_MONTHS = "Måneder, regnet av datoene eller som oppgitt", "Months, by the dates or as stated"

PARTS: dict[str, tuple[Field, ...]] = {
    "personer": PEOPLE,
    "erfaring": (
        REFERENCE,
        _codes("styrk08", "Yrket, STYRK-08", "The occupation, STYRK-08"),
        Field("yrke_som_oppgitt", _TEXT, "Yrket med personens egne ord", "The occupation in the person's own words"),
        _codes("arbeidsform", "Hvordan arbeidet ble utført", "How the work was held", tuple(ExperienceKind)),
        _codes("land", "Landet, ISO 3166-1", "The country, ISO 3166-1"),
        _codes("fra", "Fra: år, måned eller dag (ISO 8601)", "From: year, month or day (ISO 8601)"),
        _codes("til", "Til: år, måned eller dag (ISO 8601)", "To: year, month or day (ISO 8601)"),
        Field("fortsatt", _YES_NO, "Om arbeidet fortsetter", "Whether it goes on"),
        Field("maaneder", _WHOLE, *_MONTHS),
        Field("stillingsprosent", _WHOLE, "Stillingsprosent", "Percentage of full time"),
    ),
    "utdanning": (
        REFERENCE,
        _codes("nus2000_niva", "Nivå, første siffer i NUS2000", "Level, first digit of NUS2000", tuple(EducationLevel)),
        _codes("isced_f", "Fagfelt, ISCED-F 2013", "Field, ISCED-F 2013"),
        Field("utdanning_som_oppgitt", _TEXT, "Utdanningen med personens egne ord", "In the person's own words"),
        _codes("land", "Landet, ISO 3166-1", "The country, ISO 3166-1"),
        Field("fullfort", _YES_NO, "Om utdanningen er fullført", "Whether it was completed"),
        Field("fullfort_aar", CellType.YEAR, "Året den ble fullført", "The year of completion"),
        _codes(
            "godkjenning",
            "Norsk godkjenning; den og vedtaket er tomme når personen har endret utdanningen siden, til kommunen har "
            "sett på den",
            "Norwegian recognition; it and the decision are empty where the person changed the education since, until "
            "it is looked at again",
            tuple(RecognitionStatus),
        ),
        _codes("ordning", "Ordningen den søkes godkjent i", "The scheme of recognition", tuple(RecognitionScheme)),
        Field("vedtak", _DATE, "Dagen for vedtaket", "The day of the decision"),
        Field("vedtak_gjelder_til", _DATE, "Siste dag vedtaket gjelder", "The last day of the decision"),
    ),
    "sprak": (
        REFERENCE,
        _codes("sprak", "Språket, ISO 639-3", "The language, ISO 639-3", required=True),
        Field("morsmal", _YES_NO, "Om det er morsmålet", "Whether it is the mother tongue"),
        _codes("lytte", "Lytte, CEFR", "Listening, CEFR", _LEVELS),
        _codes("lese", "Lese, CEFR", "Reading, CEFR", _LEVELS),
        _codes("samtale", "Samtale, CEFR", "Spoken interaction, CEFR", _LEVELS),
        _codes("fortelle", "Fortelle, CEFR", "Spoken production, CEFR", _LEVELS),
        _codes("skrive", "Skrive, CEFR", "Writing, CEFR", _LEVELS),
        _codes("muntlig_trinn", "Muntlig på skalaen i fem trinn", "Spoken, on the scale of five", _STEPS),
        _codes("skriftlig_trinn", "Skriftlig på skalaen i fem trinn", "Written, on the scale of five", _STEPS),
    ),
    "forerkort": (
        REFERENCE,
        _codes(
            "kode", "Førerkort, sertifikat eller autorisasjon", "Licence, certificate, authorisation", required=True
        ),
        Field("gjelder_til", _DATE, "Siste dag det gjelder", "The last day on which it is valid"),
    ),
    "onskede_yrker": (
        REFERENCE,
        _codes("styrk08", "Yrket, STYRK-08", "The occupation, STYRK-08"),
        Field("yrke_som_oppgitt", _TEXT, "Yrket med personens egne ord", "The occupation in the person's own words"),
        _codes("styrke", "Hvor viktig det er", "How much it means", (Strength.MUST, Strength.PREFER)),
    ),
}
"""The same people as a normalised set: one file a part, joined by `referanse`."""


def schema() -> TableSchema:
    """The wide file's columns as a Frictionless Table Schema, each described in both languages."""
    return table_schema(WIDE)


def resource(filename: str) -> Resource:
    """The wide file as a Frictionless Data Resource: how it is written, and its schema."""
    return resource_descriptor("job-seekers", filename, WIDE)
