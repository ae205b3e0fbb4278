"""The whole path: people, competence, vacancies, referrals, sharing, identity and audit."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


OWNED = (
    "agreement",
    "api_client",
    "audit_event",
    "audit_head",
    "household",
    "idempotency_key",
    "person",
    "staff_account",
    "vacancy",
    "consent",
    "contact_point",
    "education",
    "experience",
    "household_member",
    "interest",
    "person_language",
    "person_licence",
    "person_merge",
    "profile",
    "referral",
    "skill",
    "vacancy_language",
    "vacancy_licence",
    "vacancy_skill",
    "web_session",
    "wished_occupation",
)
"""Every table that a municipality owns; row-level security holds them apart on PostgreSQL."""

SCOPE = "current_setting('kompetanse.municipality', true)"


def secure_rows(table: str) -> None:
    """Let a session see and write the rows of its own municipality only, also as the tables' owner."""
    allowed = f"{SCOPE} = '*' OR municipality_no = {SCOPE}"
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY municipality ON {table} USING ({allowed}) WITH CHECK ({allowed})")


def upgrade() -> None:
    op.create_table(
        "agreement",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recipient_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("k", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("k >= 5", name=op.f("ck_agreement_k_floor")),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("municipality_no", "recipient_no", name=op.f("uq_agreement_municipality_no_recipient_no")),
    )
    op.create_table(
        "api_client",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("secret_hash", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("roles", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("recipient_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=True),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=True),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("revoked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_api_client")),
        sa.UniqueConstraint("client_id", name=op.f("uq_api_client_client_id")),
    )
    op.create_table(
        "audit_event",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("occurred_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
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
        sa.Column(
            "purpose",
            sa.Enum(
                "register",
                "map_competence",
                "match",
                "refer",
                "share",
                "export",
                "report",
                "oversight",
                "administer",
                "self_service",
                name="purpose",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("action", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("record_type", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("record_ids", sa.JSON(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("request_id", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("previous_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.PrimaryKeyConstraint("municipality_no", "seq", name=op.f("pk_audit_event")),
    )
    op.create_table(
        "audit_head",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.PrimaryKeyConstraint("municipality_no", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "household",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("source_key", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=True),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_household")),
    )
    op.create_table(
        "idempotency_key",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("request_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_idempotency_key")),
        sa.UniqueConstraint("municipality_no", "actor_id", "key", name="uq_idempotency_key"),
    )
    with op.batch_alter_table("idempotency_key", schema=None) as batch_op:
        batch_op.create_index("ix_idempotency_key_created_at", ["created_at"], unique=False)

    op.create_table(
        "person",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("updated_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("given_name", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("family_name", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("name_key", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("born", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=True),
        sa.Column("citizenships", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("country_of_origin", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=True),
        sa.Column("arrived_in_norway", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=True),
        sa.Column("arrived_in_municipality", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=True),
        sa.Column(
            "residence_basis",
            sa.Enum(
                "citizen",
                "nordic",
                "eea",
                "permanent",
                "work",
                "family",
                "protection",
                "collective_protection",
                "study",
                "other",
                name="residencebasis",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("residence_until", sa.Date(), nullable=True),
        sa.Column("may_work", sa.Boolean(), nullable=True),
        sa.Column("may_work_until", sa.Date(), nullable=True),
        sa.Column("contact_languages", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("needs_interpreter", sa.Boolean(), nullable=True),
        sa.Column("protected_address", sa.Boolean(), nullable=False),
        sa.Column(
            "national_id_kind",
            sa.Enum("fnr", "dnr", "duf", name="nationalidkind", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("national_id_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("national_id_fingerprint", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("notes", sqlmodel.sql.sqltypes.AutoString(length=10000), nullable=True),
        sa.Column("archived_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("given_name <> '' OR family_name <> ''", name=op.f("ck_person_named")),
        sa.CheckConstraint(
            "length(arrived_in_municipality) IN (4, 7, 10)", name=op.f("ck_person_arrived_in_municipality_precision")
        ),
        sa.CheckConstraint(
            "length(arrived_in_norway) IN (4, 7, 10)", name=op.f("ck_person_arrived_in_norway_precision")
        ),
        sa.CheckConstraint("length(born) IN (4, 7, 10)", name=op.f("ck_person_born_precision")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_person_version")),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_person")),
        sa.UniqueConstraint("municipality_no", "national_id_fingerprint", name="uq_person_national_id"),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index("ix_person_born", ["municipality_no", "born"], unique=False)
        batch_op.create_index(
            "ix_person_listed", ["municipality_no", "archived_at", "family_name", "given_name", "id"], unique=False
        )
        batch_op.create_index("ix_person_name_key", ["municipality_no", "name_key"], unique=False)

    op.create_table(
        "staff_account",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("password_hash", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("roles", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=True),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("disabled_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("failed_logins", sa.Integer(), nullable=False),
        sa.Column("locked_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_staff_account_email_lower")),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_staff_account")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_account_email")),
    )
    op.create_table(
        "vacancy",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("updated_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=250), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "open", "filled", "closed", name="vacancystatus", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=True),
        sa.Column("employer_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.Column("employer_org_no", sqlmodel.sql.sqltypes.AutoString(length=9), nullable=True),
        sa.Column("styrk", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=True),
        sa.Column("concept", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.Column("description", sqlmodel.sql.sqltypes.AutoString(length=50000), nullable=True),
        sa.Column(
            "education_level",
            sa.Enum(
                "0",
                "1",
                "2",
                "3",
                "4",
                "5",
                "6",
                "7",
                "8",
                name="educationlevel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("education_field", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=True),
        sa.Column("authorisation", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
        sa.Column("percentage_min", sa.Integer(), nullable=True),
        sa.Column("percentage_max", sa.Integer(), nullable=True),
        sa.Column("shifts", sa.JSON(none_as_null=True), nullable=True),
        sa.Column(
            "duration",
            sa.Enum(
                "permanent",
                "temporary",
                "substitute",
                "seasonal",
                "apprentice",
                "on_call",
                name="duration",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("positions", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=True),
        sa.Column("postal_code", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=True),
        sa.Column("workplace_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=True),
        sa.Column(
            "source",
            sa.Enum(
                "typed", "feed", "file", name="vacancysource", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("external_id", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.CheckConstraint(
            "percentage_max BETWEEN 1 AND 100 AND percentage_min <= percentage_max",
            name=op.f("ck_vacancy_percentage_max"),
        ),
        sa.CheckConstraint("percentage_min BETWEEN 1 AND 100", name=op.f("ck_vacancy_percentage_min")),
        sa.CheckConstraint("positions >= 1", name=op.f("ck_vacancy_positions")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_vacancy_version")),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_vacancy")),
        sa.UniqueConstraint("municipality_no", "source", "external_id", name="uq_vacancy_external"),
    )
    with op.batch_alter_table("vacancy", schema=None) as batch_op:
        batch_op.create_index("ix_vacancy_listed", ["municipality_no", "status", "deadline", "id"], unique=False)

    op.create_table(
        "consent",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "share_with_neighbours",
                "export_to_job_service",
                "ambassador",
                name="consentpurpose",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column(
            "form",
            sa.Enum(
                "written", "oral", "digital", name="consentform", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("text_version", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("recorded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("superseded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_no", "person_id"],
            ["person.municipality_no", "person.id"],
            name=op.f("fk_consent_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index("ix_consent_person", ["municipality_no", "person_id", "purpose"], unique=False)
        batch_op.create_index(
            "ix_consent_standing",
            ["municipality_no", "purpose", "person_id"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "contact_point",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("phone", "email", name="contactkind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("value", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_no", "person_id"],
            ["person.municipality_no", "person.id"],
            name=op.f("fk_contact_point_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_contact_point")),
    )
    with op.batch_alter_table("contact_point", schema=None) as batch_op:
        batch_op.create_index("ix_contact_point_person", ["municipality_no", "person_id", "id"], unique=False)
        batch_op.create_index("ix_contact_point_value", ["municipality_no", "value"], unique=False)

    op.create_table(
        "education",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "0",
                "1",
                "2",
                "3",
                "4",
                "5",
                "6",
                "7",
                "8",
                name="educationlevel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("field", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=True),
        sa.Column("institution", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.Column("country", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=True),
        sa.Column("completed", sa.Boolean(), nullable=True),
        sa.Column("completed_year", sa.Integer(), nullable=True),
        sa.Column(
            "recognition",
            sa.Enum(
                "not_applied",
                "applied",
                "recognised",
                "partly",
                "refused",
                name="recognitionstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.CheckConstraint("completed_year BETWEEN 1940 AND 2100", name=op.f("ck_education_year")),
        sa.ForeignKeyConstraint(
            ["municipality_no", "person_id"],
            ["person.municipality_no", "person.id"],
            name=op.f("fk_education_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_education")),
    )
    with op.batch_alter_table("education", schema=None) as batch_op:
        batch_op.create_index("ix_education_person", ["municipality_no", "person_id", "id"], unique=False)

    op.create_table(
        "experience",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("styrk", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=True),
        sa.Column("concept", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "paid",
                "self_employed",
                "unpaid",
                "informal",
                name="experiencekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("employer", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.Column("country", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=True),
        sa.Column("started", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=True),
        sa.Column("ended", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=True),
        sa.Column("ongoing", sa.Boolean(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("percentage", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(ended) IN (4, 7, 10)", name=op.f("ck_experience_ended_precision")),
        sa.CheckConstraint("length(started) IN (4, 7, 10)", name=op.f("ck_experience_started_precision")),
        sa.CheckConstraint("months >= 0", name=op.f("ck_experience_months")),
        sa.CheckConstraint("percentage BETWEEN 1 AND 100", name=op.f("ck_experience_percentage")),
        sa.ForeignKeyConstraint(
            ["municipality_no", "person_id"],
            ["person.municipality_no", "person.id"],
            name=op.f("fk_experience_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_experience")),
    )
    with op.batch_alter_table("experience", schema=None) as batch_op:
        batch_op.create_index("ix_experience_person", ["municipality_no", "person_id", "id"], unique=False)

    op.create_table(
        "household_member",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "adult",
                "partner",
                "child",
                "other",
                name="householdrole",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["municipality_no", "household_id"],
            ["household.municipality_no", "household.id"],
            name=op.f("fk_household_member_household"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_no", "person_id"],
            ["person.municipality_no", "person.id"],
            name=op.f("fk_household_member_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_household_member")),
        sa.UniqueConstraint("municipality_no", "person_id", name=op.f("uq_household_member_municipality_no_person_id")),
    )
    with op.batch_alter_table("household_member", schema=None) as batch_op:
        batch_op.create_index("ix_household_member_household", ["municipality_no", "household_id"], unique=False)

    op.create_table(
        "interest",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("label", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_no", "person_id"],
            ["person.municipality_no", "person.id"],
            name=op.f("fk_interest_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_interest")),
    )
    with op.batch_alter_table("interest", schema=None) as batch_op:
        batch_op.create_index("ix_interest_person", ["municipality_no", "person_id", "id"], unique=False)

    op.create_table(
        "person_language",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(length=3), nullable=False),
        sa.Column("mother_tongue", sa.Boolean(), nullable=True),
        sa.Column(
            "listening",
            sa.Enum(
                "A1",
                "A2",
                "B1",
                "B2",
                "C1",
                "C2",
                name="listening",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "reading",
            sa.Enum(
                "A1", "A2", "B1", "B2", "C1", "C2", name="reading", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column(
            "interaction",
            sa.Enum(
                "A1",
                "A2",
                "B1",
                "B2",
                "C1",
                "C2",
                name="interaction",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "production",
            sa.Enum(
                "A1",
                "A2",
                "B1",
                "B2",
                "C1",
                "C2",
                name="production",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "writing",
            sa.Enum(
                "A1", "A2", "B1", "B2", "C1", "C2", name="writing", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["municipality_no", "person_id"],
            ["person.municipality_no", "person.id"],
            name=op.f("fk_person_language_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_person_language")),
        sa.UniqueConstraint(
            "municipality_no",
            "person_id",
            "language",
            name=op.f("uq_person_language_municipality_no_person_id_language"),
        ),
    )
    with op.batch_alter_table("person_language", schema=None) as batch_op:
        batch_op.create_index("ix_person_language_person", ["municipality_no", "person_id", "id"], unique=False)

    op.create_table(
        "person_licence",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("licence", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("country", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_no", "person_id"],
            ["person.municipality_no", "person.id"],
            name=op.f("fk_person_licence_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_person_licence")),
        sa.UniqueConstraint(
            "municipality_no", "person_id", "licence", name=op.f("uq_person_licence_municipality_no_person_id_licence")
        ),
    )
    with op.batch_alter_table("person_licence", schema=None) as batch_op:
        batch_op.create_index("ix_person_licence_person", ["municipality_no", "person_id", "id"], unique=False)

    op.create_table(
        "person_merge",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("absorbed_id", sa.Uuid(), nullable=False),
        sa.Column("merged_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("merged_by", sa.Uuid(), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_no", "person_id"],
            ["person.municipality_no", "person.id"],
            name=op.f("fk_person_merge_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_person_merge")),
    )
    with op.batch_alter_table("person_merge", schema=None) as batch_op:
        batch_op.create_index("ix_person_merge_person", ["municipality_no", "person_id", "id"], unique=False)

    op.create_table(
        "profile",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("mapped_on", sa.Date(), nullable=True),
        sa.Column("percentage_min", sa.Integer(), nullable=True),
        sa.Column("percentage_max", sa.Integer(), nullable=True),
        sa.Column("shifts", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("commute_minutes", sa.Integer(), nullable=True),
        sa.Column("available_from", sa.Date(), nullable=True),
        sa.Column("wishes_as_spoken", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=True),
        sa.CheckConstraint("commute_minutes BETWEEN 0 AND 1440", name=op.f("ck_profile_commute")),
        sa.CheckConstraint(
            "percentage_min BETWEEN 1 AND 100 AND percentage_max BETWEEN 1 AND 100 AND percentage_min <= percentage_max",
            name=op.f("ck_profile_percentage"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_profile_version")),
        sa.ForeignKeyConstraint(
            ["municipality_no", "person_id"],
            ["person.municipality_no", "person.id"],
            name=op.f("fk_profile_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_profile")),
        sa.UniqueConstraint("municipality_no", "person_id", name=op.f("uq_profile_municipality_no_person_id")),
    )
    op.create_table(
        "referral",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("updated_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "proposed",
                "accepted_by_person",
                "sent",
                "interview",
                "hired",
                "declined",
                "withdrawn",
                name="referralstage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=True),
        sa.Column("referred_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_referral_version")),
        sa.ForeignKeyConstraint(
            ["municipality_no", "person_id"],
            ["person.municipality_no", "person.id"],
            name=op.f("fk_referral_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_no", "vacancy_id"],
            ["vacancy.municipality_no", "vacancy.id"],
            name=op.f("fk_referral_vacancy"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_referral")),
        sa.UniqueConstraint("municipality_no", "vacancy_id", "person_id", name="uq_referral_pair"),
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index("ix_referral_person", ["municipality_no", "person_id"], unique=False)

    op.create_table(
        "skill",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("label", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column(
            "evidence",
            sa.Enum(
                "claimed",
                "exemplified",
                "documented",
                "assessed",
                "recognised",
                name="evidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["municipality_no", "person_id"],
            ["person.municipality_no", "person.id"],
            name=op.f("fk_skill_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_skill")),
        sa.UniqueConstraint("municipality_no", "person_id", "key", name=op.f("uq_skill_municipality_no_person_id_key")),
    )
    with op.batch_alter_table("skill", schema=None) as batch_op:
        batch_op.create_index("ix_skill_person", ["municipality_no", "person_id", "id"], unique=False)

    op.create_table(
        "vacancy_language",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(length=3), nullable=False),
        sa.Column(
            "minimum",
            sa.Enum(
                "A1", "A2", "B1", "B2", "C1", "C2", name="cefr", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_no", "vacancy_id"],
            ["vacancy.municipality_no", "vacancy.id"],
            name=op.f("fk_vacancy_language_vacancy"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_vacancy_language")),
        sa.UniqueConstraint(
            "municipality_no",
            "vacancy_id",
            "language",
            name=op.f("uq_vacancy_language_municipality_no_vacancy_id_language"),
        ),
    )
    op.create_table(
        "vacancy_licence",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("licence", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_no", "vacancy_id"],
            ["vacancy.municipality_no", "vacancy.id"],
            name=op.f("fk_vacancy_licence_vacancy"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_vacancy_licence")),
        sa.UniqueConstraint(
            "municipality_no",
            "vacancy_id",
            "licence",
            name=op.f("uq_vacancy_licence_municipality_no_vacancy_id_licence"),
        ),
    )
    op.create_table(
        "vacancy_skill",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("label", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column(
            "importance",
            sa.Enum("essential", "trainable", name="importance", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["municipality_no", "vacancy_id"],
            ["vacancy.municipality_no", "vacancy.id"],
            name=op.f("fk_vacancy_skill_vacancy"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_vacancy_skill")),
        sa.UniqueConstraint(
            "municipality_no", "vacancy_id", "key", name=op.f("uq_vacancy_skill_municipality_no_vacancy_id_key")
        ),
    )
    op.create_table(
        "web_session",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("expires_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_no", "account_id"],
            ["staff_account.municipality_no", "staff_account.id"],
            name=op.f("fk_web_session_staff_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_web_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_web_session_token_hash")),
    )
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.create_index("ix_web_session_expires_at", ["expires_at"], unique=False)

    op.create_table(
        "wished_occupation",
        sa.Column("municipality_no", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("styrk", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=True),
        sa.Column(
            "strength",
            sa.Enum("must", "prefer", "never", name="strength", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["municipality_no", "person_id"],
            ["person.municipality_no", "person.id"],
            name=op.f("fk_wished_occupation_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_wished_occupation")),
    )
    with op.batch_alter_table("wished_occupation", schema=None) as batch_op:
        batch_op.create_index("ix_wished_occupation_person", ["municipality_no", "person_id", "id"], unique=False)

    if op.get_bind().dialect.name == "postgresql":
        for table in OWNED:
            secure_rows(table)


def downgrade() -> None:
    with op.batch_alter_table("wished_occupation", schema=None) as batch_op:
        batch_op.drop_index("ix_wished_occupation_person")

    op.drop_table("wished_occupation")
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.drop_index("ix_web_session_expires_at")

    op.drop_table("web_session")
    op.drop_table("vacancy_skill")
    op.drop_table("vacancy_licence")
    op.drop_table("vacancy_language")
    with op.batch_alter_table("skill", schema=None) as batch_op:
        batch_op.drop_index("ix_skill_person")

    op.drop_table("skill")
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.drop_index("ix_referral_person")

    op.drop_table("referral")
    op.drop_table("profile")
    with op.batch_alter_table("person_merge", schema=None) as batch_op:
        batch_op.drop_index("ix_person_merge_person")

    op.drop_table("person_merge")
    with op.batch_alter_table("person_licence", schema=None) as batch_op:
        batch_op.drop_index("ix_person_licence_person")

    op.drop_table("person_licence")
    with op.batch_alter_table("person_language", schema=None) as batch_op:
        batch_op.drop_index("ix_person_language_person")

    op.drop_table("person_language")
    with op.batch_alter_table("interest", schema=None) as batch_op:
        batch_op.drop_index("ix_interest_person")

    op.drop_table("interest")
    with op.batch_alter_table("household_member", schema=None) as batch_op:
        batch_op.drop_index("ix_household_member_household")

    op.drop_table("household_member")
    with op.batch_alter_table("experience", schema=None) as batch_op:
        batch_op.drop_index("ix_experience_person")

    op.drop_table("experience")
    with op.batch_alter_table("education", schema=None) as batch_op:
        batch_op.drop_index("ix_education_person")

    op.drop_table("education")
    with op.batch_alter_table("contact_point", schema=None) as batch_op:
        batch_op.drop_index("ix_contact_point_value")
        batch_op.drop_index("ix_contact_point_person")

    op.drop_table("contact_point")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_consent_standing",
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )
        batch_op.drop_index("ix_consent_person")

    op.drop_table("consent")
    with op.batch_alter_table("vacancy", schema=None) as batch_op:
        batch_op.drop_index("ix_vacancy_listed")

    op.drop_table("vacancy")
    op.drop_table("staff_account")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index("ix_person_name_key")
        batch_op.drop_index("ix_person_listed")
        batch_op.drop_index("ix_person_born")

    op.drop_table("person")
    with op.batch_alter_table("idempotency_key", schema=None) as batch_op:
        batch_op.drop_index("ix_idempotency_key_created_at")

    op.drop_table("idempotency_key")
    op.drop_table("household")
    op.drop_table("audit_head")
    op.drop_table("audit_event")
    op.drop_table("api_client")
    op.drop_table("agreement")
