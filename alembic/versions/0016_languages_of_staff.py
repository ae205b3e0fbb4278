"""The language that somebody of the staff has her pages in."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE staff_account ADD COLUMN language VARCHAR(32) "
        "CONSTRAINT ck_staff_account_stafflanguage CHECK (language IN ('nb', 'nn', 'en'))"
    )


def downgrade() -> None:
    op.drop_column("staff_account", "language")
