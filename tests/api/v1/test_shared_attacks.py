"""Attacks on sharing through its interface: by one neighbour, by two who compare, and by one who knows much."""

import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import SQLModel, select

from kompetanse import clock
from kompetanse.actor import Role, system_actor
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.consent import ShareSection
from kompetanse.codes.licences import licences
from kompetanse.competence import service as competence
from kompetanse.competence.fields import InterestFields, LicenceFields, SkillFields
from kompetanse.contacts import handover
from kompetanse.people import service as people
from kompetanse.people.rules import PersonFields
from kompetanse.people.tables import Person
from kompetanse.sharing import publishing
from tests.api.v1.conftest import OPENING, SHARED, WISH, Asking, Town
from tests.contacts import town
from tests.factories import FROYA, actor, agreement

READS = ("classes", "skill-groups", "tombstones", "vacancies", "contact-requests")
REQUESTS = f"{SHARED}/contact-requests"
OF_THE_ANSWER = re.compile(r"any|not stated|low|mid|high|waiting|over|class|release|contact|fewer_than_5|5_or_more")
Make = Callable[..., Asking]


def leaves(value: object) -> Iterator[object]:
    """Every value in a JSON document."""
    if isinstance(value, dict):
        for one in value.values():
            yield from leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)
    else:
        yield value


def facts(froya: Town) -> set[str]:
    """Every text, id and date in every table about people, as it could be written in an answer."""
    tables = [
        table for table in SQLModel.metadata.sorted_tables if table.name == "person" or "person_id" in table.columns
    ]
    found: set[str] = set()
    with froya.session() as session:
        for table in tables:
            for row in session.connection().execute(select(table)).mappings():  # type: ignore[call-overload]
                for name, value in row.items():
                    if name not in ("municipality_no", "text_version"):
                        found |= set(map(str, leaves(value.date() if isinstance(value, datetime) else value)))
    return {one for one in found if len(one) > 3} - {"None", "True", "False"}


def secretive(froya: Town) -> None:
    """People of whom much is known that nobody may hear of."""
    code = next(iter(licences())).code
    with froya.session() as session:
        who = actor()
        for number in range(town.ALIKE):
            made = town.accountant(
                session, notes=f"Bor hos tante {number}", born=f"198{number}-03-0{number % 9 + 1}", citizenships=["LT"],
                arrived_in_norway="2019-05", contact_languages=["lit"],
            )  # fmt: skip
            competence.set_licence(session, who, made.id, 4, LicenceFields(licence=code, holds=True))
            competence.add_interest(session, who, made.id, 5, InterestFields(label=f"korsang {number}"))
            competence.add_skill(session, who, made.id, 6, SkillFields(label=f"hemmelig ferdighet {number}"))
        agreement(session, k=5)
        session.flush()
        publishing.release(session, system_actor(FROYA), froya.state.sealer)


def test_no_answer_holds_anything_of_anybody(froya: Town, hitra: Asking, coordinator: Asking) -> None:
    secretive(froya)
    (shown,) = hitra.classes()
    answers = [hitra.vacancy(), hitra.request(class_handle=shown["handle"]), hitra.request()]
    answers += [hitra.get(f"{SHARED}/{path}").json() for path in READS]
    answers += [hitra.get(f"{REQUESTS}/{answers[1]['id']}").json()]
    with froya.session() as session:
        for one in session.exec(select(Person)).all()[:6]:
            town.consent(session, one.id, granted=False)
    answers += [hitra.get(f"{SHARED}/{path}").json() for path in READS]
    known = facts(froya)
    assert len(known) > 100
    told = set(map(str, leaves(answers))) - {"None"}
    own = {str(one) for one in leaves([OPENING, WISH, answers[0]["id"]])}
    today = clock.today().isoformat()
    generalised = {shown["occupation"], shown["norwegian"], shown["education"], FROYA}
    for word in told - own - generalised - set(ShareSection):
        if OF_THE_ANSWER.fullmatch(word) or word.startswith(today):
            continue  # words of the interface, and the moment of the neighbour's own act
        assert not {fact for fact in known if fact in word}, word
    text = json.dumps(answers, ensure_ascii=False)
    for never in ("Prøve", "Testesen", "tante", "korsang", "hemmelig", "buhalter", "apskaita", "1985", "2019"):
        assert never not in text, never


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_class_tells_three_generalised_values_and_a_band(froya: Town, hitra: Asking) -> None:
    secretive(froya)
    for one in hitra.classes():
        assert re.fullmatch(r"[0-9a-f]{32}", one["handle"])
        assert re.fullmatch(r"\d{1,4}|any|not stated", one["occupation"])
        assert re.fullmatch(r"[ABC][12]?|any|not stated", one["norwegian"])
        assert re.fullmatch(r"\d|low|mid|high|any|not stated", one["education"])
        assert one["size_band"] in ("5–9", "10–19", "20–49", "50+")
    for one in hitra.get(f"{SHARED}/skill-groups").json()["groups"]:
        assert all(re.fullmatch(r"[A-Z]?[\d.]+", group) for group in one["groups"]), one


