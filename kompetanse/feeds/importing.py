"""Keeps vacancies in step with the job service's feed, one entry at a time.

Every advertisement that is given is kept, whatever municipality its workplace is in (`workplace_no` says which):
choosing is the business of whoever reads the feed.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from html import escape
from uuid import UUID

from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.municipalities import is_postal_code
from kompetanse.codes.work import VacancySource, VacancyStatus
from kompetanse.feeds import queries
from kompetanse.feeds.entries import FeedContact, FeedDoubt, FeedRefused, VacancyEntry, Withdrawn, parse_feed_entry
from kompetanse.feeds.tables import Advertisement
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.rules import TEXT_LENGTHS, safe_description
from kompetanse.vacancies.service import VacancyFields, VacancyRecord
from kompetanse.vacancies.tables import Vacancy

_LONGEST_ID = 64
_MOST_POSITIONS = 1000
_MOST_CONTACTS = 10
_LONGEST_CONTACT = 200
_LONGEST_TEXT = 40_000  # of the column's 50,000: room for what is added, and for tags that a cut leaves open


class FeedOutcome(StrEnum):
    """What an entry led to."""

    CREATED = "created"
    UPDATED = "updated"
    CLOSED = "closed"
    UNCHANGED = "unchanged"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where advertisements come from: the feed, or a client that pushes its own, by references of its own."""

    source: VacancySource = VacancySource.FEED
    provider_id: UUID | None = None

    def external_id(self, reference: str) -> str:
        """What a reference is called here. Two clients' equal references are different advertisements."""
        if self.provider_id is None:
            return reference
        return hashlib.sha256(f"{self.provider_id}:{reference}".encode()).hexdigest()


FEED = Origin()


@dataclass(frozen=True, slots=True)
class FeedImport:
    """The outcome, the vacancy that it concerns (None when ignored), and what of the entry could not be read.

    `fields` are those that an update changed.
    """

    outcome: FeedOutcome
    vacancy_id: UUID | None
    doubts: tuple[FeedDoubt, ...] = ()
    fields: tuple[str, ...] = ()


def import_feed_entry(session: Session, actor: Actor, payload: bytes | str) -> FeedImport:
    """Create, change or close the vacancy of one feed entry (JSON).

    A vacancy that has ended here stays ended, though its advertisement lives on: whoever filled it knows best.
    What the coordinator added and the feed does not have (unit, skills, languages) is left alone.

    Raises:
        FeedRefused: not an entry of the feed. Forbidden: the actor may not write vacancies.
    """
    return take_entry(session, actor, parse_feed_entry(payload))


def take_entry(session: Session, actor: Actor, entry: VacancyEntry | Withdrawn) -> FeedImport:
    """Create, change or close the vacancy of an entry of the feed that was read. Raises FeedRefused, Forbidden."""
    if isinstance(entry, Withdrawn):
        return withdraw(session, actor, entry.external_id, said_at=entry.modified_at)
    return keep(session, actor, entry)


def keep(session: Session, actor: Actor, entry: VacancyEntry, origin: Origin = FEED) -> FeedImport:
    """Create or change the vacancy of a published advertisement; one that is older than what is known changes nothing.

    An advertisement that was withdrawn and is published again is a new vacancy.

    Raises:
        FeedRefused: its id is none. Forbidden: the actor may not write vacancies.
    """
    actor = actor.doing(Operation.WRITE_VACANCIES)
    standing = _standing(session, actor, entry.external_id, origin)
    known = _known(session, actor, standing)
    if standing is not None and known is not None and known.withdrawn_at is not None:
        given_up = VacancyFields(external_id=None)
        vacancies.change(session, actor, standing.vacancy.id, standing.vacancy.version, given_up)
        standing = known = None
    if standing is None:
        made = vacancies.create(session, actor, _fields(entry, origin))
        _remember(session, made.vacancy, None, entry, origin)
        return FeedImport(FeedOutcome.CREATED, made.vacancy.id, entry.doubts)
    return _update(session, actor, standing, known, entry, origin)


def withdraw(
    session: Session, actor: Actor, reference: str, origin: Origin = FEED, *, said_at: datetime | None = None
) -> FeedImport:
    """Close the vacancy of an advertisement that is not published any more, and erase its text and contacts.

    The vacancy itself stays, without them: people may have been referred to it. What was `said_at` a moment before the
    advertisement changed to what is known changes nothing: pages are read again, and it was published anew since.

    Raises:
        FeedRefused: the id is none. Forbidden: the actor may not write vacancies.
    """
    actor = actor.doing(Operation.WRITE_VACANCIES)
    standing = _standing(session, actor, reference, origin)
    if standing is None:
        return FeedImport(FeedOutcome.IGNORED, None)
    known = _known(session, actor, standing)
    if said_at is not None and known is not None and said_at < known.modified_at:
        return FeedImport(FeedOutcome.UNCHANGED, standing.vacancy.id)
    return close_withdrawn(session, actor, standing, known)


