from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from api.web.points import Points
from api.web.reason_texts import OUTCOMES, QUESTIONS
from api.web.reasons import card, paper, question, told
from api.web.sentences import Concepts
from kompetanse.codes.work import Evidence
from kompetanse.matching.explanation import Closing, ClosingKind, Match, Outcome, Reason, RequirementKind, Way
from tests.factories import skill

NB = "\u00a0"
NOBODY, NOTHING = UUID(int=1), UUID(int=2)
K, O = RequirementKind, Outcome  # noqa: E741 - two names that are on every line


def reason(kind: RequirementKind, outcome: Outcome, **more: object) -> Reason:
    fields: dict[str, object] = {
        "key": None, "label": None, "gate": False, "required": None, "has": None, "contribution": 0.0, "possible": 0.1,
    }  # fmt: skip
    return Reason(kind=kind, outcome=outcome, **{**fields, **more})  # type: ignore[arg-type]


def stands(one: Reason, concepts: Concepts | None = None) -> str:
    return told(one, Points(0, 0), concepts or {}).stands


def match(*reasons: Reason) -> Match:
    return Match(NOBODY, NOTHING, sum(one.contribution for one in reasons), reasons, "v")


def asking(kind: RequirementKind, **more: object) -> Reason:
    return reason(kind, O.UNKNOWN, closes=Closing(ClosingKind.ASK, None, 0.5), **more)


def test_a_language_gap_says_level_and_what_a_course_would_give() -> None:
    closing = Closing(ClosingKind.LANGUAGE_COURSE, "B2", 0.91)
    one = reason(K.LANGUAGE, O.PARTLY, key="nor", required="B2", has="B1", closes=closing)
    said = told(one, Points(3.0, 6.0), {})
    assert said.requirement == "Norsk, minst B2"
    assert said.stands == "Snakker norsk på B1, stillingen ønsker B2"
    assert said.closing == f"Språkkurs til B2: treffet blir 91{NB}%"
    assert said.counts == "3,0 av 6,0"


def test_a_skill_is_named_in_the_vacancys_words_with_its_importance() -> None:
    one = reason(
        K.SKILL, O.MET, key="text:sarstell", label="sårstell", required="trainable", has=Evidence.DOCUMENTED.value
    )
    said = told(one, Points(1, 1), {})
    assert said.requirement == "Ferdighet: sårstell (kan læres i jobben)"
    assert said.stands == "Kan sårstell (dokumentert)"


def test_what_is_near_a_skill_is_told_as_near_and_never_as_the_skill() -> None:
    one = reason(K.SKILL, O.PARTLY, key="x", label="regnskap", has="bokføring", through="sibling")
    assert stands(one) == "Har en ferdighet nær regnskap: bokføring"


@pytest.mark.parametrize(
    ("has", "said"),
    [
        ("3313", "Har arbeidet som regnskapsfører"),
        ("3311", "Har arbeidet i yrkesgruppen finansmeglere, som er nær beslektet"),
        ("3321", "Har arbeidet som forsikringsselger, som er beslektet"),
        ("3115", "på samme nivå, men i et annet fag"),
        ("5120", "Har arbeidet i yrkesgruppen kokker, som er noe annet"),
    ],
)
def test_an_occupation_is_told_by_how_near_it_is(has: str, said: str) -> None:
    assert stands(reason(K.OCCUPATION, O.PARTLY, key="3313", required="3313", has=has)).endswith(said)


