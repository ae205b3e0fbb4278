"""What the domain's faults are called in bokmål."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api.web.i18n import gettext
from api.web.i18n import mark as _
from kompetanse.errors import FieldFault

DETAILS: Mapping[str, str] = {
    "No way to reach you": _("Skriv en telefon eller e-post som dere kan nås på"),
    "Name a class or a vacancy request": _("Velg en gruppe eller en stilling dere har prøvd"),
    "That is your own municipality": _("Det er deres egen kommune. Velg naboen"),
    "No first day": _("Skriv dagen avtalen gjelder fra"),
    "k is at least 5": _("k kan ikke være mindre enn 5. 10 er vanlig"),
    "No format is chosen": _("Velg Parquet, CSV eller begge"),
    "No municipality is chosen": _("Velg nabokommunen"),
    "Not a PDF or a picture of at most 10 MB": _("Velg en PDF eller et bilde på høyst 10 MB"),
    "A yes stands for a year, which is over": _(
        "Et ja gjelder i ett år, og det er gått. Spør igjen, og skriv dagens dato"
    ),
    "Only sharing with neighbours has exceptions": _("Bare deling med naboer kan ha unntak"),
    "A person has a name": _("Skriv fornavn eller etternavn"),
    "Not a date": _("Dette er ikke en dato. Skriv 1987, 05.1987 eller 17.05.1987"),
    "Not a country": _("Kjenner ikke landet. Skriv navnet på norsk eller engelsk, eller koden (PL)"),
    "Not a language": _("Kjenner ikke språket. Skriv navnet på norsk, eller koden (pol)"),
    "Not a phone number": _("Dette er ikke et telefonnummer. Skriv det med landkode: +47 900 00 000"),
    "Not an e-mail address": _("Dette er ikke en e-postadresse. Skriv den slik: navn@example.no"),
    "Nothing is written": _("Skriv noe her, gjerne slik personen sier det"),
    "Too long": _("Teksten er for lang"),
    "Out of range": _("Tallet er for lite eller for stort"),
    "Not a whole number": _("Skriv et helt tall"),
    "The least is more than the most": _("Den minste prosenten kan ikke være større enn den største"),
    "The day has not come": _("Datoen er ikke kommet ennå"),
    "A job that goes on has not ended": _("Et arbeid som holder på, har ingen sluttdato"),
    "The job ends before it starts": _("Arbeidet slutter før det begynner. Se på begge datoene"),
    "The work ends before it starts": _("Arbeidet slutter før det begynner. Se på begge datoene"),
    "What is not held has no evidence": _("Det personen ikke har, kan ikke dokumenteres"),
    "What is not completed has no year": _("Det som ikke er fullført, har ikke noe år"),
    "Not an occupation": _("Kjenner ikke yrket. Skriv det på en annen måte, eller koden, for eksempel 2223"),
    "Not a code of STYRK-08": _("Dette er ingen yrkeskode. Skriv fire sifre, for eksempel 2223"),
    "Not a code of ISCED-F 2013": _("Dette er ingen kode for fagfelt"),
    "Not a code of ISO 639-3": _("Kjenner ikke språket"),
    "Not a code of licences and authorisations": _("Kjenner ikke beviset"),
    "A vacancy has a title": _("Skriv hva stillingen heter, for eksempel Sykepleier"),
    "Not an organisation number": _("Dette er ikke et organisasjonsnummer. Skriv de ni sifrene"),
    "Not a regulated profession": _("Dette er ikke et lovregulert yrke"),
    "Not a Norwegian postal code": _("Dette er ikke et norsk postnummer. Skriv fire sifre"),
    "A protected address has no postal code": _("En person med adressesperre har ikke postnummer. La det stå tomt"),
    "Not a Norwegian municipality": _("Dette er ikke et kommunenummer"),
    "No municipality has this name": _("Ingen kommune heter det"),
    "Not a licence": _("Kjenner ikke beviset"),
    "Nothing is written, or too much": _("Skriv ferdigheten med høyst 200 tegn"),
    "The skill is asked for twice": _("Ferdigheten står to ganger"),
    "The language is asked for twice": _("Språket står to ganger"),
    "A password has 12 to 256 characters": _("Et passord har 12 til 256 tegn"),
    "Not a level": _("Skriv et nivå fra A1 til C2 etter språket, for eksempel: norsk B1"),
    "No level is chosen": _("Velg et nivå"),
    "Nobody is chosen": _("Velg en person i listen"),
    "Nobody is ticked": _("Ingen er krysset av. Kryss av for dem det gjelder, og velg på nytt"),
    "Not a choice of the list": _("Velg et av svarene i listen"),
    "Another person is registered with this number": _("En annen person er registrert med dette nummeret"),
    "A pool is of 2 to 30 municipalities": _("Velg de andre kommunene, høyst 29"),
    "It ends before it starts": _("Det slutter før det begynner"),
    "No suggestion is chosen": _("Kryss av for minst ett forslag"),
    "Nothing is chosen": _("Velg hva ønsket handler om"),
    "Not a code of sectors": _("Velg en bransje"),
    "The profile has no such entry": _("Velg noe som står i profilen"),
    "Not a concept of this kind": _("Velg et av forslagene"),
    "The occupation has another code": _("Yrket som er valgt, har en annen kode. La koden stå tom"),
    "Not an id": _("Lim inn adressen til personens side, eller id-en som står i den"),
    "A personal number has 11 digits, a DUF number 12": _("Et fødselsnummer har 11 sifre, et DUF-nummer 12"),
    "The first six digits of the personal number are no date": _("De seks første sifrene er ingen dato"),
    "The check digits of the personal number do not fit": _("Kontrollsifrene stemmer ikke. Se etter en skrivefeil"),
    "Not a role for this kind of account": _("Velg minst én rolle"),
    "An outsider's key has one role": _("Nabokommuner og jobbformidlingen får hver sin tilgang, med én rolle"),
    "The HR role belongs to a unit": _("Rollen Enhet / HR hører til en enhet. Skriv hvilken"),
    "A neighbour's key, and only that, names its municipality": _("Velg kommune for en nabokommune, og bare da"),
    "A name is missing": _("Skriv et navn"),
    "Not the password of this account": _("Dette er ikke passordet du har nå"),
    "The two are not the same": _("De to er ikke like"),
    "Not a number": _("Skriv et tall, for eksempel 12,5"),
    "Out of bounds": _("Tallet er utenfor grensene"),
    "Not the name of a weight": _("Dette er ikke navnet på en vekt"),
    "Nothing is said": _("Skriv et notat"),
    "No reason is chosen": _("Velg hvorfor personen settes til side for denne stillingen"),
    "A course has a title": _("Skriv hva det heter, for eksempel Norskkurs A2 til B1"),
    "No kind is chosen": _("Velg hva slags tilbud det er"),
    "It is not said what the course is for": _("Velg hva det fører til"),
    "Not a skill": _("Skriv ferdigheten, eller velg et av forslagene"),
    "Not an address of the web": _("Dette er ikke en nettadresse. Begynn med https://"),
    "Not a level of this kind": _("Velg et nivå i listen"),
    "The course leads to no higher level": _("Nivået etterpå må være høyere enn nivået før"),
    "Not a file": _("Velg en fil"),
    "Not a CV that can be read": _("Denne filen kan ikke leses. Velg PDF, Word, Europass, JSON Resume eller tekst"),
    "Too large a CV": _("Filen er for stor: høyst 10 MB og 60 sider"),
    "No text in the file": _("Det står ingen tekst i filen. En skannet side er et bilde: skriv det som står der"),
    "An old Word file": _("Dette er en gammel Word-fil. Lagre den som .docx eller PDF"),
    "A broken or protected file": _("Filen er skadet eller har passord. Åpne den og lagre den på nytt uten passord"),
    "A broken Europass": _("Europass-filen er skadet. Lagre den på nytt på europass.eu, eller send PDF-en"),
    "Not the columns that were tried": _("Kolonnene leses ikke slik som da filen ble prøvd. Prøv den på nytt først"),
    "NAV demands it": _("NAV krever det"),
    "Too many at a time": _("Det er for mye på en gang. Del filen, og send en del om gangen"),
    "The archive unpacks to too much": _("Zip-filen er for stor når den pakkes ut. Del den"),
    "The archive is broken or protected": _("Zip-filen er skadet eller har passord. Pakk den på nytt"),
    "The password has letters that not every program reads": _(
        "Bruk bare a til z, tall, tegn og mellomrom i passordet"
    ),
    "The password is too short": _("Skriv et passord med minst 12 tegn"),
    "Not the file that was tried": _("Dette er ikke filen som ble prøvd. Prøv den først"),
    "The search is not yours": _("Søket er ikke ditt, eller for gammelt. Søk på nytt, og velg igjen"),
    "Too many people are chosen": _("Det er for mange på en gang. Velg færre"),
    "No column is chosen": _("Kryss av for minst én kolonne"),
    "A name or number is not kept": _(
        "Et lagret søk har ikke navn eller nummer i seg. Søk etter arbeid eller ferdigheter, eller lag en liste"
    ),
    "Nothing is searched for": _("Velg minst ett filter før du lagrer søket"),
    "Another search has this name": _("Du har et annet søk med dette navnet. Velg et annet navn"),
    "Something broke off": _("Noe gikk galt underveis, og ingenting av filen er lagret. Prøv igjen om litt"),
}

CONFLICTS: Mapping[str, str] = {
    "The person has not read the answer to her wish to be erased": _(
        "Personen har ikke lest svaret på ønsket om å bli slettet, eller venter på det. "
        "Kryss av for at svaret er gitt på en annen måte, eller vent."
    ),
    "The person is archived, and has no pages of her own": _("Personen er arkivert, og har ingen egne sider."),
    "The person is archived, and nobody is mapped who is": _("Personen er arkivert. Hent personen tilbake først."),
    "The conversation is ended already": _("Samtalen er avsluttet fra før."),
    "There is nothing to undo": _("Det er ingenting å angre."),
    "There is a search of this name already": _("Du har et søk med dette navnet. Velg et annet navn."),
    "There is a list of this name already": _("Det finnes en liste med dette navnet. Velg et annet navn."),
    "The request was answered or taken back": _("Ønsket er besvart eller trukket tilbake."),
    "The e-mail address has an account already": _("E-postadressen har en konto fra før."),
    "You cannot take your own role; let another administrator do it": _(
        "Du kan ikke ta fra deg selv rollen Administrator. Be en annen administrator om det."
    ),
    "The account is the last administrator's; give another the role first": _(
        "Ingen andre har rollen Administrator nå. Gi den til en annen først."
    ),
    "You cannot close your own account; let another administrator do it": _(
        "Du kan ikke stenge din egen konto. La en annen administrator gjøre det."
    ),
    "The profile has this skill already; change it instead": _("Ferdigheten står i profilen fra før."),
    "The profile has this already; change that one instead": _("Det samme står i profilen fra før."),
    "The entry is taken out already": _("Det er allerede fjernet fra profilen."),
    "The person is referred to this vacancy already": _("Personen er foreslått for denne stillingen fra før."),
    "Something came of the referral since; withdraw it instead": _(
        "Det er gjort noe med formidlingen siden. Trekk den heller."
    ),
    "The referral was made more than a day ago; withdraw it instead": _(
        "Formidlingen er mer enn ett døgn gammel, og kan ikke angres. Trekk den heller."
    ),
    "The vacancy has ended": _("Stillingen er avsluttet."),
    "The vacancy was advertised elsewhere already": _("Stillingen er utlyst av andre, og sendes ikke til NAV herfra."),
    "The vacancy was never sent to NAV": _("Stillingen er ikke sendt til NAV."),
    "Nothing is sent to NAV from here": _("Herfra sendes ingenting til NAV."),
    "The feed is being read already": _("NAVs stillinger leses allerede. Vent litt."),
    "The person is archived or has a protected address, and cannot be referred": _(
        "Personen er arkivert eller har adressesperre, og kan ikke formidles."
    ),
    "The import is undone already": _("Importen er angret fra før."),
    "Another person is registered with this number": _("En annen person er registrert med dette nummeret."),
    "The municipality has a pooling agreement; revoke it first": _(
        "Kommunen lager grupper sammen med andre fra før. Gå ut av det først."
    ),
    "The person is archived or has a protected address, and is no candidate": _(
        "Personen er arkivert eller har adressesperre, og er ikke kandidat."
    ),
}

_OTHER = _("Verdien kan ikke brukes")


@dataclass(frozen=True, slots=True)
class Complaint:
    """One field that could not be accepted, in the reader's language."""

    name: str
    text: str


def complaints(faults: Iterable[FieldFault]) -> list[Complaint]:
    """The domain's faults as a page shows them."""
    return [_complaint(fault) for fault in faults]


def _complaint(fault: FieldFault) -> Complaint:
    name, *place = fault.pointer.strip("/").split("/")
    if name == "term_weights" and place:
        name = f"{place[0]}_weight"
    text = gettext(DETAILS.get(fault.detail, _OTHER))
    if place and place[0].isdigit():
        text = gettext(_("Linje %(number)s: %(text)s")) % {"number": int(place[0]) + 1, "text": text}
    return Complaint(name, text)
