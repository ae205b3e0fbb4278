"""Closed sets about living in Norway and in a household."""

from enum import StrEnum


class ResidenceBasis(StrEnum):
    """Why a person may live in Norway (utlendingsloven, EEA agreement)."""

    CITIZEN = "citizen"
    NORDIC = "nordic"
    EEA = "eea"
    PERMANENT = "permanent"
    WORK = "work"
    FAMILY = "family"
    PROTECTION = "protection"
    COLLECTIVE_PROTECTION = "collective_protection"  # people displaced from Ukraine, § 34
    STUDY = "study"
    OTHER = "other"


class HouseholdRole(StrEnum):
    """What a person is in the household that moved together."""

    ADULT = "adult"
    PARTNER = "partner"
    CHILD = "child"
    OTHER = "other"


class ContactKind(StrEnum):
    """How a person can be reached."""

    PHONE = "phone"
    EMAIL = "email"


class NationalIdKind(StrEnum):
    """Kinds of Norwegian personal numbers."""

    FNR = "fnr"
    DNR = "dnr"
    DUF = "duf"
