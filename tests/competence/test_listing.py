from itertools import product
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlmodel import Session

from kompetanse.actor import Actor, Role
from kompetanse.clock import now, today
from kompetanse.codes.cefr import Cefr, meets
from kompetanse.competence import service
from kompetanse.competence.listing import PersonListing, list_people
from kompetanse.competence.rules import spoken_level
from kompetanse.competence.tables import PersonLanguage
from kompetanse.database import Database
from kompetanse.errors import Forbidden, Invalid
from kompetanse.finding.criteria import PeopleFilter
from kompetanse.ids import new_id
from kompetanse.paging import Page, PageRequest
from tests import factories
from tests.factories import FROYA, HITRA


@pytest.fixture
def who() -> Actor:
    return factories.actor()


def found(session: Session, who: Actor, **wanted: object) -> set[UUID]:
    page = list_people(session, who, PeopleFilter(**wanted), PageRequest(200))  # type: ignore[arg-type]
    assert page.total == len(page.items)
    return {person.id for person in page.items}


def test_people_are_listed_by_name_with_main_occupation_and_spoken_norwegian(session: Session, who: Actor) -> None:
    rasa = factories.person_id(session, given_name="Rasa", family_name="Kazlauskienė", citizenships=["LT"])
    factories.person(session, given_name="Anna", family_name="Abramova")
    service.add_experience(session, who, rasa, 0, {"title": "regnskapsfører", "started": "2005", "ended": "2014"})
    service.add_experience(session, who, rasa, 1, {"title": "fiskesløyer", "started": "2022", "ongoing": True})
    service.set_language(session, who, rasa, 2, {"language": "nor", "interaction": Cefr.B1, "production": Cefr.A2})
    page = list_people(session, who, PeopleFilter(), PageRequest())
    assert [(p.family_name, p.occupation, p.norwegian) for p in page.items] == [
        ("Abramova", None, None),
        ("Kazlauskienė", "3313", Cefr.A2),
    ]
    assert (page.total, page.next) == (2, None)


def test_names_are_in_the_order_of_the_norwegian_alphabet(session: Session, who: Actor) -> None:
    for name in ("Østby", "Åsen", "Zoric", "Ærlig", "Żak", "berg", "Berg Å", "Абрамова"):
        factories.person(session, family_name=name, given_name="")
    listed = [person.family_name for person in list_people(session, who, PeopleFilter(), PageRequest()).items]
    assert listed == ["berg", "Berg Å", "Żak", "Zoric", "Ærlig", "Østby", "Åsen", "Абрамова"]


def test_words_are_found_in_names_whatever_their_letters_and_case(session: Session, who: Actor) -> None:
    shevchenko = factories.person_id(session, given_name="Олена", family_name="Шевченко")
    factories.person_id(session, given_name="Anna", family_name="Abramova")
    assert found(session, who, text="shevchenko OLENA") == {shevchenko}
    assert found(session, who, text="шевч") == {shevchenko}
    assert found(session, who, text="  ") == found(session, who)
    assert found(session, who, text="%") == set()


def test_an_occupation_prefix_finds_whoever_held_such_a_job(session: Session, who: Actor) -> None:
    nurse, accountant = factories.person_id(session), factories.person_id(session)
    service.add_experience(session, who, nurse, 0, {"title": "sykepleier"})
    service.add_experience(session, who, nurse, 1, {"title": "noe annet", "styrk": "9112", "months": 200})
    service.add_experience(session, who, accountant, 0, {"title": "regnskapsfører"})
    assert found(session, who, occupation="2") == found(session, who, occupation="2223") == {nurse}
    assert found(session, who, occupation="22%") == set()


def test_a_skill_is_found_by_other_words_by_key_and_by_part_of_what_was_spoken(session: Session, who: Actor) -> None:
    excel, magic, none = (factories.person_id(session) for _ in range(3))
    linked = service.add_skill(session, who, excel, 0, {"label": "Excel"})
    service.add_skill(session, who, magic, 0, {"label": "Trylle med kort"})
    service.add_skill(session, who, none, 0, {"label": "regneark", "holds": False})
    assert found(session, who, skill="regneark") == {excel}  # the one who said no is not found
    assert found(session, who, skill=linked.skills[0].key) == {excel}
    assert found(session, who, skill="TRYLLE") == {magic}
    assert found(session, who, skill="...") == set()


def test_need_of_an_interpreter_that_is_not_stated_is_neither_yes_nor_no(session: Session, who: Actor) -> None:
    yes = factories.person_id(session, needs_interpreter=True)
    no = factories.person_id(session, needs_interpreter=False)
    unknown = factories.person_id(session)
    assert found(session, who, needs_interpreter=True) == {yes}
    assert found(session, who, needs_interpreter=False) == {no}
    assert found(session, who) == {yes, no, unknown}


def test_not_mapped_means_without_a_mapping_day(session: Session, who: Actor) -> None:
    mapped, begun, untouched = (factories.person_id(session) for _ in range(3))
    service.change_wishes(session, who, mapped, 0, {"mapped_on": today()})
    service.add_interest(session, who, begun, 0, {"label": "kor"})
    assert found(session, who, not_mapped=True) == {begun, untouched}


