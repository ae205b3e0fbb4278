"""Searches that are kept, by name and for colleagues too, and watched: who fits since the search was opened last."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.competence import understanding
from kompetanse.competence.listing import everybody
from kompetanse.database import add_once, touch
from kompetanse.errors import Conflict, FieldFault, Invalid, NotFound, Stale
from kompetanse.finding import criteria, queries
from kompetanse.finding.criteria import NO_SEARCH, PeopleFilter
from kompetanse.finding.lists import accepted_name
from kompetanse.finding.tables import SavedSearch, SearchKnown, SearchWatch

MOST_WATCHED = 20_000
"""So many who fit are kept of a watched search at most: more than any municipality has newcomers to watch for."""


@dataclass(frozen=True, slots=True)
class KeptSearch:
    """A saved search as its reader sees it. `wanted` is None where a later version of the program asked for more.

    `watch_id` is the reader's own watch of it, None where she does not watch. `fresh`: somebody new was found when it
    was last opened.
    """

    id: UUID
    version: int
    name: str
    wanted: PeopleFilter | None
    shared: bool
    own: bool
    watch_id: UUID | None
    fresh: bool


@dataclass(frozen=True, slots=True)
class News:
    """How many fit a watched search who did not when it was opened last."""

    search_id: UUID
    name: str
    people: int


def every_search(session: Session, actor: Actor) -> list[KeptSearch]:
    """The actor's own searches and those that colleagues share, by name. They name nobody, so it is no event."""
    actor = actor.doing(Operation.READ_PEOPLE)
    watches = {one.search_id: one for one in session.exec(queries.watches(actor))}
    found = [_view(actor, one, watches.get(one.id)) for one in session.exec(queries.searches(actor))]
    return sorted(found, key=lambda one: one.name.casefold())


def read(session: Session, actor: Actor, search_id: UUID) -> KeptSearch:
    """One search that is hers, or that a colleague shares. Raises NotFound."""
    found = next((one for one in every_search(session, actor) if one.id == search_id), None)
    if found is None:
        raise NotFound("search")
    return found


def save(
    session: Session,
    actor: Actor,
    name: str,
    wanted: PeopleFilter,
    *,
    shared: bool = False,
    replacing: bool = True,
) -> KeptSearch:
    """Keep a search; with `replacing` one of the actor's own of this name asks for this from now on.

    A name or a number that was searched for is not kept: a person is found by her card, and several by a list. A button
    that is pressed twice keeps it once.

    Raises:
        Invalid: it has no name, asks for nothing, or for somebody. Conflict: there is one, and it is not replaced.
    """
    actor = actor.doing(Operation.READ_PEOPLE)
    name, asked = accepted_name(name), _accepted(session, actor, wanted)
    same = queries.own_searches(actor).where(SavedSearch.name == name).with_for_update()
    found = session.exec(same).first()
    if found is None:
        made = SavedSearch(
            municipality_no=actor.municipality_no, owner_id=actor.id, name=name, criteria=asked, shared=shared
        )
        if add_once(session, made):
            audit.record(session, actor, "create", "saved_search", [made.id], sorted(asked))
            return read(session, actor, made.id)
        found = session.exec(same).one()
    if not replacing:
        raise Conflict("There is a search of this name already")
    if (found.criteria, found.shared) != (asked, shared):
        _change(session, actor, found, name, asked, shared)
    return read(session, actor, found.id)


def change(
    session: Session, actor: Actor, search_id: UUID, version: int, *, name: str, wanted: PeopleFilter, shared: bool
) -> KeptSearch:
    """Change one of the actor's own searches.

    Raises:
        Invalid: it has no name, one that another has, asks for nothing, or for somebody. Stale. NotFound.
    """
    actor = actor.doing(Operation.READ_PEOPLE)
    found = _locked(session, actor, search_id, version)
    name = accepted_name(name)
    same = queries.own_searches(actor).where(SavedSearch.name == name, SavedSearch.id != search_id)
    if session.exec(same).first():
        raise Invalid(FieldFault("/name", "Another search has this name", "Choose another name"))
    _change(session, actor, found, name, _accepted(session, actor, wanted), shared)
    return read(session, actor, search_id)


def delete(session: Session, actor: Actor, search_id: UUID, version: int) -> None:
    """Forget one of the actor's own searches, and whoever watches it. Raises Stale, NotFound."""
    actor = actor.doing(Operation.READ_PEOPLE)
    session.delete(_locked(session, actor, search_id, version))
    session.flush()
    audit.record(session, actor, "delete", "saved_search", [search_id])


