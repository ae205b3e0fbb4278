from datetime import date

import pytest

from kompetanse.codes.education import EducationLevel
from kompetanse.codes.work import ExperienceKind, WishKind
from kompetanse.competence.accepting import Given
from kompetanse.competence.extracting.extraction import Suggestion, extract
from kompetanse.competence.service import ProfilePart
from kompetanse.taxonomy.concepts import ConceptKind
from kompetanse.taxonomy.lexicon import Lexicon, starter_lexicon, synonym_key

GIVEN = Given(date(2026, 6, 1), starter_lexicon())
SKILLS = ("listening", "reading", "interaction", "production", "writing")


def of(part: ProfilePart, text: str, given: Given = GIVEN) -> list[Suggestion]:
    return [one for one in extract(text, given) if one.part is part]


def only(part: ProfilePart, text: str) -> Suggestion:
    found = of(part, text)
    assert len(found) == 1, found
    return found[0]


def words(text: str, one: Suggestion) -> str:
    return text[one.start : one.end]


JOBS = [
    ("księgowa 10 lat", "regnskapsfører", {"title": "księgowa", "months": 120}),
    ("kokk, 3 år", "kokk", {"months": 36}),
    ("welder for 5 years", "sveiser", {"months": 60}),
    ("dirbau virėja 4 metus", "kokk", {"title": "virėja", "months": 48}),
    ("Працювала бухгалтером 7 років", "regnskapsfører", {"title": "бухгалтером", "months": 84}),
    ("работала медсестрой 8 лет", "sykepleier", {"title": "медсестрой", "months": 96}),
    ("Am lucrat ca sudor 6 ani", "sveiser", {"title": "sudor", "months": 72}),
    ("عملت طباخ ٥ سنوات", "kokk", {"title": "طباخ", "months": 60}),
    ("Pracowałem jako spawacz od 03.2015 do 05.2019", "sveiser", {"started": "2015-03", "ended": "2019-05"}),
    ("Jeg har jobbet som kokk mellom 2005 og 2009", "kokk", {"started": "2005", "ended": "2009"}),
    ("03.2015–dd kokk", "kokk", {"started": "2015-03", "ongoing": True}),
    ("sykepleier siden mai 2012", "sykepleier", {"started": "2012-05", "ongoing": True}),
    ("з травня 2014 по червень 2018 кухар", "kokk", {"started": "2014-05", "ended": "2018-06"}),
    ("kokk hos Frøya hotell i 5 år", "kokk", {"employer": "Frøya hotell", "months": 60}),
    ("księgowa w firmie Morpol, 2009-2015", "regnskapsfører", {"employer": "Morpol", "started": "2009"}),
    ("kokk i Litauen 2009–2015", "kokk", {"country": "LT"}),
    ("frivillig kokk 2009–2015", "kokk", {"kind": ExperienceKind.UNPAID}),
]


@pytest.mark.parametrize(("text", "name", "fields"), JOBS)
def test_a_job_is_read_with_its_time_and_place(text: str, name: str, fields: dict[str, object]) -> None:
    one = only(ProfilePart.EXPERIENCES, text)
    assert one.name == name
    assert fields.items() <= dict(one.fields).items()
    assert one.is_sure


def test_each_job_of_a_sentence_has_the_time_that_stands_beside_it() -> None:
    text = "Pracowałem 15 lat jako stolarz, potem od 2019 do 2023 jako spawacz"
    first, second = of(ProfilePart.EXPERIENCES, text)
    assert (first.fields.get("months"), first.fields.get("started")) == (180, None)
    assert (second.fields.get("months"), second.fields.get("started")) == (None, "2019")


NO_JOBS = [
    "Jeg er 34 år gammel",
    "Mam 34 lata",
    "Jeg har bodd 3 år i Norge",
    "Min mann er kokk og har jobbet i 10 år",
    "Jeg har ikke jobbet som kokk",
    "Nie pracowałam jako kucharz",
    "Jeg vil jobbe som kokk",
    "Vi spiste hos en kokk og gikk så hjem igjen sammen med alle de andre",
    "kokk 1899-1901 2090-2100",
]


@pytest.mark.parametrize("text", NO_JOBS[:-1])
def test_what_is_no_work_of_the_persons_own_is_left_out(text: str) -> None:
    assert of(ProfilePart.EXPERIENCES, text) == []


