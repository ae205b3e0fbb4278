"""What waits for the coordinator: each kind when its time has come, and for nobody who can do nothing about it."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Actor, Purpose, Role
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.codes.residence import ResidenceBasis
from kompetanse.codes.work import CourseOfferKind, ReferralStage, VacancySource, VacancyStatus
from kompetanse.competence import service as competence
from kompetanse.courses import service as courses
from kompetanse.errors import Conflict, Stale
from kompetanse.mapping import service as mapping
from kompetanse.mapping.rules import Question
from kompetanse.people import consents
from kompetanse.people import service as people
from kompetanse.placements import service as placements
from kompetanse.today import queries, service
from kompetanse.today.rules import Item, Kind, Period, Permit, Urgency
from kompetanse.vacancies import service as vacancies
from tests import factories
from tests.contacts import town
from tests.factories import HITRA

DAY = timedelta(days=1)


@pytest.fixture
def who() -> Actor:
    return factories.actor()


@pytest.fixture
def rasa(session: Session, who: Actor) -> UUID:
    """Somebody of whom nothing waits: mapped, and without an end to anything."""
    person_id = factories.person_id(session, given_name="Rasa", family_name="Kazlauskienė")
    competence.change_wishes(session, who, person_id, 0, {"mapped_on": clock.today()})
    return person_id


@pytest.fixture
def waiting(session: Session, who: Actor) -> Callable[..., list[Item]]:
    """The things of some kinds that wait on a day from now on."""

    def gather(*kinds: Kind, days: int = 0, actor: Actor = who) -> list[Item]:
        session.flush()
        with clock.moved(by=timedelta(days=days)):
            found = service.gather(session, actor, frozenset(kinds or Kind))
        return [item for block in found.blocks for item in block.items]

    return gather


def test_nothing_waits_where_nothing_is_due(waiting: Callable[..., list[Item]], rasa: UUID) -> None:
    assert waiting() == []


def test_a_referral_shows_when_its_follow_up_is_due_and_rests_when_it_was_followed_up(
    session: Session, who: Actor, rasa: UUID, waiting: Callable[..., list[Item]]
) -> None:
    vacancy = factories.vacancy(session, title="Regnskapsfører").vacancy
    referral = placements.refer(session, who, vacancy_id=vacancy.id, person_id=rasa)
    assert waiting(Kind.FOLLOW_UP) == []
    (item,) = waiting(Kind.FOLLOW_UP, days=1)
    assert item.whose is not None
    assert (item.record_id, item.vacancy_id, item.version) == (referral.id, vacancy.id, 1)
    assert (item.urgency, item.title, item.whose.given_name) == (Urgency.TODAY, "Regnskapsfører", "Rasa")
    (item,) = waiting(Kind.FOLLOW_UP, days=3)
    assert item.urgency is Urgency.OVERDUE
    with clock.moved(by=3 * DAY):
        placements.followed_up(session, who, referral.id, 1)
    assert waiting(Kind.FOLLOW_UP, days=3) == []
    assert len(waiting(Kind.FOLLOW_UP, days=4)) == 1


def test_a_referral_to_a_vacancy_that_has_ended_says_so(
    session: Session, who: Actor, rasa: UUID, waiting: Callable[..., list[Item]]
) -> None:
    vacancy = factories.vacancy(session).vacancy
    placements.refer(session, who, vacancy_id=vacancy.id, person_id=rasa)
    assert [one.ended for one in waiting(Kind.FOLLOW_UP, days=1)] == [False]
    vacancies.close(session, who, vacancy.id, 1, VacancyStatus.FILLED)
    assert [one.ended for one in waiting(Kind.FOLLOW_UP, days=1)] == [True]


def test_an_employer_is_given_a_week_and_what_has_ended_waits_for_nobody(
    session: Session, who: Actor, rasa: UUID, waiting: Callable[..., list[Item]]
) -> None:
    vacancy = factories.vacancy(session).vacancy
    referral = placements.refer(session, who, vacancy_id=vacancy.id, person_id=rasa)
    for stage in (ReferralStage.ACCEPTED_BY_PERSON, ReferralStage.SENT):
        referral = placements.advance(session, who, referral.id, referral.version, stage)
    assert waiting(Kind.FOLLOW_UP, days=6) == []
    assert [one.what for one in waiting(Kind.FOLLOW_UP, days=7)] == ["sent"]
    placements.advance(session, who, referral.id, referral.version, ReferralStage.HIRED)
    assert waiting(Kind.FOLLOW_UP, days=400) == []
    with pytest.raises(Conflict):
        placements.followed_up(session, who, referral.id, referral.version)
    with pytest.raises(Stale):
        placements.followed_up(session, who, referral.id, referral.version - 1)


def test_a_neighbours_request_waits_until_somebody_is_asked_or_its_time_is_over(
    session: Session, waiting: Callable[..., list[Item]]
) -> None:
    everybody = town.accountants(session)
    request = town.requested(session)
    (item,) = waiting(Kind.CONTACT_REQUEST)
    assert (item.record_id, item.what, item.title) == (request.id, HITRA, "Regnskapsfører")
    assert (item.urgency, item.on) == (Urgency.TODAY, request.answer_by)
    assert waiting(Kind.CONTACT_REQUEST, days=(request.answer_by - clock.today()).days + 1) == []
    town.asked(session, request, everybody[0])
    assert waiting(Kind.CONTACT_REQUEST) == []


def test_a_yes_is_asked_for_again_a_month_before_it_runs_out_and_until_it_is_answered(
    session: Session, who: Actor, rasa: UUID, waiting: Callable[..., list[Item]]
) -> None:
    def answer(*, granted: bool) -> None:
        consents.record_consent(
            session, who, rasa, purpose=ConsentPurpose.EXPORT_TO_JOB_SERVICE, granted=granted, form=ConsentForm.ORAL
        )

    answer(granted=True)
    ends = (consents.standing(session, who, rasa)[ConsentPurpose.EXPORT_TO_JOB_SERVICE]).expires_on  # type: ignore[union-attr]
    assert ends is not None
    left = (ends - clock.today()).days
    assert waiting(Kind.CONSENT, days=left - 31) == []
    told = [waiting(Kind.CONSENT, days=left - before)[0].urgency for before in (30, 7, 0, -90)]
    assert told == [Urgency.SOON, Urgency.WEEK, Urgency.TODAY, Urgency.OVERDUE]
    answer(granted=False)
    assert waiting(Kind.CONSENT, days=left) == []


def test_a_permit_is_to_be_renewed_a_month_before_it_ends(
    session: Session, rasa: UUID, waiting: Callable[..., list[Item]]
) -> None:
    today = clock.today()
    ends = [today + timedelta(days=days) for days in (61, 60, 30, -1)]
    for number, end in enumerate(ends):
        factories.person(session, given_name=f"Nr{number}", may_work_until=end, residence_until=today + 400 * DAY)
    found = waiting(Kind.PERMIT)
    assert [(one.on, one.urgency) for one in found] == [
        (ends[3], Urgency.OVERDUE),
        (ends[2], Urgency.TODAY),
        (ends[1], Urgency.SOON),
    ]
    assert {one.what for one in found} == {Permit.RIGHT_TO_WORK.value}


def test_who_is_not_mapped_waits_by_the_acts_day_or_two_weeks_after_she_came(
    session: Session, rasa: UUID, waiting: Callable[..., list[Item]]
) -> None:
    settled = clock.today() - timedelta(days=100)
    by_law = factories.person_id(
        session, residence_basis=ResidenceBasis.PROTECTION, born="1990-01-01",
        arrived_in_norway=settled.isoformat(), arrived_in_municipality=settled.isoformat(),
    )  # fmt: skip
    newly = factories.person_id(session)
    found = waiting(Kind.UNMAPPED)
    assert [(one.record_id, one.what, one.urgency) for one in found] == [
        (by_law, "statutory", Urgency.OVERDUE),
        (newly, "", Urgency.SOON),
    ]
    assert [one.urgency for one in waiting(Kind.UNMAPPED, days=14)] == [Urgency.OVERDUE, Urgency.TODAY]


def test_an_own_vacancy_past_its_deadline_waits_to_be_ended_and_the_feeds_ends_itself(
    session: Session, who: Actor, waiting: Callable[..., list[Item]]
) -> None:
    today = clock.today()
    titles = {"før": today - DAY, "i dag": today, "uken": today + 7 * DAY, "senere": today + 8 * DAY}
    for title, deadline in titles.items():
        factories.vacancy(session, title=title, deadline=deadline)
    feed = factories.vacancy(session, title="utenfra", deadline=today - DAY).vacancy
    feed.source, feed.external_id = VacancySource.FEED, "x"
    found = waiting(Kind.VACANCY_DEADLINE)
    assert [(one.title, one.urgency) for one in found] == [
        ("før", Urgency.OVERDUE),
        ("i dag", Urgency.TODAY),
        ("uken", Urgency.WEEK),
    ]
    vacancies.close(session, who, found[0].record_id, 1, VacancyStatus.FILLED)
    assert [one.title for one in waiting(Kind.VACANCY_DEADLINE)] == ["i dag", "uken"]


def test_a_course_that_begins_soon_is_told_while_somebody_can_be_signed_up(
    session: Session, who: Actor, waiting: Callable[..., list[Item]]
) -> None:
    for title, days in (("begynt", -1), ("snart", 3), ("senere", 15)):
        courses.create(
            session, who,
            {"title": title, "kind": CourseOfferKind.LANGUAGE, "key": "nor", "to_level": "B1",
             "starts_on": clock.today() + days * DAY},
        )  # fmt: skip
    assert [(one.title, one.urgency) for one in waiting(Kind.COURSE_START)] == [("snart", Urgency.WEEK)]


def test_a_new_vacancy_shows_how_many_fit_it_well(session: Session, waiting: Callable[..., list[Item]]) -> None:
    accountants = [town.accountant(session).id for _ in range(2)]
    assert len(accountants) == 2
    vacancy = vacancies.create(session, factories.actor(), town.opening(styrk="3313")).vacancy
    (item,) = waiting(Kind.STRONG_CANDIDATES)
    assert (item.record_id, item.people, item.urgency) == (vacancy.id, 2, Urgency.WEEK)
    assert waiting(Kind.STRONG_CANDIDATES, days=15) == []


def test_strong_candidates_who_are_referred_already_wait_no_more_also_when_they_said_no(
    session: Session, who: Actor, waiting: Callable[..., list[Item]]
) -> None:
    accountants = [town.accountant(session).id for _ in range(2)]
    vacancy = vacancies.create(session, who, town.opening(styrk="3313")).vacancy
    other = vacancies.create(session, who, town.opening(styrk="3313")).vacancy
    declined = placements.refer(session, who, vacancy_id=vacancy.id, person_id=accountants[0])
    placements.advance(session, who, declined.id, 1, ReferralStage.DECLINED)
    found = {one.record_id: one.people for one in waiting(Kind.STRONG_CANDIDATES)}
    assert found == {vacancy.id: 1, other.id: 2}
    placements.refer(session, who, vacancy_id=vacancy.id, person_id=accountants[1])
    assert {one.record_id for one in waiting(Kind.STRONG_CANDIDATES)} == {other.id}


def test_who_is_archived_or_elsewhere_never_shows_and_who_is_protected_is_marked(
    session: Session, who: Actor, waiting: Callable[..., list[Item]]
) -> None:
    ends = clock.today() + DAY
    gone = factories.person(session, may_work_until=ends)
    people.archive(session, who, gone.id, gone.version)
    hidden = factories.person_id(session, may_work_until=ends, protected_address=True)
    found = waiting(Kind.PERMIT, Kind.UNMAPPED)
    assert {one.whose.person_id for one in found if one.whose} == {hidden}
    assert all(one.whose and one.whose.protected_address for one in found)
    assert waiting(actor=factories.actor(municipality_no=HITRA)) == []


def test_more_than_are_read_are_counted_all_the_same(
    session: Session, who: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (queries, service):
        monkeypatch.setattr(module, "MOST", 2)
    newest = [factories.person_id(session) for _ in range(4)][2:]
    session.flush()
    found = service.gather(session, who, {Kind.UNMAPPED})
    assert found.totals[Kind.UNMAPPED] == 4
    assert found.more_than_read(Kind.UNMAPPED)
    assert {item.record_id for block in found.blocks for item in block.items} == set(newest)


def test_questions_that_were_put_off_wait_until_they_are_asked(session: Session, who: Actor) -> None:
    olena, rasa = factories.person_id(session), factories.person_id(session)
    for whose in (olena, rasa):
        mapping.begin(session, who, whose, language="uk", interpreter=None)
        document = competence.read_profile(session, who, whose)
        for question in (Question.SKILLS, Question.START):
            mapping.leave(session, who, whose, question, document, later=True)
    assert service.gather(session, who, {Kind.ASK_LATER}).blocks == []  # they are not mapped yet, and wait as that
    mapping.end(session, who, olena, 0)
    session.flush()
    [block] = service.gather(session, who, {Kind.ASK_LATER}).blocks
    assert [(one.record_id, one.people, one.urgency) for one in block.items] == [(olena, 2, Urgency.SOON)]
    with clock.moved(by=timedelta(days=14)):
        [block] = service.gather(session, who, {Kind.ASK_LATER}).blocks
        assert block.period is Period.NOW
    mapping.begin(session, who, olena, language="uk", interpreter=None)  # a new conversation asks all anew
    assert service.gather(session, who, {Kind.ASK_LATER}).blocks == []


def test_those_shown_are_recorded_each_for_its_purpose_and_the_others_are_not(
    session: Session, who: Actor, rasa: UUID, waiting: Callable[..., list[Item]]
) -> None:
    vacancy = factories.vacancy(session).vacancy
    placements.refer(session, who, vacancy_id=vacancy.id, person_id=rasa)
    unmapped = [factories.person_id(session) for _ in range(3)]
    session.flush()
    session.info["audit_pending"] = []
    with clock.moved(by=DAY):
        found = service.gather(session, who, each=2)
    events = {one.purpose: one for one in session.info["audit_pending"]}
    assert set(events) == {Purpose.REFER, Purpose.MAP_COMPETENCE}
    assert events[Purpose.REFER].record_ids == (str(rasa),)
    assert events[Purpose.MAP_COMPETENCE].record_ids == tuple(str(one) for one in unmapped[:2])
    assert found.totals[Kind.UNMAPPED] == 3
    assert not found.more_than_read(Kind.UNMAPPED)


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (Role.LEADER, set()),
        (Role.DPO, set()),
        (Role.ANALYST, set()),
        (Role.HR, {Kind.VACANCY_DEADLINE}),
        (Role.ADMINISTRATOR, {Kind.COURSE_START}),
        (Role.COORDINATOR, set(Kind)),
    ],
)
def test_a_role_sees_what_it_can_do_something_about(session: Session, role: Role, kinds: set[Kind]) -> None:
    actor = factories.actor(role, unit="Skolen" if role is Role.HR else None)
    factories.person(session, may_work_until=date(2026, 1, 1))
    factories.vacancy(session, title="Annen enhet", unit="Helse", deadline=clock.today())
    factories.vacancy(session, title="Egen enhet", unit="Skolen", deadline=clock.today())
    found = service.gather(session, actor, frozenset(Kind) - {Kind.STRONG_CANDIDATES})
    assert set(found.totals) == kinds - {Kind.STRONG_CANDIDATES}
    if role is Role.HR:
        assert [item.title for block in found.blocks for item in block.items] == ["Egen enhet"]
