"""The whole profile: recognition, courses, wishes of every kind, how things are known, and the history of it all."""

from collections.abc import Iterator

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SCOPE = "current_setting('kompetanse.municipality', true)"
STRENGTHS = ("must", "prefer", "never")
SCHEMES = ("general", "vocational", "tertiary_vocational", "uvd", "non_binding", "authorisation")

# Table, column, its type, and the name and condition of its CHECK or the values of its closed set with its name.
COLUMNS: tuple[tuple[str, str, TypeEngine[object], str | None, str | tuple[str, ...]], ...] = (
    (
        "education", "started_year", sa.Integer(), "started_year",
        "started_year BETWEEN 1940 AND 2100 AND started_year <= completed_year",
    ),
    ("education", "recognition_scheme", sa.String(32), "recognitionscheme", SCHEMES),
    ("education", "recognition_authority", sa.String(120), None, ""),
    ("education", "recognition_decided_on", sa.Date(), None, ""),
    ("education", "recognition_valid_until", sa.Date(), None, ""),
    ("education", "recognition_documents", sa.JSON(none_as_null=True), None, ""),
    ("experience", "title_language", sa.String(3), None, ""),
    ("experience", "tasks", sa.String(2000), None, ""),
    ("experience", "relevant", sa.Boolean(), None, ""),
    ("interest", "kind", sa.String(32), "interestkind", ("likes", "teaches", "mentors", "recruits", "interprets")),
    ("interest", "key", sa.String(200), None, ""),
    ("interest", "activity", sa.String(200), None, ""),
    ("person_language", "proof", sa.String(32), "languageproof", ("self", "teacher", "test")),
    ("person_language", "test", sa.String(120), None, ""),
    ("person_language", "tested_on", sa.Date(), None, ""),
    ("profile", "confirmed_on", sa.Date(), None, ""),
    ("profile", "pay_floor", sa.Integer(), "pay_floor", "pay_floor BETWEEN 0 AND 10000000"),
    ("profile", "percentage_strength", sa.String(32), "percentage_strength", STRENGTHS),
    ("profile", "shifts_strength", sa.String(32), "shifts_strength", STRENGTHS),
    ("profile", "commute_strength", sa.String(32), "commute_strength", STRENGTHS),
    ("profile", "start_strength", sa.String(32), "start_strength", STRENGTHS),
    ("profile", "pay_strength", sa.String(32), "pay_strength", STRENGTHS),
    ("profile", "term_weights", sa.JSON(none_as_null=True), None, ""),
    ("skill", "level", sa.String(32), "skilllevel", ("foundation", "intermediate", "advanced", "specialised")),
    ("skill", "source_id", sa.Uuid(), None, ""),
    ("wished_occupation", "title_language", sa.String(3), None, ""),
    ("wished_occupation", "concept", sa.String(200), None, ""),
    ("wished_occupation", "weight", sa.Integer(), "weight", "weight BETWEEN 1 AND 5"),
)  # fmt: skip

REQUIRED = {("interest", "kind"): "likes"}
"""What stands in rows that were there before, where nothing is not an answer."""


def additions() -> Iterator[str]:
    """The statements that add the columns.

    Each with its CHECK inside, which both databases understand: Alembic would rebuild SQLite's tables instead, and
    lose the CHECKs that they have.
    """
    dialect = op.get_bind().dialect
    for table, column, kind, name, condition in COLUMNS:
        given = REQUIRED.get((table, column))
        default = f" DEFAULT '{given}' NOT NULL" if given else ""
        allowed = condition if isinstance(condition, str) else f"{column} IN {condition}"
        check = f" CONSTRAINT ck_{table}_{name} CHECK ({allowed})" if name else ""
        yield f"ALTER TABLE {table} ADD COLUMN {column} {kind.compile(dialect)}{default}{check}"


def secure_rows(table: str) -> None:
    """Let a session see and write the rows of its own municipality only, also as the tables' owner."""
    allowed = f"{SCOPE} = '*' OR municipality_no = {SCOPE}"
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY municipality ON {table} USING ({allowed}) WITH CHECK ({allowed})")


def upgrade() -> None:
    op.create_table(
        "course",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "course",
                "certificate",
                "award",
                "publication",
                "project",
                name="coursekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("provider", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.Column("completed", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.CheckConstraint("length(completed) IN (4, 7, 10)", name=op.f("ck_course_completed_precision")),
        sa.ForeignKeyConstraint(
            ["municipality_no", "person_id"],
            ["person.municipality_no", "person.id"],
            name=op.f("fk_course_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_course")),
    )
    with op.batch_alter_table("course", schema=None) as batch_op:
        batch_op.create_index("ix_course_person", ["municipality_no", "person_id", "id"], unique=False)

    op.create_table(
        "profile_change",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column(
            "actor_kind",
            sa.Enum(
                "staff",
                "client",
                "newcomer",
                "system",
                name="actorkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("part", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_profile_change_version")),
        sa.ForeignKeyConstraint(
            ["municipality_no", "person_id"],
            ["person.municipality_no", "person.id"],
            name=op.f("fk_profile_change_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_profile_change")),
    )
    with op.batch_alter_table("profile_change", schema=None) as batch_op:
        batch_op.create_index("ix_profile_change_person", ["municipality_no", "person_id", "id"], unique=False)

    op.create_table(
        "wish",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "sector",
                "leaves",
                "place",
                "training",
                "own_business",
                "volunteering",
                name="wishkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("value", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.Column(
            "strength",
            sa.Enum("must", "prefer", "never", name="strength", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("weight", sa.Integer(), nullable=True),
        sa.CheckConstraint("weight BETWEEN 1 AND 5", name=op.f("ck_wish_weight")),
        sa.ForeignKeyConstraint(
            ["municipality_no", "person_id"],
            ["person.municipality_no", "person.id"],
            name=op.f("fk_wish_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_wish")),
    )
    with op.batch_alter_table("wish", schema=None) as batch_op:
        batch_op.create_index("ix_wish_person", ["municipality_no", "person_id", "id"], unique=False)

    for statement in additions():
        op.execute(statement)
    if op.get_bind().dialect.name == "postgresql":
        for table in ("course", "profile_change", "wish"):
            secure_rows(table)


def downgrade() -> None:
    for table, column, *_ in reversed(COLUMNS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table in ("wish", "profile_change", "course"):
        op.drop_table(table)
