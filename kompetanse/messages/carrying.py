"""What every way of sending has in common: it takes letters one by one, and gives up when nothing gets through."""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import Protocol

from kompetanse.messages.rules import Letter, Outcome

SECONDS = 10.0
"""So long an operator may take for each step of one message."""

SECONDS_IN_ALL = 60.0
"""After so long no further message is begun: somebody waits for the page."""

_NO_FURTHER = frozenset({Outcome.UNKNOWN, Outcome.NOT_LET_IN, Outcome.UNREACHED})


class Carrier(Protocol):
    """Takes messages to their addresses."""

    def carry(self, letters: Sequence[Letter]) -> list[Outcome]:
        """Send each once; how each ended, in their order. It raises nothing that an operator could cause."""
        ...


def in_turn(letters: Sequence[Letter], hand_over: Callable[[Letter], Outcome]) -> list[Outcome]:
    """Hand over one after the other. Once the operator fails, the rest is not tried, so that nobody waits in vain."""
    outcomes: list[Outcome] = []
    until = monotonic() + SECONDS_IN_ALL
    for letter in letters:
        before = outcomes[-1] if outcomes else Outcome.SENT
        if before in _NO_FURTHER:
            outcomes.append(Outcome.NOT_LET_IN if before is Outcome.NOT_LET_IN else Outcome.UNREACHED)
        elif monotonic() > until:
            outcomes.append(Outcome.UNREACHED)
        else:
            outcomes.append(hand_over(letter))
    return outcomes
