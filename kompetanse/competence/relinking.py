"""Keeps profiles linked when a newer taxonomy replaces concepts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit
from kompetanse.actor import system_actor
from kompetanse.competence import queries
from kompetanse.competence.tables import Experience, Interest, WishedOccupation
from kompetanse.database import count_up
from kompetanse.taxonomy import service as taxonomy


def follow(session: Session, replaced: Mapping[str, str]) -> int:
    """Link what is linked to a replaced concept to its successor, in every municipality; how many links there were.

    `replaced` holds successors by URI. What a person said is not touched. A skill whose successor she has
    already stays as it is: nothing is thrown away.
    """
    changed: dict[tuple[str, UUID], int] = defaultdict(int)
    skills = session.exec(queries.skills_linked_to(replaced)).all()
    held = {
        (one.municipality_no, one.person_id, one.key)
        for one in session.exec(queries.skills_linked_to(replaced.values()))
    }
    for skill in skills:
        successor = (skill.municipality_no, skill.person_id, replaced[skill.key])
        if successor not in held:
            held.add(successor)
            skill.key = replaced[skill.key]
            changed[skill.municipality_no, skill.person_id] += 1
    for row in _linked(session, replaced):
        changed[row.municipality_no, row.person_id] += 1
    people: dict[str, list[UUID]] = defaultdict(list)
    for municipality_no, person_id in sorted(changed):
        count_up(session.exec(queries.head_of(municipality_no, person_id)).one())
        people[municipality_no].append(person_id)
    for municipality_no, ids in people.items():
        audit.record(session, system_actor(municipality_no), "relink", "profile", ids, ["concept"])
    session.flush()
    return sum(changed.values())


def _linked(session: Session, replaced: Mapping[str, str]) -> Iterator[Experience | WishedOccupation | Interest]:
    """The entries beside skills that were linked to a replaced concept, and now are to its successor.

    An occupation's code follows too, where the successor has one.
    """
    known = taxonomy.concepts(session, set(replaced.values()))
    jobs = session.exec(queries.linked_to(Experience, "concept", replaced)).all()
    wanted = session.exec(queries.linked_to(WishedOccupation, "concept", replaced)).all()
    rows: list[Experience | WishedOccupation] = [*jobs, *wanted]
    for row in rows:
        row.concept = replaced[str(row.concept)]
        successor = known.get(row.concept)
        row.styrk = successor.styrk or row.styrk if successor else row.styrk
        yield row
    for interest in session.exec(queries.linked_to(Interest, "key", replaced)):
        interest.key = replaced[str(interest.key)]
        yield interest
