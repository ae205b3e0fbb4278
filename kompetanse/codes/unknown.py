"""What a search of newcomers may ask for as not stated."""

from enum import StrEnum


class Unknown(StrEnum):
    """What can be asked for as not stated; the values are the names of its other filters, where there are any."""

    OCCUPATION = "occupation"
    NORWEGIAN = "norwegian_at_least"
    SKILL = "skill"
    INTERPRETER = "needs_interpreter"
    WISHED = "wished"
    EDUCATION = "education_at_least"
    RECOGNITION = "recognition"
    LANGUAGE = "language"
    LICENCE = "licence"
    PERCENTAGE = "percentage_at_least"
    SHIFT = "shift"
    START = "available_by"
    INTEREST = "interest"
    CITIZENSHIP = "citizenship"
    COUNTRY = "country_of_origin"
    CONTACT_LANGUAGE = "contact_language"
    RESIDENCE = "residence_basis"
    MAY_WORK = "may_work"
    AGE = "age"
    ARRIVAL = "arrived_since"
    CONTACTS = "contacts"