def close_withdrawn(session: Session, actor: Actor, standing: VacancyRecord, known: Advertisement | None) -> FeedImport:
    """Close and erase a vacancy of which the advertisement is known to be withdrawn."""
    if known is not None and known.withdrawn_at is None:
        known.withdrawn_at, known.contacts = clock.now(), None
    was_open = standing.vacancy.status is VacancyStatus.OPEN
    vacancies.erase(session, actor, standing.vacancy.id)
    return FeedImport(FeedOutcome.CLOSED if was_open else FeedOutcome.UNCHANGED, standing.vacancy.id)


def _standing(session: Session, actor: Actor, reference: str, origin: Origin) -> VacancyRecord | None:
    external_id = origin.external_id(reference)
    if not 0 < len(external_id) <= _LONGEST_ID:
        raise FeedRefused(("uuid",))
    return vacancies.find_external(session, actor, origin.source, external_id)


def _known(session: Session, actor: Actor, standing: VacancyRecord | None) -> Advertisement | None:
    if standing is None:
        return None
    return session.exec(queries.advertisement_of(actor, standing.vacancy.id)).one_or_none()


def _update(
    session: Session,
    actor: Actor,
    standing: VacancyRecord,
    known: Advertisement | None,
    entry: VacancyEntry,
    origin: Origin,
) -> FeedImport:
    vacancy, fields = standing.vacancy, _fields(entry, origin)
    if vacancy.status is not VacancyStatus.OPEN or (known is not None and entry.modified_at < known.modified_at):
        return FeedImport(FeedOutcome.UNCHANGED, vacancy.id, entry.doubts)
    differing = [name for name, value in fields.items() if getattr(vacancy, name) != value]
    if known is not None and known.contacts != _contacts(entry):
        differing.append("contacts")
    _remember(session, vacancy, known, entry, origin)
    if not differing:
        return FeedImport(FeedOutcome.UNCHANGED, vacancy.id, entry.doubts)
    if differing != ["contacts"]:
        vacancies.change(session, actor, vacancy.id, vacancy.version, fields)
    return FeedImport(FeedOutcome.UPDATED, vacancy.id, entry.doubts, tuple(differing))


def _remember(
    session: Session, vacancy: Vacancy, known: Advertisement | None, entry: VacancyEntry, origin: Origin
) -> None:
    """Keep what is no part of the vacancy: when the advertisement changed, and whom to ask."""
    if known is None:
        known = Advertisement(
            municipality_no=vacancy.municipality_no,
            vacancy_id=vacancy.id,
            reference=entry.external_id,
            provider_id=origin.provider_id,
            modified_at=entry.modified_at,
        )
        session.add(known)
    known.modified_at, known.contacts = entry.modified_at, _contacts(entry)


def _contacts(entry: VacancyEntry) -> list[dict[str, str]] | None:
    return [contact_told(one) for one in entry.contacts[:_MOST_CONTACTS]] or None


def contact_told(contact: FeedContact) -> dict[str, str]:
    """A contact as it is stored: only what is stated."""
    stated = {"name": contact.name, "title": contact.title, "email": contact.email, "phone": contact.phone}
    return {name: text[:_LONGEST_CONTACT] for name, text in stated.items() if text}


def _fields(entry: VacancyEntry, origin: Origin) -> VacancyFields:
    fields = VacancyFields(
        title=entry.title[: TEXT_LENGTHS["title"]],
        employer_name=_cut("employer_name", entry.employer_name),
        employer_org_no=entry.employer_org_no,
        description=_description(entry),
        percentage_min=entry.percentage_min,
        percentage_max=entry.percentage_max,
        duration=entry.duration,
        positions=min(entry.positions, _MOST_POSITIONS),
        starts_on=entry.starts_on,
        deadline=entry.deadline or entry.expires_on,
        place=_cut("place", entry.workplace.place),
        postal_code=_postal_code(entry.workplace.postal_code),
        workplace_no=entry.workplace.municipality_no,
        source=origin.source,
        external_id=origin.external_id(entry.external_id),
    )
    if entry.shifts:  # left out, what the coordinator wrote stands
        fields["shifts"] = list(entry.shifts)
    if entry.styrk is not None:  # left out, the title is linked instead
        fields["styrk"] = entry.styrk
    return fields


def _cut(name: str, text: str | None) -> str | None:
    return text[: TEXT_LENGTHS[name]] if text else None


def _postal_code(text: str | None) -> str | None:
    return text if text and is_postal_code(text) else None


def _description(entry: VacancyEntry) -> str | None:
    """The advertisement with what has no column of its own: dates that are words, and where to apply.

    In the form that it is stored in, so that the same entry read again is the same.
    """
    told = (entry.description or "")[:_LONGEST_TEXT] + "".join(_added(entry))
    return safe_description(told) or None


def _added(entry: VacancyEntry) -> Iterator[str]:
    for name, words in (("Oppstart", entry.start_as_written), ("Søknadsfrist", entry.deadline_as_written)):
        if words:
            yield f"<p>{name}: {escape(words)}</p>"
    address = entry.application_url or entry.url
    if address:
        yield f'<p><a href="{escape(address)}">Til annonsen</a></p>'
