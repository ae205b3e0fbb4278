"""The candidates of a vacancy with every reason, as CSV: what the page and the API say, for a spreadsheet.

One row for each candidate and requirement. It is for the coordinator's own eyes: whoever is in it is recorded.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit
from kompetanse.actor import Actor, Operation
from kompetanse.codes.work import PairMark
from kompetanse.exchange.csv_safe import CellType, Column, TableSchema, table_schema, write_csv
from kompetanse.matching import service
from kompetanse.matching.explanation import Match, Outcome, Reason, RequirementKind, Verdict
from kompetanse.matching.ordering import Wanted
from kompetanse.matching.service import RankedCandidates

_DECIMALS = 6
"""As exactly as scores are the same on the page and in the engine."""


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One line: a candidate, what the coordinator decided about her, and one reason. Excluded ones have no rank."""

    rank: int | None
    given_name: str
    family_name: str
    mark: PairMark | None
    match: Match
    reason: Reason

    @property
    def closed_by(self) -> str | None:
        """What would close the gap, and up to which level, code or day."""
        closes = self.reason.closes
        return None if closes is None else " ".join(filter(None, (closes.kind.value, closes.to)))

    @property
    def way(self) -> str | None:
        """The nearest way to close the gap."""
        closes = self.reason.closes
        return None if closes is None or closes.way is None else closes.way.name_nb

    @property
    def starts_on(self) -> date | None:
        """When that way begins."""
        closes = self.reason.closes
        return None if closes is None or closes.way is None else closes.way.starts_on

    @property
    def score_after(self) -> float | None:
        """The score with the gap closed."""
        return None if self.reason.closes is None else round(self.reason.closes.score_after, _DECIMALS)


_C = Column[ReasonRow]
COLUMNS: tuple[Column[ReasonRow], ...] = (
    _C(
        "plass",
        lambda r: r.rank,
        CellType.INTEGER,
        "Plass i rekkefølgen, fra 1; tom for den som et absolutt krav stenger ute",
        "Rank from 1, by score alone; none for those whom a gate excludes",
    ),
    _C(
        "person_id", lambda r: str(r.match.person_id), CellType.STRING, "Personens id", "The person's id", required=True
    ),
    _C("fornavn", lambda r: r.given_name or None, CellType.STRING, "Fornavn", "Given name"),
    _C("etternavn", lambda r: r.family_name or None, CellType.STRING, "Etternavn", "Family name"),
    _C(
        "merke",
        lambda r: r.mark,
        CellType.STRING,
        "Om personen er festet øverst eller lagt til side for denne stillingen",
        "Whether the person is pinned or set aside for this vacancy",
        choices=tuple(PairMark),
    ),
    _C(
        "poengsum",
        lambda r: round(r.match.score, _DECIMALS),
        CellType.NUMBER,
        "Poengsum fra 0 til 1: summen av bidragene",
        "Score from 0 to 1: the contributions together",
        required=True,
    ),
    _C(
        "absolutte_krav",
        lambda r: r.match.verdict,
        CellType.STRING,
        "Hva de absolutte kravene sier samlet; unknown er noe å spørre om",
        "What the gates say together; unknown is something to ask",
        required=True,
        choices=tuple(Verdict),
    ),
    _C(
        "krav",
        lambda r: r.reason.kind,
        CellType.STRING,
        "Hva slags krav eller ønske linjen gjelder",
        "What kind of requirement or wish the line is about",
        required=True,
        choices=tuple(RequirementKind),
    ),
    _C("gjelder", lambda r: r.reason.key, CellType.STRING, "Koden eller begrepet", "The code or concept"),
    _C("med_ord", lambda r: r.reason.label, CellType.STRING, "Stillingens egne ord", "The vacancy's own words"),
    _C(
        "absolutt",
        lambda r: r.reason.gate,
        CellType.BOOLEAN,
        "Om det stenger ute å mangle dette",
        "Whether lacking this excludes",
        required=True,
    ),
    _C("kreves", lambda r: r.reason.required, CellType.STRING, "Hva stillingen krever", "What is required"),
    _C("har", lambda r: r.reason.has, CellType.STRING, "Hva personen har", "What the person has"),
    _C(
        "utfall",
        lambda r: r.reason.outcome,
        CellType.STRING,
        "Oppfylt, delvis, mangler eller ukjent",
        "Met, partly, missing or unknown",
        required=True,
        choices=tuple(Outcome),
    ),
    _C(
        "gjennom",
        lambda r: r.reason.through,
        CellType.STRING,
        "Hvordan kravet er delvis oppfylt",
        "By which way it is met in part",
    ),
    _C(
        "bidrag",
        lambda r: round(r.reason.contribution, _DECIMALS),
        CellType.NUMBER,
        "Del av poengsummen",
        "Part of the score",
        required=True,
    ),
    _C(
        "mulig",
        lambda r: round(r.reason.possible, _DECIMALS),
        CellType.NUMBER,
        "Hva bidraget kunne ha vært",
        "What the contribution could have been",
        required=True,
    ),
    _C(
        "kan_lukkes_med",
        lambda r: r.closed_by,
        CellType.STRING,
        "Hva som kan lukke gapet, og til hvilket nivå",
        "What would close the gap, and up to which level",
    ),
    _C(
        "naermeste_vei",
        lambda r: r.way,
        CellType.STRING,
        "Nærmeste kurs, prøve eller søknad som lukker gapet",
        "The nearest course, test or application that closes the gap",
    ),
    _C(
        "starter",
        lambda r: r.starts_on,
        CellType.DATE,
        "Når kurset starter",
        "When the course begins",
    ),
    _C(
        "poengsum_etter",
        lambda r: r.score_after,
        CellType.NUMBER,
        "Poengsum når gapet er lukket",
        "Score with the gap closed",
    ),
)


def export_candidates(session: Session, actor: Actor, vacancy_id: UUID, wanted: Wanted) -> Iterator[bytes]:
    """The CSV of a vacancy's candidates, in chunks: the ranking, those set aside, and those whom a gate excludes.

    Everything is read, and the export recorded, before this returns.

    Raises:
        Forbidden: the role does not match. NotFound: no such vacancy.
    """
    actor = actor.doing(Operation.MATCH)
    ranked = service.candidates_for(session, actor, vacancy_id, wanted)
    rows = list(_rows(ranked))
    shown = sorted({row.match.person_id for row in rows})
    audit.record(session, actor, "export", "person", [vacancy_id, *shown], [column.name for column in COLUMNS])
    return write_csv(COLUMNS, rows)


def schema() -> TableSchema:
    """The columns as a Frictionless Table Schema."""
    return table_schema(COLUMNS)


def _rows(ranked: RankedCandidates) -> Iterator[ReasonRow]:
    """Each candidate once, with a row for each reason."""
    parts = (*ranked.ranking.matches, *ranked.pinned, *ranked.set_aside, *ranked.ranking.excluded)
    for person_id, match in {one.person_id: one for one in parts}.items():
        person, marked = ranked.people[person_id], ranked.marks.get(person_id)
        mark, rank = marked.mark if marked else None, ranked.ranking.ranks.get(person_id)
        for reason in match.reasons:
            yield ReasonRow(rank, person.given_name, person.family_name, mark, match, reason)
