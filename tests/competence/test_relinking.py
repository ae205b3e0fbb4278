from collections.abc import Sequence

from sqlmodel import Session, col, select

from kompetanse.competence import relinking
from kompetanse.competence.tables import Experience, Interest, Profile, Skill, WishedOccupation
from tests.factories import FROYA, person

OLD, NEW = "http://data.europa.eu/esco/skill/old", "http://data.europa.eu/esco/skill/new"


def skilled(session: Session, *keys: str) -> Profile:
    one = person(session)
    profile = Profile(municipality_no=FROYA, person_id=one.id)
    skills = [Skill(municipality_no=FROYA, person_id=one.id, key=key, label="as said") for key in keys]
    session.add_all([profile, *skills])
    session.flush()
    return profile


def keys(session: Session, profile: Profile) -> Sequence[str]:
    skills = select(Skill).where(Skill.person_id == profile.person_id).order_by(col(Skill.key))
    return [one.key for one in session.exec(skills)]


def test_links_follow_to_the_successor_and_what_was_said_stays(session: Session) -> None:
    profile, other = skilled(session, OLD, "text:annet"), skilled(session, "text:annet")
    job = Experience(municipality_no=FROYA, person_id=profile.person_id, title="som sagt", concept=OLD)
    session.add(job)
    session.flush()
    assert relinking.follow(session, {OLD: NEW}) == 2
    assert keys(session, profile) == [NEW, "text:annet"]
    assert (job.concept, job.title) == (NEW, "som sagt")
    assert (profile.version, other.version) == (2, 1)


def test_who_has_both_keeps_both(session: Session) -> None:
    profile = skilled(session, OLD, NEW)
    assert relinking.follow(session, {OLD: NEW}) == 0
    assert keys(session, profile) == [NEW, OLD]
    assert profile.version == 1


def test_two_that_become_one_are_not_lost(session: Session) -> None:
    profile = skilled(session, OLD, f"{OLD}er")
    assert relinking.follow(session, {OLD: NEW, f"{OLD}er": NEW}) == 1
    assert len(keys(session, profile)) == 2
    assert NEW in keys(session, profile)


def test_relinking_is_recorded_for_whom_it_concerns(session: Session) -> None:
    profile = skilled(session, OLD)
    relinking.follow(session, {OLD: NEW})
    (event,) = [one for one in session.info["audit_pending"] if one.action == "relink"]
    assert (event.record_ids, event.record_type) == ((str(profile.person_id),), "profile")


def test_wished_occupations_and_interests_follow_too(session: Session) -> None:
    profile = skilled(session)
    updated = profile.updated_at
    her = profile.person_id
    wish = WishedOccupation(municipality_no=FROYA, person_id=her, title="som sagt", concept=OLD, styrk="5120")
    liked = Interest(municipality_no=FROYA, person_id=her, label="som sagt", key=OLD)
    other = Interest(municipality_no=FROYA, person_id=her, label="kor", key="urn:other")
    session.add_all([wish, liked, other])
    session.flush()
    assert relinking.follow(session, {OLD: NEW}) == 2
    assert (wish.concept, wish.title, wish.styrk) == (NEW, "som sagt", "5120")
    assert (liked.key, liked.label, other.key) == (NEW, "som sagt", "urn:other")
    assert profile.version == 2
    assert profile.updated_at == updated  # nobody said anything anew


def test_nothing_replaced_changes_nothing(session: Session) -> None:
    profile = skilled(session, OLD)
    assert relinking.follow(session, {}) == 0
    assert profile.version == 1
