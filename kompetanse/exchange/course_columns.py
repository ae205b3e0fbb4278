"""The columns of a spreadsheet of courses on offer as data: which headings mean what."""

from enum import StrEnum

from kompetanse.exchange.columns import LEFT_OUT, LEFT_OUT_HEADINGS, ColumnSet, column


class Field(StrEnum):
    """What a column holds."""

    TITLE = "title"
    KIND = "kind"
    ABOUT = "about"
    LEVELS = "levels"
    FROM_LEVEL = "from_level"
    TO_LEVEL = "to_level"
    PROVIDER = "provider"
    STARTS = "starts_on"
    WEEKS = "weeks"
    PRICE = "price_nok"
    PLACE = "place"
    URL = "url"
    NOTES = "notes"
    LEFT_OUT = LEFT_OUT


_COLUMNS = (
    column(
        Field.TITLE,
        "Navn",
        "Norskkurs A2 til B1, Truckførerkurs T4",
        "kurs kursnavn kurstittel tilbud tittel navn title course coursename",
        required=True,
    ),
    column(
        Field.KIND,
        "Type",
        "Språkkurs, prøve, sertifikat, ferdighet, utdanning, godkjenning, autorisasjon",
        "type kurstype slag kategori kind",
    ),
    column(
        Field.ABOUT,
        "Fører til",
        "Språket, beviset, ferdigheten, faget eller yrket: norsk, truck T4, regnskap",
        "forertil gir emne tema fag sprak ferdighet sertifikat about",
    ),
    column(Field.LEVELS, "Nivå", "A2-B1, eller nivået etterpå: B1", "niva nivaa level levels"),
    column(Field.FROM_LEVEL, "Nivå før", "A1 til C2", "franiva nivafor fra fromlevel"),
    column(Field.TO_LEVEL, "Nivå etter", "A1 til C2", "tilniva nivaetter til tolevel"),
    column(Field.PROVIDER, "Arrangør", "Hvem som holder det", "arrangor tilbyder leverandor kursholder skole provider"),
    column(Field.STARTS, "Starter", "15.01.2027", "start starter startdato oppstart dato fradato startson"),
    column(Field.WEEKS, "Uker", "Hvor mange uker: 10", "uker varighet lengde antalluker weeks duration"),
    column(Field.PRICE, "Pris", "Kroner deltakeren betaler: 1 500, gratis", "pris egenandel kostnad kurspris price"),
    column(Field.PLACE, "Sted", "Sistranda", "sted stad kurssted place location"),
    column(Field.URL, "Nettside", "https://…", "url lenke nettside web link"),
    column(
        Field.NOTES,
        "Merknader",
        "Hvem som kan søke, hvem en spør",
        "merknad merknader notat notater kommentar kommentarer beskrivelse innhold annet notes description",
        repeatable=True,
    ),
    column(Field.LEFT_OUT, "Tas ikke med", "Leses ikke", LEFT_OUT_HEADINGS, repeatable=True),
)

COLUMNS = ColumnSet(
    _COLUMNS,
    frozenset({Field.TITLE}),
    "Arket har ingen kolonne som sier hva tilbudet heter",
    "Ta med kolonnen Kurs, eller velg hvilken kolonne det er",
)