def same(one: dict[str, Any]) -> str:
    """An answer without its ids, and without the moment of the neighbour's own act."""
    return json.dumps({name: value for name, value in one.items() if name not in ("id", "created_at")}, sort_keys=True)


def says(coordinator: Asking, request: dict[str, Any], who: Person, *, yes: bool) -> str:
    """Asks somebody and keeps her answer: the address of the question."""
    address = f"/api/v1/contact-requests/{request['id']}/asks"
    ask = coordinator.post(address, {"person_id": str(who.id)}).json()["ask"]
    assert coordinator.post(f"{address}/{ask['id']}/answer", {"version": 1, "yes": yes}).status_code == 200
    return f"{address}/{ask['id']}"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nobody_few_silence_no_and_taken_back_are_the_same_bytes(
    froya: Town, hitra: Asking, coordinator: Asking
) -> None:
    with froya.session() as session:
        agreement(session)
        made = town.rasa(session)
    fits_nobody = hitra.vacancy(title="Fisker", languages=[{"language": "nor", "minimum": "C2"}])
    nobody = hitra.request(vacancy_id=fits_nobody["id"])
    silence, asked, refused, back = (hitra.request() for _ in range(4))
    coordinator.post(f"/api/v1/contact-requests/{asked['id']}/asks", {"person_id": str(made.id)})
    says(coordinator, refused, made, yes=False)
    coordinator.delete(says(coordinator, back, made, yes=True), 2)
    every = [nobody, silence, asked, refused, back]
    for days in (0, 14, 15, 200):
        with clock.moved(by=timedelta(days=days)), froya.session() as session:
            standing = {one for _, one in handover.own_requests(session, town.hitra())}
        assert len(standing) == 1
    read = [hitra.get(f"{REQUESTS}/{one['id']}") for one in every]
    assert len({same({**one.json(), "title": ""}) for one in read}) == 1
    assert len({(one.status_code, tuple(sorted(one.headers.keys()))) for one in read}) == 1
    assert len({len(one.content) - len(one.json()["created_at"]) for one in read}) == 1
    assert hitra.get(f"{SHARED}/tombstones").json()["tombstones"] == []


WIDE, NARROW = ({"languages": [{"language": "nor", "minimum": level}]} for level in ("A1", "A2"))
"""Two vacancies that only one person tells apart, who speaks no more than A1."""


def told_apart(froya: Town) -> Person:
    """Four whom both fit, and the one who is tried for; two neighbours have an agreement."""
    with froya.session() as session:
        agreement(session)
        agreement(session, recipient_no="5055")
        for _ in range(4):
            town.accountant(session)
        return town.rasa(session, speaks=Cefr.A1)


@pytest.mark.parametrize(("first", "second", "answer"), [(WIDE, NARROW, "5_or_more"), (NARROW, WIDE, "fewer_than_5")])
def test_vacancies_that_only_one_person_tells_apart_get_one_answer(
    froya: Town, hitra: Asking, asking: Make, first: dict[str, Any], second: dict[str, Any], answer: str
) -> None:
    target = told_apart(froya)
    heim = asking(Role.NEIGHBOUR, "5055")
    assert hitra.vacancy(**first)["found"] == answer, "alone it would be this"
    assert {who.vacancy(**second)["found"] for who in (hitra, heim)} == {answer}
    with froya.session() as session:
        town.consent(session, target.id, granted=False)
    after = {who.vacancy(**one)["found"] for who in (hitra, heim) for one in (first, second)}
    assert after == {answer}, "nor when she leaves between them"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_joins_between_two_vacancies_is_not_noticed_by_two_who_compare(
    froya: Town, hitra: Asking, asking: Make
) -> None:
    with froya.session() as session:
        agreement(session)
        agreement(session, recipient_no="5055")
        for _ in range(4):
            town.accountant(session)
    heim = asking(Role.NEIGHBOUR, "5055")
    before = {who.vacancy()["found"] for who in (hitra, heim)}
    with froya.session() as session:
        town.rasa(session)
    assert {who.vacancy()["found"] for who in (heim, hitra)} == before == {"fewer_than_5"}