def test_archived_people_are_a_list_of_their_own_and_protected_ones_stay_on_it(session: Session, who: Actor) -> None:
    archived, protected = factories.person(session), factories.person_id(session, protected_address=True)
    archived.archived_at = now()
    session.flush()
    assert found(session, who) == {protected}
    assert found(session, who, archived=True) == {archived.id}


def test_filters_narrow_each_other(session: Session, who: Actor) -> None:
    both, only_skill = factories.person_id(session, needs_interpreter=True), factories.person_id(session)
    for person_id in (both, only_skill):
        service.add_skill(session, who, person_id, 0, {"label": "regnskap"})
    assert found(session, who, skill="regnskap", needs_interpreter=True) == {both}


def test_the_condition_on_norwegian_says_what_the_rule_says(session: Session, who: Actor) -> None:
    levels: list[Cefr | None] = [None, *Cefr]
    rows = [
        PersonLanguage(
            municipality_no=FROYA,
            person_id=factories.person_id(session),
            language=language,
            mother_tongue=mother_tongue,
            interaction=interaction,
            production=production,
        )
        for language, mother_tongue in (("nor", None), ("nor", True), ("pol", None))
        for interaction, production in (
            product(levels, levels) if mother_tongue is None and language == "nor" else [(Cefr.B1, None)]
        )
    ]
    session.add_all(rows)
    session.flush()
    for least in Cefr:
        expected = {row.person_id for row in rows if row.language == "nor" and meets(least, spoken_level(row))}
        assert found(session, who, norwegian_at_least=least) == expected


names = st.sampled_from(["Å", "Aa", "a", "B", "Ø", "Ж", "Ål", ""])
people = st.lists(st.tuples(names.filter(bool), names), max_size=12)


def walk(session: Session, who: Actor, limit: int) -> list[Page[PersonListing]]:
    pages = [list_people(session, who, PeopleFilter(), PageRequest(limit))]
    while pages[-1].next is not None:
        assert len(pages) < 100, "the pages never end"
        pages.append(list_people(session, who, PeopleFilter(), PageRequest(limit, pages[-1].next)))
    return pages


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people, st.integers(1, 5))
def test_following_the_pages_visits_everybody_exactly_once(
    session: Session, registered: list[tuple[str, str]], limit: int
) -> None:
    who, undo = factories.actor(), session.begin_nested()
    ids = {factories.person_id(session, family_name=family, given_name=given) for family, given in registered}
    pages = walk(session, who, limit)
    visited = [person.id for page in pages for person in page.items]
    everybody = list_people(session, who, PeopleFilter(), PageRequest(200)).items
    assert visited == [person.id for person in everybody]  # in the same order as one long page
    assert sorted(visited) == sorted(ids)
    assert {page.total for page in pages} == {len(ids)}
    assert all(len(page.items) == limit for page in pages[:-1])
    undo.rollback()
    session.expunge_all()


def test_a_page_begins_after_somebody_who_was_archived_meanwhile(session: Session, who: Actor) -> None:
    first, second = (factories.person(session, family_name=name) for name in "AB")
    page = list_people(session, who, PeopleFilter(), PageRequest(1))
    assert page.next == first.id
    first.archived_at = now()
    session.flush()
    assert [p.id for p in list_people(session, who, PeopleFilter(), PageRequest(1, page.next)).items] == [second.id]


def test_a_cursor_of_nobody_is_refused(session: Session, who: Actor) -> None:
    with pytest.raises(Invalid):
        list_people(session, who, PeopleFilter(), PageRequest(10, new_id()))


def test_a_page_takes_as_many_queries_for_fifty_as_for_two(session: Session, who: Actor) -> None:
    counts = []
    statements: list[str] = []

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    event.listen(session.connection(), "before_cursor_execute", note)
    for size in (2, 50):
        for _ in range(size):
            person_id = factories.person_id(session)
            service.add_experience(session, who, person_id, 0, {"title": "kokk", "months": 3})
        session.flush()
        statements.clear()
        list_people(session, who, PeopleFilter(skill="regnskap", text="a"), PageRequest(50))
        assert list_people(session, who, PeopleFilter(), PageRequest(50)).items
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 8


def test_one_event_names_everybody_shown_and_the_filters_but_not_what_was_searched_for(
    session: Session, who: Actor
) -> None:
    ids = [factories.person_id(session, family_name=f"Navn{number}") for number in range(3)]
    session.info["audit_pending"] = []
    list_people(session, who, PeopleFilter(text="navn"), PageRequest(2))
    (seen,) = session.info["audit_pending"]
    assert (seen.action, seen.record_type, seen.fields) == ("list", "person", ("text",))
    assert seen.record_ids == tuple(map(str, ids[:2]))


def test_only_those_who_read_people_get_the_list(session: Session) -> None:
    with pytest.raises(Forbidden):
        list_people(session, factories.actor(Role.LEADER), PeopleFilter(), PageRequest())


def test_a_municipality_lists_its_own_people_only(database: Database) -> None:
    with database.session(FROYA) as froya:
        theirs = factories.person_id(froya)
    neighbour = factories.actor(municipality_no=HITRA)
    with database.session(HITRA) as hitra:
        own = factories.person_id(hitra, neighbour)
        assert found(hitra, neighbour) == {own}
        with pytest.raises(Invalid):
            list_people(hitra, neighbour, PeopleFilter(), PageRequest(10, theirs))