def test_the_way_to_an_occupation_through_skills_counts_them() -> None:
    one = reason(K.OCCUPATION, O.PARTLY, key="3313", required="3313", has="3/5", through="skills")
    assert stands(one) == "Har 3 av de 5 ferdighetene som yrket krever"


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (reason(K.EXPERIENCE, O.MET, required="24", has="108"), f"Har 9{NB}år i slikt arbeid"),
        (reason(K.LANGUAGE, O.MET, key="nor", required="B1", has="B2", gate=True), "på B2, stillingen krever B1"),
        (reason(K.AUTHORISATION, O.MET, key="auth:nurse", has="auth:nurse"), "Har autorisasjon som sykepleier"),
        (reason(K.LICENCE, O.MET, key="driving:B", has="driving:B"), "Har førerkort klasse B, personbil"),
        (reason(K.LICENCE, O.MISSING, key="driving:B", has="2020-02-01"), "gyldig til 01.02.2020"),
        (reason(K.LICENCE, O.MISSING, key="driving:B"), "Har ikke førerkort klasse B"),
        (reason(K.MINIMUM_AGE, O.MISSING, required="18", has="2028-02-01"), "Fyller 18 år først 01.02.2028"),
        (reason(K.PROTECTION, O.MISSING, gate=True), "foreslås ikke utenfor kommunen"),
        (reason(K.COMMUTE, O.MET, required="Sistranda", has="25"), "Har omtrent 25 minutter hver vei til Sistranda"),
        (reason(K.COMMUTE, O.MISSING, required="Sistranda", has="90"), "lenger enn ønsket"),
        (reason(K.SHIFTS, O.PARTLY, required="day,evening", has="day"), "Kan arbeide dag, stillingen har dag, kveld"),
        (reason(K.SHIFTS, O.MISSING, required="night", has="night", gate=True), "Vil aldri arbeide natt"),
        (reason(K.PERCENTAGE, O.MET, required="80-100", has="60-100"), f"Stillingsprosenten passer: 80–100{NB}%"),
        (reason(K.START, O.MISSING, required="2026-09-01", has="2026-10-15"), "Kan begynne 15.10.2026, oppstart er"),
        (reason(K.WISH, O.PARTLY, required="3313", has="3313"), "Ønsker arbeid som regnskapsfører"),
        (reason(K.WISH, O.MISSING, required="5120", has="5120", gate=True), "Vil aldri ha slikt arbeid"),
    ],
)
def test_reasons_are_sentences_that_can_be_read_aloud(one: Reason, said: str) -> None:
    assert said in stands(one)


@pytest.mark.parametrize(
    ("styrk", "outcome", "said"),
    [
        ("6221", O.PARTLY, "Ønsker arbeid innen fisk, havbruk og sjømat"),
        ("6221", O.MISSING, "Vil ut av fisk, havbruk og sjømat"),
        ("3313", O.PARTLY, "Vil ut av fisk, havbruk og sjømat til noe annet"),
        ("3313", O.MISSING, "Ønsker heller arbeid innen fisk, havbruk og sjømat"),
    ],
)
def test_a_wish_for_a_sector_and_one_out_of_it_are_told_apart(styrk: str, outcome: Outcome, said: str) -> None:
    assert stands(reason(K.WISH, outcome, required=styrk, has="fish")) == said


def test_an_education_that_only_lacks_recognition_says_so() -> None:
    closes = Closing(ClosingKind.RECOGNITION, "6", 0.9)
    assert "ikke er godkjent i Norge ennå" in stands(
        reason(K.EDUCATION, O.PARTLY, required="6", has="6", closes=closes)
    )


def test_an_interest_is_told_by_its_name() -> None:
    liked = skill("sårstell")
    one = reason(K.INTEREST, O.MET, required="2223", has=liked.uri)
    assert stands(one, {liked.uri: liked}) == "Har interesse for sårstell"


@pytest.mark.parametrize("kind", sorted(QUESTIONS))
def test_what_is_unknown_becomes_a_question(kind: RequirementKind) -> None:
    said = stands(asking(kind, required="2026-09-01" if kind is K.START else None))
    assert said.startswith("Ikke oppgitt – spør: «")
    assert "?" in said


def test_nobody_is_asked_for_interests_or_whether_an_address_is_protected() -> None:
    assert set(RequirementKind) - QUESTIONS.keys() == {K.INTEREST, K.PROTECTION}
    assert question(reason(K.INTEREST, O.UNKNOWN)) is None
    assert stands(reason(K.INTEREST, O.UNKNOWN)) == "Ingen kjent interesse for dette"


def test_a_permission_that_runs_out_asks_whether_it_is_renewed() -> None:
    assert question(asking(K.WORK_PERMISSION, has="2027-03-01")) == (
        "Tillatelsen din gjelder til 01.03.2027. Blir den fornyet?"
    )


SHAPES = {K.EXPERIENCE: {"required": "24", "has": "12"}, K.COMMUTE: {"required": "Sistranda", "has": "5"}}


@pytest.mark.parametrize("kind", RequirementKind)
@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("closing", [None, *ClosingKind])
def test_every_reason_can_be_told(kind: RequirementKind, outcome: Outcome, closing: ClosingKind | None) -> None:
    closes = Closing(closing, None, 0.5) if closing else None
    said = told(reason(kind, outcome, closes=closes, **SHAPES.get(kind, {})), Points(0, 0), {})
    assert said.requirement
    assert said.stands
    assert said.outcome_text == OUTCOMES[outcome]
    assert "%(" not in f"{said.requirement}{said.stands}{said.closing}"