def test_two_who_post_at_once_are_answered_one_after_the_other(froya: Town, hitra: Asking, asking: Make) -> None:
    """Neither transaction sees the other: were they not put in a line, each would be the first."""
    told_apart(froya)
    heim = asking(Role.NEIGHBOUR, "5055")
    with ThreadPoolExecutor(4) as several:
        found = set(several.map(lambda one: one[0].vacancy(**one[1])["found"], [(hitra, WIDE), (heim, NARROW)] * 2))
    assert len(found) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_two_who_compare_hold_the_same_classes_by_names_that_tell_nothing(
    froya: Town, hitra: Asking, asking: Make
) -> None:
    with froya.session() as session:
        agreement(session, recipient_no="5055", k=5)
    froya.accountants()
    heim = asking(Role.NEIGHBOUR, "5055")
    ours, theirs = hitra.classes(), heim.classes()
    assert [{**one, "handle": ""} for one in ours] == [{**one, "handle": ""} for one in theirs]
    assert not {one["handle"] for one in ours} & {one["handle"] for one in theirs}
    assert hitra.get(f"{SHARED}/skill-groups").json() == heim.get(f"{SHARED}/skill-groups").json()
    taken = heim.post(REQUESTS, {**WISH, "class_handle": ours[0]["handle"]})
    unknown = heim.post(REQUESTS, {**WISH, "class_handle": "0" * 32})
    assert (taken.status_code, taken.content) == (unknown.status_code, unknown.content)
    assert taken.status_code == 404


def test_a_class_that_fell_never_comes_back_to_anybody(froya: Town, hitra: Asking, asking: Make) -> None:
    with froya.session() as session:
        agreement(session, recipient_no="5055", k=5)
    members = froya.accountants()
    heim = asking(Role.NEIGHBOUR, "5055")
    (shown,) = hitra.classes()
    with froya.session() as session:
        for one in members[4:]:
            town.consent(session, one.id, granted=False)
    wish = {**WISH, "class_handle": shown["handle"]}
    assert hitra.post(REQUESTS, wish).status_code == 404, "before anybody read that it fell"
    with froya.session() as session:
        for one in members:
            town.consent(session, one.id)
    for who in (hitra, heim):
        assert who.classes() == []
    assert hitra.post(REQUESTS, wish).status_code == 404
    fallen = [one for one in hitra.get(f"{SHARED}/tombstones").json()["tombstones"] if one["kind"] == "class"]
    assert [one["id"] for one in fallen] == [shown["handle"]]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_filters_and_pages_count_nothing_that_the_classes_do_not(froya: Town, hitra: Asking) -> None:
    froya.accountants()
    every = hitra.classes()
    for query in ("occupation=3313", "occupation=2411", "norwegian=B2", "norwegian=C1", "education=6", "limit=1"):
        answer = hitra.get(f"{SHARED}/classes?{query}").json()
        assert answer["classes"] in ([], every), query
        assert set(answer) == {"municipality_no", "k", "release", "pool", "stands_until", "classes", "next"}


def test_who_becomes_protected_is_in_no_answer_from_that_moment(
    froya: Town, hitra: Asking, coordinator: Asking
) -> None:
    with froya.session() as session:
        agreement(session)
        made = town.rasa(session)
    request = hitra.request()
    says(coordinator, request, made, yes=True)
    assert hitra.contacts(request)
    version = coordinator.get(f"/api/v1/people/{made.id}").json()["version"]
    assert coordinator.patch(f"/api/v1/people/{made.id}", {"protected_address": True}, version).status_code == 200
    assert hitra.contacts(request) == []
    assert hitra.request()["contacts"] == []
    address = f"/api/v1/contact-requests/{request['id']}"
    assert coordinator.get(f"{address}/candidates").json()["items"] == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_newcomer_s_own_words_reach_no_neighbour_even_after_a_yes(
    froya: Town, hitra: Asking, coordinator: Asking
) -> None:
    with froya.session() as session:
        agreement(session)
        made = town.rasa(session)
        people.change(session, actor(), made.id, made.version, PersonFields(notes="Flyktet fra mannen sin"))
    request = hitra.request()
    says(coordinator, request, made, yes=True)
    text = json.dumps(hitra.contacts(request), ensure_ascii=False)
    assert "Rasa" in text
    for never in ("Flyktet", "1985", str(made.id)):
        assert never not in text
