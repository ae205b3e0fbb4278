"""The ledger of releases, terms of agreements, requests for contact and their answers, webhooks; narrower consents."""

from collections.abc import Iterator

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SCOPE = "current_setting('kompetanse.municipality', true)"
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime()
LIST = sa.JSON(none_as_null=True)
SECTIONS = '["work", "languages", "education", "skills", "licences", "wishes"]'

# Table, column, its type, what stands in rows that were there before, and the condition of its CHECK.
COLUMNS: tuple[tuple[str, str, TypeEngine[object], str, str], ...] = (
    ("agreement", "version", sa.Integer(), "1", "version >= 1"),
    ("agreement", "purpose", sa.String(500), "", ""),
    ("agreement", "legal_basis", sa.String(500), "", ""),
    ("agreement", "sections", LIST, f"'{SECTIONS}'", ""),
    ("agreement", "signed_here", sa.String(200), "", ""),
    ("agreement", "signed_there", sa.String(200), "", ""),
    ("agreement", "answer_days", sa.Integer(), "14", "answer_days BETWEEN 1 AND 90"),
    ("agreement", "grant_days", sa.Integer(), "90", "grant_days BETWEEN 1 AND 365"),
    ("agreement", "budget", sa.Integer(), "20", "budget BETWEEN 0 AND 1000"),
    ("agreement", "revoked_at", MOMENT, "", ""),
    (
        "api_client", "organisation_no", sa.String(9), "",
        "organisation_no IS NULL OR length(organisation_no) = 9 AND recipient_no IS NOT NULL AND secret_hash = ''",
    ),
    ("consent", "expires_on", sa.Date(), "", ""),
    ("consent", "recipient_no", sa.String(4), "''", ""),
    ("consent", "section", sa.String(32), "''", ""),
    ("consent", "language", sa.String(3), "", ""),
    ("consent", "wording", sa.String(4000), "", ""),
)  # fmt: skip

NEW_TABLES = (
    "release",
    "release_class",
    "release_hierarchies",
    "release_member",
    "agreement_record",
    "neighbour_vacancy",
    "contact_request",
    "contact_ask",
    "webhook",
    "webhook_delivery",
    "used_assertion",
)

STANDING = {"sqlite_where": sa.text("superseded_at IS NULL"), "postgresql_where": sa.text("superseded_at IS NULL")}
NOT_ENDED = {"sqlite_where": sa.text("ended_at IS NULL"), "postgresql_where": sa.text("ended_at IS NULL")}
IN_FORCE = {"sqlite_where": sa.text("revoked_at IS NULL"), "postgresql_where": sa.text("revoked_at IS NULL")}

A_YEAR_LATER = {
    "sqlite": "date(coalesce(given_on, recorded_at), '+1 year')",
    "postgresql": "(coalesce(given_on, CAST(recorded_at AS DATE)) + interval '1 year')::date",
}
"""When an answer that was given before consents had an end runs out."""


def additions() -> Iterator[str]:
    """The statements that add the columns, each with its CHECK inside: see revision 0003."""
    dialect = op.get_bind().dialect
    for table, column, kind, before, condition in COLUMNS:
        default = f" DEFAULT {before} NOT NULL" if before else ""
        check = f" CONSTRAINT ck_{table}_{column} CHECK ({condition})" if condition else ""
        yield f"ALTER TABLE {table} ADD COLUMN {column} {kind.compile(dialect)}{default}{check}"


def secure_rows(table: str) -> None:
    """Let a session see and write the rows of its own municipality only, also as the tables' owner."""
    allowed = f"{SCOPE} = '*' OR municipality_no = {SCOPE}"
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY municipality ON {table} USING ({allowed}) WITH CHECK ({allowed})")


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    for statement in additions():
        op.execute(statement)
    op.execute(f"UPDATE consent SET expires_on = {A_YEAR_LATER[dialect]} WHERE granted")  # noqa: S608 - our own words
    op.drop_index("ix_consent_standing", table_name="consent")
    narrow = ["municipality_no", "purpose", "person_id", "recipient_no", "section"]
    op.create_index("ix_consent_standing", "consent", narrow, unique=True, **STANDING)
    whom = ["municipality_no", "organisation_no"]
    op.create_index("uq_api_client_organisation", "api_client", whom, unique=True, **IN_FORCE)
    make_ledger()
    make_agreement_record()
    make_requests()
    make_webhooks()
    make_used_assertion()
    if dialect == "postgresql":
        for table in NEW_TABLES:
            secure_rows(table)


