"""What kind of deed an event tells of, for whoever wants all that was looked at, or all that was passed on. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class DeedKind(StrEnum):
    """What was done with records: the four that a person asks about (GDPR art. 15 (1) c), and coming in."""

    LOOKED = "looked"
    CHANGED = "changed"
    EXPORTED = "exported"
    SHARED = "shared"
    ENTERED = "entered"


ACTIONS: Mapping[DeedKind, frozenset[str]] = MappingProxyType(
    {
        DeedKind.LOOKED: frozenset(
            {"count", "extract", "find_duplicates", "list", "list_candidates", "list_referrals", "match",
             "preview_classes", "read", "reveal", "verify"}
        ),
        DeedKind.CHANGED: frozenset(
            {"add", "advance", "annotate", "answer", "archive", "ask", "attach", "change", "close", "confirm",
             "create", "delete", "disable", "enable", "end", "end_watch", "follow_up", "grant", "import", "join",
             "leave", "link", "merge", "pin", "record", "refer", "refuse", "relink", "remove", "restore", "revoke",
             "seed", "set_aside", "subscribe", "undo", "watch", "withdraw"}
        ),
        DeedKind.EXPORTED: frozenset({"begin_export", "complete_export", "export", "hand_out"}),
        DeedKind.SHARED: frozenset(
            {"act_through_supplier", "begin_send", "fail_to_send", "hand_over", "publish", "read_classes",
             "read_tombstones", "release_classes", "request_contact", "request_match", "send", "shortlist", "stop",
             "withdraw_classes"}
        ),
        DeedKind.ENTERED: frozenset({"log_in", "log_in_refused", "open"}),
    }
)  # fmt: skip
"""The actions of each kind; every action that the registry records is of one."""

_KIND_OF = MappingProxyType({action: kind for kind, actions in ACTIONS.items() for action in actions})


def kind_of(action: str) -> DeedKind:
    """The kind of an action; one that is not known yet is told as a change, the graver of the two that may be meant."""
    return _KIND_OF.get(action, DeedKind.CHANGED)
