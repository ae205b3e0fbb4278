"""What every way of sending has in common: it takes letters one by one, and gives up when nothing gets through."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Protocol

from kompetanse.messages.rules import Letter, Outcome

SECONDS = 10.0
"""So long an operator may take for each step of one message."""

SECONDS_IN_ALL = 60.0
"""After so long no further message is begun: somebody waits for the page."""


@dataclass(frozen=True, slots=True)
class Handed:
    """How handing over one message ended; `fails` says that the operator fails, and would the next one too."""

    outcome: Outcome
    fails: bool = False


class Carrier(Protocol):
    """Takes messages to their addresses."""

    def carry(self, letters: Sequence[Letter]) -> list[Outcome]:
        """Send each once; how each ended, in their order. It raises nothing that an operator could cause."""
        ...


def in_turn(letters: Sequence[Letter], hand_over: Callable[[Letter], Handed]) -> list[Outcome]:
    """Hand over one after the other. Once the operator fails, the rest is not tried, so that nobody waits in vain."""
    outcomes: list[Outcome] = []
    rest, until = Outcome.UNREACHED, monotonic() + SECONDS_IN_ALL
    for letter in letters:
        if monotonic() > until:
            break
        handed = hand_over(letter)
        outcomes.append(handed.outcome)
        if handed.fails:
            rest = Outcome.NOT_LET_IN if handed.outcome is Outcome.NOT_LET_IN else Outcome.UNREACHED
            break
    return outcomes + [rest] * (len(letters) - len(outcomes))
