"""Advertisements that others publish: what stands beside their vacancies, how far the feed was read, what came of it."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SCOPE = "current_setting('kompetanse.municipality', true)"
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime()
LIST = sa.JSON(none_as_null=True)
NEW_TABLES = ("advertisement", "feed_cursor", "intake", "intake_change", "publication")
COUNTS = ("pages", "lines", "came", "changed", "went", "unchanged", "elsewhere", "unreadable")


def upgrade() -> None:
    make_advertisement()
    make_feed_cursor()
    make_intake()
    make_publication()
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


def owned() -> tuple[sa.Column[object], sa.Column[object]]:
    return sa.Column("municipality_no", words(4), nullable=False), sa.Column("id", sa.Uuid(), nullable=False)


def closed(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def belongs_to(table: str, owner: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["municipality_no", f"{owner}_id"],
        [f"{owner}.municipality_no", f"{owner}.id"],
        name=op.f(f"fk_{table}_{owner}"),
        ondelete="CASCADE",
    )


def make_advertisement() -> None:
    op.create_table(
        "advertisement",
        *owned(),
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("reference", words(255), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("modified_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("contacts", LIST, nullable=True),
        belongs_to("advertisement", "vacancy"),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_advertisement")),
        sa.UniqueConstraint("municipality_no", "vacancy_id", name="uq_advertisement_vacancy"),
    )


def make_feed_cursor() -> None:
    op.create_table(
        "feed_cursor",
        *owned(),
        sa.Column("source", words(300), nullable=False),
        sa.Column("page_url", words(500), nullable=True),
        sa.Column("etag", words(200), nullable=True),
        sa.Column("last_modified", words(100), nullable=True),
        sa.Column("claimed_by", sa.Uuid(), nullable=True),
        sa.Column("claimed_until", MOMENT, nullable=True),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_feed_cursor")),
        sa.UniqueConstraint("municipality_no", name="uq_feed_cursor_municipality"),
    )


def make_intake() -> None:
    faults = ("unreachable", "refused", "busy", "broken", "missing", "not_a_feed", "stopped", "other")
    op.create_table(
        "intake",
        *owned(),
        sa.Column("sender", words(120), nullable=True),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("status", closed("intakestatus", "running", "done", "failed", "broken_off"), nullable=False),
        sa.Column("fault", closed("intakefault", *faults), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.CheckConstraint("pages >= 0 AND lines >= 0", name=op.f("ck_intake_counts")),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_intake")),
    )
    op.create_index("ix_intake_started", "intake", ["municipality_no", "started_at"])
    op.create_table(
        "intake_change",
        *owned(),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind", closed("changekind", "came", "changed", "went", "moved", "aged", "unreadable"), nullable=False
        ),
        sa.Column("external_id", words(64), nullable=False),
        sa.Column("vacancy_id", sa.Uuid(), nullable=True),
        sa.Column("title", words(250), nullable=True),
        sa.Column("fields", LIST, nullable=False),
        belongs_to("intake_change", "intake"),
        belongs_to("intake_change", "vacancy"),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_intake_change")),
    )
    op.create_index("ix_intake_change_intake", "intake_change", ["municipality_no", "intake_id", "id"])


def make_publication() -> None:
    op.create_table(
        "publication",
        *owned(),
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("vacancy_version", sa.Integer(), nullable=False),
        sa.Column("status", closed("receiptstatus", "RECEIVED", "SKIPPED", "ERROR"), nullable=False),
        sa.Column("message", words(300), nullable=True),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("stopped_at", MOMENT, nullable=True),
        belongs_to("publication", "vacancy"),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_publication")),
        sa.UniqueConstraint("municipality_no", "vacancy_id", name="uq_publication_vacancy"),
    )
