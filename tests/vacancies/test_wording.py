from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.occupations import is_occupation
from kompetanse.vacancies import wording_patterns
from kompetanse.vacancies.rules import TEXT_LENGTHS, LanguageDemand
from kompetanse.vacancies.wording import ADVICE, HintCode, HintPlace, hints, read_text

CLEANER, FISH, COOK, DRIVER, CARPENTER, SHOP = "9112", "8160", "5120", "8332", "7115", "5223"
NURSE, CARE, TEACHER, ACCOUNTS, CLERK, POLICE, INTERPRETER = "2223", "5321", "2341", "4311", "4110", "3355", "2643"


def codes(sentence: str, styrk: str | None) -> set[HintCode]:
    return {hint.code for hint in hints("Ledig stilling", sentence, styrk)}


@pytest.mark.parametrize(
    ("sentence", "styrk", "code", "text"),
    [
        ("Du må snakke perfekt norsk.", CLEANER, HintCode.LANGUAGE, "perfekt norsk"),
        ("Vi krever flytende norsk muntlig.", FISH, HintCode.LANGUAGE, "flytende norsk"),
        ("Du må ha flytande norsk, munnleg og skriftleg", FISH, HintCode.LANGUAGE, "flytande norsk"),
        ("Du må snakke og skrive godt norsk", COOK, HintCode.LANGUAGE, "snakke og skrive godt norsk"),
        ("Du snakkar og skriv godt norsk", COOK, HintCode.LANGUAGE, "snakkar og skriv godt norsk"),
        ("Krav: svært gode norskkunnskaper", CARPENTER, HintCode.LANGUAGE, "svært gode norskkunnskaper"),
        ("Perfekt muntlig og skriftlig norsk er et krav", DRIVER, HintCode.LANGUAGE, None),
        ("Gode norskkunnskaper både muntlig og skriftlig", SHOP, HintCode.LANGUAGE, None),
        ("Du behersker norsk muntlig og skriftlig på et svært godt nivå", FISH, HintCode.LANGUAGE, None),
        ("Du må kunne kommunisere flytende på norsk", FISH, HintCode.LANGUAGE, "flytende på norsk"),
        ("Ikke søk uten perfekt norsk!", CLEANER, HintCode.LANGUAGE, "perfekt norsk"),
        ("You must be fluent in Norwegian", CLEANER, HintCode.LANGUAGE, "fluent in Norwegian"),
        ("Du har norsk som morsmål", TEACHER, HintCode.MOTHER_TONGUE, "norsk som morsmål"),
        ("Morsmålet må være norsk", None, HintCode.MOTHER_TONGUE, "Morsmålet må være norsk"),
        ("Vi ser etter en etnisk norsk medarbeider", None, HintCode.MOTHER_TONGUE, "etnisk norsk"),
        ("Norsk på nivå C1 kreves", COOK, HintCode.LANGUAGE_LEVEL, "Norsk på nivå C1"),
        ("Du må ha C2 i norsk", CARE, HintCode.LANGUAGE_LEVEL, "C2 i norsk"),
        ("Søker må ha norsk statsborgerskap", NURSE, HintCode.CITIZENSHIP, "norsk statsborgerskap"),
        ("Du må vere norsk statsborgar", CLEANER, HintCode.CITIZENSHIP, "norsk statsborgar"),
        ("Du må ha norsk utdanning", ACCOUNTS, HintCode.NORWEGIAN_EDUCATION, "norsk utdanning"),
        ("Krav om norsk fagbrev", CARPENTER, HintCode.NORWEGIAN_EDUCATION, "norsk fagbrev"),
        ("Utdanninga må vere frå Noreg", NURSE, HintCode.NORWEGIAN_EDUCATION, None),
        ("Du er ung og sprek", FISH, HintCode.AGE, "ung og sprek"),
        ("Vi søker deg mellom 18 og 25 år", SHOP, HintCode.AGE, "mellom 18 og 25 år"),
        ("Du er ikke eldre enn 35 år", None, HintCode.AGE, "ikke eldre enn 35 år"),
        ("Vi er eit ungt miljø som veks", None, HintCode.AGE, "ungt miljø"),
        ("Vi tilbyr et ungt og sosialt miljø", SHOP, HintCode.AGE, "ungt og sosialt miljø"),
        ("Helst under 30 år", CLERK, HintCode.AGE, "under 30 år"),
        ("Du er i 20-årene", CLERK, HintCode.AGE, "i 20-årene"),
        ("Vi søker en sterk mann", None, HintCode.GENDER, None),
        ("Stuepike til hotellet", CLEANER, HintCode.GENDER, "Stuepike"),
        ("Kvinnelig resepsjonist søkes", None, HintCode.GENDER, "Kvinnelig resepsjonist søkes"),
        ("Hun må kunne jobbe helg", None, HintCode.GENDER, "Hun"),
        ("Jente søkes til kafeen", None, HintCode.GENDER, "Jente søkes"),
        ("Du har høy fysisk form", ACCOUNTS, HintCode.FITNESS, "høy fysisk form"),
        ("Du er i god fysisk form", CLERK, HintCode.FITNESS, "i god fysisk form"),
        ("Du må ha førerkort klasse B", COOK, HintCode.DRIVING, "førerkort"),
        ("Førarkort er eit krav", ACCOUNTS, HintCode.DRIVING, "Førarkort"),
        ("Minimum 5 års erfaring fra renhold", CLEANER, HintCode.EXPERIENCE, "5 års erfaring"),
        ("Du har minst fem års relevant arbeidserfaring", FISH, HintCode.EXPERIENCE, None),
        ("Erfaring på minst 10 år", DRIVER, HintCode.EXPERIENCE, "Erfaring på minst 10 år"),
        ("Minst sju års røynsle", FISH, HintCode.EXPERIENCE, "sju års røynsle"),
    ],
)
def test_words_that_shut_people_out_are_pointed_at(
    sentence: str, styrk: str | None, code: HintCode, text: str | None
) -> None:
    found = hints("Ledig stilling", sentence, styrk)
    assert [hint.code for hint in found] == [code]
    assert found[0].place is HintPlace.DESCRIPTION
    assert text is None or found[0].text == text


