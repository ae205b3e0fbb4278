"""What newcomers say on their own pages that they are interested in."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

SCOPE = "current_setting('kompetanse.municipality', true)"
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime()


def upgrade() -> None:
    make_job_interest()
    if op.get_bind().dialect.name == "postgresql":
        secure_rows("job_interest")


def downgrade() -> None:
    op.drop_table("job_interest")


def secure_rows(table: str) -> None:
    """Let a session see and write the rows of its own municipality only, also as the tables' owner."""
    allowed = f"{SCOPE} = '*' OR municipality_no = {SCOPE}"
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY municipality ON {table} USING ({allowed}) WITH CHECK ({allowed})")


def belongs_to(owner: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["municipality_no", f"{owner}_id"],
        [f"{owner}.municipality_no", f"{owner}.id"],
        name=op.f(f"fk_job_interest_{owner}"),
        ondelete="CASCADE",
    )


def make_job_interest() -> None:
    op.create_table(
        "job_interest",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.Column("seen_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(seen_at IS NULL) = (seen_by IS NULL)", name=op.f("ck_job_interest_seen")),
        belongs_to("person"),
        belongs_to("vacancy"),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_job_interest")),
        sa.UniqueConstraint("municipality_no", "vacancy_id", "person_id", name="uq_job_interest_pair"),
    )
    op.create_index("ix_job_interest_person", "job_interest", ["municipality_no", "person_id"])
