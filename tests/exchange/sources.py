"""The spreadsheets and advertisements that tests read: our own always, those of a real municipality where at hand."""

import json
from dataclasses import dataclass
from pathlib import Path

from tests.exchange.sheets import xlsx

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"


@dataclass(frozen=True)
class Spreadsheet:
    """A file and how its rows should go."""

    filename: str
    content: bytes
    blank: int
    accepted: int
    warned: int
    rejected: int


_TEACHER = (
    'Ångström;Bjørg;03.05.1981;Sverige;"svensk (morsmål), norsk B2 muntlig, B1 skriftlig";lærer 10 år;'
    "Ja 1.2.15;mars 2013\r\n"
)
_FORM = (
    "Kartlegging Utvær 2015;;;;;;;\r\n;;;;;;;\r\n"
    "Etternavn;Fornavn;Født;Land;Språk;Yrke/bakgrunn;Samtykke deling;Kom til Utvær\r\n"
    f"{_TEACHER}"
    "Kowalsk?;Ewa;14/03/82;PL;polsk, norsk A2;kucharz (2009-2015);muntlig ja;?\r\n"
    ";;;;;;;\r\n"
    "????????;Olena;1984;Ukraina;ukrainsk/russisk (morsmål);?????;ja;2014\r\n"
    f"{_TEACHER}"
    "Angstrom;Björg;1981;Sverige;svensk;;trukket;2013\r\n"
)
_EXPORT = (
    "navn,fodselsdato,nasjonalitet,telefon,epost,morsmaal,norsknivaa,styrk,samtykke_nav,husstand\n"
    '"Silva, Ana Maria",1990-02-11,Brasil,+47 900 12 345,ana(at)example.no,portugisisk,B1/B2,33.13,ja,H1\n'
    "João dos Santos,31.02.1990,Brasil,004 7,,portugisisk,,ukjent,nei,H1\n"
    "Li Wei,,Kina,900 12 346,,kinesisk,a2,9999,,\n"
)
_WORKBOOK = xlsx(
    {
        "Om arket": [["Fylles ut av koordinator"]],
        "Gamle (ikke bruk)": [["Etternavn", "Fornavn"], ["Feil", "Ark"]],
        "Kartlegging": [
            ["Etternavn", "Fornavn", "Født", "Mobil", "Stilling %", "Kom til Utvær"],
            ["Berg", "Nils", 30819.0, 90012345.0, 0.8, 41730.0],
            ["Haile", "Sara", "12. mai 1979", "", "deltid", "?"],
        ],
    }
)
OWN = (
    Spreadsheet("skjema_latin1.csv", _FORM.encode("latin-1"), blank=1, accepted=3, warned=2, rejected=2),
    Spreadsheet("eksport_utf8.csv", _EXPORT.encode(), blank=0, accepted=2, warned=2, rejected=1),
    Spreadsheet("arbeidsbok.xlsx", _WORKBOOK, blank=0, accepted=2, warned=1, rejected=0),
)
_MUNICIPAL = (
    ("kartlegging_2014_latin1.csv", 4, 102, 86, 19),
    ("eksport_gammelt_system_utf8.csv", 0, 240, 99, 0),
    ("kartlegging_arbeidsbok.xlsx", 0, 60, 40, 0),
)


def spreadsheets() -> list[Spreadsheet]:
    """Our own files, and the municipality's where they are."""
    folder = SHARED / "newcomers"
    real = [Spreadsheet(name, (folder / name).read_bytes(), *counts) for name, *counts in _MUNICIPAL if folder.exists()]
    return [*OWN, *real]


def advertisement(**changes: object) -> bytes:
    """An entry of the vacancy feed, correct but for the changes."""
    ad: dict[str, object] = {
        "title": "Kokk s&oslash;kes",
        "jobtitle": "Kokk",
        "description": "<p onclick='steal()'>Vi s&oslash;ker <b>kokk</b></p><script>alert(1)</script><p></p>",
        "workLocations": [{"country": "NORGE", "city": "SISTRANDA", "postalCode": "7260", "municipal": "FRØYA"}],
        "contactList": [{"name": "Kari Leder", "email": "", "phone": "900 12 345", "role": "", "title": None}],
        "categoryList": [{"categoryType": "STYRK08NAV", "code": "5120.03", "name": "Kokk"}],
        "employer": {"name": "UTVÆR KOMMUNE", "orgnr": "974760673"},
        "applicationDue": "2026-03-01T23:59",
        "starttime": "Snarest",
        "extent": "Heltid",
        "engagementtype": "Vikariat",
        "positioncount": "2",
        "expires": "2026-03-02T00:00:00Z",
        "link": "https://example.no/stilling/1",
        "sourceurl": "",
        "applicationUrl": "javascript:alert(1)",
        "sector": "Offentlig",
    }
    entry = {"uuid": "1", "status": "ACTIVE", "sistEndret": "2026-02-01T08:00:00Z", "ad_content": {**ad, **changes}}
    return json.dumps(entry).encode()


def feed_entries() -> list[bytes]:
    """Entries of the feed: our own, and the job service's where they are."""
    folder = SHARED / "nav" / "feed" / "feedentry"
    real = [path.read_bytes() for path in sorted(folder.glob("*.json"))]
    masked = json.dumps({"uuid": "2", "status": "INACTIVE", "sistEndret": "2026-02-01T08:00:00Z", "ad_content": None})
    return [advertisement(), masked.encode(), *real]