@pytest.mark.parametrize(
    ("sentence", "styrk"),
    [
        # denied
        ("Du trenger ikke perfekt norsk", CLEANER),
        ("Det er ikke krav om flytende norsk", FISH),
        ("Flytende norsk er ikke nødvendig", FISH),
        ("Du treng ikkje snakke og skrive godt norsk", COOK),
        ("Ingen krav til norsk statsborgerskap eller norsk utdanning", CLEANER),
        ("Du kan søke uten førerkort", COOK),
        ("Du trenger verken førerkort, perfekt norsk eller fagbrev", COOK),
        ("No need for fluent Norwegian", CLEANER),
        ("Vi ser ikke etter fem års erfaring", FISH),
        # wished for
        ("Det er en fordel om du snakker flytende norsk", CLEANER),
        ("Førarkort er ønskeleg", COOK),
        # needed in the occupation
        ("Du må snakke og skrive godt norsk", NURSE),
        ("Svært gode norskkunnskaper", CARE),
        ("Norsk på nivå C1", NURSE),
        ("Norsk som morsmål", INTERPRETER),
        ("Du må være norsk statsborger", POLICE),
        ("Du er i god fysisk form", FISH),
        ("Du må ha førerkort klasse C1", DRIVER),
        ("Minst 5 års erfaring som leder", "1221"),
        ("Flytende norsk", None),
        # the reason, or an equal, stands beside
        ("Norsk statsborgerskap, for du skal sikkerhetsklareres", CLERK),
        ("Du har norsk statsborgerskap eller oppholdstillatelse", CLEANER),
        ("Norsk utdanning eller tilsvarende fra utlandet", ACCOUNTS),
        ("Norsk fagbrev eller godkjent utenlandsk fagbrev", CARPENTER),
        ("Du må ha førerkort, for du kjører mat til hjemmeboende", COOK),
        ("Førerkort for truck", FISH),
        # said of others
        ("Du jobber med barn mellom 10 og 16 år og ungdommer mellom 16 og 20 år", CARE),
        ("Elevene er mellom 16 og 25 år", TEACHER),
        ("Vi har 30 års erfaring med renhold", CLEANER),
        ("Du vil ha unge og eldre kolleger", SHOP),
        ("Ung mann søker brukerstyrt personlig assistent", CARE),
        ("Du må ha fylt 18 år", SHOP),
        ("Den som ansettes: han eller hun må kunne jobbe helg", SHOP),
        ("Kvinner oppfordres til å søke", DRIVER),
        ("3-5 års erfaring er fint", FISH),
        ("Du lærer norsk på jobben. Vi trenger fem nye kolleger.", FISH),
        ("Perfekt for deg som lærer norsk", FISH),
        ("Grunnleggende norsk, muntlig og skriftlig", FISH),
        ("Du flytter fisk fra kar til kar", "6221"),
        ("Eleven er en ung mann på 24 år med flere kunder", CARE),
        ("Du må ha autorisasjon som sykepleier i Norge", NURSE),
        ("Norsk er arbeidsspråket, og du må forstå enkle beskjeder", CLEANER),
        ("Bedriften er ung og i vekst", CLERK),
        ("Du gir råd til unge kvinner", "2635"),
        ("Du må ha førerkort, for du arbeider i hjemmetjenesten", COOK),
        ("Høyt tempo og travle dager i et godt miljø", FISH),
    ],
)
def test_what_is_denied_wished_for_needed_or_said_of_others_is_let_be(sentence: str, styrk: str | None) -> None:
    assert codes(sentence, styrk) == set()


