"""What a yes lets out of a profile: named columns, and every other column is held back knowingly."""

import json

import pytest
from sqlmodel import Session

from kompetanse.actor import system_actor
from kompetanse.codes.consent import ShareSection
from kompetanse.codes.licences import licences
from kompetanse.competence import service as competence
from kompetanse.competence.fields import LicenceFields, WishedOccupationFields
from kompetanse.competence.tables import Education, Experience, PersonLanguage, PersonLicence, Skill, WishedOccupation
from kompetanse.contacts.telling import PARTS, told
from tests.contacts.town import accountant
from tests.factories import FROYA, actor

TABLES = {
    "experiences": Experience, "languages": PersonLanguage, "educations": Education, "skills": Skill,
    "licences": PersonLicence, "wished_occupations": WishedOccupation,
}  # fmt: skip
NEVER = {"id", "municipality_no", "person_id", "note", "notes", "employer", "institution", "tasks", "description"}


def test_every_section_names_columns_that_are_there_and_none_that_is_held_back() -> None:
    assert PARTS.keys() == set(ShareSection)
    for parts in PARTS.values():
        for part, columns in parts:
            assert set(columns) <= set(TABLES[part].model_fields), part
            assert not set(columns) & NEVER, part


@pytest.mark.parametrize("section", ShareSection)
def test_a_section_is_plain_data_of_its_own_columns(session: Session, section: ShareSection) -> None:
    made = accountant(session)
    code = next(iter(licences())).code
    competence.set_licence(session, actor(), made.id, 4, LicenceFields(licence=code, holds=True))
    competence.add_wished_occupation(session, actor(), made.id, 5, WishedOccupationFields(title="regnskapsfører"))
    profile = competence.read_profile(session, system_actor(FROYA), made.id)
    shown = told(profile, [section])
    assert shown.keys() == {section.value}
    (row,) = shown[section.value]
    ((_, columns),) = PARTS[section]
    assert tuple(row) == columns
    assert str(made.id) not in json.dumps(shown)


def test_no_section_is_nothing(session: Session) -> None:
    made = accountant(session)
    assert told(competence.read_profile(session, system_actor(FROYA), made.id), []) == {}
