"""A municipality's own weights: each tuning is kept, and the newest stands.

What may be tuned, and how far, is the engine's to say; here a weight is any name with a number of zero or more.
"""

from collections.abc import Iterable, Mapping
from math import isfinite

from sqlmodel import Session

from kompetanse import audit
from kompetanse.actor import Actor, Operation
from kompetanse.errors import FieldFault, Invalid, Stale
from kompetanse.matching import queries
from kompetanse.matching.tables import MatchingWeights

NOTE_LENGTH = 500
MOST_WEIGHTS = 100
LONGEST_NAME = 60


def current(session: Session, actor: Actor) -> Mapping[str, float]:
    """The weights that the municipality has set, by name; empty when it never has."""
    standing = latest(session, actor)
    return {} if standing is None else standing.weights


def latest(session: Session, actor: Actor) -> MatchingWeights | None:
    """The tuning that stands, None when there never was one. Raises Forbidden: the role neither matches nor tunes."""
    actor = actor.doing(Operation.MATCH if actor.may(Operation.MATCH) else Operation.TUNE_MATCHING)
    return session.exec(queries.tunings(actor).limit(1)).one_or_none()


def history(session: Session, actor: Actor) -> list[MatchingWeights]:
    """Every tuning, newest first: who set which weights when, and why."""
    actor = actor.doing(Operation.TUNE_MATCHING)
    return list(session.exec(queries.tunings(actor)))


def save(
    session: Session, actor: Actor, version: int, values: Mapping[str, float], note: str | None = None
) -> MatchingWeights:
    """Let other weights stand from now on; `version` is that of those that stand, 0 where none do.

    Raises:
        Invalid: a weight without a name, one that is no number of zero or more, too many, or a note that is too long.
        Stale: somebody tuned since.
    """
    actor = actor.doing(Operation.TUNE_MATCHING)
    note = (note or "").strip() or None
    faults = [*_value_faults(values), *_note_faults(note)]
    if faults:
        raise Invalid(*faults)
    standing = latest(session, actor)
    if version != (standing.version if standing else 0):
        raise Stale("The weights were changed since you read them; read them again")
    tuned = MatchingWeights(
        municipality_no=actor.municipality_no,
        version=version + 1,
        weights={name: float(value) for name, value in values.items()},
        note=note,
        changed_by=actor.id,
    )
    session.add(tuned)
    session.flush()
    audit.record(session, actor, "change", "matching_weights", [tuned.id], _changed(standing, tuned))
    return tuned


def _changed(standing: MatchingWeights | None, tuned: MatchingWeights) -> list[str]:
    before = standing.weights if standing else {}
    names = before.keys() | tuned.weights.keys()
    return sorted(name for name in names if before.get(name) != tuned.weights.get(name))


def _value_faults(values: Mapping[str, float]) -> Iterable[FieldFault]:
    if len(values) > MOST_WEIGHTS:
        yield FieldFault("/values", "Too many", f"Name at most {MOST_WEIGHTS} weights")
    for name, value in values.items():
        if not name.isidentifier() or len(name) > LONGEST_NAME:
            yield FieldFault("/values", "Not the name of a weight", "Use the names that the weights have")
        elif not isfinite(value) or value < 0:
            yield FieldFault(f"/values/{name}", "Out of range", "Write a number, 0 or more")


def _note_faults(note: str | None) -> Iterable[FieldFault]:
    if note is not None and len(note) > NOTE_LENGTH:
        yield FieldFault("/note", "Too long", f"Write at most {NOTE_LENGTH} characters")
