"""What a course on offer has no column for; and which changes of profiles only link a word."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("course_offer", sa.Column("notes", sa.String(4000), nullable=True))
    # Of the changes that are there already nobody knows it: they keep counting as somebody's.
    op.execute(
        f"ALTER TABLE profile_change ADD COLUMN by_word BOOLEAN DEFAULT {sa.false().compile(op.get_bind())} NOT NULL"
    )


def downgrade() -> None:
    op.drop_column("profile_change", "by_word")
    op.drop_column("course_offer", "notes")
