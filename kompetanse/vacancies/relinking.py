"""Keeps vacancies linked when a newer taxonomy replaces concepts."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit
from kompetanse.actor import system_actor
from kompetanse.database import count_up
from kompetanse.vacancies import queries
from kompetanse.vacancies.tables import Vacancy


def follow(session: Session, replaced: Mapping[str, str]) -> int:
    """Link the skills that vacancies ask for to their concepts' successors, in every municipality; how many.

    A skill whose successor the vacancy asks for already stays as it is.
    """
    asked = session.exec(queries.skills_linked_to(replaced)).all()
    known = {
        (one.municipality_no, one.vacancy_id, one.key)
        for one in session.exec(queries.skills_linked_to(replaced.values()))
    }
    changed: dict[str, set[UUID]] = defaultdict(set)
    links = 0
    for skill in asked:
        successor = (skill.municipality_no, skill.vacancy_id, replaced[skill.key])
        if successor not in known:
            known.add(successor)
            skill.key = replaced[skill.key]
            changed[skill.municipality_no].add(skill.vacancy_id)
            links += 1
    for municipality_no, ids in sorted(changed.items()):
        for vacancy_id in sorted(ids):
            count_up(session.get_one(Vacancy, (municipality_no, vacancy_id)))
        audit.record(session, system_actor(municipality_no), "relink", "vacancy", sorted(ids), ["skills"])
    session.flush()
    return links