def downgrade() -> None:
    for table in reversed(NEW_TABLES):
        op.drop_table(table)
    op.drop_index("uq_api_client_organisation", table_name="api_client")
    op.drop_index("ix_consent_standing", table_name="consent")
    op.execute("DELETE FROM consent WHERE recipient_no <> '' OR section <> ''")
    for table, column, *_ in reversed(COLUMNS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    general = ["municipality_no", "purpose", "person_id"]
    op.create_index("ix_consent_standing", "consent", general, unique=True, **STANDING)


def words(length: int) -> TypeEngine[str]:
    return sqlmodel.sql.sqltypes.AutoString(length=length)


def owned() -> tuple[sa.Column[object], sa.Column[object]]:
    return sa.Column("municipality_no", words(4), nullable=False), sa.Column("id", sa.Uuid(), nullable=False)


def closed(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def make_ledger() -> None:
    op.create_table(
        "release",
        *owned(),
        sa.Column("period", sa.Integer(), nullable=False),
        sa.Column("k", sa.Integer(), nullable=False),
        sa.Column("hierarchies", words(64), nullable=False),
        sa.Column("skill_groups", LIST, nullable=False),
        sa.Column("statistics", LIST, nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("digest", words(64), nullable=False),
        sa.Column("signature", words(64), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.CheckConstraint("k >= 5", name=op.f("ck_release_k")),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_release")),
        sa.UniqueConstraint("municipality_no", "period", name="uq_release_period"),
    )
    op.create_table(
        "release_class",
        sa.Column("municipality_no", words(4), nullable=False),
        sa.Column("period", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("occupation", words(20), nullable=False),
        sa.Column("norwegian", words(20), nullable=False),
        sa.Column("education", words(20), nullable=False),
        sa.Column("band", closed("sizeband", "5–9", "10–19", "20–49", "50+"), nullable=False),
        sa.Column("banded", sa.Integer(), nullable=False),
        sa.Column("fallen_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("municipality_no", "period", "class_id", name=op.f("pk_release_class")),
    )
    op.create_table(
        "release_hierarchies",
        *owned(),
        sa.Column("version", words(64), nullable=False),
        sa.Column("content", LIST, nullable=False),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_release_hierarchies")),
        sa.UniqueConstraint("municipality_no", "version", name="uq_release_hierarchies_version"),
    )
    op.create_table(
        "release_member",
        sa.Column("municipality_no", words(4), nullable=False),
        sa.Column("period", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("municipality_no", "period", "member_id", name=op.f("pk_release_member")),
    )
    op.create_index("ix_release_member_member", "release_member", ["municipality_no", "member_id", "period"])


def make_agreement_record() -> None:
    op.create_table(
        "agreement_record",
        *owned(),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("document_name", words(200), nullable=True),
        sa.Column("document_type", words(100), nullable=True),
        sa.Column("document_sha256", words(64), nullable=True),
        sa.Column("document", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_no", "agreement_id"],
            ["agreement.municipality_no", "agreement.id"],
            name="fk_agreement_record_agreement",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_agreement_record")),
    )
    op.create_index("ix_agreement_record_agreement", "agreement_record", ["municipality_no", "agreement_id", "id"])


def make_requests() -> None:
    op.create_table(
        "neighbour_vacancy",
        *owned(),
        sa.Column("recipient_no", words(4), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("received_from", sa.Uuid(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("period", sa.Integer(), nullable=False),
        sa.Column("matched", LIST, nullable=False),
        sa.Column("found", closed("found", "fewer_than_5", "5_or_more"), nullable=False),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_neighbour_vacancy")),
    )
    op.create_index(
        "ix_neighbour_vacancy_recipient", "neighbour_vacancy", ["municipality_no", "recipient_no", "received_at"]
    )
    op.create_table(
        "contact_request",
        *owned(),
        sa.Column("recipient_no", words(4), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("stage", closed("requeststage", "received", "asking", "closed"), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("delete_by", sa.Date(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=True),
        sa.Column("period", sa.Integer(), nullable=True),
        sa.Column("neighbour_vacancy_id", sa.Uuid(), nullable=True),
        sa.Column("title", words(200), nullable=False),
        sa.Column("employer", words(200), nullable=True),
        sa.Column("place", words(120), nullable=True),
        sa.Column("description", words(4000), nullable=True),
        sa.Column("contact_name", words(200), nullable=False),
        sa.Column("contact_email", words(254), nullable=True),
        sa.Column("contact_phone", words(20), nullable=True),
        sa.Column("sections", LIST, nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_contact_request_version")),
        sa.ForeignKeyConstraint(
            ["municipality_no", "neighbour_vacancy_id"],
            ["neighbour_vacancy.municipality_no", "neighbour_vacancy.id"],
            name="fk_contact_request_neighbour_vacancy",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_contact_request")),
    )
    op.create_index("ix_contact_request_recipient", "contact_request", ["municipality_no", "recipient_no", "id"])
    op.create_index("ix_contact_request_stage", "contact_request", ["municipality_no", "stage", "answer_by"])
    op.create_table(
        "contact_ask",
        *owned(),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stage", closed("askstage", "asked", "yes", "no", "withdrawn"), nullable=False),
        sa.Column("token_hash", words(64), nullable=True),
        sa.Column("language", words(3), nullable=False),
        sa.Column("wording", words(6000), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("answered_by", closed("consentform", "written", "oral", "digital"), nullable=True),
        sa.Column("sections", LIST, nullable=False),
        sa.Column("granted_until", sa.Date(), nullable=True),
        sa.Column("handed_over_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_contact_ask_version")),
        sa.ForeignKeyConstraint(
            ["municipality_no", "person_id"],
            ["person.municipality_no", "person.id"],
            name=op.f("fk_contact_ask_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_no", "request_id"],
            ["contact_request.municipality_no", "contact_request.id"],
            name="fk_contact_ask_request",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_contact_ask")),
    )
    op.create_index("ix_contact_ask_person", "contact_ask", ["municipality_no", "person_id", "id"])
    pair = ["municipality_no", "request_id", "person_id"]
    op.create_index("uq_contact_ask_pair", "contact_ask", pair, unique=True, **NOT_ENDED)
    op.create_index("uq_contact_ask_token", "contact_ask", ["token_hash"], unique=True)


def make_webhooks() -> None:
    op.create_table(
        "webhook",
        *owned(),
        sa.Column("recipient_no", words(4), nullable=False),
        sa.Column("url", words(500), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_webhook")),
    )
    op.create_index("ix_webhook_recipient", "webhook", ["municipality_no", "recipient_no"])
    op.create_table(
        "webhook_delivery",
        *owned(),
        sa.Column("webhook_id", sa.Uuid(), nullable=False),
        sa.Column("event", words(40), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("delivered_at", MOMENT, nullable=True),
        sa.Column("given_up_at", MOMENT, nullable=True),
        sa.Column("last_status", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_no", "webhook_id"],
            ["webhook.municipality_no", "webhook.id"],
            name="fk_webhook_delivery_webhook",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_no", "id", name=op.f("pk_webhook_delivery")),
    )
    op.create_index("ix_webhook_delivery_due", "webhook_delivery", ["municipality_no", "delivered_at", "next_at"])


def make_used_assertion() -> None:
    op.create_table(
        "used_assertion",
        sa.Column("municipality_no", words(4), nullable=False),
        sa.Column("token_hash", words(64), nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("municipality_no", "token_hash", name=op.f("pk_used_assertion")),
    )
    op.create_index("ix_used_assertion_ends_at", "used_assertion", ["municipality_no", "ends_at"])
