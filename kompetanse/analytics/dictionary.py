"""The data dictionary: every table and column of the extract, and how coarse each value may become. Pure data.

What is not a column here cannot come into a file: names, numbers, contacts, addresses, notes, titles and every other
text that somebody wrote, ids, countries, days.
"""

from collections.abc import Callable
from dataclasses import dataclass

from kompetanse.analytics import hierarchies as own
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.work import VacancySource, VacancyStatus
from kompetanse.exchange.csv_safe import CellType, Field
from kompetanse.sharing import hierarchies as shared
from kompetanse.sharing.hierarchies import Hierarchy

VERSION = "1"
"""Of tables and columns: it changes whenever one comes, goes or changes its meaning."""

WITHHELD, NOT_STATED = "withheld", shared.NOT_STATED
"""Codes of every folded column: too few share the value, and nobody said."""

ALL = "all"
"""In a table of counts: whatever the value."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A folded column. `hierarchy` is made for the last year that a value can be of.

    `overview`: the level at which the tables of counts tell of it. `codes`: the name of its list in `kodeverk`.
    """

    column: str
    hierarchy: Callable[[int], Hierarchy]
    overview: int
    codes: str
    description_nb: str
    description_en: str

    @property
    def field(self) -> Field:
        """The column as files have it."""
        return Field(self.column, CellType.STRING, self.description_nb, self.description_en, True, coded=True)


