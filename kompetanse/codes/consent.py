"""What a newcomer can consent to; each purpose is asked and withdrawn by itself (GDPR art. 6 (1) a, 7)."""

from enum import StrEnum


class ConsentPurpose(StrEnum):
    """Purposes for which data leaves the municipality."""

    SHARE_WITH_NEIGHBOURS = "share_with_neighbours"
    EXPORT_TO_JOB_SERVICE = "export_to_job_service"
    AMBASSADOR = "ambassador"


class ConsentForm(StrEnum):
    """How the consent was given."""

    WRITTEN = "written"
    ORAL = "oral"
    DIGITAL = "digital"
