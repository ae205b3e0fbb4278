"""Analytics extracts: who made one, for what, how many people were read, and the digest."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SCOPE = "current_setting('kompetanse.municipality', true)"
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime()


def words(length: int) -> sa.types.TypeEngine[str]:
    return sqlmodel.sql.sqltypes.AutoString(length=length)


def closed(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "analytics_run",
        sa.Column("municipality_no", words(4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("actor_kind", closed("actorkind", "staff", "client", "newcomer", "system"), nullable=False),
        sa.Column(
            "purpose",
            closed(
                "purpose", "register", "map_competence", "match", "refer", "share", "export", "report", "oversight",
                "administer", "self_service",
            ),
            nullable=False,
        ),
        sa.Column("formats", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("dictionary_version", words(8), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", words(64), nullable=True),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.CheckConstraint("threshold >= 5", name=op.f("ck_analytics_run_threshold")),
        sa.CheckConstraint(
            "people >= 0 AND waiting >= 0 AND row_count >= 0 AND size >= 0", name=op.f("ck_analytics_run_counts")
        ),
        sa.CheckConstraint("(finished_at IS NULL) = (sha256 IS NULL)", name=op.f("ck_analytics_run_finished")),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_analytics_run")),
    )  # fmt: skip
    if op.get_bind().dialect.name == "postgresql":
        allowed = f"{SCOPE} = '*' OR municipality_no = {SCOPE}"
        op.execute("ALTER TABLE analytics_run ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE analytics_run FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY municipality ON analytics_run USING ({allowed}) WITH CHECK ({allowed})")


def downgrade() -> None:
    op.drop_table("analytics_run")
