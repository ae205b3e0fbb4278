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


class SkillLevel(StrEnum):
    """How well a skill is mastered, lowest first: the four levels of DigComp 2.1 (EU Joint Research Centre 2017)."""

    FOUNDATION = "foundation"  # with guidance
    INTERMEDIATE = "intermediate"  # on one's own
    ADVANCED = "advanced"  # in new situations, and guides others
    SPECIALISED = "specialised"  # solves what few can


class LanguageProof(StrEnum):
    """How somebody's command of a language is known."""

    SELF = "self"
    TEACHER = "teacher"
    TEST = "test"


class InterestKind(StrEnum):
    """What an interest is: something liked, or something that the person would gladly do for others."""

    LIKES = "likes"
    TEACHES = "teaches"
    MENTORS = "mentors"
    RECRUITS = "recruits"
    INTERPRETS = "interprets"


class CourseKind(StrEnum):
    """What somebody has to show beside work and education: also what JSON Resume 1.0 tells apart so."""

    COURSE = "course"
    CERTIFICATE = "certificate"
    AWARD = "award"
    PUBLICATION = "publication"
    PROJECT = "project"


class WishKind(StrEnum):
    """What a wish is about, beside occupations and the terms of work."""

    SECTOR = "sector"  # a code of `kompetanse.codes.sectors`
    LEAVES = "leaves"  # a sector that the person wants out of
    PLACE = "place"  # a municipality's number, or a place in words
    TRAINING = "training"
    OWN_BUSINESS = "own_business"
    VOLUNTEERING = "volunteering"


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


class RecognitionScheme(StrEnum):
    """The ways in which Norway recognises an education from abroad."""

    GENERAL = "general"  # generell godkjenning av høyere utdanning, HK-dir
    VOCATIONAL = "vocational"  # godkjenning av fag- og yrkesopplæring, HK-dir
    TERTIARY_VOCATIONAL = "tertiary_vocational"  # godkjenning av høyere yrkesfaglig utdanning, HK-dir
    UVD = "uvd"  # for those without verifiable documents: interview, HK-dir
    NON_BINDING = "non_binding"  # a statement for employers, HK-dir
    AUTHORISATION = "authorisation"  # the right to practise a regulated profession, from that profession's authority


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


class CourseOfferKind(StrEnum):
    """What a course, test or procedure on offer leads to; it says what the offer's key is a code of."""

    LANGUAGE = "language"  # ISO 639-3; from one CEFR level to another
    LICENCE = "licence"  # a code of `kompetanse.codes.licences`
    SKILL = "skill"  # a concept's URI, or `text:` and the words
    EDUCATION = "education"  # ISCED-F 2013, or any field; from one level of NUS2000 to another
    RECOGNITION = "recognition"  # ISCED-F 2013, or any field
    AUTHORISATION = "authorisation"  # a regulated profession
    TEST = "test"  # ISO 639-3; the CEFR level that it proves


class PairMark(StrEnum):
    """What the coordinator decided about one person for one vacancy."""

    PINNED = "pinned"
    SET_ASIDE = "set_aside"


class SetAsideReason(StrEnum):
    """Why a person is set aside for one vacancy. Each is about the pair: none says anything of the person alone."""

    NOT_INTERESTED = "not_interested"
    TALKED_ELSEWHERE = "talked_elsewhere"
    QUALIFICATION_DIFFERS = "qualification_differs"
    EMPLOYER_DECLINED = "employer_declined"
    PRACTICAL = "practical"
    OTHER = "other"
