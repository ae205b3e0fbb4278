"""What a password, a lock-out and a role combination must be; no session, no clock."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from email_validator import EmailNotValidError, validate_email
from stdnum.no import orgnr

from kompetanse.actor import Role
from kompetanse.errors import FieldFault, Invalid

PASSWORD_MINIMUM = 12
"""Characters. Length instead of composition rules, as NIST SP 800-63B § 3.1.1 advises."""

LOCK_MINUTES = 15


class StaffLanguage(StrEnum):
    """The languages that staff can have their pages in (BCP 47)."""

    BOKMAAL = "nb"
    NYNORSK = "nn"
    ENGLISH = "en"


STAFF_ROLES = frozenset({Role.COORDINATOR, Role.LEADER, Role.HR, Role.DPO, Role.ADMINISTRATOR, Role.ANALYST})
OUTSIDERS = frozenset({Role.NEIGHBOUR, Role.JOB_SERVICE, Role.EMPLOYER})
"""Roles of those outside the municipality; a key of theirs opens nothing else."""

CLIENT_ROLES = STAFF_ROLES | OUTSIDERS


def accept_password(password: str) -> None:
    """Raise Invalid when a password is too short, or absurdly long."""
    if not PASSWORD_MINIMUM <= len(password) <= 256:
        detail = f"A password has {PASSWORD_MINIMUM} to 256 characters"
        raise Invalid(FieldFault("/password", detail, "Use a sentence that only you would write"))


def accept_email(text: str) -> str:
    """An e-mail address in the form that it is stored and compared in. Raises Invalid."""
    try:
        found = validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise Invalid(FieldFault("/email", "Not an e-mail address", "Write it as name@example.no")) from None
    return found.normalized.lower()


def accept_roles(roles: Iterable[Role], allowed: frozenset[Role], unit: str | None) -> list[Role]:
    """The roles in stable order; Invalid when they do not fit the identity or each other, or HR lacks a unit."""
    chosen = sorted(set(roles))
    if not chosen or not set(chosen) <= allowed:
        raise Invalid(FieldFault("/roles", "Not a role for this kind of account", f"Use {sorted(allowed)}"))
    if len(chosen) > 1 and OUTSIDERS & set(chosen):
        raise Invalid(FieldFault("/roles", "An outsider's key has one role", "Issue a key for each"))
    if Role.HR in chosen and not unit:
        raise Invalid(FieldFault("/unit", "The HR role belongs to a unit", "Name the unit"))
    return chosen


def accept_organisation(text: str) -> str:
    """An organisation number (Enhetsregisteret: nine digits, the last by MOD11) without its spaces. Raises Invalid."""
    number: str = orgnr.compact(text)
    if not (number.isascii() and orgnr.is_valid(number)):
        hint = "Write the nine digits: 938 772 924"
        raise Invalid(FieldFault("/organisation_no", "Not an organisation number", hint))
    return number


def locked_until(failed: int, allowed: int, now: datetime) -> datetime | None:
    """Until when an account is locked after `failed` failures in a row; None while it is not."""
    return now + timedelta(minutes=LOCK_MINUTES) if failed >= allowed else None
