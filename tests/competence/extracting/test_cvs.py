"""Whole CVs of invented people: everything that would be chosen beforehand, with the words that it came from."""

from datetime import date

import pytest

from kompetanse.competence.accepting import Given
from kompetanse.competence.extracting.extraction import Suggestion, extract
from kompetanse.taxonomy.lexicon import starter_lexicon

GIVEN = Given(date(2026, 6, 1), starter_lexicon())

NORWEGIAN = """\
Rasa Kazlauskaitė
Sistranda

Arbeidserfaring
2019 – nå  Produksjonsmedarbeider, SalMar AS, Frøya
- filetering av laks, pakking og renhold
mai 2009 – juni 2015: Regnskapsfører hos Baltic Finans, Litauen
Ansvar for lønn, bilag og årsregnskap
Kokk
Hotell Neptun, Vilnius
2005-2008

Utdanning
2001–2005 Bachelor i økonomi, Universitetet i Vilnius
Videregående skole, Kaunas, 2001

Språk
Litauisk: morsmål
Norsk: B1 muntlig, A2 skriftlig
Engelsk: flytende
Russisk B2

Førerkort og sertifikater
Førerkort klasse B
Truckførerbevis T1 og T4
Kurs i varme arbeider, 2022

Ferdigheter
Excel, Visma, regnskap, kundebehandling

Interesser
kor, strikking, turer i fjellet

Jeg vil ut av fisken og ønsker å jobbe som regnskapsfører. Har ikke båtførerbevis.
"""
NORWEGIAN_SAYS = """
experiences | 2019 – nå  Produksjonsmedarbeider, SalMar AS | industriarbeider
skills | filetering av laks | filetering av fisk
skills | pakking | pakking
skills | renhold | renhold
experiences | mai 2009 – juni 2015: Regnskapsfører hos Baltic Finans | regnskapsfører
skills | årsregnskap | årsregnskap
experiences | Kokk | kokk
educations | 2001–2005 Bachelor i økonomi, Universitetet i Vilnius |
educations | Videregående skole, Kaunas, 2001 |
languages | Litauisk: morsmål | lit
languages | Norsk: B1 muntlig, A2 skriftlig | nor
languages | Engelsk | eng
languages | Russisk B2 | rus
licences | Førerkort klasse B | driving:B
licences | Truckførerbevis T1 | truck:T1
licences | T4 | truck:T4
licences | varme arbeider | hotwork
skills | Excel | regneark
skills | Visma | regnskapsprogram
skills | regnskap | regnskap
skills | kundebehandling | kundeservice
interests | kor |
interests | strikking |
interests | turer i fjellet |
wishes | vil ut av fisken | fish
wished-occupations | regnskapsfører | regnskapsfører
licences | båtførerbevis | boat
"""
ENGLISH = """\
Amina Yusuf
Curriculum Vitae

Profile
Friendly and hard-working cook with 8 years of experience.

Work experience
Cook, Sunrise Hotel, Mombasa, Kenya
March 2012 - June 2019
- Prepared food for up to 120 guests, food hygiene and menu planning
Cleaner at Hitra Hotell, 2021 – present
Teacher assistant (volunteer), 2010

Education
2008 - 2010  High school diploma, Mombasa Secondary School
Certificate in food production, 2011

Languages
Swahili – native
English – C1
Norwegian – A2

Driving licence: no
Skills: Microsoft Office, customer service, baking
Courses: First aid course 2022

I would like to work as a cook in a nursing home. I don't want to work in a fish factory.
"""
ENGLISH_SAYS = """
experiences | Cook, Sunrise Hotel | kokk
experiences | Cleaner at Hitra Hotell, 2021 – present | renholder
educations | 2008 - 2010  High school diploma, Mombasa Secondary School |
languages | Swahili – native | swa
languages | English – C1 | eng
languages | Norwegian – A2 | nor
licences | Driving licence | driving
skills | Microsoft Office | kontorprogrammer
skills | customer service | kundeservice
skills | baking | baking
licences | First aid | first-aid
wished-occupations | cook | kokk
wishes | don't want to work in a fish factory | fish
"""
POLISH = """\
Anna Nowak
Gdynia

Doświadczenie zawodowe
03.2015–obecnie  Spawacz MIG/MAG, Stocznia Gdynia S.A.
2009–2015  Księgowa w firmie Morpol, prowadzenie ksiąg rachunkowych
wrzesień 2005 – maj 2008: Sprzedawca, Biedronka, Polska

Wykształcenie
2000–2005 Uniwersytet Gdański, magister ekonomii
Liceum ogólnokształcące, 2000

Języki obce: angielski B2, norweski A1, niemiecki podstawowy
Prawo jazdy kat. B, C+E
Uprawnienia na wózki widłowe

Umiejętności:
- Excel, obsługa klienta, spawanie
- księgowość

Zainteresowania: gotowanie, rower

Mam 34 lata i chciałabym pracować jako księgowa. Nie chcę pracować przy rybach.
"""
POLISH_SAYS = """
experiences | 03.2015–obecnie  Spawacz | sveiser
experiences | 2009–2015  Księgowa w firmie Morpol | regnskapsfører
experiences | wrzesień 2005 – maj 2008: Sprzedawca, Biedronka | butikkmedarbeider
educations | 2000–2005 Uniwersytet Gdański, magister ekonomii |
educations | Liceum ogólnokształcące, 2000 |
languages | angielski B2 | eng
languages | norweski A1 | nor
languages | niemiecki | deu
licences | Prawo jazdy kat. B | driving:B
licences | C+E | driving:CE
licences | wózki widłowe | truck
skills | Excel | regneark
skills | obsługa klienta | kundeservice
skills | spawanie | sveising
skills | księgowość | regnskap
interests | gotowanie |
interests | rower |
wished-occupations | księgowa | regnskapsfører
wishes | Nie chcę pracować przy rybach | fish
"""
UKRAINIAN = """\
Олена Шевченко

Досвід роботи
вересень 2010 – лютий 2022: медсестра, Міська лікарня №2, Харків
2006–2010 Вчителька початкових класів, школа №5

Освіта
2002–2006 Харківський національний університет, бакалавр медсестринства

Мови
Українська – рідна
Російська – вільно
Англійська – В1
Норвезька – А2

Навички: догляд за пацієнтами, Excel, перша допомога
Водійське посвідчення категорії В

Я працювала також кухаркою 2 роки. Хочу працювати медсестрою. Не маю прав категорії С.
"""
UKRAINIAN_SAYS = """
experiences | вересень 2010 – лютий 2022: медсестра, Міська лікарня №2 | sykepleier
experiences | 2006–2010 Вчителька початкових класів | lærer
educations | 2002–2006 Харківський національний університет, бакалавр медсестринства |
languages | Українська – рідна | ukr
languages | Російська | rus
languages | Англійська – В1 | eng
languages | Норвезька – А2 | nor
skills | догляд за пацієнтами | pasientpleie
skills | Excel | regneark
skills | перша допомога | førstehjelp
licences | Водійське посвідчення категорії В | driving:B
experiences | кухаркою 2 роки | kokk
wished-occupations | медсестрою | sykepleier
licences | прав категорії С | driving:C
"""


