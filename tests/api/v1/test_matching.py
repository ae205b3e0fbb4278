"""Matches, gaps, placements and the plan over REST."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from api.state import State
from kompetanse.actor import Role
from kompetanse.codes.cefr import Cefr
from kompetanse.ids import new_id
from kompetanse.matching.explanation import SUMMARY_REASONS
from tests.factories import FROYA, HITRA, actor, agreement
from tests.matching.registry import accountant, household, opening, speaks

V1 = "/api/v1"
Bearer = Callable[..., dict[str, str]]
Get = Callable[[str], Any]


@pytest.fixture
def headers(bearer: Bearer) -> dict[str, str]:
    return bearer(Role.COORDINATOR)


@pytest.fixture
def get(client: TestClient, headers: dict[str, str]) -> Get:
    """What a coordinator is told."""

    def told(path: str) -> Any:
        answer = client.get(f"{V1}{path}", headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return told


@pytest.fixture
def crowd(state: State) -> list[UUID]:
    """Three who speak better and better."""
    with state.database.session(FROYA) as session:
        return [accountant(session, level).id for level in (Cefr.A2, Cefr.B1, Cefr.C1)]


@pytest.fixture
def vacancy(state: State) -> UUID:
    with state.database.session(FROYA) as session:
        return opening(session, Cefr.B1).vacancy.id


def test_candidates_say_who_is_new_and_who_changed_since_what_is_stored(
    client: TestClient,
    state: State,
    headers: dict[str, str],
    get: Get,
    crowd: list[UUID],
    vacancy: UUID,
) -> None:
    before = get(f"/vacancies/{vacancy}/candidates")
    assert before["as_of"] is None
    assert not any(one["new"] or one["changed_since"] for one in before["matches"])
    done = client.post(f"{V1}/matching/refresh", headers=headers)
    assert (done.status_code, done.json()) == (200, {"people": 3, "vacancies": 1, "pairs": 3, "found": 2})
    with state.database.session(FROYA) as session:
        speaks(session, crowd[0], 3, Cefr.B2)
        speaks(session, crowd[2], 3, Cefr.C2)
    after = get(f"/vacancies/{vacancy}/candidates")
    assert after["as_of"] is not None
    told = {one["person_id"]: (one["new"], one["changed_since"]) for one in after["matches"]}
    assert told == {str(crowd[0]): (False, False), str(crowd[1]): (False, False), str(crowd[2]): (False, True)}
    assert client.post(f"{V1}/matching/refresh", headers=headers).json()["found"] == 1
    again = get(f"/vacancies/{vacancy}/candidates")["matches"]
    assert {one["person_id"] for one in again if one["new"]} == {str(crowd[0])}  # those of the first time are not new


def test_a_summary_tells_the_strongest_what_excludes_and_one_question(
    get: Get, crowd: list[UUID], vacancy: UUID
) -> None:
    full, brief = (get(f"/vacancies/{vacancy}/candidates?explain={one}") for one in ("full", "summary"))
    for whole, short in zip(full["matches"], brief["matches"], strict=True):
        assert (short["score"], short["rank"]) == (whole["score"], whole["rank"])
        speaking = [one for one in whole["reasons"] if one["outcome"] in {"met", "partly"}]
        assert len(short["reasons"]) == min(SUMMARY_REASONS, len(speaking))
        assert all(one in whole["reasons"] for one in short["reasons"])
        assert short["questions"] == whole["questions"][:1]
    excluded = brief["excluded"][0]
    assert excluded["person_id"] == str(crowd[0])
    assert ("language", "partly") in {(one["kind"], one["outcome"]) for one in excluded["reasons"]}
    (language,) = (one for one in excluded["reasons"] if one["kind"] == "language")
    assert language["closes"]["way"]["name_en"] == "Norwegian course to B1"


def test_steps_and_relaxations_are_told(get: Get, crowd: list[UUID], vacancy: UUID) -> None:
    steps = get(f"/people/{crowd[0]}/steps")
    assert (steps["within_reach"], steps["considered"]) == (0, 1)
    level = next(one for one in steps["steps"] if one["step"]["kind"] == "language_course")
    assert (level["step"]["before"], level["step"]["to"], level["step"]["key"]) == ("A2", "B1", "nor")
    (opened,) = level["vacancies"]
    assert (opened["id"], opened["title"], opened["unit"]) == (str(vacancy), "Regnskapsfører", "Økonomi")
    assert opened["score"] < opened["score_after"]
    eased = get(f"/vacancies/{vacancy}/relaxations")
    assert (eased["within_reach"], eased["considered"]) == (2, 3)
    first = eased["relaxations"][0]
    assert (first["relaxation"]["kind"], [one["id"] for one in first["people"]]) == ("language", [str(crowd[0])])


@pytest.fixture
def home(state: State) -> UUID:
    with state.database.session(FROYA) as session:
        return household(session, accountant(session), accountant(session, protected_address=True))


def test_a_household_is_placed_and_explained(get: Get, home: UUID, vacancy: UUID) -> None:
    found = get(f"/households/{home}/placements")
    assert (len(found["adults"]), found["within"], found["children"]["school_age"]) == (2, 45, 0)
    assert {len(way["placed"]) for way in found["ways"]} == {1}
    match = found["ways"][0]["placed"][0]["match"]
    assert sum(one["contribution"] for one in match["reasons"]) == pytest.approx(match["score"])
    assert len(get(f"/households/{home}/placements?limit=1")["ways"]) == 1
    assert get(f"/households/{home}/placements?gates=fails")["ways"] == []
    brief = get(f"/households/{home}/placements?explain=summary")["ways"][0]["placed"][0]["match"]
    assert 0 < len(brief["reasons"]) <= SUMMARY_REASONS < len(match["reasons"])


def test_neighbours_vacancies_are_weighed_unless_they_are_not_asked_for(state: State, get: Get, home: UUID) -> None:
    with state.database.session(HITRA) as session:
        theirs = opening(session, who=actor(municipality_no=HITRA), positions=2).vacancy
    with state.database.session(FROYA) as session:
        agreement(session)
    assert get(f"/households/{home}/placements?elsewhere=false")["ways"] == []
    (way,) = get(f"/households/{home}/placements")["ways"]
    assert [(one["vacancy_id"], one["municipality_no"]) for one in way["placed"]] == [(str(theirs.id), HITRA)]


def test_a_household_of_nobody_who_can_be_placed_conflicts(
    client: TestClient, state: State, headers: dict[str, str]
) -> None:
    with state.database.session(FROYA) as session:
        home = household(session, children=(accountant(session),))
    assert client.get(f"{V1}/households/{home}/placements", headers=headers).status_code == 409


def test_the_plan_is_followed_page_by_page_and_says_how_good_it_is(
    client: TestClient, headers: dict[str, str], get: Get, crowd: list[UUID], state: State
) -> None:
    with state.database.session(FROYA) as session:
        opening(session, Cefr.A1, positions=3)
    whole = get("/matching/plan")
    assert [one["match"]["person_id"] for one in whole["pairs"]] == sorted(map(str, crowd))
    assert (whole["seeking"], whole["positions"], whole["placed"], whole["next"]) == (3, 3, 3, None)
    assert whole["value"] == pytest.approx(sum(one["match"]["score"] for one in whole["pairs"]))
    assert (whole["optimal"], whole["gap"]) == (True, pytest.approx(0.0, abs=1e-6))
    page = client.get(f"{V1}/matching/plan?limit=2", headers=headers)
    rest = client.get(page.links["next"]["url"], headers=headers).json()
    assert page.json()["pairs"] + rest["pairs"] == whole["pairs"]
    assert rest["next"] is None
    unknown, passes = (get(f"/matching/plan?gates={one}")["pairs"] for one in ("unknown", "passes"))
    assert len(unknown) + len(passes) == 3
    assert all(one["match"]["verdict"] == "passes" for one in passes)


def test_the_candidates_as_a_file(
    client: TestClient, headers: dict[str, str], get: Get, crowd: list[UUID], vacancy: UUID
) -> None:
    answer = client.get(f"{V1}/vacancies/{vacancy}/candidates.csv", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["cache-control"] == "no-store"
    assert "attachment" in answer.headers["content-disposition"]
    told = get(f"/vacancies/{vacancy}/candidates")
    reasons = sum(len(one["reasons"]) for one in (*told["matches"], *told["excluded"]))
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + reasons
    columns = [one["name"] for one in get("/matching/candidates.schema.json")["fields"]]
    assert lines[0] == ";".join(columns)


@pytest.mark.parametrize(
    "path",
    [
        "/people/{}/steps",
        "/vacancies/{}/relaxations",
        "/vacancies/{}/candidates.csv",
        "/households/{}/placements",
    ],
)
def test_what_is_not_there_is_not_found(client: TestClient, headers: dict[str, str], path: str) -> None:
    answer = client.get(V1 + path.format(new_id()), headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    "query",
    [
        "/matching/plan?within=-1",
        "/matching/plan?bonus=nan",
        "/matching/plan?bonus=-1",
        "/matching/plan?limit=0",
        "/households/{}/placements?limit=0",
        "/households/{}/placements?gates=perhaps",
        "/vacancies/{}/candidates.csv?limit=0",
    ],
)
def test_what_makes_no_sense_is_refused(client: TestClient, headers: dict[str, str], query: str) -> None:
    assert client.get(V1 + query.format(new_id()), headers=headers).status_code == 422


def test_the_plan_is_described_as_a_suggestion(client: TestClient) -> None:
    described = client.get(f"{V1}/openapi.json").json()["paths"][f"{V1}/matching/plan"]["get"]["description"]
    assert "suggestion to discuss" in described
