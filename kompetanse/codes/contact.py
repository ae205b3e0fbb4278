"""How far requests for contact between municipalities have come."""

from enum import StrEnum


class Found(StrEnum):
    """How many fit a vacancy request: never the number."""

    FEWER = "fewer_than_5"
    MORE = "5_or_more"


class RequestStage(StrEnum):
    """How far a contact request has come at home. A neighbour is told only whether an answer can still come."""

    RECEIVED = "received"
    ASKING = "asking"
    CLOSED = "closed"


class AskStage(StrEnum):
    """What became of asking one person."""

    ASKED = "asked"
    YES = "yes"
    NO = "no"
    WITHDRAWN = "withdrawn"


class Standing(StrEnum):
    """What a neighbour is told of a request: the same whether nobody fits, all said no, or none answered."""

    WAITING = "waiting"
    OVER = "over"