def test_years_that_cannot_be_are_not_read() -> None:
    assert "started" not in only(ProfilePart.EXPERIENCES, NO_JOBS[-1]).fields


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("truck T1/T4", {"truck:T1": True, "truck:T4": True}),
        ("truck T1-T4", {f"truck:T{number}": True for number in range(1, 5)}),
        ("førerkort klasse B", {"driving:B": True}),
        ("Prawo jazdy kat. B, C+E", {"driving:B": True, "driving:CE": True}),
        ("driver's license class B", {"driving:B": True}),
        ("водійські права категорії В, С", {"driving:B": True, "driving:C": True}),
        ("водительские права категории B", {"driving:B": True}),
        ("vairuotojo pažymėjimas B, C kategorijos", {"driving:B": True, "driving:C": True}),
        ("permis de conducere categoria B", {"driving:B": True}),
        ("رخصة قيادة فئة B", {"driving:B": True}),
        ("D5L og varme arbeider", {"boat:D5L": True, "hotwork": True}),
        ("båtførerbevis", {"boat": True}),
        ("uprawnienia na wózki widłowe", {"truck": True}),
        ("ikke førerkort", {"driving": False}),
        ("Førerkort: nei", {"driving": False}),
        ("nie mam prawa jazdy", {"driving": False}),
        ("nie mam prawa jazdy kat. B, C, ale mam T1", {"driving:B": False, "driving:C": False, "truck:T1": True}),
        ("Не маю прав категорії С", {"driving:C": False}),
        ("I have no driving licence", {"driving": False}),
        ("neturiu vairuotojo pažymėjimo", {"driving": False}),
        ("Jeg har mistet førerkortet", {"driving": False}),
        ("Jeg mistet jobben og har førerkort klasse B", {"driving:B": True}),
        ("Førerkort klasse C, utløpt 2019", {"driving:C": False}),
        ("truckførerbevis T1 (utgått)", {"truck:T1": False}),
        ("Førerkort klasse B, ikke CE", {"driving:B": True}),
        ("Har førerkort B (ikke BE)", {"driving:B": True}),
        ("Driving licence B, no accidents", {"driving:B": True}),
        ("I can write C++ and C#", {}),
        ("Jeg vil ta førerkort", {}),
        ("Jeg bor i blokk B og kjører ikke", {}),
    ],
)
def test_licences_are_read_and_what_is_denied_is_kept_as_no(text: str, codes: dict[str, bool]) -> None:
    found = of(ProfilePart.LICENCES, text)
    assert {one.fields.get("licence"): one.fields.get("holds") for one in found} == codes


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("norsk B1", {"nor": "B1"}),
        ("język angielski C1, norweski A2", {"eng": "C1", "nor": "A2"}),
        ("Англійська – В2, норвезька А2", {"eng": "B2", "nor": "A2"}),
        ("английский B1", {"eng": "B1"}),
        ("anglų kalba B1", {"eng": "B1"}),
        ("engleză B1", {"eng": "B1"}),
        ("الإنجليزية B1 والنرويجية A2", {"eng": "B1", "nor": "A2"}),
        ("B2 w języku angielskim", {"eng": "B2"}),
        ("norsk A2–B1", {"nor": "A2"}),
        ("Bestått norskprøve B1", {"nor": "B1"}),
    ],
)
def test_a_level_belongs_to_the_language_beside_it(text: str, levels: dict[str, str]) -> None:
    found = {one.fields.get("language"): one.fields for one in of(ProfilePart.LANGUAGES, text)}
    assert {code: {str(said.get(skill)) for skill in SKILLS} for code, said in found.items()} == {
        code: {level} for code, level in levels.items()
    }


def test_levels_of_one_skill_are_told_apart_and_a_grid_is_read_in_its_order() -> None:
    said = dict(only(ProfilePart.LANGUAGES, "norsk B1 muntlig, A2 skriftlig").fields)
    assert [said[skill] for skill in SKILLS] == ["B1", "A2", "B1", "B1", "A2"]
    said = dict(only(ProfilePart.LANGUAGES, "Norwegian B2 B1 A2 A2 A1").fields)
    assert [said[skill] for skill in SKILLS] == ["B2", "B1", "A2", "A2", "A1"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("morsmål polsk, norsk B1", "pol"),
        ("polski - ojczysty", "pol"),
        ("українська рідна", "ukr"),
        ("русский родной", "rus"),
        ("lietuvių (gimtoji)", "lit"),
        ("limba maternă română", "ron"),
        ("اللغة العربية: اللغة الأم", "ara"),
        ("Native language: English", "eng"),
    ],
)
def test_a_mother_tongue_is_read(text: str, code: str) -> None:
    mothers = [one.fields for one in of(ProfilePart.LANGUAGES, text) if one.fields.get("mother_tongue")]
    assert mothers == [{"language": code, "mother_tongue": True}]


@pytest.mark.parametrize(
    "text", ["Jeg lager norsk mat", "polsk elektriker", "snakker ikke norsk", "nie mówię po polsku"]
)
def test_the_name_of_a_language_alone_is_no_language(text: str) -> None:
    assert of(ProfilePart.LANGUAGES, text) == []


