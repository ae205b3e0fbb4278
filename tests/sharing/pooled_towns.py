"""Three municipalities with people, agreements and, where a test wants it, a pool."""

from collections.abc import Iterable
from datetime import date, datetime
from random import Random
from uuid import UUID

from sqlalchemy import insert, update
from sqlmodel import col, select

from kompetanse import clock
from kompetanse.actor import SYSTEM_ID, Actor, Role, system_actor
from kompetanse.codes.consent import ConsentPurpose
from kompetanse.database import EVERYWHERE, Database
from kompetanse.demo.generator import Maker
from kompetanse.people.tables import Consent
from kompetanse.sealing import Sealer
from kompetanse.sharing import falling, pools, publishing, service
from kompetanse.sharing.periods import period_of
from kompetanse.sharing.service import SharedView
from kompetanse.sharing.tables import PoolingAgreement
from tests.factories import FROYA, HITRA, actor, agreement

HEIM, ORLAND = "5055", "5057"
TOWNS = (FROYA, HITRA, HEIM)
SEALER = Sealer(b"a secret for tests, 32 bytes long!")
PEOPLE, K = 160, 5


def admin(number: str) -> Actor:
    return actor(Role.ADMINISTRATOR, municipality_no=number)


def settle(database: Database, recipients: Iterable[str] = (ORLAND,), towns: Iterable[str] = TOWNS) -> None:
    """People in each town, and agreements with recipients."""
    for seed, number in enumerate(towns):
        with database.session(number) as session:
            for batch in Maker(Random(seed), number, SYSTEM_ID, clock.today()).batches(PEOPLE):
                for table, rows in batch.rows.items():
                    session.connection().execute(insert(table), rows)
            for recipient in recipients:
                if recipient != number:
                    agreement(session, recipient_no=recipient, k=K, who=admin(number))


def pool(database: Database, towns: Iterable[str] = TOWNS) -> None:
    """Each town enters the pool."""
    for number in towns:
        with database.session(number) as session:
            others = [one for one in towns if one != number]
            pools.enter(session, admin(number), others=others, fields={"starts_on": date(2020, 1, 1)})


def release(database: Database, number: str = FROYA) -> None:
    with database.session(number) as session:
        publishing.release(session, system_actor(number), SEALER)


def read(database: Database, number: str, recipient_no: str = ORLAND) -> SharedView:
    falling.tend(database, number)
    with database.session(number) as session:
        who = actor(Role.NEIGHBOUR, municipality_no=number, recipient_no=recipient_no)
        return service.shared_view(session, who, SEALER)


def leave(database: Database, number: str) -> None:
    with database.session(number) as session:
        own = select(PoolingAgreement).where(PoolingAgreement.municipality_no == number)
        pools.revoke(session, admin(number), session.exec(own).one().id)


def later(quarters: int) -> datetime:
    """The second day of the quarter that comes after so many."""
    months = (period_of(clock.today()) + quarters) * 3
    return clock.now().replace(year=months // 12, month=months % 12 + 1, day=2)


def withdraw(database: Database, ids: Iterable[UUID]) -> None:
    sharing = col(Consent.purpose) == ConsentPurpose.SHARE_WITH_NEIGHBOURS
    with database.session(EVERYWHERE) as session:
        session.execute(update(Consent).where(sharing, col(Consent.person_id).in_(list(ids))).values(granted=False))
