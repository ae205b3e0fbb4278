"""The columns of a spreadsheet of households as data: a row for each member, with what the file calls her household."""

from enum import StrEnum

from kompetanse.exchange.columns import LEFT_OUT, LEFT_OUT_HEADINGS, ColumnSet, column


class Field(StrEnum):
    """What a column holds."""

    HOUSEHOLD = "household"
    NAME = "household_name"
    FULL_NAME = "full_name"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    BORN = "born"
    ROLE = "role"
    LEFT_OUT = LEFT_OUT


_COLUMNS = (
    column(
        Field.HOUSEHOLD,
        "Husstand",
        "Nøkkel som er lik for alle i husstanden: H3",
        "husstand hushold husstandnr husstandsnummer husstandsnr household householdid",
        required=True,
    ),
    column(
        Field.NAME,
        "Husstandens navn",
        "Familien Berg",
        "husstandsnavn husholdsnavn familie householdname",
    ),
    column(
        Field.FULL_NAME,
        "Hele navnet",
        "Etternavn, Fornavn, eller Fornavn Etternavn",
        "navn medlem person fulltnavn heltnavn name fullname member",
        required=True,
    ),
    column(
        Field.FAMILY_NAME,
        "Etternavn",
        "Etternavn",
        "etternavn etternamn familienavn lastname surname familyname",
        required=True,
    ),
    column(Field.GIVEN_NAME, "Fornavn", "Fornavn", "fornavn fornamn firstname givenname givennames", required=True),
    column(
        Field.BORN,
        "Født",
        "Fødselsdato, eller bare året: skiller dem som heter det samme",
        "fodt fodselsdato fodselsar fodselsaar fdato dob born birthdate dateofbirth birthyear",
        required=True,
    ),
    column(Field.ROLE, "Rolle", "Voksen, partner, barn, annen", "rolle relasjon slektskap stilling role relation"),
    column(Field.LEFT_OUT, "Tas ikke med", "Leses ikke", LEFT_OUT_HEADINGS, repeatable=True),
)

COLUMNS = ColumnSet(
    _COLUMNS,
    frozenset({Field.HOUSEHOLD}),
    "Arket har ingen kolonne som sier hvilken husstand radene hører til",
    "Ta med kolonnen Husstand, eller velg hvilken kolonne det er",
)
