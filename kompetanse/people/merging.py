"""Merging two records of one person. A snapshot keeps both as they were, but for what has one place only."""

from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.consent import ConsentPurpose
from kompetanse.database import touch
from kompetanse.errors import FieldFault, Invalid, NotFound, Stale
from kompetanse.people import queries
from kompetanse.people.moving import move_rows
from kompetanse.people.rules import name_key, name_order
from kompetanse.people.service import PersonRecord, contacts_of, record_ended
from kompetanse.people.tables import Consent, Person, PersonMerge
from kompetanse.people.unread import check_told
from kompetanse.sealing import Sealer

_NOT_KEPT = {"national_id_sealed", "national_id_fingerprint", "postal_code", "name_order"}

_TOGETHER: tuple[tuple[str, ...], ...] = (
    ("given_name",),
    ("family_name",),
    ("born",),
    ("citizenships",),
    ("country_of_origin",),
    ("arrived_in_norway",),
    ("arrived_in_municipality",),
    ("residence_basis", "residence_until"),
    ("may_work", "may_work_until"),
    ("contact_languages",),
    ("needs_interpreter",),
    ("postal_code",),
)
"""What the remaining record takes over where it has nothing stated. Names in one group say one thing together:
an expiry is never taken over beside another permit than its own."""


def merge(
    session: Session,
    actor: Actor,
    *,
    keep_id: UUID,
    absorb_id: UUID,
    version: int,
    sealer: Sealer,
    told: bool = False,
) -> PersonRecord:
    """Let one record absorb another of the same person; `version` is that of the one that stays.

    Everything that belongs to the absorbed record moves. What the remaining one has already (the same skill,
    the same phone number, a place in a household) stays as it is there. What it has not stated is filled in.
    Of two answers about consent the "no" stands. A protected address on either protects both. A postal code that is
    not taken over is gone.

    Raises:
        Invalid: it is one record, or there is no other. Stale: the remaining one was changed. NotFound.
        Conflict: the pages of the absorbed one are shut, and she has not read there what she was answered when she
        asked to be erased, nor was she `told` otherwise.
    """
    actor = actor.doing(Operation.REGISTER_PEOPLE)
    kept, absorbed = _both(session, actor, keep_id, absorb_id, version)
    check_told(session, actor, absorb_id, told=told)
    snapshot = {"person": _as_stored(absorbed), "kept": _as_stored(kept)}
    _settle_consents(session, actor, kept, absorbed)
    session.flush()
    moved = move_rows(session.connection(), actor.municipality_no, absorb_id, keep_id)
    session.expire_all()  # rows were moved past the session
    _fill(kept, absorbed)
    _hand_over_number(session, kept, absorbed, sealer)
    for earlier in session.exec(queries.absorbed_into(actor, absorb_id)):
        earlier.merged_into_id = keep_id
    session.add(
        PersonMerge(
            municipality_no=actor.municipality_no,
            person_id=keep_id,
            absorbed_id=absorb_id,
            merged_by=actor.id,
            snapshot={**snapshot, "rows": moved.rows, "left_out": moved.left_out},
        )
    )
    absorbed.merged_into_id, absorbed.archived_at = keep_id, clock.now()
    touch(absorbed)
    touch(kept)
    session.flush()
    audit.record(session, actor, "merge", "person", [keep_id, absorb_id], sorted(moved.rows))
    record_ended(session, actor, moved.ended, keep_id, absorb_id)
    return PersonRecord(kept, contacts_of(session, actor, keep_id))


def _both(session: Session, actor: Actor, keep_id: UUID, absorb_id: UUID, version: int) -> tuple[Person, Person]:
    """The two records, locked in one order, so that two who merge them crosswise do not wait for each other."""
    if keep_id == absorb_id:
        raise Invalid(FieldFault("/absorb_id", "A record cannot be merged with itself", "Choose the other record"))
    locked = queries.people_by_id(actor, [keep_id, absorb_id]).with_for_update()
    found = {p.id: p for p in session.exec(locked.execution_options(populate_existing=True))}
    if keep_id not in found:
        raise NotFound("person")
    if absorb_id not in found:
        raise Invalid(FieldFault("/absorb_id", "No such person", "She may be merged already"))
    if found[keep_id].version != version:
        raise Stale("The person was changed since you read the record; read it again")
    return found[keep_id], found[absorb_id]


def _as_stored(person: Person) -> object:
    """A person's columns for the snapshot, but for what has one place only, so that it can be taken away.

    That is the sealed number, and the postal code, which must be gone when the address becomes protected.
    """
    return person.model_dump(mode="json", exclude=_NOT_KEPT)


def _settle_consents(session: Session, actor: Actor, kept: Person, absorbed: Person) -> None:
    """Leave one standing answer to each question: the refusal where there is one, else the newer yes."""
    standing = [
        *session.exec(queries.standing_consents(actor, kept.id)),
        *session.exec(queries.standing_consents(actor, absorbed.id)),
    ]
    for about in {_about(one) for one in standing}:
        answers = sorted((one for one in standing if _about(one) == about), key=_standing_first)
        for superseded in answers[1:]:
            superseded.superseded_at = clock.now()


def _about(answer: Consent) -> tuple[ConsentPurpose, str, str]:
    return answer.purpose, answer.recipient_no, answer.section


def _standing_first(answer: Consent) -> tuple[bool, float]:
    return answer.granted, -answer.recorded_at.timestamp()


def _fill(kept: Person, absorbed: Person) -> None:
    """Let the remaining record state what only the other did."""
    for group in _TOGETHER:
        own, other = ([getattr(person, name) for name in group] for person in (kept, absorbed))
        if all(mine in (None, "", theirs) for mine, theirs in zip(own, other, strict=True)):
            for name, value in zip(group, other, strict=True):
                if value is not None:
                    setattr(kept, name, value)
    kept.name_key = name_key(kept.family_name, kept.given_name)
    kept.name_order = name_order(kept.family_name, kept.given_name)
    absorbed.postal_code = None
    kept.protected_address = kept.protected_address or absorbed.protected_address
    if kept.protected_address:
        kept.postal_code = None
    if absorbed.archived_at is None:
        kept.archived_at = None  # one of the two is in use
    notes = dict.fromkeys(text for text in (kept.notes, absorbed.notes) if text)
    kept.notes = "\n\n".join(notes)[:10_000] or None


def _hand_over_number(session: Session, kept: Person, absorbed: Person, sealer: Sealer) -> None:
    """Seal the national number anew for the record that stays, if it has none; a number has one holder."""
    if kept.national_id_kind is not None or absorbed.national_id_sealed is None:
        return
    digits = sealer.unseal(absorbed.national_id_sealed, str(absorbed.id))
    kind, fingerprint = absorbed.national_id_kind, absorbed.national_id_fingerprint
    absorbed.national_id_kind = absorbed.national_id_sealed = absorbed.national_id_fingerprint = None
    session.flush()
    kept.national_id_kind, kept.national_id_fingerprint = kind, fingerprint
    kept.national_id_sealed = sealer.seal(digits, str(kept.id))
