"""Newcomers' own pages: links and devices that let them in, codes that failed, and requests to be erased."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SCOPE = "current_setting('kompetanse.municipality', true)"
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime()
NEW_TABLES = ("personal_link", "personal_device", "failed_opening", "erasure_request")


def upgrade() -> None:
    make_ways_in()
    make_failed_opening()
    make_erasure_request()
    if op.get_bind().dialect.name == "postgresql":
        for table in NEW_TABLES:
            secure_rows(table)


def downgrade() -> None:
    for table in reversed(NEW_TABLES):
        op.drop_table(table)


def secure_rows(table: str) -> None:
    """Let a session see and write the rows of its own municipality only, also as the tables' owner."""
    allowed = f"{SCOPE} = '*' OR municipality_no = {SCOPE}"
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY municipality ON {table} USING ({allowed}) WITH CHECK ({allowed})")


def words(length: int) -> TypeEngine[str]:
    return sqlmodel.sql.sqltypes.AutoString(length=length)


def of_a_person(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("municipality_no", words(4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_no", "person_id"],
            ["person.municipality_no", "person.id"],
            name=op.f(f"fk_{table}_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f(f"pk_{table}")),
    )


def index_people(table: str) -> None:
    op.create_index(f"ix_{table}_person", table, ["municipality_no", "person_id", "id"])


def make_ways_in() -> None:
    op.create_table(
        "personal_link",
        *of_a_person("personal_link"),
        sa.Column("token_hash", words(64), nullable=False),
        sa.Column("code_hash", words(64), nullable=False),
        sa.Column("language", words(8), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("spent_at", MOMENT, nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.CheckConstraint("expires_at > made_at", name=op.f("ck_personal_link_expires")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_personal_link_token_hash")),
        sa.UniqueConstraint("municipality_no", "code_hash", name=op.f("uq_personal_link_municipality_no_code_hash")),
    )
    index_people("personal_link")
    op.create_table(
        "personal_device",
        *of_a_person("personal_device"),
        sa.Column("token_hash", words(64), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("last_used_at", MOMENT, nullable=False),
        sa.UniqueConstraint("token_hash", name=op.f("uq_personal_device_token_hash")),
    )
    index_people("personal_device")


def make_failed_opening() -> None:
    op.create_table(
        "failed_opening",
        sa.Column("municipality_no", words(4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("address_hash", words(64), nullable=False),
        sa.Column("tried_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_failed_opening")),
    )
    op.create_index("ix_failed_opening_address", "failed_opening", ["address_hash", "tried_at"])
    op.create_index("ix_failed_opening_tried", "failed_opening", ["municipality_no", "tried_at"])


def make_erasure_request() -> None:
    op.create_table(
        "erasure_request",
        *of_a_person("erasure_request"),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answer", words(2000), nullable=True),
        sa.CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name=op.f("ck_erasure_request_answered")),
    )
    index_people("erasure_request")
    waiting = sa.text("answered_at IS NULL AND withdrawn_at IS NULL")
    op.create_index(
        "uq_erasure_request_waiting",
        "erasure_request",
        ["municipality_no", "person_id"],
        unique=True,
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
