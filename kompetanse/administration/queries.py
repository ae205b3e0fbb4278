"""Selects of what is administered, each born in the municipality of who asks. None reads anything of a newcomer."""

from datetime import date, datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlmodel import col
from sqlmodel import select as entities
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor
from kompetanse.analytics.tables import AnalyticsRun
from kompetanse.exchange.tables import ExportRun, ImportRun
from kompetanse.feeds.tables import FeedCursor, Intake
from kompetanse.identity.tables import ApiClient, StaffAccount
from kompetanse.matching.tables import MatchingWeights
from kompetanse.sharing.tables import Agreement
from kompetanse.taxonomy.tables import LocalSynonym


def accounts(actor: Actor, now: datetime) -> Select[int, int, int]:
    """How many staff accounts are open, closed, and locked after wrong passwords."""
    closed = col(StaffAccount.disabled_at).is_not(None)
    locked = and_(~closed, col(StaffAccount.locked_until).is_not(None), col(StaffAccount.locked_until) > now)
    counted = (func.count().filter(~closed), func.count().filter(closed), func.count().filter(locked))
    return select(*counted).where(col(StaffAccount.municipality_no) == actor.municipality_no)


def clients(actor: Actor) -> Select[int]:
    """How many systems have a key that stands."""
    own = col(ApiClient.municipality_no) == actor.municipality_no
    return select(func.count()).select_from(ApiClient).where(own, col(ApiClient.revoked_at).is_(None))


def standing_agreements(actor: Actor, on: date) -> Select[int, date | None]:
    """How many agreements on sharing stand on a day, and which ends first."""
    stands = and_(
        col(Agreement.municipality_no) == actor.municipality_no,
        col(Agreement.revoked_at).is_(None),
        col(Agreement.starts_on) <= on,
        or_(col(Agreement.ends_on).is_(None), col(Agreement.ends_on) >= on),
    )
    return select(func.count(), func.min(col(Agreement.ends_on))).where(stands)


def weights_changed(actor: Actor) -> Select[datetime | None]:
    """When the weights of matching were tuned last."""
    own = col(MatchingWeights.municipality_no) == actor.municipality_no
    return select(func.max(col(MatchingWeights.changed_at))).where(own)


def words(actor: Actor) -> Select[int, datetime | None]:
    """How many words the municipality linked by hand, and when the last."""
    own = col(LocalSynonym.municipality_no) == actor.municipality_no
    return select(func.count(), func.max(col(LocalSynonym.created_at))).where(own)


def last_reading(actor: Actor) -> SelectOfScalar[Intake]:
    """The newest reading of the job service's feed."""
    own = (Intake.municipality_no == actor.municipality_no, col(Intake.sender).is_(None))
    return entities(Intake).where(*own).order_by(col(Intake.id).desc()).limit(1)


def feed_due(actor: Actor) -> Select[datetime]:
    """When the feed is read next."""
    return select(col(FeedCursor.due_at)).where(col(FeedCursor.municipality_no) == actor.municipality_no)


def last_export(actor: Actor) -> SelectOfScalar[ExportRun]:
    """The newest file to the job service that is whole."""
    whole = (ExportRun.municipality_no == actor.municipality_no, col(ExportRun.finished_at).is_not(None))
    return entities(ExportRun).where(*whole).order_by(col(ExportRun.id).desc()).limit(1)


def last_extract(actor: Actor) -> Select[datetime | None]:
    """When the newest analytics extract was whole."""
    own = col(AnalyticsRun.municipality_no) == actor.municipality_no
    return select(func.max(col(AnalyticsRun.finished_at))).where(own)


def last_import(actor: Actor) -> SelectOfScalar[ImportRun]:
    """The newest import of a file that stands."""
    own = (ImportRun.municipality_no == actor.municipality_no, col(ImportRun.undone_at).is_(None))
    return entities(ImportRun).where(*own).order_by(col(ImportRun.id).desc()).limit(1)