def told(one: Suggestion, text: str) -> str:
    said = one.fields
    name = one.name or said.get("licence") or said.get("language") or said.get("value") or ""
    return f"{one.part} | {text[one.start : one.end]} | {name}".strip()


@pytest.mark.parametrize(
    ("text", "says"),
    [(NORWEGIAN, NORWEGIAN_SAYS), (ENGLISH, ENGLISH_SAYS), (POLISH, POLISH_SAYS), (UKRAINIAN, UKRAINIAN_SAYS)],
    ids=["nb", "en", "pl", "uk"],
)
def test_a_whole_cv_is_read(text: str, says: str) -> None:
    assert [told(one, text) for one in extract(text, GIVEN) if one.is_sure] == says.strip().splitlines()


def test_line_ends_of_another_system_change_nothing_but_places() -> None:
    text = NORWEGIAN.replace("\n", "\r\n")
    assert [one.fields for one in extract(text, GIVEN)] == [one.fields for one in extract(NORWEGIAN, GIVEN)]


def test_what_is_not_clear_is_offered_but_not_chosen() -> None:
    unsure = [one for one in extract(ENGLISH, GIVEN) if not one.is_sure]
    assert {"Teacher assistant (volunteer), 2010", "menu planning"} <= {ENGLISH[one.start : one.end] for one in unsure}
