"""Imports that can be undone, and what the columns of a municipality's files mean."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SCOPE = "current_setting('kompetanse.municipality', true)"
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime()
LIST = sa.JSON(none_as_null=True)
NEW_TABLES = ("import_run", "imported_row", "column_mapping")
KINDS = ("people", "households", "vacancies", "courses")


def words(length: int) -> TypeEngine[str]:
    return sqlmodel.sql.sqltypes.AutoString(length=length)


def owned() -> tuple[sa.Column[object], sa.Column[object]]:
    return sa.Column("municipality_no", words(4), nullable=False), sa.Column("id", sa.Uuid(), nullable=False)


def closed(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def secure_rows(table: str) -> None:
    """Let a session see and write the rows of its own municipality only, also as the tables' owner."""
    allowed = f"{SCOPE} = '*' OR municipality_no = {SCOPE}"
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY municipality ON {table} USING ({allowed}) WITH CHECK ({allowed})")


def upgrade() -> None:
    op.create_table(
        "import_run",
        *owned(),
        sa.Column("kind", closed("importkind", *KINDS), nullable=False),
        sa.Column("sha256", words(64), nullable=False),
        sa.Column("imported_at", MOMENT, nullable=False),
        sa.Column("imported_by", sa.Uuid(), nullable=False),
        sa.Column("imported_by_kind", closed("actorkind", "staff", "client", "newcomer", "system"), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("blank", sa.Integer(), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "created >= 0 AND rejected >= 0 AND skipped >= 0 AND blank >= 0 AND households >= 0",
            name=op.f("ck_import_run_counts"),
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_import_run")),
    )
    op.create_index("ix_import_run_file", "import_run", ["municipality_no", "sha256"])
    op.create_table(
        "imported_row",
        *owned(),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("row_no", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("row_no >= 1", name=op.f("ck_imported_row_row_no")),
        sa.ForeignKeyConstraint(
            ["municipality_no", "import_id"],
            ["import_run.municipality_no", "import_run.id"],
            name=op.f("fk_imported_row_import_run"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_imported_row")),
        sa.UniqueConstraint("municipality_no", "import_id", "row_no", name="uq_imported_row"),
    )
    op.create_index("ix_imported_row_record", "imported_row", ["municipality_no", "import_id", "record_id"])
    op.create_table(
        "column_mapping",
        *owned(),
        sa.Column("kind", closed("importkind", *KINDS), nullable=False),
        sa.Column("headings", words(64), nullable=False),
        sa.Column("meanings", LIST, nullable=False),
        sa.Column("stated_at", MOMENT, nullable=False),
        sa.Column("stated_by", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_column_mapping")),
        sa.UniqueConstraint("municipality_no", "kind", "headings", name="uq_column_mapping"),
    )
    if op.get_bind().dialect.name == "postgresql":
        for table in NEW_TABLES:
            secure_rows(table)


def downgrade() -> None:
    for table in reversed(NEW_TABLES):
        op.drop_table(table)
