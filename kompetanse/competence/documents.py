"""The profile as one document that the database builds: the hot read of the whole product.

It is what `service.read_person_profile` gives, tested equal for every person; nothing of it is decided here.
"""

from kompetanse.competence import tables
from kompetanse.documents import Document, Part, same
from kompetanse.people.tables import ContactPoint, Person

PROFILE = Document(
    table=Person,
    columns={
        **same(
            "id", "created_at", "given_name", "family_name", "born", "citizenships", "country_of_origin",
            "arrived_in_norway", "arrived_in_municipality", "residence_basis", "residence_until", "may_work",
            "may_work_until", "contact_languages", "needs_interpreter", "protected_address", "national_id_kind",
            "archived_at",
        ),
        "person_version": "version",
        "person_updated_at": "updated_at",
    },
    beside=tables.Profile,
    beside_columns=same(
        "version", "updated_at", "mapped_on", "confirmed_on", "percentage_min", "percentage_max", "shifts",
        "commute_minutes", "available_from", "pay_floor", "percentage_strength", "shifts_strength",
        "commute_strength", "start_strength", "pay_strength", "term_weights",
        "wishes_as_spoken",
    ),
    absent={"version": "0"},
    parts={
        "contacts": Part(ContactPoint, ("kind", "value"), order_by="position, id"),
        "skills": Part(tables.Skill, ("id", "key", "label", "holds", "level", "evidence", "source_id")),
        "experiences": Part(
            tables.Experience,
            ("id", "title", "title_language", "styrk", "concept", "kind", "employer", "country", "started", "ended",
             "ongoing", "months", "percentage", "tasks", "relevant"),
        ),
        "educations": Part(
            tables.Education,
            ("id", "title", "level", "field", "institution", "country", "started_year", "completed", "completed_year",
             "recognition", "recognition_scheme", "recognition_authority", "recognition_decided_on",
             "recognition_valid_until", "recognition_documents"),
        ),
        "languages": Part(
            tables.PersonLanguage,
            ("id", "language", "mother_tongue", "listening", "reading", "interaction", "production", "writing", "proof",
             "test", "tested_on"),
        ),
        "licences": Part(tables.PersonLicence, ("id", "licence", "holds", "country", "valid_until")),
        "wished_occupations": Part(
            tables.WishedOccupation, ("id", "title", "title_language", "styrk", "concept", "strength", "weight")
        ),
        "courses": Part(tables.Course, ("id", "title", "kind", "provider", "completed", "valid_until")),
        "wishes": Part(tables.Wish, ("id", "kind", "value", "text", "strength", "weight")),
        "interests": Part(tables.Interest, ("id", "label", "kind", "key", "activity")),
    },
    condition="p.merged_into_id IS NULL",
)  # fmt: skip
