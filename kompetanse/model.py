"""Every table of the product in one place: what migrations compare with, and what a merge must move."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from kompetanse.analytics import tables as analytics
from kompetanse.audit import tables as audit
from kompetanse.competence import tables as competence
from kompetanse.contacts import tables as contacts
from kompetanse.courses import tables as courses
from kompetanse.exchange import tables as exchange
from kompetanse.feeds import tables as feeds
from kompetanse.finding import tables as finding
from kompetanse.identity import tables as identity
from kompetanse.mapping import tables as mapping
from kompetanse.matching import tables as matching
from kompetanse.people import tables as people
from kompetanse.personal_links import tables as personal_links
from kompetanse.placements import tables as placements
from kompetanse.sharing import tables as sharing
from kompetanse.taxonomy import tables as taxonomy
from kompetanse.vacancies import tables as vacancies

TABLES = (
    analytics, audit, competence, contacts, courses, exchange, feeds, finding, identity, mapping, matching, people,
    personal_links, placements, sharing, taxonomy, vacancies,
)  # fmt: skip
METADATA: MetaData = SQLModel.metadata
