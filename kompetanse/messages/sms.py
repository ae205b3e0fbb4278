"""Sends SMS through an operator's gateway: one JSON document by POST for each, in the shape that the gateway wants."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

import httpx2
from pydantic import JsonValue

from kompetanse import __version__
from kompetanse.messages.carrying import SECONDS, Handed, in_turn
from kompetanse.messages.rules import DIGITS, SENDER, TEXT, TO, Letter, Outcome, filled, is_number, outcome_of

_OF_ONE = frozenset({Outcome.SENT, Outcome.REFUSED})


@dataclass(frozen=True, slots=True)
class SmsCarrier:
    """A gateway. `authorization` is the whole header; `body` what is sent, with marks for number, text and sender."""

    url: str
    sender: str
    body: JsonValue
    authorization: str = field(default="", repr=False)

    def carry(self, letters: Sequence[Letter]) -> list[Outcome]:
        """Send each; how each ended.

        A gateway without TLS is on this machine, and asked directly: a proxy would read it all.
        """
        headers = {"User-Agent": f"Kompetanse/{__version__}", "Accept": "application/json"}
        if self.authorization:
            headers["Authorization"] = self.authorization
        by_proxy = urlsplit(self.url).scheme == "https"
        with httpx2.Client(headers=headers, timeout=SECONDS, follow_redirects=False, trust_env=by_proxy) as http:
            return in_turn(letters, partial(self._hand_over, http))

    def _hand_over(self, http: httpx2.Client, letter: Letter) -> Handed:
        """The status says how it ended; the answer's body is not read."""
        if not is_number(letter.to):
            return Handed(Outcome.REFUSED)
        values = {TO: letter.to, DIGITS: letter.to[1:], TEXT: letter.text, SENDER: self.sender}
        try:
            with http.stream("POST", self.url, json=filled(self.body, values)) as answer:
                outcome = outcome_of(answer.status_code)
        except (httpx2.ConnectError, httpx2.ConnectTimeout):
            return Handed(Outcome.UNREACHED, fails=True)
        except httpx2.HTTPError:
            return Handed(Outcome.UNKNOWN, fails=True)
        return Handed(outcome, fails=outcome not in _OF_ONE)