def watch(session: Session, actor: Actor, search_id: UUID) -> None:
    """Tell the actor from now on when somebody fits who does not today. Raises NotFound."""
    actor = actor.doing(Operation.READ_PEOPLE)
    found = read(session, actor, search_id)
    if found.watch_id is not None or found.wanted is None:
        return
    made = SearchWatch(municipality_no=actor.municipality_no, search_id=search_id, watcher_id=actor.id)
    if add_once(session, made):
        _remember(session, actor, made, everybody(session, actor, found.wanted, MOST_WATCHED))
        audit.record(session, actor, "watch", "saved_search", [search_id])


def end_watch(session: Session, actor: Actor, search_id: UUID) -> None:
    """Tell her no more. Nothing happens where she does not watch."""
    actor = actor.doing(Operation.READ_PEOPLE)
    for one in session.exec(queries.watches(actor).where(SearchWatch.search_id == search_id)).all():
        session.delete(one)
        audit.record(session, actor, "end_watch", "saved_search", [search_id])
    session.flush()


def news(session: Session, actor: Actor) -> list[News]:
    """Of each search that the actor watches how many are new; none where nobody is. It names nobody, so no event."""
    actor = actor.doing(Operation.READ_PEOPLE)
    counted = [(one, news_of(session, actor, one)) for one in every_search(session, actor)]
    return [News(one.id, one.name, people) for one, people in counted if people]


def news_of(session: Session, actor: Actor, search: KeptSearch) -> int:
    """How many fit a search who are new to the actor; none where she does not watch it. To count is not to see."""
    if search.watch_id is None or search.wanted is None:
        return 0
    fitting = everybody(session, actor, search.wanted, MOST_WATCHED)
    known = set(session.exec(queries.known(actor, search.watch_id)))
    return sum(person_id not in known for person_id in fitting)


def open_search(session: Session, actor: Actor, search_id: UUID) -> KeptSearch:
    """See who is new: they are known to the watcher from now on, and stay marked until others are new.

    Raises NotFound.
    """
    actor = actor.doing(Operation.READ_PEOPLE)
    found = read(session, actor, search_id)
    if found.watch_id is None or found.wanted is None:
        return found
    watched = session.exec(queries.watches(actor).where(SearchWatch.id == found.watch_id).with_for_update()).one()
    fitting = everybody(session, actor, found.wanted, MOST_WATCHED)
    known = set(session.exec(queries.known(actor, watched.id)))
    gone = known.difference(fitting)
    for some in _chunks(list(gone)):
        session.execute(queries.no_more_known(actor, watched.id, some))
    fresh = [person_id for person_id in fitting if person_id not in known]
    if fresh:
        watched.opened_at = clock.now()
        _remember(session, actor, watched, fresh)
    return read(session, actor, search_id)


def _accepted(session: Session, actor: Actor, wanted: PeopleFilter) -> dict[str, object]:
    """What is kept of a search. Raises Invalid when nothing is asked for, or somebody."""
    if wanted.text.strip() and not understanding.understand(session, actor, wanted).competence:
        raise Invalid(
            FieldFault("/text", "A name or number is not kept", "Search for work or skills, or put people on a list")
        )
    if wanted.fresh_in is not None or wanted == NO_SEARCH:
        raise Invalid(FieldFault("/text", "Nothing is searched for", "Choose at least one filter"))
    return criteria.stored(wanted)


def _change(
    session: Session, actor: Actor, found: SavedSearch, name: str, asked: dict[str, object], shared: bool
) -> None:
    found.name, found.criteria, found.shared = name, asked, shared
    touch(found)
    session.flush()
    audit.record(session, actor, "change", "saved_search", [found.id], sorted(asked))


def _locked(session: Session, actor: Actor, search_id: UUID, version: int) -> SavedSearch:
    own = queries.own_searches(actor).where(SavedSearch.id == search_id).with_for_update()
    found = session.exec(own.execution_options(populate_existing=True)).first()
    if found is None:
        raise NotFound("search")
    if found.version != version:
        raise Stale("The search was changed since you read it; read it again")
    return found


def _view(actor: Actor, found: SavedSearch, watched: SearchWatch | None) -> KeptSearch:
    try:
        wanted = criteria.loaded(found.criteria)
    except ValueError:
        wanted = None
    fresh = watched is not None and watched.opened_at is not None
    return KeptSearch(
        found.id, found.version, found.name, wanted, found.shared, found.owner_id == actor.id,
        watched.id if watched else None, fresh,
    )  # fmt: skip


def _remember(session: Session, actor: Actor, watched: SearchWatch, people: list[UUID]) -> None:
    since = watched.opened_at or watched.created_at
    session.add_all(
        SearchKnown(municipality_no=actor.municipality_no, watch_id=watched.id, person_id=one, since=since)
        for one in people
    )
    session.flush()


def _chunks(ids: list[UUID]) -> list[list[UUID]]:
    return [ids[start : start + 500] for start in range(0, len(ids), 500)]
