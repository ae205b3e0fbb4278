"""Mapping conversations: in which language, and how each question stands."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

SCOPE = "current_setting('kompetanse.municipality', true)"
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime()


def words(length: int) -> sa.types.TypeEngine[str]:
    return sqlmodel.sql.sqltypes.AutoString(length=length)


def upgrade() -> None:
    op.create_table(
        "mapping_conversation",
        sa.Column("municipality_no", words(4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", words(8), nullable=False),
        sa.Column("interpreter", sa.Boolean(), nullable=True),
        sa.Column("states", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_mapping_conversation_version")),
        sa.CheckConstraint("ended_at >= started_at", name=op.f("ck_mapping_conversation_ended")),
        sa.ForeignKeyConstraint(
            ["municipality_no", "person_id"],
            ["person.municipality_no", "person.id"],
            name=op.f("fk_mapping_conversation_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_mapping_conversation")),
    )
    op.create_index("ix_mapping_conversation_person", "mapping_conversation", ["municipality_no", "person_id", "id"])
    going = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_mapping_conversation_going",
        "mapping_conversation",
        ["municipality_no", "person_id"],
        unique=True,
        sqlite_where=going,
        postgresql_where=going,
    )
    if op.get_bind().dialect.name == "postgresql":
        allowed = f"{SCOPE} = '*' OR municipality_no = {SCOPE}"
        op.execute("ALTER TABLE mapping_conversation ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE mapping_conversation FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY municipality ON mapping_conversation USING ({allowed}) WITH CHECK ({allowed})")


def downgrade() -> None:
    op.drop_table("mapping_conversation")
