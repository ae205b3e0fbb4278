"""Compares the rows of a people import with the registry: who is new, and who is likely there already.

Pure: what is registered comes as values. Nobody is ever merged here. A row whose person is likely registered is
reported and left out, unless the coordinator says that such rows are other people.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from kompetanse.exchange.faults import Reason, RowRejected
from kompetanse.exchange.likeness import Lookalikes
from kompetanse.exchange.people_entries import PersonEntry
from kompetanse.people.rules import name_key


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A registered newcomer as far as rows are compared with her; `key` is `name_key` of her name."""

    id: UUID
    key: str
    born: str | None


@dataclass(frozen=True, slots=True)
class LikelyRegistered:
    """A row that is likely registered. `record_ids` are the records that may be the same, none for an earlier row."""

    row: int
    column: str
    value: str
    reason: Reason
    detail: str
    hint: str
    record_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do. `skipped` rows are among the `duplicates`; the others of those are accepted.

    `kin` are, by the file's household key, the registered people whom skipped rows stand for.
    """

    accepted: tuple[PersonEntry, ...]
    duplicates: tuple[LikelyRegistered, ...]
    skipped: int
    rejected: tuple[RowRejected, ...]
    kin: Mapping[str, tuple[UUID, ...]]


@dataclass(slots=True)
class Registry:
    """Who is registered, ready to be compared with. `numbers` are holders by the digits of a national number."""

    numbers: Mapping[str, UUID] = field(default_factory=dict)
    _born: Lookalikes[UUID] = field(default_factory=Lookalikes)
    _of_unknown_birth: dict[str, list[UUID]] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Iterable[KnownPerson], numbers: Mapping[str, UUID]) -> "Registry":
        """A registry of these people."""
        registry = cls(numbers)
        for person in people:
            if person.born:
                registry._born.remember(person.key, person.born, person.id)
            else:
                registry._of_unknown_birth.setdefault(person.key, []).append(person.id)
        return registry

    def like(self, entry: PersonEntry) -> tuple[UUID, ...]:
        """Records that may be the entry's person.

        A birth that agrees and a name alike; where neither has a birth, exactly the same name, so that a file
        that is imported twice registers nobody twice.
        """
        key = name_key(entry.family_name, entry.given_name)
        if entry.born is None:
            return tuple(self._of_unknown_birth.get(key, ()))
        return tuple(self._born.like(key, entry.born))


def plan_import(
    rows: Iterable[PersonEntry | RowRejected], registry: Registry, *, despite_duplicates: bool
) -> ImportPlan:
    """Sort the rows of a file into those to register, those likely registered and those that cannot be read.

    A national number belongs to one person: a row whose number is registered, or stands in an earlier row, is
    left out whatever `despite_duplicates` says.
    """
    accepted: list[PersonEntry] = []
    duplicates: list[LikelyRegistered] = []
    rejected: list[RowRejected] = []
    kin: dict[str, tuple[UUID, ...]] = {}
    numbers: dict[str, int] = {}
    for row in rows:
        if isinstance(row, RowRejected):
            rejected.append(row)
            continue
        duplicate = _by_number(row, registry, numbers)
        certain = duplicate is not None
        duplicate = duplicate or _by_likeness(row, registry)
        if duplicate is not None:
            duplicates.append(duplicate)
        if duplicate is None or (despite_duplicates and not certain):
            accepted.append(row)
        elif row.household_key is not None:
            kin[row.household_key] = (*kin.get(row.household_key, ()), *duplicate.record_ids)
    skipped = len(duplicates) - _kept(duplicates, accepted)
    return ImportPlan(tuple(accepted), tuple(duplicates), skipped, tuple(rejected), kin)


def _kept(duplicates: Collection[LikelyRegistered], accepted: Collection[PersonEntry]) -> int:
    rows = {entry.row for entry in accepted}
    return sum(duplicate.row in rows for duplicate in duplicates)


def _by_number(entry: PersonEntry, registry: Registry, numbers: dict[str, int]) -> LikelyRegistered | None:
    if entry.national_id is None:
        return None
    digits = entry.national_id.digits
    holder = registry.numbers.get(digits)
    if holder is not None:
        return _duplicate(
            entry,
            Reason.NUMBER_REGISTERED,
            "En person med samme fødsels- eller D-nummer er registrert fra før",
            "Åpne personkortet og før på det som er nytt",
            (holder,),
        )
    earlier = numbers.setdefault(digits, entry.row)
    if earlier == entry.row:
        return None
    detail = f"Samme fødsels- eller D-nummer som i rad {earlier}"
    return _duplicate(entry, Reason.NUMBER_REGISTERED, detail, "Rett nummeret, eller slett den ene raden", ())


def _by_likeness(entry: PersonEntry, registry: Registry) -> LikelyRegistered | None:
    alike = registry.like(entry)
    if not alike:
        return None
    return _duplicate(
        entry,
        Reason.LIKELY_REGISTERED,
        "Er trolig registrert fra før: fødselsdatoen stemmer og navnet ligner",
        "Sammenlign med personkortet; importer likevel bare hvis det er en annen person",
        alike,
    )


def _duplicate(
    entry: PersonEntry, reason: Reason, detail: str, hint: str, record_ids: tuple[UUID, ...]
) -> LikelyRegistered:
    name = ", ".join(filter(None, (entry.family_name, entry.given_name)))
    return LikelyRegistered(entry.row, "", name, reason, detail, hint, record_ids)
