"""What matching stores: marks of pairs, tuned weights, results; courses on offer; where people live; ages and places."""

from collections.abc import Iterator

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SCOPE = "current_setting('kompetanse.municipality', true)"
OFFERED = ("language", "licence", "skill", "education", "recognition", "authorisation", "test")
REASONS = ("not_interested", "talked_elsewhere", "qualification_differs", "employer_declined", "practical", "other")

# Table, column, its type and the condition of its CHECK.
COLUMNS: tuple[tuple[str, str, TypeEngine[object], str], ...] = (
    (
        "person", "postal_code", sa.String(4),
        "postal_code IS NULL OR length(postal_code) = 4 AND NOT protected_address",
    ),
    ("vacancy", "minimum_age", sa.Integer(), "minimum_age BETWEEN 13 AND 25"),
    ("vacancy", "experience_months", sa.Integer(), "experience_months BETWEEN 0 AND 600"),
    ("vacancy", "kindergarten_places", sa.Integer(), "kindergarten_places >= 0"),
    ("vacancy", "school_places", sa.Integer(), "school_places >= 0"),
)  # fmt: skip

NEW_TABLES = ("course_offer", "matching_weights", "candidate_mark", "match_result", "match_stamp")


def additions() -> Iterator[str]:
    """The statements that add the columns, each with its CHECK inside: see revision 0003."""
    dialect = op.get_bind().dialect
    for table, column, kind, condition in COLUMNS:
        check = f"CONSTRAINT ck_{table}_{column} CHECK ({condition})"
        yield f"ALTER TABLE {table} ADD COLUMN {column} {kind.compile(dialect)} {check}"


def secure_rows(table: str) -> None:
    """Let a session see and write the rows of its own municipality only, also as the tables' owner."""
    allowed = f"{SCOPE} = '*' OR municipality_no = {SCOPE}"
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY municipality ON {table} USING ({allowed}) WITH CHECK ({allowed})")


def upgrade() -> None:
    make_course_offer()
    make_matching_weights()
    make_candidate_mark()
    make_match_result()
    make_match_stamp()
    for statement in additions():
        op.execute(statement)
    if op.get_bind().dialect.name == "postgresql":
        for table in NEW_TABLES:
            secure_rows(table)


def downgrade() -> None:
    for table, column, *_ in reversed(COLUMNS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table in reversed(NEW_TABLES):
        op.drop_table(table)


def owned() -> tuple[sa.Column[object], sa.Column[object]]:
    return (
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
    )


def closed(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def belongs_to(table: str, owner: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["municipality_no", f"{owner}_id"],
        [f"{owner}.municipality_no", f"{owner}.id"],
        name=op.f(f"fk_{table}_{owner}"),
        ondelete="CASCADE",
    )


def make_course_offer() -> None:
    op.create_table(
        "course_offer",
        *owned(),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("updated_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("provider", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.Column("kind", closed("courseofferkind", *OFFERED), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.Column("from_level", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=True),
        sa.Column("to_level", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("weeks", sa.Integer(), nullable=True),
        sa.Column("price_nok", sa.Integer(), nullable=True),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=True),
        sa.Column("url", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.CheckConstraint("key IS NOT NULL OR kind IN ('education', 'recognition')", name=op.f("ck_course_offer_key")),
        sa.CheckConstraint("weeks BETWEEN 1 AND 520", name=op.f("ck_course_offer_weeks")),
        sa.CheckConstraint("price_nok BETWEEN 0 AND 1000000", name=op.f("ck_course_offer_price_nok")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_course_offer_version")),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_course_offer")),
    )
    op.create_index("ix_course_offer_listed", "course_offer", ["municipality_no", "open", "starts_on", "id"])


def make_matching_weights() -> None:
    op.create_table(
        "matching_weights",
        *owned(),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=True),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_matching_weights_version")),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_matching_weights")),
        sa.UniqueConstraint("municipality_no", "version", name="uq_matching_weights_version"),
    )


def make_candidate_mark() -> None:
    op.create_table(
        "candidate_mark",
        *owned(),
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mark", closed("pairmark", "pinned", "set_aside"), nullable=True),
        sa.Column("reason", closed("setasidereason", *REASONS), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=True),
        sa.Column("marked_by", sa.Uuid(), nullable=False),
        sa.Column("marked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "(coalesce(mark, '') = 'set_aside') = (reason IS NOT NULL)", name=op.f("ck_candidate_mark_reason")
        ),
        sa.CheckConstraint("mark IS NOT NULL OR note IS NOT NULL", name=op.f("ck_candidate_mark_said")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_candidate_mark_version")),
        belongs_to("candidate_mark", "person"),
        belongs_to("candidate_mark", "vacancy"),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_candidate_mark")),
        sa.UniqueConstraint("municipality_no", "vacancy_id", "person_id", name="uq_candidate_mark_pair"),
    )
    op.create_index("ix_candidate_mark_person", "candidate_mark", ["municipality_no", "person_id"])


def make_match_result() -> None:
    op.create_table(
        "match_result",
        *owned(),
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("verdict", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("profile_version", sa.Integer(), nullable=False),
        sa.Column("person_version", sa.Integer(), nullable=False),
        sa.Column("vacancy_version", sa.Integer(), nullable=False),
        sa.Column("weights_version", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("engine_version", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("found_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("matched_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        belongs_to("match_result", "person"),
        belongs_to("match_result", "vacancy"),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_match_result")),
        sa.UniqueConstraint("municipality_no", "vacancy_id", "person_id", name="uq_match_result_pair"),
    )
    op.create_index("ix_match_result_person", "match_result", ["municipality_no", "person_id"])


def make_match_stamp() -> None:
    op.create_table(
        "match_stamp",
        *owned(),
        sa.Column("stamp", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("first_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_match_stamp")),
    )
