"""The columns of a spreadsheet of vacancies as data: which headings mean what."""

from enum import StrEnum

from kompetanse.exchange.columns import LEFT_OUT, LEFT_OUT_HEADINGS, ColumnSet, column


class Field(StrEnum):
    """What a column holds."""

    TITLE = "title"
    UNIT = "unit"
    EMPLOYER = "employer_name"
    ORGANISATION = "employer_org_no"
    STYRK = "styrk"
    DESCRIPTION = "description"
    EDUCATION = "education"
    LICENCES = "licences"
    LANGUAGES = "languages"
    NORWEGIAN = "norwegian"
    SKILLS = "skills"
    TRAINABLE = "trainable_skills"
    EXPERIENCE = "experience"
    AGE = "minimum_age"
    PERCENTAGE = "percentage"
    SHIFTS = "shifts"
    DURATION = "duration"
    POSITIONS = "positions"
    STARTS = "starts_on"
    ENDS = "ends_on"
    DEADLINE = "deadline"
    PLACE = "place"
    POSTAL_CODE = "postal_code"
    EXTERNAL_ID = "external_id"
    LEFT_OUT = LEFT_OUT


_COLUMNS = (
    column(
        Field.TITLE,
        "Stilling",
        "Hva stillingen heter: Sykepleier, Renholder 60 %",
        "stilling stillingstittel tittel stillingsnavn yrke jobb title position jobtitle",
        required=True,
    ),
    column(Field.UNIT, "Enhet", "Enheten i kommunen som søker", "enhet avdeling tjenestested seksjon unit department"),
    column(
        Field.EMPLOYER,
        "Arbeidsgiver",
        "Arbeidsgiverens navn",
        "arbeidsgiver arbeidsgivar bedrift firma virksomhet employer company",
    ),
    column(
        Field.ORGANISATION,
        "Organisasjonsnummer",
        "Ni sifre",
        "organisasjonsnummer orgnr orgnummer organisasjonsnr organisationnumber",
    ),
    column(Field.STYRK, "Yrkeskode (STYRK-08)", "Fire sifre: 2223", "styrk styrk08 styrkkode yrkeskode isco isco08"),
    column(
        Field.DESCRIPTION,
        "Beskrivelse",
        "Teksten i utlysningen",
        "beskrivelse skildring omstillingen arbeidsoppgaver oppgaver tekst utlysningstekst merknad description",
        repeatable=True,
    ),
    column(
        Field.EDUCATION,
        "Utdanning, minst",
        "Fagbrev, bachelor i sykepleie, grunnskole",
        "utdanning utdanningskrav krav utdanningsniva education",
    ),
    column(
        Field.LICENCES,
        "Førerkort, bevis og autorisasjon",
        "Førerkort B, truck T1, sykepleier",
        "forerkort forarkort sertifikat sertifikater kurs autorisasjon licences licenses certificates",
        repeatable=True,
    ),
    column(
        Field.LANGUAGES,
        "Språk med nivå",
        "norsk B1, engelsk B2",
        "sprak spraak sprakkrav languages language",
        repeatable=True,
    ),
    column(Field.NORWEGIAN, "Norsk, minst", "A1 til C2", "norsk norskkrav norskniva norsknivaa norwegian"),
    column(
        Field.SKILLS,
        "Ferdigheter fra første dag",
        "Skilt med komma",
        "ferdigheter ferdighet kompetanse kvalifikasjoner makrav skills",
        repeatable=True,
    ),
    column(
        Field.TRAINABLE,
        "Ferdigheter som kan læres i jobben",
        "Skilt med komma",
        "kanlæres kanlaeres kanlaeresijobben onskedekvalifikasjoner onskeligekvalifikasjoner opplaring opplaering "
        "trainable",
        repeatable=True,
    ),
    column(Field.EXPERIENCE, "Erfaring som ønskes", "2 år, 6 måneder", "erfaring arbeidserfaring experience"),
    column(Field.AGE, "Alder loven krever", "18", "alder minstealder alderskrav minimumage age"),
    column(
        Field.PERCENTAGE,
        "Stillingsprosent",
        "100, 50-80, heltid",
        "stillingsprosent stillingprosent prosent stillingspst stilling% % omfang stillingsstorrelse percentage extent",
    ),
    column(
        Field.SHIFTS,
        "Arbeidstid",
        "Dag, kveld, natt, helg, turnus",
        "arbeidstid turnus vakter vakt arbeidstider shifts",
    ),
    column(
        Field.DURATION,
        "Ansettelse",
        "Fast, midlertidig, vikariat, sesong, lærling, tilkalling",
        "ansettelse ansettelsesform tilsetting varighet engasjement stillingstype duration",
    ),
    column(
        Field.POSITIONS, "Antall stillinger", "Et helt tall", "antall antal antallstillinger ledigestillinger positions"
    ),
    column(Field.STARTS, "Oppstart", "15.01.2027", "oppstart tiltredelse startdato fradato start startson"),
    column(Field.ENDS, "Slutt", "30.06.2027", "slutt sluttdato tildato endson end"),
    column(Field.DEADLINE, "Søknadsfrist", "31.12.2026", "soknadsfrist soknadsfristen frist deadline applicationdue"),
    column(Field.PLACE, "Arbeidssted", "Sistranda", "sted arbeidssted stad arbeidsstad place location"),
    column(Field.POSTAL_CODE, "Postnummer", "Fire sifre: 7260", "postnr postnummer postkode postalcode zip"),
    column(
        Field.EXTERNAL_ID,
        "Nummer i eget system",
        "Kjenner stillingen igjen når filen leses inn på nytt",
        "id stillingsid stillingsnr referanse ref saksnr externalid",
    ),
    column(Field.LEFT_OUT, "Tas ikke med", "Leses ikke", LEFT_OUT_HEADINGS, repeatable=True),
)

COLUMNS = ColumnSet(
    _COLUMNS,
    frozenset({Field.TITLE}),
    "Arket har ingen kolonne som sier hva stillingen heter",
    "Ta med kolonnen Stilling, eller velg hvilken kolonne det er",
)
