"""Keeps vacancies in step with the job service's feed, one entry at a time.

Every advertisement that is given is kept, whatever municipality its workplace is in (`workplace_no` says which):
choosing is the business of whoever reads the feed. Contacts are personal data of others, and are not stored.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from uuid import UUID

from sqlmodel import Session

from kompetanse.actor import Actor, Operation
from kompetanse.codes.work import VacancySource, VacancyStatus
from kompetanse.exchange.feed import FeedDoubt, FeedRefused, VacancyEntry, Withdrawn, parse_feed_entry
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.rules import TEXT_LENGTHS, safe_description
from kompetanse.vacancies.service import VacancyFields, VacancyRecord

_LONGEST_ID = 64
_MOST_POSITIONS = 1000
_LONGEST_TEXT = 40_000  # of the column's 50,000: room for what is added, and for tags that a cut leaves open


class FeedOutcome(StrEnum):
    """What an entry led to."""

    CREATED = "created"
    UPDATED = "updated"
    CLOSED = "closed"
    UNCHANGED = "unchanged"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class FeedImport:
    """The outcome, the vacancy that it concerns (None when ignored), and what of the entry could not be read."""

    outcome: FeedOutcome
    vacancy_id: UUID | None
    doubts: tuple[FeedDoubt, ...] = ()


def import_feed_entry(session: Session, actor: Actor, payload: bytes | str) -> FeedImport:
    """Create, change or close the vacancy of one feed entry (JSON).

    A vacancy that has ended here stays ended, though its advertisement lives on: whoever filled it knows best.
    What the coordinator added and the feed does not have (unit, skills, languages) is left alone.

    Raises:
        FeedRefused: not an entry of the feed. Forbidden: the actor may not write vacancies.
    """
    actor = actor.doing(Operation.WRITE_VACANCIES)
    entry = parse_feed_entry(payload)
    if not 0 < len(entry.external_id) <= _LONGEST_ID:
        raise FeedRefused(("uuid",))
    standing = vacancies.find_external(session, actor, VacancySource.FEED, entry.external_id)
    if isinstance(entry, Withdrawn):
        return _withdraw(session, actor, standing)
    if standing is None:
        made = vacancies.create(session, actor, _fields(entry))
        return FeedImport(FeedOutcome.CREATED, made.vacancy.id, entry.doubts)
    return _update(session, actor, standing, entry)


def _withdraw(session: Session, actor: Actor, standing: VacancyRecord | None) -> FeedImport:
    if standing is None:
        return FeedImport(FeedOutcome.IGNORED, None)
    vacancy = standing.vacancy
    if vacancy.status is not VacancyStatus.OPEN:
        return FeedImport(FeedOutcome.UNCHANGED, vacancy.id)
    vacancies.close(session, actor, vacancy.id, vacancy.version)
    return FeedImport(FeedOutcome.CLOSED, vacancy.id)


def _update(session: Session, actor: Actor, standing: VacancyRecord, entry: VacancyEntry) -> FeedImport:
    vacancy, fields = standing.vacancy, _fields(entry)
    same = all(getattr(vacancy, name) == value for name, value in fields.items())
    if same or vacancy.status is not VacancyStatus.OPEN:
        return FeedImport(FeedOutcome.UNCHANGED, vacancy.id, entry.doubts)
    vacancies.change(session, actor, vacancy.id, vacancy.version, fields)
    return FeedImport(FeedOutcome.UPDATED, vacancy.id, entry.doubts)


def _fields(entry: VacancyEntry) -> VacancyFields:
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
        source=VacancySource.FEED,
        external_id=entry.external_id,
    )
    if entry.styrk is not None:  # left out, the title is linked instead
        fields["styrk"] = entry.styrk
    return fields


def _cut(name: str, text: str | None) -> str | None:
    return text[: TEXT_LENGTHS[name]] if text else None


def _postal_code(text: str | None) -> str | None:
    return text if text and len(text) == 4 and text.isascii() and text.isdigit() else None


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
