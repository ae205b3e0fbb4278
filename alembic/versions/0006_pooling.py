"""Municipalities that make their classes together, and what classes can tell beside the usual."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SCOPE = "current_setting('kompetanse.municipality', true)"
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime()
LIST = sa.JSON(none_as_null=True)

IN_FORCE = {"sqlite_where": sa.text("revoked_at IS NULL"), "postgresql_where": sa.text("revoked_at IS NULL")}

LISTS = (("agreement", "attributes"), ("release", "pool"))
LABELS = ("age", "country", "arrival", "municipality")


def upgrade() -> None:
    for table, column in LISTS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} JSON DEFAULT '[]' NOT NULL")
    for column in LABELS:
        op.execute(f"ALTER TABLE release_class ADD COLUMN {column} VARCHAR(20)")
    make_pooling_agreement()
    if op.get_bind().dialect.name == "postgresql":
        secure_rows("pooling_agreement")


def downgrade() -> None:
    op.drop_table("pooling_agreement")
    for column in LABELS:
        op.execute(f"ALTER TABLE release_class DROP COLUMN {column}")
    for table, column in LISTS:
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")


def make_pooling_agreement() -> None:
    op.create_table(
        "pooling_agreement",
        sa.Column("municipality_no", words(4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("parties", LIST, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("purpose", words(500), nullable=True),
        sa.Column("legal_basis", words(500), nullable=True),
        sa.Column("signed_here", words(200), nullable=True),
        sa.Column("entered_by", sa.Uuid(), nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_pooling_agreement")),
    )
    op.create_index("uq_pooling_agreement_in_force", "pooling_agreement", ["municipality_no"], unique=True, **IN_FORCE)


def secure_rows(table: str) -> None:
    """Let a session see and write the rows of its own municipality only, also as the tables' owner."""
    allowed = f"{SCOPE} = '*' OR municipality_no = {SCOPE}"
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY municipality ON {table} USING ({allowed}) WITH CHECK ({allowed})")


def words(length: int) -> sa.types.TypeEngine[str]:
    return sqlmodel.sql.sqltypes.AutoString(length=length)
