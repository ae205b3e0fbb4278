"""Makes the registry that is measured: people with 31 fields and 20 skills each, on either database."""

from dataclasses import dataclass
from datetime import date
from random import Random
from uuid import UUID

from sqlalchemy import insert

from kompetanse import audit, migrations
from kompetanse.actor import SYSTEM_ID, Role, system_actor
from kompetanse.competence.tables import Skill
from kompetanse.database import EVERYWHERE, Database
from kompetanse.demo.generator import Maker
from kompetanse.identity import service as identity
from kompetanse.identity.tokens import Tokens
from kompetanse.people.tables import Person

MUNICIPALITY = "5014"
SECRET = "a secret for benchmarks only, which opens nothing"
PEOPLE, SKILLS = 2000, 20


@dataclass(frozen=True, slots=True)
class Registry:
    """A filled database, the people in it, and a token that may read them."""

    url: str
    people: tuple[UUID, ...]
    token: str

    @property
    def environment(self) -> dict[str, str]:
        """What a server of ours is started with."""
        return {"KOMPETANSE_DATABASE_URL": self.url, "KOMPETANSE_SECRET_KEY": SECRET, "KOMPETANSE_TOKEN_MINUTES": "60"}


def fill(url: str) -> Registry:
    """Migrate and fill a fresh database."""
    migrations.upgrade(url)
    database = Database(url)
    audit.install(database)
    people: list[UUID] = []
    with database.session(MUNICIPALITY) as session:
        maker = Maker(Random(1), MUNICIPALITY, SYSTEM_ID, date(2026, 6, 1))
        for batch in maker.batches(PEOPLE):
            rows = dict(batch.rows)
            rows[Skill] = [_skill(maker, row["id"], number) for row in rows[Person] for number in range(SKILLS)]
            for table, made in rows.items():
                session.connection().execute(insert(table), made)
            people += [row["id"] for row in rows[Person]]
        issued, _ = identity.issue_client(session, system_actor(MUNICIPALITY), name="bench", roles=[Role.COORDINATOR])
    with database.session(EVERYWHERE) as session:
        session.connection().exec_driver_sql("ANALYZE")
    database.dispose()
    token, _ = Tokens(SECRET.encode(), 60).issue(issued.client_id)
    return Registry(url, tuple(people), token)


def _skill(maker: Maker, person_id: UUID, number: int) -> dict[str, object]:
    key = f"http://data.europa.eu/esco/skill/{number:032d}"
    owned = {"municipality_no": maker.municipality_no, "id": maker.new_id(), "person_id": person_id}
    return {**owned, "key": key, "label": f"ferdighet {number}", "holds": True, "evidence": None}