@dataclass(frozen=True, slots=True)
class Table:
    """A table about people, one row a person, or one row an entry of hers.

    `overviews`: which columns are counted by which others.
    """

    name: str
    title_nb: str
    title_en: str
    attributes: tuple[Attribute, ...]
    overviews: tuple[tuple[str, str], ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its columns as files have them."""
        return (KEY, *(one.field for one in self.attributes))

    def position(self, column: str) -> int:
        """The place of a folded column among them."""
        return next(place for place, one in enumerate(self.attributes) if one.column == column)


def _text(name: str, nb: str, en: str, choices: tuple[str, ...] = (), *, required: bool = False) -> Field:
    return Field(name, CellType.STRING, nb, en, required, choices, coded=True)


def _whole(name: str, nb: str, en: str) -> Field:
    return Field(name, CellType.INTEGER, nb, en)


KEY = _text(
    "nokkel",
    "Radens nøkkel i denne tabellen i dette uttrekket; den finnes ikke i noen annen tabell eller i neste uttrekk",
    "The row's key in this table of this extract; it is in no other table, and not in the next extract",
    required=True,
)

OCCUPATION = Attribute(
    "yrke_styrk08",
    lambda _: shared.occupation_hierarchy(),
    3,
    "styrk08",
    "Yrket, STYRK-08 med så mange sifre som nok andre deler",
    "The occupation, STYRK-08 with as many digits as enough others share",
)
NORWEGIAN = Attribute(
    "norsk_muntlig",
    lambda _: shared.norwegian_hierarchy(),
    1,
    "cefr",
    "Muntlig norsk, CEFR-nivå eller bånd (A, B, C); morsmål er C2",
    "Spoken Norwegian, CEFR level or band (A, B, C); a mother tongue is C2",
)
EDUCATION = Attribute(
    "utdanningsniva",
    lambda _: shared.education_hierarchy(),
    1,
    "nus2000",
    "Høyeste utdanning, første siffer i NUS2000, eller low, mid, high",
    "Highest education, first digit of NUS2000, or low, mid, high",
)
WORK = Attribute(
    "arbeid",
    lambda _: own.work_hierarchy(),
    0,
    "arbeid",
    "Om personen arbeider nå, og om kompetanse ligger ubrukt",
    "Whether the person works now, and whether competence lies unused",
)
AGE = Attribute(
    "aldersgruppe",
    lambda _: shared.age_hierarchy(),
    1,
    "alder",
    "Alder den dagen uttrekket ble laget, fem år eller bredere",
    "Age on the day of the extract, five years or wider",
)
REGION = Attribute(
    "opphavsregion",
    lambda _: own.region_hierarchy(),
    0,
    "region",
    "Verdensdelen personen kommer fra, aldri landet",
    "The part of the world that the person comes from, never the country",
)
ARRIVAL = Attribute(
    "ankomst",
    shared.arrival_hierarchy,
    0,
    "ankomst",
    "Når personen kom til Norge, tre år eller ni år",
    "When the person came to Norway, three years or nine",
)
_PLACE = Attribute(
    "sted",
    lambda _: own.place_hierarchy(),
    0,
    "sted",
    "Hvor i verden: Norge, Norden eller EØS, eller utenfor",
    "Where in the world: Norway, Nordic countries or EEA, or elsewhere",
)
_DURATION = Attribute(
    "varighet",
    lambda _: own.duration_hierarchy(),
    0,
    "varighet",
    "Hvor lenge arbeidet varte, eller har vart",
    "How long the job lasted, or has lasted",
)
_LEVEL = Attribute(
    "niva",
    lambda _: shared.education_hierarchy(),
    1,
    "nus2000",
    "Nivå, første siffer i NUS2000, eller low, mid, high",
    "Level, first digit of NUS2000, or low, mid, high",
)
_FIELD = Attribute(
    "fagfelt",
    lambda _: own.field_hierarchy(),
    0,
    "isced_f",
    "Bredt fagfelt, to sifre i ISCED-F 2013",
    "Broad field, two digits of ISCED-F 2013",
)
_RECOGNITION = Attribute(
    "godkjenning",
    lambda _: own.recognition_hierarchy(),
    0,
    "godkjenning",
    "Hvor den norske godkjenningen står",
    "Where the Norwegian recognition stands",
)
_LANGUAGE = Attribute(
    "sprak",
    lambda _: own.language_hierarchy(),
    0,
    "sprak",
    "Språket, ISO 639-3",
    "The language, ISO 639-3",
)
_SPOKEN = Attribute(
    "muntlig",
    lambda _: shared.norwegian_hierarchy(),
    1,
    "cefr",
    "Hvor godt det snakkes, CEFR-nivå eller bånd; morsmål er C2",
    "How well it is spoken, CEFR level or band; a mother tongue is C2",
)
_STAGE = Attribute(
    "trinn",
    lambda _: own.stage_hierarchy(),
    1,
    "trinn",
    "Hvor langt formidlingen er kommet",
    "How far the referral has come",
)
_QUARTER = Attribute(
    "kvartal",
    own.quarter_hierarchy,
    1,
    "kvartal",
    "Kvartalet eller året formidlingen begynte",
    "The quarter or year in which the referral began",
)
_SOUGHT = Attribute(
    "stilling_styrk08",
    lambda _: shared.occupation_hierarchy(),
    3,
    "styrk08",
    "Stillingens yrke, STYRK-08 med så mange sifre som nok andre deler",
    "The vacancy's occupation, STYRK-08 with as many digits as enough others share",
)

_FROM = Attribute(
    "fra",
    lambda _: shared.norwegian_hierarchy(),
    1,
    "cefr",
    "Muntlig norsk før endringen, CEFR-nivå eller bånd",
    "Spoken Norwegian before the change, CEFR level or band",
)
_TO = Attribute(
    "til",
    lambda _: shared.norwegian_hierarchy(),
    1,
    "cefr",
    "Muntlig norsk etter endringen, CEFR-nivå eller bånd",
    "Spoken Norwegian after the change, CEFR level or band",
)
_CHANGED = Attribute(
    "kvartal",
    own.quarter_hierarchy,
    1,
    "kvartal",
    "Kvartalet eller året endringen ble skrevet inn",
    "The quarter or year in which the change was written down",
)

PEOPLE = Table(
    "personer",
    "Hvem som bor her: én rad for hver person",
    "Who lives here: one row a person",
    (AGE, REGION, ARRIVAL, WORK),
    (("aldersgruppe", "opphavsregion"), ("ankomst", "arbeid"), ("opphavsregion", "arbeid")),
)
COMPETENCE = Table(
    "kompetanse",
    "Hva de kan, og hva som ligger ubrukt: én rad for hver person",
    "What they can, and what lies unused: one row a person",
    (OCCUPATION, NORWEGIAN, EDUCATION, WORK),
    (
        ("yrke_styrk08", "norsk_muntlig"),
        ("yrke_styrk08", "utdanningsniva"),
        ("yrke_styrk08", "arbeid"),
        ("utdanningsniva", "norsk_muntlig"),
        ("utdanningsniva", "arbeid"),
    ),
)
EXPERIENCES = Table(
    "erfaring",
    "Arbeid de har hatt: én rad for hvert arbeid",
    "Work that they have had: one row a job",
    (OCCUPATION, _PLACE, _DURATION),
    (("yrke_styrk08", "sted"), ("yrke_styrk08", "varighet")),
)
EDUCATIONS = Table(
    "utdanning",
    "Utdanninger: én rad for hver utdanning",
    "Educations: one row an education",
    (_LEVEL, _FIELD, _PLACE, _RECOGNITION),
    (("niva", "sted"), ("niva", "godkjenning"), ("fagfelt", "niva")),
)
LANGUAGES = Table(
    "sprak",
    "Språk: én rad for hvert språk en person kan",
    "Languages: one row a language of a person",
    (_LANGUAGE, _SPOKEN),
    (("sprak", "muntlig"),),
)
NORWEGIAN_CHANGES = Table(
    "norskendringer",
    "Hvordan norsken endrer seg: én rad hver gang noens muntlige nivå ble skrevet om, også når det var feil",
    "How Norwegian moves: one row each time that somebody's spoken level was written anew, corrections too",
    (_FROM, _TO, _CHANGED),
    (("fra", "til"), ("kvartal", "til")),
)
REFERRALS = Table(
    "formidlinger",
    "Formidlinger: én rad for hver person som er foreslått for en stilling",
    "Referrals: one row a person put forward for a vacancy",
    (_SOUGHT, NORWEGIAN, _STAGE, _QUARTER),
    (("stilling_styrk08", "trinn"), ("kvartal", "trinn"), ("norsk_muntlig", "trinn")),
)
TABLES: tuple[Table, ...] = (PEOPLE, COMPETENCE, EXPERIENCES, EDUCATIONS, LANGUAGES, NORWEGIAN_CHANGES, REFERRALS)

VACANCIES_TITLE = (
    "Stillinger: én rad for hver stilling; ingen opplysninger om personer",
    "Vacancies; nobody is in them",
)
VACANCIES: tuple[Field, ...] = (
    _text("styrk08", "Yrket, STYRK-08", "The occupation, STYRK-08"),
    _text("status", "Om den kan fylles", "Whether it can be filled", tuple(VacancyStatus), required=True),
    _text("kilde", "Hvor den kom fra", "Where it came from", tuple(VacancySource), required=True),
    _text("kvartal", "Kvartalet den ble registrert", "The quarter of its registration", required=True),
    _whole("plasser", "Hvor mange den er for", "How many it is for"),
    _whole("stillingsprosent_min", "Minste stillingsprosent", "Least percentage"),
    _whole("stillingsprosent_maks", "Største stillingsprosent", "Most percentage"),
    _text("utdanningskrav", "Første siffer i NUS2000", "First digit of NUS2000", tuple(EducationLevel)),
    _text("norskkrav", "Norsk som kreves, CEFR", "Norwegian that it requires, CEFR", tuple(Cefr)),
)

COUNTS_TITLE = ("Ferdige antall: hver tabell talt opp etter to kolonner", "Counts: each table by two columns")
COUNTS: tuple[Field, ...] = (
    _text("tabell", "Tabellen som er talt opp", "The table that was counted", required=True),
    _text("rad", "Kolonnen radene er av", "The column that rows are of", required=True),
    _text("radverdi", "Verdien, eller all", "The value, or all", required=True),
    _text("kolonne", "Kolonnen kolonnene er av", "The column that columns are of", required=True),
    _text("kolonneverdi", "Verdien, eller all", "The value, or all", required=True),
    _whole(
        "antall",
        "Antall rader i tabellen; tomt når det er for få til å vises, så det kan være null eller noen få",
        "Rows of the table; empty when they are too few to show, so it may be none or a few",
    ),
)

CODES_TITLE = ("Hva kodene heter, og hva de hører under", "What codes are called, and what they belong to")
CODES: tuple[Field, ...] = (
    _text("kodeverk", "Kodelisten", "The list", required=True),
    _text("kode", "Koden slik den står i tabellene", "The code as tables have it", required=True),
    Field("navn", CellType.STRING, "Navnet på bokmål", "Its name in Norwegian", True),
    _text("overordnet", "Koden den hører under", "The code that it belongs to"),
)

COLUMNS_TITLE = ("Dataordboken: hver kolonne i hver tabell", "The data dictionary: each column of each table")
COLUMNS: tuple[Field, ...] = (
    _text("tabell", "Tabellen", "The table", required=True),
    _text("kolonne", "Kolonnen", "The column", required=True),
    _text("type", "Datatypen", "The type", required=True),
    _text("kodeverk", "Kodelisten i kodeverk", "The list in kodeverk"),
    _text("nivaer", "Hvor grov verdien kan bli, finest først", "How coarse a value can become, finest first"),
    Field("beskrivelse", CellType.STRING, "Hva den sier", "What it says, in Norwegian", True),
    Field("description", CellType.STRING, "Det samme på engelsk", "The same in English", True),
)

FILES: dict[str, tuple[tuple[str, str], tuple[Field, ...]]] = {
    **{one.name: ((one.title_nb, one.title_en), one.fields) for one in TABLES},
    "stillinger": (VACANCIES_TITLE, VACANCIES),
    "antall": (COUNTS_TITLE, COUNTS),
    "kodeverk": (CODES_TITLE, CODES),
    "dataordbok": (COLUMNS_TITLE, COLUMNS),
}
"""Every table of the extract, by its name: its title in Norwegian and English, and its columns."""