def test_a_denial_ends_with_its_clause() -> None:
    assert codes("Du trenger ikke perfekt norsk, men du må ha førerkort", COOK) == {HintCode.DRIVING}
    assert codes("Ingen erfaring kreves. Du må ha flytende norsk.", COOK) == {HintCode.LANGUAGE}
    assert codes("<p>Ikke krav om førerkort</p><p>Perfekt norsk</p>", COOK) == {HintCode.LANGUAGE}


def test_titles_are_read_too() -> None:
    (hint,) = hints("Mann til lager", None, "4321")
    assert (hint.code, hint.place, hint.text, hint.span) == (HintCode.GENDER, HintPlace.TITLE, "Mann til", (0, 8))
    assert hints("Lagermedarbeider", None, "4321") == ()


def test_marked_up_text_is_read_as_people_read_it() -> None:
    text = "<ul><li>Perfekt&nbsp;<strong>norsk</strong></li><li>L&oslash;nn &lt; 500 000</li></ul>"
    (hint,) = hints("Renholder", text, CLEANER)
    assert hint.text == "Perfekt norsk"
    assert hint.span is not None
    assert read_text(text)[slice(*hint.span)] == "Perfekt norsk"
    assert "Lønn < 500 000" in read_text(text)


def test_letters_that_were_typed_apart_are_read_as_one() -> None:
    assert codes("Norsk som morsma\u030al", None) == {HintCode.MOTHER_TONGUE}


@pytest.mark.parametrize(
    ("asked", "styrk", "texts"),
    [
        (LanguageDemand("nor", Cefr.C1), CLEANER, ["nor C1"]),
        (LanguageDemand("nor", Cefr.C2), CARE, ["nor C2"]),
        (LanguageDemand("nor", Cefr.B2), CLEANER, []),
        (LanguageDemand("nor", Cefr.C1, required=False), CLEANER, []),
        (LanguageDemand("nor", Cefr.C1), NURSE, []),
        (LanguageDemand("nor", Cefr.C1), None, []),
    ],
)
def test_a_level_from_c1_is_pointed_at_where_no_such_work_calls_for_it(
    asked: LanguageDemand, styrk: str | None, texts: list[str]
) -> None:
    found = hints("Stilling", None, styrk, languages=[asked])
    assert [hint.text for hint in found] == texts
    assert all((hint.code, hint.place) == (HintCode.LANGUAGE_LEVEL, HintPlace.LANGUAGES) for hint in found)


def test_a_driving_licence_that_is_asked_for_needs_a_reason_in_the_text() -> None:
    asked = ["driving:B", "truck:T4", "food-hygiene"]
    assert [hint.text for hint in hints("Kokk", "Du lager mat.", COOK, licences=asked)] == ["driving:B"]
    assert hints("Kokk", "Du kjører ut mat.", COOK, licences=asked) == ()
    assert hints("Sjåfør", "", DRIVER, licences=asked) == ()


def test_every_hint_has_an_advice_and_every_group_is_one_of_styrk() -> None:
    assert set(ADVICE) == set(HintCode)
    groups = (
        *(wording_patterns.EVERYDAY_NORWEGIAN, wording_patterns.NO_C1, wording_patterns.LEARNT_IN_THE_JOB),
        *(wording_patterns.DESK, wording_patterns.NO_DRIVING, wording_patterns.CITIZENS),
        wording_patterns.LANGUAGE_IS_THE_CRAFT,
    )
    assert all(is_occupation(code) for group in groups for code in group)


PIECES = st.sampled_from(
    [
        "perfekt norsk",
        "ikke",
        "men",
        "<p>",
        "</p>",
        ". ",
        ", ",
        "ung og sprek",
        "førerkort",
        "5 års erfaring",
        "&lt;",
        "ø",
        "\n",
    ]
)


@given(title=st.text(max_size=40), pieces=st.lists(PIECES | st.text(max_size=8), max_size=20))
def test_whatever_is_written_the_span_holds_the_words(title: str, pieces: list[str]) -> None:
    description = " ".join(pieces)
    texts = {HintPlace.TITLE: read_text(title), HintPlace.DESCRIPTION: read_text(description)}
    for hint in hints(title, description, CLEANER):
        assert hint.span is not None
        assert texts[hint.place][slice(*hint.span)] == hint.text != ""


@pytest.mark.parametrize(
    "piece",
    [
        "Du må snakke og skrive godt norsk, ung mann med fem års erfaring ",
        " ",
        ".",
        "norsk og ",
        "ikke ",
        "<p>",
        "æ",
    ],
)
def test_the_longest_text_is_read_at_once(piece: str) -> None:
    started = perf_counter()
    hints("Renholder", piece * (TEXT_LENGTHS["description"] // len(piece)), CLEANER)
    assert perf_counter() - started < 3  # some hundredths; what grows with the square of the length takes far more
