"""Makes the spreadsheet that imports are measured on: invented people as municipalities write them down."""

import csv
import io
from random import Random

from kompetanse.demo.backgrounds import BACKGROUNDS
from kompetanse.demo.names import ORIGINS

HEADINGS = (
    *("Etternavn", "Fornavn", "Født", "Land", "Mobil", "E-post", "Språk", "Norsknivå", "Yrke", "Utdanning"),
    *("Kompetanse", "Sertifikater", "Ønsker", "Stilling %", "Samtykke deling", "Samtykke NAV", "Kom til Frøya"),
)
_LEVELS = ("A1", "A2", "B1", "B1/B2", "B2", "C1", "?")
_LICENCES = ("", "", "B", "førerkort B", "truck T1/T4", "førerkort BE, C")
_WISHES = ("", "", "vil ut av fisken", "heltid", "jobbe på sjøen", "samme som før", "kokk, hva som helst")
_PERCENTAGES = ("100", "50-80", "0,8", "heltid", "", "50")
_ANSWERS = ("ja", "nei", "trukket", "ja 12.3.24", "")
_SCHOOLS = ("yrkesskole", "bachelor", "mastergrad", "videregående", "grunnskole", "fagbrev", "")


def sheet(people: int) -> bytes:
    """A CSV of invented people, one a line, semicolons, UTF-8 with its mark."""
    random, text = Random(7), io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for number in range(people):
        writer.writerow(_row(random, number))
    return text.getvalue().encode("utf-8-sig")


def _row(random: Random, number: int) -> list[str]:
    origin, background = random.choice(ORIGINS), random.choice(BACKGROUNDS)
    day, month, year = random.randint(1, 28), random.randint(1, 12), random.randint(1950, 2004)
    first = random.randint(1990, 2015)
    return [
        random.choice(origin.families),
        random.choice([*origin.women, *origin.men]),
        f"{day:02}.{month:02}.{year}",
        origin.country,
        f"+47 {random.randint(400, 499)} {random.randint(10, 99)} {random.randint(100, 999)}",
        f"person{number}@example.no" if random.random() < 0.5 else "",
        f"{random.choice(('polsk', 'litauisk', 'ukrainsk', 'arabisk', 'tigrinja'))} - morsmål, engelsk B1",
        random.choice(_LEVELS),
        f"{background.title} ({first}-{first + random.randint(1, 9)})",
        random.choice(_SCHOOLS),
        ", ".join(random.sample(background.skills, k=min(3, len(background.skills)))),
        random.choice(_LICENCES),
        random.choice(_WISHES),
        random.choice(_PERCENTAGES),
        random.choice(_ANSWERS),
        random.choice(_ANSWERS),
        str(random.randint(2005, 2025)),
    ]
