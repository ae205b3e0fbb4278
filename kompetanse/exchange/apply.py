"""Writes an import's accepted rows, some hundreds at a time, in the caller's transaction."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Actor
from kompetanse.codes.consent import ConsentForm
from kompetanse.competence.fields import ProfilePart
from kompetanse.competence.parts import TABLES
from kompetanse.competence.tables import Profile
from kompetanse.database import touch
from kompetanse.exchange import queries
from kompetanse.exchange.cells.consents import Answer
from kompetanse.exchange.imports import MadeRow
from kompetanse.exchange.people_entries import ConsentEntry, PersonEntry
from kompetanse.exchange.people_values import PartRow, PersonValues
from kompetanse.ids import new_id
from kompetanse.loading import Bound, Loader
from kompetanse.people.rules import runs_out_on
from kompetanse.people.tables import Consent, ContactPoint, Household, HouseholdMember, Person
from kompetanse.sealing import Sealer

CONSENT_TEXT = "imported"
"""The text version of imported consents: which words people said yes to, the file does not tell."""

UNSTATED_FORM = ConsentForm.ORAL
"""The form of a consent whose file says "ja" and not how: the one that proves least is claimed."""

FIELDS = ("person", "contacts", "profile", "consents", "household")
"""What an import writes of a person, as the audit trail calls it."""


class PeopleWriter:
    """Registers people with everything that their rows tell. Used as a context, as its loader is.

    The statements are those of a bulk load, so that a spreadsheet takes seconds; what each service would check one by
    one was checked when the values were made.
    """

    def __init__(self, session: Session, actor: Actor, sealer: Sealer | None) -> None:
        self._session, self._actor, self._sealer = session, actor, sealer
        self._loader = Loader(session, actor.municipality_no)
        self._people: dict[int, UUID] = {}
        self._homes: dict[int, UUID] = {}
        self._members: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._parts: dict[PartRow, Bound] = {}
        self._consents: dict[ConsentEntry, Bound] = {}
        self._profiles: dict[tuple[tuple[str, object], ...], Bound] = {}
        self.formed = 0
        """How many households were formed."""

    def __enter__(self) -> Self:
        self._loader.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loader.__exit__(kind, error, trace)

    def write(self, rows: Iterable[tuple[PersonEntry, PersonValues]]) -> None:
        """Register the people of some rows."""
        for entry, values in rows:
            self._person(entry, values)
        self._loader.write()

    def made(self) -> list[MadeRow]:
        """What each row became, in the order of the file."""
        return [MadeRow(row, person_id, self._homes.get(row)) for row, person_id in self._people.items()]

    def _person(self, entry: PersonEntry, values: PersonValues) -> None:
        loader, person_id = self._loader, new_id()
        self._people[entry.row] = person_id
        loader.add(Person, loader.bound(Person, {**values.person, **self._national_id(entry, person_id)}), person_id)
        for position, contact in enumerate(entry.contacts):
            stated = {"kind": contact.kind, "value": contact.value, "position": position}
            loader.add_of_person(ContactPoint, [loader.bound(ContactPoint, stated)], person_id)
        if values.has_profile:
            loader.add_of_person(Profile, [self._profile(values.wishes)], person_id)
        for part, rows in values.parts.items():
            loader.add_of_person(TABLES[part], [self._part(part, row) for row in rows], person_id)
        if entry.consents:
            loader.add_of_person(Consent, map(self._consent, entry.consents), person_id)
        if entry.household_key is not None:
            self._members[entry.household_key].append((entry.row, entry.family_name or entry.given_name))

    def _part(self, part: ProfilePart, row: PartRow) -> Bound:
        bound = self._parts.get(row)
        if bound is None:
            bound = self._parts[row] = self._loader.bound(TABLES[part], row.values)
        return bound

    def _profile(self, wishes: Mapping[str, object]) -> Bound:
        key = tuple(wishes.items())
        bound = self._profiles.get(key)
        if bound is None:
            bound = self._profiles[key] = self._loader.bound(Profile, wishes)
        return bound

    def _consent(self, consent: ConsentEntry) -> Bound:
        bound = self._consents.get(consent)
        if bound is None:
            answer, granted = consent.answer, consent.answer.answer is Answer.YES
            stated = {
                "purpose": consent.purpose,
                "granted": granted,
                "expires_on": runs_out_on(answer.given_on or clock.today()) if granted else None,
                "form": answer.form or UNSTATED_FORM,
                "given_on": answer.given_on,
                "text_version": CONSENT_TEXT,
                "recorded_by": self._actor.id,
            }
            bound = self._consents[consent] = self._loader.bound(Consent, stated)
        return bound

    def _national_id(self, entry: PersonEntry, person_id: UUID) -> dict[str, Any]:
        if entry.national_id is None or self._sealer is None:
            return {}
        digits = entry.national_id.digits
        return {
            "national_id_kind": entry.national_id.kind,
            "national_id_sealed": self._sealer.seal(digits, str(person_id)),
            "national_id_fingerprint": self._sealer.fingerprint(digits, self._actor.municipality_no),
        }

    def form_households(self, kin: Mapping[str, tuple[UUID, ...]]) -> None:
        """Let rows with one key live together, once all are written.

        A key is the file's own: "H3" of another file is another household. So newcomers join a household that is
        there only when a skipped row of theirs stands for somebody who lives in it, whom `kin` names by key.
        """
        loader = self._loader
        for key, members in self._members.items():
            household_id = self._standing_household(kin.get(key), key)
            if household_id is None:
                household_id, named = new_id(), {"name": members[0][1], "source_key": key}
                loader.add(Household, loader.bound(Household, named), household_id)
                self.formed += 1
            place = loader.bound(HouseholdMember, {"household_id": household_id})
            for row, _ in members:
                loader.add_of_person(HouseholdMember, [place], self._people[row])
                self._homes[row] = household_id
        loader.write()

    def _standing_household(self, kin: tuple[UUID, ...] | None, key: str) -> UUID | None:
        found = self._session.exec(queries.households_of(self._actor, kin, key)).first() if kin else None
        if found is None:
            return None
        touch(found)
        self._session.flush()
        return found.id
