"""Exports consenting people to the job service, as a stream that opens and closes its own transactions.

People are read page by page, each page in a transaction of its own that also writes the audit event with their
ids before a byte of the page is sent. So nobody who withdrew a moment ago is in what is still to come, no
transaction waits for a slow reader, and the audit trail says exactly who left even when the reader hangs up.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.languages import NORWEGIAN
from kompetanse.codes.occupations import occupation
from kompetanse.codes.residence import ContactKind
from kompetanse.codes.work import Shift, Strength
from kompetanse.competence.queries import parts_of
from kompetanse.competence.rules import main_occupation, months_by_occupation, spoken_level, spoken_norwegian
from kompetanse.competence.tables import (
    Education,
    Experience,
    PersonLanguage,
    PersonLicence,
    Profile,
    WishedOccupation,
)
from kompetanse.database import Database
from kompetanse.exchange import queries
from kompetanse.exchange.csv_safe import Resource, TableSchema, write_csv
from kompetanse.exchange.job_seekers import COLUMNS, JobSeeker, resource, schema
from kompetanse.people.queries import contact_points
from kompetanse.people.tables import Consent, ContactPoint, Person

__all__ = ["COLUMNS", "PAGE", "Resource", "TableSchema", "export_job_service", "resource", "schema"]

PAGE = 500
"""People read at a time."""

_RECORD_TYPE = "job_service_export"


def export_job_service(database: Database, actor: Actor) -> Iterator[bytes]:
    """The CSV of everybody whose consent to it stands, in chunks; see `schema` for its columns.

    An event tells that the export began, one a page who was in it, and one how many rows a complete file has.

    Raises:
        Forbidden: at once, not only when the first chunk is taken.
    """
    return _chunks(database, actor.doing(Operation.EXPORT_JOB_SERVICE))


def _chunks(database: Database, actor: Actor) -> Iterator[bytes]:
    _note(database, actor, "begin_export", _names())
    rows = 0

    def counted() -> Iterator[JobSeeker]:
        nonlocal rows
        for seeker in _seekers(database, actor):
            rows += 1
            yield seeker

    yield from write_csv(COLUMNS, counted())
    _note(database, actor, "complete_export", [f"{rows} rows"])


def _note(database: Database, actor: Actor, action: str, fields: list[str]) -> None:
    with database.session(actor.municipality_no) as session:
        audit.record(session, actor, action, _RECORD_TYPE, fields=fields)


def _seekers(database: Database, actor: Actor) -> Iterator[JobSeeker]:
    after: UUID | None = None
    today = clock.today()
    while True:
        with database.session(actor.municipality_no, write=False) as session:
            found = [(person, consent) for person, consent in session.exec(queries.job_seekers(actor, after, PAGE))]
            page = list(_described(session, actor, found, today))
            if found:
                audit.record(session, actor, "export", "person", [person.id for person, _ in found], _names())
                after = found[-1][0].id
        yield from page  # only now: the event is on disk
        if len(page) < PAGE:
            return


def _names() -> list[str]:
    return [column.name for column in COLUMNS]


class _OfAPerson(Protocol):
    @property
    def person_id(self) -> UUID: ...


_Row = TypeVar("_Row", bound=_OfAPerson)


def _by_person(rows: Iterable[_Row]) -> Mapping[UUID, list[_Row]]:
    found: dict[UUID, list[_Row]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found


def _described(session: Session, actor: Actor, found: list[tuple[Person, Consent]], today: date) -> Iterator[JobSeeker]:
    """The people of a page with all that their lines need: one query a table, however many they are."""
    ids = [person.id for person, _ in found]
    contacts = _by_person(session.exec(contact_points(actor, ids)))
    profiles = {profile.person_id: profile for profile in session.exec(queries.profiles(actor, ids))}
    jobs = _by_person(session.exec(parts_of(actor, Experience, ids)))
    schools = _by_person(session.exec(parts_of(actor, Education, ids)))
    languages = _by_person(session.exec(parts_of(actor, PersonLanguage, ids)))
    licences = _by_person(session.exec(parts_of(actor, PersonLicence, ids)))
    wanted = _by_person(session.exec(parts_of(actor, WishedOccupation, ids)))
    for person, consent in found:
        profile = profiles.get(person.id) or Profile(municipality_no=actor.municipality_no, person_id=person.id)
        styrk = main_occupation(jobs[person.id], today)
        school = max(schools[person.id], key=lambda one: one.level or "", default=None)
        yield JobSeeker(
            municipality_no=person.municipality_no,
            family_name=person.family_name,
            given_name=person.given_name,
            born=person.born,
            phone=_contact(contacts[person.id], ContactKind.PHONE),
            email=_contact(contacts[person.id], ContactKind.EMAIL),
            needs_interpreter=person.needs_interpreter,
            occupation=styrk,
            occupation_name=occupation(styrk).name_nb if styrk else None,
            occupation_as_spoken=_as_spoken(jobs[person.id], styrk),
            months=months_by_occupation(jobs[person.id], today).get(styrk) if styrk else None,
            education_level=school.level if school else None,
            education_field=school.field if school else None,
            recognition=school.recognition if school else None,
            norwegian_spoken=spoken_norwegian(languages[person.id]),
            norwegian_written=_written_norwegian(languages[person.id]),
            other_languages=_others(languages[person.id]),
            licences=tuple(one.licence for one in licences[person.id] if _in_force(one, today)),
            wanted_occupations=_wanted(wanted[person.id]),
            percentage_min=profile.percentage_min,
            percentage_max=profile.percentage_max,
            shifts=tuple(Shift(shift) for shift in profile.shifts or ()),
            available_from=profile.available_from,
            consent_on=consent.given_on or consent.recorded_at.astimezone(clock.OSLO).date(),
        )


def _contact(points: Iterable[ContactPoint], kind: ContactKind) -> str | None:
    return next((point.value for point in points if point.kind is kind), None)


def _as_spoken(jobs: Iterable[Experience], styrk: str | None) -> str | None:
    """The title of the main occupation's job; of any job where none could be coded."""
    return next((job.title for job in jobs if job.styrk == styrk), None)


def _written_norwegian(languages: Iterable[PersonLanguage]) -> Cefr | None:
    """The lower of reading and writing, or the one that is stated, as `spoken_level` is of the oral skills."""
    norwegian = next((one for one in languages if one.language == NORWEGIAN), None)
    if norwegian is None:
        return None
    stated = [level for level in (norwegian.reading, norwegian.writing) if level is not None]
    return Cefr.C2 if norwegian.mother_tongue else min(stated, default=None)


def _others(languages: Iterable[PersonLanguage]) -> tuple[str, ...]:
    return tuple(
        " ".join(filter(None, (one.language, spoken_level(one)))) for one in languages if one.language != NORWEGIAN
    )


def _in_force(licence: PersonLicence, today: date) -> bool:
    return licence.holds and (licence.valid_until is None or licence.valid_until >= today)


def _wanted(wishes: Iterable[WishedOccupation]) -> tuple[str, ...]:
    codes = (wish.styrk for wish in wishes if wish.strength is not Strength.NEVER)
    return tuple(dict.fromkeys(code for code in codes if code))
