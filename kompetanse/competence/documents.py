"""The profile as one document that the database builds: the hot read of the whole product."""

from kompetanse.competence import tables
from kompetanse.documents import Document, Part
from kompetanse.people.tables import ContactPoint, Person

PROFILE = Document(
    table=Person,
    columns=(
        "id", "created_at", "given_name", "family_name", "born", "citizenships", "country_of_origin",
        "arrived_in_norway", "arrived_in_municipality", "residence_basis", "residence_until", "may_work",
        "may_work_until", "contact_languages", "needs_interpreter", "protected_address", "national_id_kind",
        "archived_at",
    ),
    beside={
        "profile": (
            tables.Profile,
            ("mapped_on", "percentage_min", "percentage_max", "shifts", "commute_minutes", "available_from",
             "wishes_as_spoken"),
        )
    },
    parts={
        "contacts": Part(ContactPoint, ("kind", "value"), order_by="id"),
        "skills": Part(tables.Skill, ("id", "key", "label", "holds", "evidence")),
    },
    condition="p.merged_into_id IS NULL",
)  # fmt: skip
