"""Closed sets of importing files."""

from enum import StrEnum


class ImportKind(StrEnum):
    """What the rows of an imported file were."""

    PEOPLE = "people"
    HOUSEHOLDS = "households"
    VACANCIES = "vacancies"
    COURSES = "courses"
