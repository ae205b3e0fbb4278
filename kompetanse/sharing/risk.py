"""The risk report as it is handed to the data-protection officer: the next release, and all that were made; signed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Actor
from kompetanse.sealing import Sealer
from kompetanse.sharing import publishing
from kompetanse.sharing.ledger import Refused
from kompetanse.sharing.periods import period_name
from kompetanse.sharing.publishing import LedgerRecord
from kompetanse.sharing.report import RiskReport


@dataclass(frozen=True, slots=True)
class KeptReport:
    """The report of a release that was made; `intact` unless its record in the ledger is not what was signed."""

    period: str
    k: int
    made_at: datetime
    digest: str
    signature: str
    intact: bool
    report: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RiskStatement:
    """All that can be said of the risk today. It holds exact counts, and is for the municipality alone.

    Attributes:
        following: the report of the next release as it would be made now; None when it would be refused.
        refused: why it would be.
        kept: the reports of all releases, the newest first.
    """

    municipality_no: str
    made_at: datetime
    following: RiskReport | None
    refused: str | None
    kept: Sequence[KeptReport]

    @property
    def broken(self) -> list[str]:
        """The periods whose record in the ledger was changed. None is expected."""
        return [one.period for one in self.kept if not one.intact]

    def told(self) -> dict[str, Any]:
        """The statement as it is written, without its signature."""
        return {
            "municipality_no": self.municipality_no,
            "made_at": self.made_at.isoformat(),
            "next": None if self.following is None else _report(self.following),
            "refused": self.refused,
            "ledger": {"releases": len(self.kept), "intact": not self.broken, "broken": self.broken},
            "releases": [_kept(one) for one in self.kept],
        }


def statement(session: Session, actor: Actor, sealer: Sealer, *, k: int | None = None) -> RiskStatement:
    """The risk report of a municipality.

    Args:
        session: in the municipality's scope.
        actor: may read releases.
        sealer: of the deployment that made the releases.
        k: another k for the next release than the agreements promise.

    Raises:
        Forbidden: the role does not read releases.
    """
    records = publishing.releases(session, actor)
    broken = set(publishing.broken(session, actor, sealer))
    following, refused = None, None
    try:
        following = publishing.draft(session, actor, k=k).report
    except Refused as error:
        refused = str(error)
    kept = [_checked(one, one.period not in broken) for one in records]
    return RiskStatement(actor.municipality_no, clock.now(), following, refused, kept)


def signed(told: RiskStatement, sealer: Sealer) -> dict[str, Any]:
    """The statement with a keyed digest of all that it says (HMAC-SHA256, RFC 2104)."""
    document = told.told()
    return {**document, "signature": _signature(document, sealer)}


def is_signed(document: Mapping[str, Any], sealer: Sealer) -> bool:
    """Whether a document is a statement as `signed` gave it, of this deployment."""
    rest = {name: value for name, value in document.items() if name != "signature"}
    return bool(rest) and document.get("signature") == _signature(rest, sealer)


def _signature(document: Mapping[str, Any], sealer: Sealer) -> str:
    said = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sealer.fingerprint(said, f"risk:{document.get('municipality_no')}")


def _checked(record: LedgerRecord, intact: bool) -> KeptReport:
    return KeptReport(
        period=period_name(record.period),
        k=record.k,
        made_at=record.made_at,
        digest=record.digest,
        signature=record.signature,
        intact=intact,
        report=record.report,
    )


def _report(following: RiskReport) -> dict[str, Any]:
    return {"period": period_name(following.period), "k": following.k_promised, "report": following.told()}


def _kept(one: KeptReport) -> dict[str, Any]:
    return {
        "period": one.period,
        "k": one.k,
        "made_at": one.made_at.isoformat(),
        "digest": one.digest,
        "signature": one.signature,
        "intact": one.intact,
        "report": dict(one.report),
    }