def test_no_level_is_made_of_words() -> None:
    assert only(ProfilePart.LANGUAGES, "Engelsk: flytende").fields == {"language": "eng"}


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("vil ut av fisken", "fish"),
        ("Nie chcę pracować przy rybach", "fish"),
        ("I don't want to work in a fish factory", "fish"),
        ("لا أريد العمل في مصنع السمك", "fish"),
        ("ønsker seg bort fra renholdet", "cleaning"),
    ],
)
def test_what_somebody_wants_to_leave_is_a_wish(text: str, sector: str) -> None:
    one = only(ProfilePart.WISHES, text)
    assert (one.fields.get("kind"), one.fields.get("value")) == (WishKind.LEAVES, sector)
    assert words(text, one) == one.fields.get("text")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jeg vil gjerne bli sykepleier", "sykepleier"),
        ("chciałabym pracować jako księgowa", "regnskapsfører"),
        ("I would like to work as a cook", "kokk"),
        ("Хочу працювати медсестрою", "sykepleier"),
        ("أريد العمل كهربائي", "elektriker"),
    ],
)
def test_a_wanted_occupation_is_a_wish_and_no_job(text: str, name: str) -> None:
    assert only(ProfilePart.WISHED_OCCUPATIONS, text).name == name
    assert of(ProfilePart.EXPERIENCES, text) == []


def test_a_sector_that_is_wanted_is_a_wish() -> None:
    one = only(ProfilePart.WISHES, "Jeg vil jobbe innen helse")
    assert (one.fields.get("kind"), one.fields.get("value")) == (WishKind.SECTOR, "health")


def test_listed_skills_are_sure_and_those_in_passing_are_not() -> None:
    listed = of(ProfilePart.SKILLS, "Umiejętności: Excel, spawanie, obsługa klienta")
    assert [(one.name, one.is_sure) for one in listed] == [
        ("regneark", True),
        ("sveising", True),
        ("kundeservice", True),
    ]
    passing = of(ProfilePart.SKILLS, "På kveldene drev vi med sveising av gjerder")
    assert [(one.name, one.is_sure) for one in passing] == [("sveising", False)]


@pytest.mark.parametrize("text", ["Jeg kan ikke sveise", "nie umiem spawać", "Broren min driver med sveising"])
def test_what_somebody_cannot_do_is_no_skill(text: str) -> None:
    assert of(ProfilePart.SKILLS, text) == []


def test_a_skill_is_labelled_as_it_was_written_with_the_concept_that_was_found() -> None:
    text = "Kan sveising"
    one = only(ProfilePart.SKILLS, text)
    assert (one.fields.get("label"), one.fields.get("concept")) == ("sveising", one.concept)
    assert words(text, one) == "sveising"


@pytest.mark.parametrize(
    ("text", "level", "years"),
    [
        ("Bachelor i økonomi, 2001–2005", EducationLevel.BACHELOR, (2001, 2005)),
        ("magister ekonomii 2000–2005", EducationLevel.MASTER, (2000, 2005)),
        ("Освіта: технікум, 2005–2009", EducationLevel.UPPER_SECONDARY, (2005, 2009)),
        ("Высшее образование: университет, магистр, 2006–2011", EducationLevel.MASTER, (2006, 2011)),
        ("Fagbrev 2018", EducationLevel.UPPER_SECONDARY, (None, 2018)),
    ],
)
def test_an_education_is_read_by_its_level(
    text: str, level: EducationLevel, years: tuple[int | None, int | None]
) -> None:
    said = only(ProfilePart.EDUCATIONS, text).fields
    assert said.get("level") is level
    assert (said.get("started_year"), said.get("completed_year")) == years


def test_somebody_who_is_trained_for_an_occupation_may_not_have_held_it() -> None:
    text = "Jeg er utdannet sykepleier"
    assert only(ProfilePart.EDUCATIONS, text).fields == {"title": "utdannet sykepleier"}
    assert of(ProfilePart.EXPERIENCES, text) == []


def test_a_teacher_at_a_school_held_a_job_and_took_no_education() -> None:
    text = "2016–2020: Lærer, Asmara Secondary School, Eritrea"
    assert only(ProfilePart.EXPERIENCES, text).name == "lærer"
    assert of(ProfilePart.EDUCATIONS, text) == []


def test_part_of_a_longer_title_is_not_sure() -> None:
    one = only(ProfilePart.EXPERIENCES, "Work experience\nTeacher assistant xyz, 2010-2012")
    assert not one.is_sure


def test_a_municipalitys_own_word_counts_in_a_running_text() -> None:
    uri = next(one.uri for one in [starter_lexicon().occupation("kokk")] if one)
    own = {(ConceptKind.OCCUPATION, synonym_key("byssegutt")): uri}
    lexicon = Lexicon(starter_lexicon().linker, starter_lexicon().known, own)
    text = "Jeg har jobbet som byssegutt i tre år"
    assert of(ProfilePart.EXPERIENCES, text) == []
    assert [one.name for one in of(ProfilePart.EXPERIENCES, text, Given(GIVEN.today, lexicon))] == ["kokk"]


@pytest.mark.parametrize("text", ["Norsk under A1", "Skal ta B2 norsk", "Norsk, mål B1", "Norwegian below A1"])
def test_a_level_that_is_not_reached_is_not_proposed(text: str) -> None:
    assert not [one for one in of(ProfilePart.LANGUAGES, text) if one.fields.get("interaction")]


def test_beside_a_level_that_is_aimed_at_the_one_that_is_held_is_proposed() -> None:
    assert only(ProfilePart.LANGUAGES, "Norsk A2, mål B1").fields.get("interaction") == "A2"
