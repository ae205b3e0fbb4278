from collections.abc import Callable
from uuid import UUID

import pytest
from sqlmodel import Session

from kompetanse.actor import Actor, Role
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.work import Evidence, Shift, Strength, WishKind
from kompetanse.competence import service
from kompetanse.competence.service import ProfileDocument, ProfilePart
from kompetanse.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from kompetanse.ids import new_id
from tests import factories
from tests.factories import HITRA


def events(session: Session) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(e.action, e.record_type, e.fields) for e in session.info.get("audit_pending", [])]


@pytest.fixture
def who() -> Actor:
    return factories.actor()


@pytest.fixture
def rasa(session: Session) -> UUID:
    return factories.person_id(session, given_name="Rasa")


def test_a_profile_that_nobody_wrote_reads_as_version_0_with_nothing_stated(
    session: Session, who: Actor, rasa: UUID
) -> None:
    document = service.read_profile(session, who, rasa)
    assert (document.version, document.updated_at) == (0, None)
    assert not any(document.part(part) for part in ProfilePart)
    assert (document.shifts, document.percentage_min, document.mapped_on) == (None, None, None)


def test_the_first_change_makes_version_1_and_each_change_the_next(session: Session, who: Actor, rasa: UUID) -> None:
    first = service.change_wishes(session, who, rasa, 0, {"percentage_min": 80, "shifts": [Shift.DAY]})
    second = service.add_interest(session, who, rasa, 1, {"label": "kor"})
    third = service.remove_part(session, who, rasa, 2, ProfilePart.INTERESTS, second.interests[0].id)
    assert [first.version, second.version, third.version] == [1, 2, 3]
    assert (third.percentage_min, third.shifts, third.interests) == (80, ["day"], ())
    assert third.updated_at is not None


def test_a_change_of_another_version_is_stale(session: Session, who: Actor, rasa: UUID) -> None:
    service.add_interest(session, who, rasa, 0, {"label": "kor"})
    with pytest.raises(Stale):
        service.add_interest(session, who, rasa, 0, {"label": "piano"})
    with pytest.raises(Stale):
        service.change_wishes(session, who, rasa, 2, {"percentage_min": 50})


ADDS: list[Callable[[Session, Actor, UUID], ProfileDocument]] = [
    lambda s, a, p: service.add_skill(s, a, p, 0, {"label": "regnskap", "evidence": Evidence.DOCUMENTED}),
    lambda s, a, p: service.add_experience(s, a, p, 0, {"title": "regnskapsfører", "started": "2009"}),
    lambda s, a, p: service.add_education(s, a, p, 0, {"title": "bachelor", "country": "LT"}),
    lambda s, a, p: service.set_language(s, a, p, 0, {"language": "nob", "interaction": Cefr.B1}),
    lambda s, a, p: service.set_licence(s, a, p, 0, {"licence": "driving:B"}),
    lambda s, a, p: service.add_wished_occupation(s, a, p, 0, {"title": "kokk", "strength": Strength.NEVER}),
    lambda s, a, p: service.add_part(s, a, p, 0, ProfilePart.COURSES, {"title": "HACCP", "completed": "2025-03"})[0],
    lambda s, a, p: service.add_part(s, a, p, 0, ProfilePart.WISHES, {"kind": WishKind.LEAVES, "value": "fish"})[0],
    lambda s, a, p: service.add_interest(s, a, p, 0, {"label": "kor"}),
]


@pytest.mark.parametrize(("part", "add"), list(zip(ProfilePart, ADDS, strict=True)))
def test_every_part_can_be_written_and_taken_out(
    session: Session,
    who: Actor,
    rasa: UUID,
    part: ProfilePart,
    add: Callable[[Session, Actor, UUID], ProfileDocument],
) -> None:
    written = add(session, who, rasa)
    assert written.version == 1
    assert len(written.part(part)) == 1
    assert sum(len(written.part(one)) for one in ProfilePart) == 1
    gone = service.remove_part(session, who, rasa, 1, part, written.part(part)[0].id)
    assert gone.part(part) == ()


def test_no_not_stated_and_unknown_are_three_different_things(session: Session, who: Actor, rasa: UUID) -> None:
    service.set_licence(session, who, rasa, 0, {"licence": "driving:B", "holds": False})
    service.add_skill(session, who, rasa, 1, {"label": "sveising", "holds": False})
    service.add_education(session, who, rasa, 2, {"title": "lærer"})
    document = service.add_education(session, who, rasa, 3, {"title": "kokk", "completed": False})
    session.expire_all()
    document = service.read_profile(session, who, rasa)
    assert [(one.licence, one.holds) for one in document.licences] == [("driving:B", False)]  # no
    assert [one.holds for one in document.skills] == [False]  # no
    assert [one.completed for one in document.educations] == [None, False]  # not stated, no
    assert document.languages == ()  # unknown


def test_a_language_that_is_stated_again_is_replaced_and_not_mixed(session: Session, who: Actor, rasa: UUID) -> None:
    service.set_language(session, who, rasa, 0, {"language": "nor", "interaction": Cefr.A2, "reading": Cefr.B1})
    document = service.set_language(session, who, rasa, 1, {"language": "nno", "interaction": Cefr.B1})
    assert [(one.language, one.interaction, one.reading) for one in document.languages] == [("nor", Cefr.B1, None)]


