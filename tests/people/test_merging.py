"""Merging: one person of two records, and nothing of either is lost."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlmodel import Session, SQLModel, col

import kompetanse.model  # noqa: F401 - every table, as the product has them
from kompetanse import clock
from kompetanse.actor import Role
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.codes.national_id import parse_national_id
from kompetanse.codes.residence import ContactKind, HouseholdRole, ResidenceBasis
from kompetanse.codes.work import Shift
from kompetanse.competence.tables import Interest, PersonLanguage, Profile, Skill
from kompetanse.errors import Forbidden, Invalid, NotFound, Stale
from kompetanse.ids import new_id
from kompetanse.people import consents, households, queries, service
from kompetanse.people.merging import merge
from kompetanse.people.rules import Contact, PersonFields
from kompetanse.people.service import PersonRecord
from kompetanse.people.tables import ContactPoint, Person, PersonMerge
from kompetanse.placements.tables import Referral
from kompetanse.sealing import Sealer
from tests import factories
from tests.factories import FROYA, HITRA, actor, person

SHARE = ConsentPurpose.SHARE_WITH_NEIGHBOURS
sealer = Sealer(b"a secret of tests, long enough for all")


def merged(session: Session, kept: Person, absorbed: Person) -> PersonRecord:
    session.flush()
    return merge(session, actor(), keep_id=kept.id, absorb_id=absorbed.id, version=kept.version, sealer=sealer)


def own(who: Person, **more: Any) -> dict[str, Any]:
    return {"municipality_no": FROYA, "person_id": who.id, **more}


def rows(session: Session, table: type[Any], who: Person) -> list[Any]:
    return list(session.scalars(select(table).where(table.person_id == who.id).order_by(table.id)))


def snapshot(session: Session, absorbed: Person) -> Any:
    return session.scalars(select(PersonMerge).where(col(PersonMerge.absorbed_id) == absorbed.id)).one().snapshot


def test_every_table_that_belongs_to_a_person_is_found() -> None:
    """A new table whose rows hang on a person in another way than by `person_id` would be left behind."""
    for table in SQLModel.metadata.sorted_tables:
        points = [key for key in table.foreign_key_constraints if key.referred_table.name == "person"]
        assert [tuple(key.column_keys) for key in points] == [("municipality_no", "person_id")] * bool(points)
        assert ("person_id" in table.columns) is bool(points), table.name
        assert not points or "id" in table.columns


def test_the_absorbed_leaves_every_list_and_its_rows_follow(session: Session) -> None:
    kept, absorbed = person(session), person(session)
    session.add_all(
        [Skill(**own(absorbed, key="text:regnskap", label="regnskap")), Interest(**own(absorbed, label="kor"))]
    )
    merged(session, kept, absorbed)
    assert [p.id for p in session.exec(queries.visible_people(actor()))] == [kept.id]
    with pytest.raises(NotFound):
        service.read(session, actor(), absorbed.id)
    assert [one.label for one in rows(session, Skill, kept)] == ["regnskap"]
    assert [one.label for one in rows(session, Interest, kept)] == ["kor"]
    gone = session.get(Person, (FROYA, absorbed.id))
    assert gone is not None
    assert (gone.merged_into_id, gone.archived_at is None) == (kept.id, False)
    assert (kept.version, gone.version) == (2, 2)


def test_of_two_rows_that_cannot_stand_both_the_remaining_record_s_stands(session: Session) -> None:
    kept, absorbed = person(session), person(session)
    mine = Skill(**own(kept, key="text:laks", label="laks", holds=False))
    theirs = Skill(**own(absorbed, key="text:laks", label="fileterer laks"))
    language = PersonLanguage(**own(absorbed, language="nor", reading=Cefr.B1))
    theirs_id = theirs.id
    session.add_all([mine, theirs, language])
    merged(session, kept, absorbed)
    assert [(one.id, one.label, one.holds) for one in rows(session, Skill, kept)] == [(mine.id, "laks", False)]
    assert [one.id for one in rows(session, PersonLanguage, kept)] == [language.id]
    assert rows(session, Skill, absorbed) == []
    kept_back = snapshot(session, absorbed)
    assert [row["label"] for row in kept_back["rows"]["skill"]] == ["fileterer laks"]
    assert kept_back["left_out"]["skill"] == [str(theirs_id)]
    assert [row["reading"] for row in kept_back["rows"]["person_language"]] == ["B1"]
    assert "person_language" not in kept_back["left_out"]


def test_the_snapshot_holds_both_records_as_they_were(session: Session) -> None:
    kept = person(session, given_name="Rasa", born="1987", notes="egne ord")
    absorbed = person(
        session, given_name="Raza", born="1987-05-17", citizenships=["LT"], residence_until=date(2030, 1, 1)
    )
    merged(session, kept, absorbed)
    kept_back = snapshot(session, absorbed)
    assert kept_back["person"]["given_name"] == "Raza"
    assert kept_back["person"]["residence_until"] == "2030-01-01"
    assert (kept_back["kept"]["born"], kept_back["kept"]["notes"]) == ("1987", "egne ord")
    assert kept_back["kept"]["citizenships"] is None


def test_what_only_the_absorbed_stated_is_filled_in_and_nothing_stated_is_overwritten(session: Session) -> None:
    kept = person(session, given_name="Rasa", needs_interpreter=False, contact_languages=[], notes="A")
    absorbed = person(
        session, needs_interpreter=True, contact_languages=["lit"], citizenships=["LT"], born="1987", notes="B"
    )
    after = merged(session, kept, absorbed).person
    assert (after.given_name, after.needs_interpreter, after.contact_languages) == ("Rasa", False, [])
    assert (after.citizenships, after.born, after.notes) == (["LT"], "1987", "A\n\nB")


def test_an_expiry_never_moves_beside_another_permit(session: Session) -> None:
    kept = person(session, residence_basis=ResidenceBasis.EEA, may_work=True)
    absorbed = person(
        session,
        residence_basis=ResidenceBasis.WORK,
        residence_until=date(2027, 1, 1),
        may_work=True,
        may_work_until=date(2027, 1, 1),
    )
    after = merged(session, kept, absorbed).person
    assert (after.residence_basis, after.residence_until) == (ResidenceBasis.EEA, None)
    assert (after.may_work, after.may_work_until) == (True, date(2027, 1, 1))


def test_a_name_that_one_lacks_is_filled_in_and_found(session: Session) -> None:
    kept, absorbed = (
        person(session, given_name="", family_name="Berg"),
        person(session, given_name="Åse", family_name="B"),
    )
    assert merged(session, kept, absorbed).person.name_key == "berg ase"


def test_contact_points_are_united_without_repeating_any(session: Session) -> None:
    phone, mail = Contact(ContactKind.PHONE, "90000000"), Contact(ContactKind.EMAIL, "rasa@froya.example")
    kept, absorbed = person(session, contacts=[phone]), person(session, contacts=[phone, mail])
    after = merged(session, kept, absorbed)
    assert [one.value for one in after.contacts] == ["+4790000000", "rasa@froya.example"]
    assert rows(session, ContactPoint, absorbed) == []


@pytest.mark.parametrize("protected", ["kept", "absorbed"])
def test_a_protected_address_on_either_protects_both(session: Session, protected: str) -> None:
    two = {name: person(session, protected_address=name == protected) for name in ("kept", "absorbed")}
    assert merged(session, two["kept"], two["absorbed"]).person.protected_address is True


@pytest.mark.parametrize(
    ("kept_archived", "absorbed_archived", "archived"), [(1, 1, True), (1, 0, False), (0, 1, False)]
)
def test_the_result_is_archived_only_when_both_were(
    session: Session, kept_archived: int, absorbed_archived: int, archived: bool
) -> None:
    kept, absorbed = person(session), person(session)
    for who, was in ((kept, kept_archived), (absorbed, absorbed_archived)):
        if was:
            service.archive(session, actor(), who.id, 1)
    assert (merged(session, kept, absorbed).person.archived_at is not None) is archived


def answer(session: Session, who: Person, granted: bool | None, days: int) -> None:
    if granted is None:
        return
    with clock.moved(by=timedelta(days=days)):
        consents.record_consent(session, actor(), who.id, purpose=SHARE, granted=granted, form=ConsentForm.ORAL)


@pytest.mark.parametrize("absorbed_is_newer", [True, False])
@pytest.mark.parametrize(
    ("mine", "theirs", "stands"),
    [
        (True, True, True),
        (True, False, False),
        (False, True, False),
        (False, False, False),
        (None, True, True),
        (True, None, True),
        (None, False, False),
        (None, None, None),
    ],
)
def test_a_no_on_either_side_wins(
    session: Session, *, mine: bool | None, theirs: bool | None, stands: bool | None, absorbed_is_newer: bool
) -> None:
    kept, absorbed = person(session), person(session)
    answer(session, kept, mine, -2)
    answer(session, absorbed, theirs, -1 if absorbed_is_newer else -3)
    merged(session, kept, absorbed)
    now = consents.standing(session, actor(), kept.id)[SHARE]
    assert (now.granted if now else None) is stands
    said = [granted for granted in (mine, theirs) if granted is not None]
    assert len(consents.consents_of(session, actor(), kept.id)) == len(said)
    assert set(session.scalars(queries.consenting(FROYA, SHARE, clock.today()))) == ({kept.id} if stands else set())


def test_a_withdrawal_before_the_merge_is_not_undone_by_an_older_yes(session: Session) -> None:
    kept, absorbed = person(session), person(session)
    answer(session, kept, True, -1)
    answer(session, absorbed, True, -5)
    answer(session, absorbed, False, -4)
    merged(session, kept, absorbed)
    assert set(session.scalars(queries.consenting(FROYA, SHARE, clock.today()))) == set()


def test_the_profile_that_stays_is_filled_in_and_gets_a_new_version(session: Session) -> None:
    kept, absorbed = person(session), person(session)
    session.add(Profile(**own(kept, version=4, percentage_min=80, shifts=[])))
    session.add(Profile(**own(absorbed, percentage_min=10, percentage_max=50, shifts=[Shift.DAY], commute_minutes=30)))
    merged(session, kept, absorbed)
    (profile,) = rows(session, Profile, kept)
    assert (profile.version, profile.commute_minutes, profile.shifts) == (5, 30, [])
    assert (profile.percentage_min, profile.percentage_max) == (80, None)
    assert snapshot(session, absorbed)["rows"]["profile"][0]["percentage_max"] == 50


def test_a_profile_moves_where_there_was_none(session: Session) -> None:
    kept, absorbed = person(session), person(session)
    session.add(Profile(**own(absorbed, version=3, commute_minutes=30)))
    merged(session, kept, absorbed)
    assert [(one.version, one.commute_minutes) for one in rows(session, Profile, kept)] == [(4, 30)]


def test_referrals_move_but_for_those_to_the_same_vacancy(session: Session) -> None:
    kept, absorbed = person(session), person(session)
    both, only = (factories.vacancy(session).vacancy.id for _ in range(2))
    session.add(Referral(**own(kept, vacancy_id=both, referred_by=new_id())))
    for vacancy_id in (both, only):
        session.add(Referral(**own(absorbed, vacancy_id=vacancy_id, referred_by=new_id())))
    merged(session, kept, absorbed)
    assert {one.vacancy_id for one in rows(session, Referral, kept)} == {both, only}
    assert len(snapshot(session, absorbed)["left_out"]["referral"]) == 1


def test_the_place_in_the_household_is_the_remaining_record_s(session: Session) -> None:
    kept, absorbed, child = person(session), person(session), person(session)
    adult = HouseholdRole.ADULT
    home = households.form_household(session, actor(), name="A", members=[(absorbed.id, adult), (child.id, adult)])
    merged(session, kept, absorbed)
    view = households.household_of(session, actor(), kept.id)
    assert view is not None
    assert view.id == home.id
    assert {m.person_id for m in view.members} == {kept.id, child.id}


def test_a_national_number_is_handed_over_and_opens_on_the_remaining_record(session: Session) -> None:
    kept, absorbed = person(session), person(session)
    number = parse_national_id("02013299997")
    service.set_national_id(session, actor(), absorbed.id, 1, number, sealer)
    after = merged(session, kept, absorbed).person
    assert service.reveal_national_id(session, actor(), kept.id, sealer) == number.digits
    service.set_national_id(session, actor(), kept.id, after.version, number, sealer)


def test_of_two_numbers_the_remaining_record_s_stays_and_the_other_can_be_taken_over(session: Session) -> None:
    kept, absorbed = person(session), person(session)
    first, second = parse_national_id("02013299997"), parse_national_id("30108299939")
    service.set_national_id(session, actor(), kept.id, 1, first, sealer)
    service.set_national_id(session, actor(), absorbed.id, 1, second, sealer)
    after = merged(session, kept, absorbed).person
    assert service.reveal_national_id(session, actor(), kept.id, sealer) == first.digits
    service.set_national_id(session, actor(), kept.id, after.version, second, sealer)
    assert service.reveal_national_id(session, actor(), kept.id, sealer) == second.digits


def test_records_can_be_merged_one_after_another(session: Session) -> None:
    first, second, third = person(session), person(session), person(session)
    session.add(Interest(**own(third, label="kor")))
    merged(session, second, third)
    merged(session, first, second)
    assert [one.label for one in rows(session, Interest, first)] == ["kor"]
    assert {one.absorbed_id for one in rows(session, PersonMerge, first)} == {second.id, third.id}
    assert {p.merged_into_id for p in session.scalars(select(Person).where(col(Person.id) != first.id))} == {first.id}


def test_what_cannot_be_merged_is_refused(session: Session) -> None:
    kept, absorbed = person(session), person(session)
    theirs = actor(municipality_no=HITRA)

    def act(**other: Any) -> None:
        asked = {"keep_id": kept.id, "absorb_id": absorbed.id, "version": 1, "sealer": sealer, **other}
        merge(session, asked.pop("who", actor()), **asked)

    for wrong in ({"absorb_id": kept.id}, {"absorb_id": new_id()}):
        with pytest.raises(Invalid) as caught:
            act(**wrong)
        assert caught.value.faults[0].pointer == "/absorb_id"
    with pytest.raises(Stale):
        act(version=2)
    with pytest.raises(NotFound):
        act(keep_id=new_id())
    with pytest.raises(NotFound):
        act(who=theirs)
    with pytest.raises(Forbidden):
        act(who=actor(Role.DPO))
    act()
    with pytest.raises(Invalid):
        act(version=2)


labels = st.lists(st.sampled_from(["kor", "fiske", "sjakk", "brodering", "fotball"]), max_size=5)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mine=labels, theirs=labels)
def test_whatever_two_records_say_the_one_that_stays_says_all_of_it_once(
    session: Session, mine: list[str], theirs: list[str]
) -> None:
    kept, absorbed = person(session), person(session)
    for who, said in ((kept, mine), (absorbed, theirs)):
        session.add_all([Interest(**own(who, label=label)) for label in dict.fromkeys(said)])
        session.add_all([Skill(**own(who, key=f"text:{label}", label=label)) for label in dict.fromkeys(said)])
    merged(session, kept, absorbed)
    for table in (Interest, Skill):
        assert sorted(one.label for one in rows(session, table, kept)) == sorted({*mine, *theirs})
        assert rows(session, table, absorbed) == []
    assert [row["label"] for row in snapshot(session, absorbed)["rows"].get("skill", [])] == list(dict.fromkeys(theirs))


def test_a_merge_in_the_wrong_scope_moves_nothing(session: Session) -> None:
    kept, absorbed = person(session), person(session)
    session.add(Interest(**own(absorbed, label="kor")))
    session.flush()
    session.connection().execute(update(Person).where(col(Person.id) == absorbed.id).values(merged_into_id=new_id()))
    session.expire_all()
    with pytest.raises(Invalid):
        merged(session, kept, absorbed)
    assert len(rows(session, Interest, absorbed)) == 1


def test_a_person_alone_keeps_what_she_stated(session: Session) -> None:
    kept, absorbed = person(session, notes="blir"), person(session)
    after = merged(session, kept, absorbed).person
    service.change(session, actor(), kept.id, after.version, PersonFields(needs_interpreter=True))
    assert (kept.notes, kept.needs_interpreter) == ("blir", True)
