"""Runs migrations on the database that the settings, or the caller, name."""

from alembic import context

from kompetanse.database import EVERYWHERE, Database
from kompetanse.model import METADATA
from kompetanse.settings import Settings


def migrate() -> None:
    url = context.config.attributes.get("url") or Settings().database_url
    database = Database(url)
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql("SELECT set_config('kompetanse.municipality', %s, false)", (EVERYWHERE,))
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=METADATA,
            render_as_batch=database.is_sqlite,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    database.dispose()


migrate()
