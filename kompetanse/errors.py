"""The few errors of the domain. Each says what is wrong and how to mend it, and never carries personal data."""

from dataclasses import dataclass


class DomainError(Exception):
    """Something the caller asked for cannot be done; `str(error)` is safe to show and to log.

    `code` is the stable last part of the problem type over HTTP (RFC 9457).
    """

    code = "error"


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One field that could not be accepted: where it is (RFC 6901 pointer), why, and what to write instead."""

    pointer: str
    detail: str
    hint: str = ""


class NotFound(DomainError):
    """No such record, or not one the actor may know of; the two are told apart to nobody."""

    code = "not-found"

    def __init__(self, what: str) -> None:
        super().__init__(f"No such {what}")
        self.what = what


class Forbidden(DomainError):
    """The actor's roles do not allow the operation."""

    code = "forbidden"


class Unauthenticated(DomainError):
    """Nobody is logged in, or the token is unknown, expired or revoked."""

    code = "unauthenticated"


class InvalidToken(Unauthenticated):
    """A bearer token was sent that opens nothing: forged, expired, revoked or meant for others (RFC 6750 § 3.1)."""


class InsufficientScope(Forbidden):
    """The token is good, and its scope is not the one that is asked for (RFC 6750 § 3.1)."""

    code = "insufficient-scope"


class BudgetSpent(DomainError):
    """As much was asked for as the agreement allows in its time."""

    code = "budget-spent"


class Unavailable(DomainError):
    """Something that the answer depends on could not be reached; the same request may do in a moment."""

    code = "unavailable"


class Invalid(DomainError):
    """Input that breaks a rule, field by field."""

    code = "invalid"

    def __init__(self, *faults: FieldFault) -> None:
        super().__init__("; ".join(fault.detail for fault in faults) or "Invalid input")
        self.faults = faults


class UnknownCode(Invalid):
    """A code that is not in its code list."""

    code = "unknown-code"

    def __init__(self, code_list: str, pointer: str = "") -> None:
        super().__init__(FieldFault(pointer, f"Not a code of {code_list}", f"Use a code of {code_list}"))


class Conflict(DomainError):
    """The change collides with what is there; `detail` says with what."""

    code = "conflict"


class PossibleDuplicate(Conflict):
    """Somebody like this is registered already. `matches` are the ids of those found."""

    code = "possible-duplicate"

    def __init__(self, matches: tuple[str, ...]) -> None:
        super().__init__("Somebody with the same name and birth date is registered already")
        self.matches = matches


class Stale(DomainError):
    """The record was changed by somebody else since it was read: read it again, and repeat the change."""

    code = "stale"


class PreconditionRequired(DomainError):
    """A change must say which version it changes (RFC 6585, 428)."""

    code = "precondition-required"
