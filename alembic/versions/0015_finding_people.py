"""Lists of people, searches that are kept and watched, and the order of names as Norwegians have it."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.types import TypeEngine

from kompetanse.people.rules import name_order

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

SCOPE = "current_setting('kompetanse.municipality', true)"
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime()
NEW_TABLES = ("people_list", "people_list_member", "saved_search", "search_watch", "search_known")


def upgrade() -> None:
    order_names()
    make_lists()
    make_searches()
    if op.get_bind().dialect.name == "postgresql":
        for table in NEW_TABLES:
            secure_rows(table)


def downgrade() -> None:
    for table in reversed(NEW_TABLES):
        op.drop_table(table)
    op.drop_index("ix_person_listed", "person")
    op.drop_column("person", "name_order")
    op.create_index("ix_person_listed", "person", ["municipality_no", "archived_at", "family_name", "given_name", "id"])


def order_names() -> None:
    """What lists are ordered by: the program makes it of a name, so it is made here of every name that is there."""
    connection = op.get_bind()
    kind, nothing = ("BLOB", "x''") if connection.dialect.name == "sqlite" else ("BYTEA", "''")
    op.execute(f"ALTER TABLE person ADD COLUMN name_order {kind} NOT NULL DEFAULT {nothing}")
    if connection.dialect.name == "postgresql":
        op.execute("ALTER TABLE person ALTER COLUMN name_order DROP DEFAULT")
    person = sa.table(
        "person",
        *(sa.column(name, sa.String) for name in ("municipality_no", "family_name", "given_name")),
        sa.column("id", sa.Uuid),
        sa.column("name_order", sa.LargeBinary),
    )
    named = sa.select(person.c.municipality_no, person.c.id, person.c.family_name, person.c.given_name)
    placed = [
        {"no": no, "person": person_id, "place": name_order(family, given)}
        for no, person_id, family, given in connection.execute(named)
    ]
    this = (person.c.municipality_no == sa.bindparam("no")) & (person.c.id == sa.bindparam("person"))
    if placed:
        connection.execute(sa.update(person).where(this).values(name_order=sa.bindparam("place")), placed)
    op.drop_index("ix_person_listed", "person")
    op.create_index("ix_person_listed", "person", ["municipality_no", "archived_at", "name_order", "id"])


def secure_rows(table: str) -> None:
    """Let a session see and write the rows of its own municipality only, also as the tables' owner."""
    allowed = f"{SCOPE} = '*' OR municipality_no = {SCOPE}"
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY municipality ON {table} USING ({allowed}) WITH CHECK ({allowed})")


def words(length: int) -> TypeEngine[str]:
    return sqlmodel.sql.sqltypes.AutoString(length=length)


def owned(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("municipality_no", words(4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f(f"pk_{table}")),
    )


def belonging(table: str, column: str, to: str) -> tuple[sa.schema.SchemaItem, ...]:
    """A column that leads to a row of the same municipality, and goes with it."""
    return (
        sa.Column(column, sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_no", column],
            [f"{to}.municipality_no", f"{to}.id"],
            name=op.f(f"fk_{table}_{to}"),
            ondelete="CASCADE",
        ),
    )


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(
        "municipality_no", *columns, name=op.f(f"uq_{table}_municipality_no_{'_'.join(columns)}")
    )


def versioned(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f(f"ck_{table}_version")),
    )


def make_lists() -> None:
    op.create_table(
        "people_list",
        *owned("people_list"),
        *versioned("people_list"),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("name", words(80), nullable=False),
        unique("people_list", "name"),
    )
    op.create_table(
        "people_list_member",
        *owned("people_list_member"),
        *belonging("people_list_member", "list_id", "people_list"),
        *belonging("people_list_member", "person_id", "person"),
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        unique("people_list_member", "list_id", "person_id"),
    )
    op.create_index("ix_people_list_member_person", "people_list_member", ["municipality_no", "person_id", "id"])


def make_searches() -> None:
    op.create_table(
        "saved_search",
        *owned("saved_search"),
        *versioned("saved_search"),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("name", words(80), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        unique("saved_search", "owner_id", "name"),
    )
    op.create_table(
        "search_watch",
        *owned("search_watch"),
        *belonging("search_watch", "search_id", "saved_search"),
        sa.Column("watcher_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=True),
        unique("search_watch", "search_id", "watcher_id"),
    )
    op.create_index("ix_search_watch_watcher", "search_watch", ["municipality_no", "watcher_id"])
    op.create_table(
        "search_known",
        *owned("search_known"),
        *belonging("search_known", "watch_id", "search_watch"),
        *belonging("search_known", "person_id", "person"),
        sa.Column("since", MOMENT, nullable=False),
        unique("search_known", "watch_id", "person_id"),
    )
    op.create_index("ix_search_known_person", "search_known", ["municipality_no", "person_id", "id"])
