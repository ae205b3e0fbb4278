"""Messages by which newcomers are sent their links."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

SCOPE = "current_setting('kompetanse.municipality', true)"
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime()


def upgrade() -> None:
    make_link_message()
    if op.get_bind().dialect.name == "postgresql":
        secure_rows("link_message")


def downgrade() -> None:
    op.drop_table("link_message")


def secure_rows(table: str) -> None:
    """Let a session see and write the rows of its own municipality only, also as the tables' owner."""
    allowed = f"{SCOPE} = '*' OR municipality_no = {SCOPE}"
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY municipality ON {table} USING ({allowed}) WITH CHECK ({allowed})")


def belongs_to(owner: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["municipality_no", column],
        [f"{owner}.municipality_no", f"{owner}.id"],
        name=op.f(f"fk_link_message_{owner}"),
        ondelete="CASCADE",
    )


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def make_link_message() -> None:
    op.create_table(
        "link_message",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("asked_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("channel", one_of("channel", "email", "sms"), nullable=False),
        sa.Column(
            "outcome", one_of("outcome", "unknown", "sent", "refused", "not_let_in", "unreached"), nullable=False
        ),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        belongs_to("person", "person_id"),
        belongs_to("personal_link", "link_id"),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_link_message")),
        sa.UniqueConstraint("municipality_no", "asked_hash", name=op.f("uq_link_message_municipality_no_asked_hash")),
    )
    op.create_index("ix_link_message_person", "link_message", ["municipality_no", "person_id", "id"])
