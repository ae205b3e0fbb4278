"""What a newcomer can consent to; each purpose is asked and withdrawn by itself (GDPR art. 6 (1) a, 7)."""

from enum import StrEnum


class ConsentPurpose(StrEnum):
    """Purposes for which data leaves the municipality."""

    SHARE_WITH_NEIGHBOURS = "share_with_neighbours"
    EXPORT_TO_JOB_SERVICE = "export_to_job_service"
    AMBASSADOR = "ambassador"


class ShareSection(StrEnum):
    """A part of the profile that somebody can let a neighbour see, or not.

    Classes tell of the first three, generalised; a neighbour who is granted contact is told the name, how to reach her,
    and those of the rest that both she and the agreement allow.
    """

    WORK = "work"
    LANGUAGES = "languages"
    EDUCATION = "education"
    SKILLS = "skills"
    LICENCES = "licences"
    WISHES = "wishes"


class OwnSection(StrEnum):
    """A part of the profile that no general yes covers: it takes a yes of its own."""

    BACKGROUND = "background"
    """What `ClassAttribute` names, in classes only; it is no part of what a granted contact holds."""


class ClassAttribute(StrEnum):
    """What classes can tell beside occupation, Norwegian and education; off unless every agreement asks for it."""

    AGE = "age"
    COUNTRY = "country"
    ARRIVAL = "arrival"


class ConsentForm(StrEnum):
    """How the consent was given."""

    WRITTEN = "written"
    ORAL = "oral"
    DIGITAL = "digital"
