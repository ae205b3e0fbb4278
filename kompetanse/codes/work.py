"""Closed sets that describe work: how it was held, offered, wished for and evidenced."""

from enum import StrEnum


class Shift(StrEnum):
    """When in the day or week work is done."""

    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"
    WEEKEND = "weekend"
    ROTATION = "rotation"  # offshore and well-boat rotations: weeks on, weeks off


class Duration(StrEnum):
    """How long an engagement lasts (arbeidsmiljøloven § 14-9 for the temporary ones)."""

    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    SUBSTITUTE = "substitute"
    SEASONAL = "seasonal"
    APPRENTICE = "apprentice"
    ON_CALL = "on_call"


class ExperienceKind(StrEnum):
    """How work was held; unpaid and informal work is experience too."""

    PAID = "paid"
    SELF_EMPLOYED = "self_employed"
    UNPAID = "unpaid"
    INFORMAL = "informal"


class Evidence(StrEnum):
    """How a skill is known, weakest first (see `EVIDENCE_ORDER`)."""

    CLAIMED = "claimed"
    EXEMPLIFIED = "exemplified"  # claimed, with an example
    DOCUMENTED = "documented"
    ASSESSED = "assessed"
    RECOGNISED = "recognised"


EVIDENCE_ORDER: tuple[Evidence, ...] = tuple(Evidence)


class Strength(StrEnum):
    """How much a wish means to the person."""

    MUST = "must"
    PREFER = "prefer"
    NEVER = "never"


class Importance(StrEnum):
    """Whether a vacancy's skill must be there on the first day or can be learned in the job."""

    ESSENTIAL = "essential"
    TRAINABLE = "trainable"


class RecognitionStatus(StrEnum):
    """Where the Norwegian recognition of an education from abroad stands."""

    NOT_APPLIED = "not_applied"
    APPLIED = "applied"
    RECOGNISED = "recognised"
    PARTLY = "partly"
    REFUSED = "refused"


class VacancySource(StrEnum):
    """Where a vacancy came from."""

    TYPED = "typed"
    FEED = "feed"  # the job service's public vacancy feed
    FILE = "file"


class VacancyStatus(StrEnum):
    """Whether a vacancy can be filled now."""

    OPEN = "open"
    FILLED = "filled"
    CLOSED = "closed"


class ReferralStage(StrEnum):
    """How far a referral (formidling) has come."""

    PROPOSED = "proposed"
    ACCEPTED_BY_PERSON = "accepted_by_person"
    SENT = "sent"
    INTERVIEW = "interview"
    HIRED = "hired"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
