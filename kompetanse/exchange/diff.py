"""Compares the rows of a people import with the registry: who is new, and who is likely there already.

Pure: what is registered comes as values. Nobody is ever merged here. A row whose person is likely registered is
reported and left out, unless the coordinator says that such rows are other people.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeGuard
from uuid import UUID

from kompetanse.exchange.faults import Reason, RowRejected
from kompetanse.exchange.likeness import Lookalikes
from kompetanse.exchange.people_entries import PersonEntry


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


@dataclass(slots=True)
class Registry:
    """Who is registered, ready to be compared with. `numbers` are holders by the digits of a national number."""

    numbers: dict[str, UUID] = field(default_factory=dict)
    _born: Lookalikes[UUID] = field(default_factory=Lookalikes)
    _of_unknown_birth: dict[str, list[UUID]] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Iterable[KnownPerson]) -> "Registry":
        """A registry of these people."""
        registry = cls()
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
        if entry.born is None:
            return tuple(self._of_unknown_birth.get(entry.name_key, ()))
        return tuple(self._born.like(entry.name_key, entry.born))


@dataclass(slots=True)
class ImportPlan:
    """What an import does with each row, as they come. `despite_duplicates` also registers rows that are likely there.

    `skipped` rows are among the `duplicates`; the others of those are accepted. `kin` are, by the file's household key,
    the registered people whom skipped rows stand for; `household_keys` those of accepted rows.
    """

    registry: Registry
    despite_duplicates: bool
    accepted: int = 0
    skipped: int = 0
    duplicates: list[LikelyRegistered] = field(default_factory=list)
    rejected: list[RowRejected] = field(default_factory=list)
    kin: dict[str, tuple[UUID, ...]] = field(default_factory=dict)
    household_keys: set[str] = field(default_factory=set)
    _numbers: dict[str, int] = field(default_factory=dict)

    def accepts(self, row: PersonEntry | RowRejected) -> TypeGuard[PersonEntry]:
        """Whether a row is to be registered, and not one that cannot be read or is likely registered.

        A national number belongs to one person: a row whose number is registered, or stands in an earlier row, is left
        out whatever `despite_duplicates` says.
        """
        if isinstance(row, RowRejected):
            self.rejected.append(row)
            return False
        certain = _by_number(row, self.registry, self._numbers)
        duplicate = certain or _by_likeness(row, self.registry)
        if duplicate is not None:
            self.duplicates.append(duplicate)
        if duplicate is None or (self.despite_duplicates and not certain):
            self.accepted += 1
            self.household_keys |= {row.household_key} if row.household_key is not None else set()
            return True
        self.skipped += 1
        if row.household_key is not None:
            self.kin[row.household_key] = (*self.kin.get(row.household_key, ()), *duplicate.record_ids)
        return False

    @property
    def new_households(self) -> int:
        """How many households would be formed, as far as that shows without looking any up."""
        return len(self.household_keys - self.kin.keys())


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
    why = (
        "fødselsdatoen stemmer og navnet ligner" if entry.born else "navnet er det samme, og ingen fødselsdato er kjent"
    )
    return _duplicate(
        entry,
        Reason.LIKELY_REGISTERED,
        f"Er trolig registrert fra før: {why}",
        "Sammenlign med personkortet; importer likevel bare hvis det er en annen person",
        alike,
    )


def _duplicate(
    entry: PersonEntry, reason: Reason, detail: str, hint: str, record_ids: tuple[UUID, ...]
) -> LikelyRegistered:
    name = ", ".join(filter(None, (entry.family_name, entry.given_name)))
    if entry.protected_address:  # her record may not say it yet, and it is what harms most when it is left out
        hint = f"Raden sier adressesperre: se at den står i personkortet. {hint}"
    return LikelyRegistered(entry.row, "", name, reason, detail, hint, record_ids)