def test_the_same_skill_in_other_words_is_a_conflict(session: Session, who: Actor, rasa: UUID) -> None:
    service.add_skill(session, who, rasa, 0, {"label": "Excel"})
    with pytest.raises(Conflict):
        service.add_skill(session, who, rasa, 1, {"label": "regneark"})


def test_an_entry_that_is_stated_anew_loses_what_is_left_out(session: Session, who: Actor, rasa: UUID) -> None:
    before = service.add_experience(session, who, rasa, 0, {"title": "kokk", "country": "LT", "months": 12})
    part_id = before.experiences[0].id
    after = service.change_part(session, who, rasa, 1, ProfilePart.EXPERIENCES, part_id, {"title": "regnskapsfører"})
    job = after.experiences[0]
    assert (job.id, job.styrk, job.country, job.months) == (part_id, "3313", None, None)
    assert after.version == 2


def test_an_entry_cannot_become_another_one_that_is_there(session: Session, who: Actor, rasa: UUID) -> None:
    service.add_skill(session, who, rasa, 0, {"label": "regnskap"})
    document = service.add_skill(session, who, rasa, 1, {"label": "sveising"})
    welding = document.skills[1].id
    with pytest.raises(Conflict):
        service.change_part(session, who, rasa, 2, ProfilePart.SKILLS, welding, {"label": "regnskap"})
    service.change_part(session, who, rasa, 2, ProfilePart.SKILLS, welding, {"label": "sveising", "holds": False})


def test_an_entry_of_somebody_else_is_not_found(session: Session, who: Actor, rasa: UUID) -> None:
    other = factories.person_id(session)
    theirs = service.add_interest(session, who, other, 0, {"label": "kor"}).interests[0].id
    with pytest.raises(NotFound):
        service.remove_part(session, who, rasa, 0, ProfilePart.INTERESTS, theirs)
    with pytest.raises(NotFound):
        service.change_part(session, who, rasa, 0, ProfilePart.INTERESTS, theirs, {"label": "x"})


def test_a_refused_change_leaves_the_version(session: Session, who: Actor, rasa: UUID) -> None:
    with pytest.raises(Invalid):
        service.set_licence(session, who, rasa, 0, {"licence": "nonsense"})
    assert service.read_profile(session, who, rasa).version == 0


def test_every_change_and_reading_leaves_an_event_that_names_fields_and_no_values(
    session: Session, who: Actor, rasa: UUID
) -> None:
    session.info["audit_pending"] = []
    service.change_wishes(session, who, rasa, 0, {"wishes_as_spoken": "vil ut av fisken", "percentage_min": 50})
    added = service.add_skill(session, who, rasa, 1, {"label": "regnskap", "holds": True})
    skill = added.skills[0].id
    service.change_part(session, who, rasa, 2, ProfilePart.SKILLS, skill, {"label": "regnskap"})
    service.remove_part(session, who, rasa, 3, ProfilePart.SKILLS, skill)
    service.read_profile(session, who, rasa)
    assert events(session) == [
        ("change", "profile", ("percentage_min", "wishes_as_spoken")),
        ("add", "profile", ("skills.holds", "skills.label")),
        ("change", "profile", ("skills.label",)),
        ("remove", "profile", ("skills",)),
        ("read", "profile", ()),
    ]
    assert {e.record_ids for e in session.info["audit_pending"]} == {(str(rasa),)}
    assert {e.purpose for e in session.info["audit_pending"]} == {"map_competence"}


def test_the_neighbours_coordinator_finds_nobody(session: Session, rasa: UUID) -> None:
    stranger = factories.actor(municipality_no=HITRA)
    with pytest.raises(NotFound):
        service.read_profile(session, stranger, rasa)
    with pytest.raises(NotFound):
        service.add_interest(session, stranger, rasa, 0, {"label": "kor"})


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR, Role.SYSTEM}))
def test_nobody_but_the_coordinator_reads_or_maps(session: Session, rasa: UUID, role: Role) -> None:
    with pytest.raises(Forbidden):
        service.read_profile(session, factories.actor(role), rasa)
    with pytest.raises(Forbidden):
        service.add_interest(session, factories.actor(role), rasa, 0, {"label": "kor"})


def test_a_person_and_her_profile_are_one_reading(session: Session, who: Actor, rasa: UUID) -> None:
    session.info["audit_pending"] = []
    found = service.read_person_profile(session, who, rasa)
    assert (found.record.person.given_name, found.profile.person_id) == ("Rasa", rasa)
    assert events(session) == [("read", "profile", ())]


def test_somebody_who_is_not_registered_is_not_found(session: Session, who: Actor) -> None:
    with pytest.raises(NotFound):
        service.read_person_profile(session, who, new_id())


def test_a_skill_comes_from_an_entry_of_the_same_profile(session: Session, who: Actor, rasa: UUID) -> None:
    job = service.add_experience(session, who, rasa, 0, {"title": "regnskapsfører"}).experiences[0]
    document = service.add_skill(session, who, rasa, 1, {"label": "regnskap", "source_id": job.id})
    assert document.skills[0].source_id == job.id
    for other in (new_id(), document.skills[0].id):
        with pytest.raises(Invalid) as refused:
            service.add_skill(session, who, rasa, 2, {"label": "lønn", "source_id": other})
        assert refused.value.faults[0].pointer == "/source_id"
