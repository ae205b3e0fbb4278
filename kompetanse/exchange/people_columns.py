"""The columns of a people import as data: which headers mean what. The importer and the guide both read this."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kompetanse.codes.lists import fold
from kompetanse.exchange.faults import TableFault, TableRefused


class Field(StrEnum):
    """What a column holds."""

    FULL_NAME = "full_name"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    BORN = "born"
    NATIONAL_ID = "national_id"
    CITIZENSHIP = "citizenship"
    ORIGIN = "country_of_origin"
    PHONE = "phone"
    EMAIL = "email"
    POSTAL_CODE = "postal_code"
    LANGUAGES = "languages"
    MOTHER_TONGUE = "mother_tongue"
    NORWEGIAN = "norwegian"
    INTERPRETER = "needs_interpreter"
    OCCUPATION = "occupation"
    STYRK = "styrk"
    EDUCATION = "education"
    CURRENT = "current_situation"
    SKILLS = "skills"
    LICENCES = "licences"
    WISHES = "wishes"
    INTERESTS = "interests"
    PERCENTAGE = "percentage"
    FAMILY = "family"
    HOUSEHOLD = "household"
    CONSENT_NEIGHBOURS = "consent_neighbours"
    CONSENT_JOB_SERVICE = "consent_job_service"
    CONSENT_AMBASSADOR = "consent_ambassador"
    ARRIVED_IN_MUNICIPALITY = "arrived_in_municipality"
    ARRIVED_IN_NORWAY = "arrived_in_norway"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class PeopleColumn:
    """A column that the importer knows.

    `headers` are folded as `_key` folds them; one that ends in `*` stands for all that begin so.
    `required`: a row whose cell cannot be read is rejected; of other columns only the cell is left out.
    `repeatable`: several columns of the kind may stand in one file.
    """

    field: Field
    headers: tuple[str, ...]
    description_nb: str
    required: bool = False
    repeatable: bool = False


def _column(
    field: Field, description: str, headers: str, *, required: bool = False, repeatable: bool = False
) -> PeopleColumn:
    return PeopleColumn(field, tuple(headers.split()), description, required, repeatable)


# "Land" and "nasjonalitet" are citizenships: what the old forms asked for. Where somebody comes from is another
# question (a Syrian may have come from Sweden), and is read only from a column that asks it.
# "Samtykke deling" is sharing with neighbours, and nothing else: consent to one purpose is none to another.
# "styrk" is the person's background; wished occupations are words in these files.
COLUMNS = (
    _column(
        Field.FULL_NAME,
        "Etternavn, Fornavn, eller Fornavn Etternavn",
        "navn name fulltnavn fullname heltnavn",
        required=True,
    ),
    _column(
        Field.FAMILY_NAME,
        "Etternavn",
        "etternavn etternamn familienavn lastname surname familyname",
        required=True,
    ),
    _column(
        Field.GIVEN_NAME,
        "Fornavn",
        "fornavn fornamn firstname givenname givennames",
        required=True,
    ),
    _column(
        Field.BORN,
        "Fødselsdato, eller bare året",
        "fodt fodselsdato fodselsar fodselsaar fdato dob born birthdate dateofbirth birthyear",
        required=True,
    ),
    _column(
        Field.NATIONAL_ID,
        "Fødselsnummer, D-nummer eller DUF-nummer",
        "fodselsnummer fodselsnr personnummer personnr fnr dnummer dnr dufnummer dufnr duf nationalid",
    ),
    _column(
        Field.CITIZENSHIP,
        "Statsborgerskap, flere skilt med /",
        "land nasjonalitet statsborgerskap statsborger statsborgarskap country nationality citizenship",
    ),
    _column(
        Field.ORIGIN,
        "Landet personen kommer fra",
        "opprinnelsesland fodeland hjemland landbakgrunn heimland countryoforigin countryofbirth",
    ),
    _column(
        Field.PHONE,
        "Telefonnummer",
        "mobil telefon tlf tlfnr mobilnr mobilnummer telefonnummer mobiltelefon phone mobile phonenumber",
        repeatable=True,
    ),
    _column(
        Field.EMAIL,
        "E-postadresse",
        "epost epostadresse mail email emailaddress",
        repeatable=True,
    ),
    _column(
        Field.POSTAL_CODE,
        "Postnummer der personen bor",
        "postnr postnummer postkode postalcode zip zipcode",
    ),
    _column(
        Field.LANGUAGES,
        "Språk med nivå: polsk (morsmål), norsk B1 muntlig, A2 skriftlig",
        "sprak spraak sprakkunnskaper sprakkunnskap languages language",
        repeatable=True,
    ),
    _column(
        Field.MOTHER_TONGUE,
        "Morsmål",
        "morsmal morsmaal forstesprak mothertongue nativelanguage",
    ),
    _column(
        Field.NORWEGIAN,
        "Norsk, A1 til C2",
        "norsknivaa norskniva norsk norskkunnskaper norwegian norwegianlevel",
    ),
    _column(
        Field.INTERPRETER,
        "Trenger tolk: ja eller nei",
        "tolk tolkebehov trengertolk behovfortolk interpreter needsinterpreter",
    ),
    _column(
        Field.OCCUPATION,
        "Yrke og erfaring: kokk 10 år, lærer (2009-2015)",
        "yrke yrkebakgrunn bakgrunn yrkesbakgrunn tidligerearbeid arbeidserfaring erfaring occupation background",
        repeatable=True,
    ),
    _column(
        Field.STYRK,
        "Yrkesbakgrunn, kode i STYRK-08",
        "styrk styrk08 styrkkode yrkeskode isco isco08",
    ),
    _column(
        Field.EDUCATION,
        "Utdanning",
        "utdanning utdanningsniva skolegang education",
    ),
    _column(
        Field.CURRENT,
        "Hva personen gjør nå",
        "jobberna arbeidna navaerendejobb stilling jobb arbeidssituasjon currentjob",
    ),
    _column(
        Field.SKILLS,
        "Ferdigheter, skilt med komma",
        "kompetanse ferdigheter ferdighet kunnskaper skills competence",
        repeatable=True,
    ),
    _column(
        Field.LICENCES,
        "Førerkort, sertifikater og kurs",
        "sertifikater sertifikat forerkort forarkort kurs kursbevis licences licenses certificates",
        repeatable=True,
    ),
    _column(
        Field.WISHES,
        "Ønsker, med personens egne ord",
        "onsker onske onsketyrke onsketjobb onskejobb onskerseg onskje wishes wantedjob desiredoccupation",
        repeatable=True,
    ),
    _column(
        Field.INTERESTS,
        "Interesser",
        "interesser interesse hobby hobbyer fritid interests",
        repeatable=True,
    ),
    _column(
        Field.PERCENTAGE,
        "Ønsket stillingsprosent: 100, 50-80, heltid",
        "stillingprosent stillingsprosent onsketstillingsprosent stillingpst stilling% prosent% employmentpercentage",
    ),
    _column(
        Field.FAMILY,
        "Familie, som merknad",
        "familie familiesituasjon sivilstand sivilstatus family",
    ),
    _column(
        Field.HOUSEHOLD,
        "Nøkkel som er lik for alle i husstanden",
        "husstand hushold husstandnr husstandsnummer household householdid",
    ),
    _column(
        Field.CONSENT_NEIGHBOURS,
        "Samtykke til deling med nabokommuner",
        "samtykkedeling samtykkenabokommune samtykkenabo samtykkenabokommuner samtykkedelingnabokommune "
        "consentneighbours",
    ),
    _column(
        Field.CONSENT_JOB_SERVICE,
        "Samtykke til NAV",
        "samtykkenav samtykkejobbtjeneste samtykkeeksport consentjobservice",
    ),
    _column(
        Field.CONSENT_AMBASSADOR,
        "Samtykke til å være ambassadør",
        "samtykkeambassador consentambassador",
    ),
    _column(
        Field.ARRIVED_IN_NORWAY,
        "Når personen kom til Norge",
        "komtilnorge komtilnoreg ankomstnorge botidnorge inorgesiden arrivedinnorway",
    ),
    _column(
        Field.ARRIVED_IN_MUNICIPALITY,
        "Når personen kom til kommunen",
        "komtilkommunen innflyttet innflytting flyttetinn arrivedinmunicipality komtil*",
    ),
    _column(
        Field.NOTES,
        "Merknader",
        "merknad merknader merknadar notat notater kommentar kommentarer notes comment comments",
        repeatable=True,
    ),
)

NAME_FIELDS = frozenset({Field.FULL_NAME, Field.FAMILY_NAME, Field.GIVEN_NAME})


def column_for(header: str) -> PeopleColumn | None:
    """The column that a header means, in any case, spelling of æøå, or with a letter lost ("F?dt"); None if unknown."""
    key = _key(header)
    exact = _by_header().get(key.replace("?", ""))
    if exact:
        return exact
    if "?" in key:
        form = re.compile(key.replace("?", ".{1,2}"))
        matches = {column.field: column for known, column in _by_header().items() if form.fullmatch(known)}
        return next(iter(matches.values())) if len(matches) == 1 else None
    return next((column for start, column in _by_start().items() if key.startswith(start)), None)


def knows_header(header: str) -> bool:
    """Whether the importer knows the column."""
    return column_for(header) is not None


def columns_of(headers: tuple[str, ...]) -> tuple[PeopleColumn | None, ...]:
    """The meaning of each header; None where it is unknown.

    Raises:
        TableRefused: there is no name, or a column that can stand only once stands twice.
    """
    columns = tuple(column_for(header) for header in headers)
    fields = [column.field for column in columns if column and not column.repeatable]
    twice = next((field for field in fields if fields.count(field) > 1), None)
    if twice:
        named = " og ".join(
            f"«{header}»" for header, column in zip(headers, columns, strict=True) if column and column.field is twice
        )
        raise TableRefused(
            TableFault.REPEATED_COLUMN,
            f"Kolonnene {named} betyr det samme",
            "Slett den ene, eller gi den et annet navn",
        )
    if not NAME_FIELDS.intersection(fields):
        raise TableRefused(
            TableFault.MISSING_COLUMN,
            "Arket har ingen kolonne med navn",
            "Ta med kolonnene Etternavn og Fornavn, eller Navn",
        )
    return columns


def _key(header: str) -> str:
    """Letters and digits of a header without marks and case; % stays, as it tells a percentage from a job."""
    return re.sub(r"[^\w?%]|_", "", fold(header))


@cache
def _by_header() -> dict[str, PeopleColumn]:
    return {header: column for column in COLUMNS for header in column.headers if not header.endswith("*")}


@cache
def _by_start() -> dict[str, PeopleColumn]:
    return {header[:-1]: column for column in COLUMNS for header in column.headers if header.endswith("*")}
