"""The taxonomy: concepts, names and relations of an imported ESCO, and the words that a municipality linked itself."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


SCOPE = "current_setting('kompetanse.municipality', true)"


def secure_rows(table: str) -> None:
    """Let a session see and write the rows of its own municipality only, also as the tables' owner."""
    allowed = f"{SCOPE} = '*' OR municipality_no = {SCOPE}"
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY municipality ON {table} USING ({allowed}) WITH CHECK ({allowed})")


def upgrade() -> None:
    op.create_table(
        "concept",
        sa.Column("uri", sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "skill",
                "occupation",
                "skill_group",
                "occupation_group",
                name="conceptkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("replaced_by", sqlmodel.sql.sqltypes.AutoString(length=255), nullable=True),
        sa.CheckConstraint("replaced_by IS NULL OR retired", name=op.f("ck_concept_replaced_is_retired")),
        sa.PrimaryKeyConstraint("uri", name=op.f("pk_concept")),
    )
    with op.batch_alter_table("concept", schema=None) as batch_op:
        batch_op.create_index("ix_concept_code", ["kind", "code"], unique=False)

    op.create_table(
        "concept_broader",
        sa.Column("uri", sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
        sa.Column("broader", sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
        sa.PrimaryKeyConstraint("uri", "broader", name=op.f("pk_concept_broader")),
    )
    with op.batch_alter_table("concept_broader", schema=None) as batch_op:
        batch_op.create_index("ix_concept_broader_broader", ["broader"], unique=False)

    op.create_table(
        "concept_label",
        sa.Column("uri", sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(length=3), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("uri", "language", "position", name=op.f("pk_concept_label")),
    )
    op.create_table(
        "local_synonym",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "skill",
                "occupation",
                "skill_group",
                "occupation_group",
                name="conceptkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("uri", sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_local_synonym")),
        sa.UniqueConstraint("municipality_no", "kind", "key", name=op.f("uq_local_synonym_municipality_no_kind_key")),
    )
    op.create_table(
        "occupation_skill",
        sa.Column("occupation", sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
        sa.Column("skill", sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
        sa.Column(
            "need",
            sa.Enum("essential", "optional", name="need", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("occupation", "skill", name=op.f("pk_occupation_skill")),
    )
    with op.batch_alter_table("occupation_skill", schema=None) as batch_op:
        batch_op.create_index("ix_occupation_skill_skill", ["skill"], unique=False)

    op.create_table(
        "taxonomy_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("languages", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("concepts", sa.Integer(), nullable=False),
        sa.Column("labels", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Integer(), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("imported_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taxonomy_release")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_taxonomy_release_fingerprint")),
    )
    if op.get_bind().dialect.name == "postgresql":
        secure_rows("local_synonym")


def downgrade() -> None:
    op.drop_table("taxonomy_release")
    with op.batch_alter_table("occupation_skill", schema=None) as batch_op:
        batch_op.drop_index("ix_occupation_skill_skill")

    op.drop_table("occupation_skill")
    op.drop_table("local_synonym")
    op.drop_table("concept_label")
    with op.batch_alter_table("concept_broader", schema=None) as batch_op:
        batch_op.drop_index("ix_concept_broader_broader")

    op.drop_table("concept_broader")
    with op.batch_alter_table("concept", schema=None) as batch_op:
        batch_op.drop_index("ix_concept_code")

    op.drop_table("concept")