def test_a_card_says_the_strongest_first_then_what_to_ask_and_why_somebody_is_excluded() -> None:
    said = card(
        match(
            reason(K.WISH, O.MET, required="3313", has="3313", contribution=0.05),
            reason(K.OCCUPATION, O.MET, required="3313", has="3313", contribution=0.4, possible=0.4),
            reason(K.EXPERIENCE, O.PARTLY, required="24", has="2", contribution=0.01),
            asking(K.SKILL, label="Excel", possible=0.2),
            asking(K.LICENCE, key="driving:B", gate=True),
            reason(K.LANGUAGE, O.PARTLY, key="nor", required="B2", has="B1", gate=True, contribution=0.05),
        ),
        {},
    )
    assert said.strengths == ["Har arbeidet som regnskapsfører", "Ønsker arbeid som regnskapsfører"]
    assert [one.stands for one in said.excluded_by] == ["Snakker norsk på B1, stillingen krever B2"]
    assert [(one.text, one.gate) for one in said.questions] == [
        ("Har du førerkort klasse B, personbil?", True),
        ("Kan du dette: Excel?", False),
    ]
    assert said.more_questions == 0
    assert (said.verdict_text, said.total) == ("Utelukket", "51,0")


def test_a_gap_is_told_with_the_nearest_way_and_is_no_strength() -> None:
    way = Way("Norskkurs B1", "Norwegian B1", None, "Voksenopplæringen", starts_on=date(2027, 1, 11))
    closing = Closing(ClosingKind.LANGUAGE_COURSE, "B1", 0.9, way)
    short = reason(K.LANGUAGE, O.PARTLY, key="nor", required="B1", has="A2", contribution=0.15, closes=closing)
    said = card(match(short), {})
    assert said.strengths == []
    (told,) = said.gaps
    assert told.stands == "Snakker norsk på A2, stillingen ønsker B1"
    assert told.way == "Nærmest: Norskkurs B1, starter 11.01.2027, Voksenopplæringen"


def test_every_question_that_a_gate_asks_is_on_the_card_and_a_few_of_the_others() -> None:
    gates = [asking(K.LICENCE, key="driving:B", gate=True) for _ in range(5)]
    others = [asking(K.SKILL, label=f"ferdighet {n}", possible=0.1) for n in range(5)]
    said = card(match(*others, *gates), {})
    assert ([one.gate for one in said.questions], said.more_questions) == ([True] * 5, 5)
    said = card(match(*others), {})
    assert (len(said.questions), said.more_questions) == (3, 2)


def test_what_a_leader_reads_is_sorted_into_can_lacks_and_ask() -> None:
    said = paper(
        (
            reason(K.SKILL, O.MET, label="regnskap", has="documented", contribution=0.1),
            reason(K.LANGUAGE, O.PARTLY, key="nor", required="B1", has="A2", contribution=0.05, gate=True),
            asking(K.LICENCE, key="driving:B", gate=True),
        )
    )
    assert said.can == ["Kan regnskap (dokumentert)"]
    assert [(one.stands, one.gate) for one in said.gaps] == [("Snakker norsk på A2, stillingen krever B1", True)]
    assert [one.text for one in said.questions] == ["Har du førerkort klasse B, personbil?"]


def test_no_more_than_four_reasons_are_said_in_one_breath() -> None:
    strong = [reason(K.SKILL, O.MET, label=f"ferdighet {n}", contribution=0.1) for n in range(9)]
    assert len(card(match(*strong), {}).strengths) == 4


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        ("0", "Arbeidet er i kommunesenteret: Titran"),
        ("25", "Arbeidet er 25 minutter fra kommunesenteret: Titran"),
    ],
)
def test_nobody_is_said_to_live_where_the_work_is_when_that_is_not_stated(minutes: str, said: str) -> None:
    one = reason(K.COMMUTE, O.MET, required="Titran", has=minutes)
    assert stands(replace(one, through="centre")) == f"{said} (bosted er ikke oppgitt)"
    assert "kommunesenteret" not in stands(one)
    counts = replace(one, contribution=0.1, possible=0.1)
    assert card(match(counts), {}).strengths != []
    assert card(match(replace(counts, through="centre")), {}).strengths == [], "it speaks for nobody"
