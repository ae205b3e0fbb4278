"""The columns of a people import as data: which headings mean what. The importer and the guide both read this."""

from enum import StrEnum

from kompetanse.exchange.columns import LEFT_OUT, LEFT_OUT_HEADINGS, Column, ColumnSet, column


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
    PROTECTED = "protected_address"
    LANGUAGES = "languages"
    MOTHER_TONGUE = "mother_tongue"
    NORWEGIAN = "norwegian"
    NORWEGIAN_ORAL = "norwegian_oral"
    NORWEGIAN_WRITTEN = "norwegian_written"
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
    LEFT_OUT = LEFT_OUT


PeopleColumn = Column[Field]
NAME_FIELDS = frozenset({Field.FULL_NAME, Field.FAMILY_NAME, Field.GIVEN_NAME})

# "Land" and "nasjonalitet" are citizenships: what the old forms asked for. Where somebody comes from is another
# question (a Syrian may have come from Sweden), and is read only from a column that asks it.
# "Samtykke deling" is sharing with neighbours, and nothing else: consent to one purpose is none to another.
# "styrk" is the person's background; wished occupations are words in these files.
_COLUMNS = (
    column(
        Field.FULL_NAME,
        "Hele navnet",
        "Etternavn, Fornavn, eller Fornavn Etternavn",
        "navn name fulltnavn fullname heltnavn fornavnogetternavn fornavnetternavn",
        required=True,
    ),
    column(
        Field.FAMILY_NAME,
        "Etternavn",
        "Etternavn",
        "etternavn etternamn familienavn lastname surname familyname",
        required=True,
    ),
    column(
        Field.GIVEN_NAME,
        "Fornavn",
        "Fornavn",
        "fornavn fornamn firstname givenname givennames",
        required=True,
    ),
    column(
        Field.BORN,
        "Født",
        "Fødselsdato, eller bare året",
        "fodt fodselsdato fodselsar fodselsaar fdato dob born birthdate dateofbirth birthyear",
        required=True,
    ),
    column(
        Field.NATIONAL_ID,
        "Fødselsnummer, D-nummer eller DUF-nummer",
        "Fødselsnummer, D-nummer eller DUF-nummer",
        "fodselsnummer fodselsnr personnummer personnr fnr dnummer dnr dufnummer dufnr duf nationalid",
    ),
    column(
        Field.CITIZENSHIP,
        "Statsborgerskap",
        "Statsborgerskap, flere skilt med /",
        "land nasjonalitet statsborgerskap statsborger statsborgarskap country nationality citizenship",
    ),
    column(
        Field.ORIGIN,
        "Opprinnelsesland",
        "Landet personen kommer fra",
        "opprinnelsesland fodeland hjemland landbakgrunn heimland countryoforigin countryofbirth",
    ),
    column(
        Field.PHONE,
        "Telefon",
        "Telefonnummer",
        "mobil telefon tlf tlfnr mobilnr mobilnummer telefonnummer mobiltelefon phone mobile phonenumber",
        repeatable=True,
    ),
    column(
        Field.EMAIL,
        "E-post",
        "E-postadresse",
        "epost epostadresse mail email emailaddress",
        repeatable=True,
    ),
    column(
        Field.POSTAL_CODE,
        "Postnummer",
        "Postnummer der personen bor",
        "postnr postnummer postkode postalcode zip zipcode",
    ),
    column(
        Field.PROTECTED,
        "Adressesperre",
        "Adressesperre: ja, kode 6 eller kode 7",
        "adressesperre sperretadresse diskresjonskode diskresjon adressegradering adressebeskyttelse beskyttetadresse "
        "hemmeligadresse skjermetadresse skjermet kode6 kode7 kode67 protectedaddress",
    ),
    column(
        Field.LANGUAGES,
        "Språk",
        "Språk med nivå: polsk (morsmål), norsk B1 muntlig, A2 skriftlig",
        "sprak spraak sprakkunnskaper sprakkunnskap languages language",
        repeatable=True,
    ),
    column(
        Field.MOTHER_TONGUE,
        "Morsmål",
        "Morsmål",
        "morsmal morsmaal forstesprak mothertongue nativelanguage",
    ),
    column(
        Field.NORWEGIAN,
        "Norsknivå",
        "Norsk, A1 til C2",
        "norsknivaa norskniva norsk norskkunnskaper norskferdigheter norwegian norwegianlevel",
    ),
    column(
        Field.NORWEGIAN_ORAL,
        "Norsk muntlig",
        "Muntlig norsk, A1 til C2",
        "norskmuntlig norskprovemuntlig muntlignorsk norsknivamuntlig norsknivaamuntlig norskmuntligniva "
        "norskmuntlignivaa muntlignorskniva norwegianoral",
    ),
    column(
        Field.NORWEGIAN_WRITTEN,
        "Norsk skriftlig",
        "Skriftlig norsk, A1 til C2",
        "norskskriftlig norskproveskriftlig skriftlignorsk norsknivaskriftlig norsknivaaskriftlig norskskriftligniva "
        "norskskriftlignivaa skriftlignorskniva norwegianwritten",
    ),
    column(
        Field.INTERPRETER,
        "Trenger tolk",
        "Trenger tolk: ja eller nei",
        "tolk tolkebehov trengertolk behovfortolk interpreter needsinterpreter",
    ),
    column(
        Field.OCCUPATION,
        "Yrke og erfaring",
        "Yrke og erfaring: kokk 10 år, lærer (2009-2015)",
        "yrke hovedyrke yrkebakgrunn bakgrunn yrkesbakgrunn tidligerearbeid arbeidserfaring erfaring occupation "
        "background",
        repeatable=True,
    ),
    column(
        Field.STYRK,
        "Yrkeskode (STYRK-08)",
        "Yrkesbakgrunn, kode i STYRK-08",
        "styrk styrk08 styrkkode yrkeskode isco isco08",
    ),
    column(
        Field.EDUCATION,
        "Utdanning",
        "Utdanning",
        "utdanning utdanningsniva utdanningsbakgrunn hoyesteutdanning hoyestefullforteutdanning skolegang education",
    ),
    column(
        Field.CURRENT,
        "Gjør nå",
        "Hva personen gjør nå",
        "jobberna arbeidna navaerendejobb stilling jobb arbeidssituasjon currentjob",
    ),
    column(
        Field.SKILLS,
        "Ferdigheter",
        "Ferdigheter, skilt med komma",
        "kompetanse ferdigheter ferdighet kunnskaper skills competence",
        repeatable=True,
    ),
    column(
        Field.LICENCES,
        "Førerkort og bevis",
        "Førerkort, sertifikater og kurs",
        "sertifikater sertifikat forerkort forarkort kurs kursbevis licences licenses certificates",
        repeatable=True,
    ),
    column(
        Field.WISHES,
        "Ønsker",
        "Ønsker, med personens egne ord",
        "onsker onske onsketyrke onsketjobb onskejobb onskerseg onskje wishes wantedjob desiredoccupation",
        repeatable=True,
    ),
    column(
        Field.INTERESTS,
        "Interesser",
        "Interesser",
        "interesser interesse hobby hobbyer fritid interests",
        repeatable=True,
    ),
    column(
        Field.PERCENTAGE,
        "Stillingsprosent",
        "Ønsket stillingsprosent: 100, 50-80, heltid",
        "stillingprosent stillingsprosent onsketstillingsprosent stillingpst stilling% prosent% employmentpercentage",
    ),
    column(
        Field.FAMILY,
        "Familie",
        "Familie, som merknad",
        "familie familiesituasjon sivilstand sivilstatus family",
    ),
    column(
        Field.HOUSEHOLD,
        "Husstand",
        "Nøkkel som er lik for alle i husstanden",
        "husstand hushold husstandnr husstandsnummer household householdid",
    ),
    column(
        Field.CONSENT_NEIGHBOURS,
        "Samtykke til deling med naboer",
        "Samtykke til deling med nabokommuner",
        "samtykkedeling samtykkenabokommune samtykkenabo samtykkenabokommuner samtykkedelingnabokommune "
        "consentneighbours",
    ),
    column(
        Field.CONSENT_JOB_SERVICE,
        "Samtykke til NAV",
        "Samtykke til NAV",
        "samtykkenav samtykkejobbtjeneste samtykkeeksport consentjobservice",
    ),
    column(
        Field.CONSENT_AMBASSADOR,
        "Samtykke til å være ambassadør",
        "Samtykke til å være ambassadør",
        "samtykkeambassador consentambassador",
    ),
    column(
        Field.ARRIVED_IN_NORWAY,
        "Kom til Norge",
        "Når personen kom til Norge",
        "komtilnorge komtilnoreg komtilnorge* komtilnoreg* komtillandet* ankomstnorge botidnorge inorgesiden "
        "arrivedinnorway",
    ),
    column(
        Field.ARRIVED_IN_MUNICIPALITY,
        "Kom til kommunen",
        "Når personen kom til kommunen",
        "komtilkommunen innflyttet innflyttingsdato innflytting flyttetinn bosattdato bosettingsdato tilflyttet "
        "tilflyttingsdato arrivedinmunicipality komtil*",
    ),
    column(
        Field.NOTES,
        "Merknad",
        "Merknader",
        "merknad merknader merknadar notat notater kommentar kommentarer notes comment comments",
        repeatable=True,
    ),
    column(
        Field.LEFT_OUT,
        "Tas ikke med",
        "Tas ikke med",
        # No field is for where somebody lives, and no note: in a village a street is enough to find her.
        f"{LEFT_OUT_HEADINGS} adresse bostedsadresse gateadresse postadresse bosted address streetaddress",
        repeatable=True,
    ),
)

COLUMNS = ColumnSet(
    _COLUMNS, NAME_FIELDS, "Arket har ingen kolonne med navn", "Ta med kolonnene Etternavn og Fornavn, eller Navn"
)
