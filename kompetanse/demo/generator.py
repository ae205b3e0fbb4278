"""Generates a registry: households whose people come from thirty countries and mostly work in fish.

Pure and deterministic: the same seed, number and day give the same rows, in batches, at any size.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.residence import ContactKind, HouseholdRole, ResidenceBasis
from kompetanse.codes.work import Evidence, ExperienceKind, InterestKind, RecognitionStatus, Shift, Strength, WishKind
from kompetanse.competence import tables as competence
from kompetanse.demo.backgrounds import BACKGROUNDS, Background
from kompetanse.demo.names import ORIGINS, Origin
from kompetanse.people import tables as people
from kompetanse.people.rules import name_key, name_order
from kompetanse.taxonomy.lexicon import starter_lexicon

Row = dict[str, Any]
BATCH = 1000
_GROWN_UP = 18
_HOMES = {
    "5014": ["7260", "7260", "7260", "7260", "7263", "7263", "7270", "7273", "7268", "7266", "7284"],
    "5056": ["7240", "7240", "7240", "7240", "7247", "7241", "7250", "7246", "7242", "7252"],
}
"""Where households live: postal codes of Frøya and Hitra, the more often the more people live there."""
_OUT_OF_FISH = "vil ut av fisken"
_EEA = frozenset(["PL", "LT", "RO", "LV", "EE", "SE", "DE", "BG", "SK", "CZ", "HU", "ES", "PT", "IT", "HR"])
_CEFR = ("A1", "A2", "B1", "B2", "C1")
_HIGHER = (EducationLevel.BACHELOR, EducationLevel.MASTER)
_INTERESTS = (
    "fotball",
    "friluftsliv",
    "fiske",
    "sang og dans",
    "strikking",
    "hagebruk",
    "sjakk",
    "frivillig arbeid",
    "matlaging for andre",
    "vil gjerne være mentor",
    "vil gjerne tolke",
)


@dataclass
class Batch:
    """Rows to insert, by table, in an order that foreign keys allow."""

    rows: dict[type[SQLModel], list[Row]] = field(default_factory=dict)
    people: int = 0

    def add(self, table: type[SQLModel], row: Row) -> None:
        """Put a row in its table's list."""
        self.rows.setdefault(table, []).append(row)


@dataclass
class Maker:
    """Draws people of one municipality."""

    random: Random
    municipality_no: str
    recorded_by: UUID
    today: date

    def __post_init__(self) -> None:
        # A source of its own: what was drawn before people had homes is drawn as before.
        self._homes = Random(f"homes in {self.municipality_no}")

    def batches(self, count: int) -> Iterator[Batch]:
        """At least `count` newcomers, in batches of about a thousand."""
        made, batch = 0, Batch()
        while made < count:
            made += self._household(batch, count - made)
            if batch.people >= BATCH:
                yield batch
                batch = Batch()
        if batch.people:
            yield batch

    def new_id(self) -> UUID:
        """A version 7 UUID out of the seeded source, so that a run can be repeated."""
        stamp = 1_780_000_000_000 + self.random.randrange(10**9)
        value = (stamp << 80) | (0x7 << 76) | (self.random.getrandbits(12) << 64)
        return UUID(int=value | (0b10 << 62) | self.random.getrandbits(62))

    def _household(self, batch: Batch, room: int) -> int:
        origin = self.random.choices(ORIGINS, [o.share for o in ORIGINS])[0]
        adults = min(room, self.random.choices((1, 2, 3), (30, 60, 10))[0])
        family = self.random.choice(origin.families)
        home = self._home()
        made = [self._person(batch, origin, family, home, woman=(number % 2 == 0)) for number in range(adults)]
        if adults > 1:
            household = {
                **self._owned(),
                "version": 1,
                "updated_at": moment(self.today),
                "name": family,
                "source_key": None,
            }
            batch.add(people.Household, household)
            for number, person_id in enumerate(made):
                role = (
                    HouseholdRole.ADULT
                    if number == 0
                    else HouseholdRole.PARTNER
                    if number == 1
                    else HouseholdRole.OTHER
                )
                member = {**self._owned(), "household_id": household["id"], "person_id": person_id, "role": role}
                batch.add(people.HouseholdMember, member)
        return adults

    def _owned(self) -> Row:
        return {"municipality_no": self.municipality_no, "id": self.new_id()}

    def _of(self, person_id: UUID) -> Row:
        return {**self._owned(), "person_id": person_id}

    def _maybe(self, chance: float, value: Any) -> Any:  # noqa: ANN401 - whatever it was given
        return value if self.random.random() < chance else None

    def _home(self) -> str | None:
        """A household's postal code, where it is stated; of other municipalities' people none is."""
        homes = _HOMES.get(self.municipality_no)
        return self._homes.choice(homes) if homes and self._homes.random() < 0.85 else None

    def _person(self, batch: Batch, origin: Origin, family: str, home: str | None, *, woman: bool) -> UUID:
        given = self.random.choice(origin.women if woman else origin.men)
        if woman and origin.country == "LT":
            family = family.removesuffix("as").removesuffix("ius").removesuffix("us").removesuffix("is") + "ienė"
        if woman and origin.country == "PL":
            family = family.removesuffix("ski") + "ska" if family.endswith("ski") else family
        born = date(self.random.randint(1962, 2004), self.random.randint(1, 12), self.random.randint(1, 28))
        arrived = date(self.random.randint(2006, 2025), self.random.randint(1, 12), self.random.randint(1, 28))
        row = self._person_row(origin, given, family, born, arrived)
        row["postal_code"] = None if row["protected_address"] else home
        batch.add(people.Person, row)
        batch.people += 1
        self._contacts(batch, row["id"])
        self._profile(batch, row["id"], origin, born, arrived)
        self._consents(batch, row["id"])
        return UUID(str(row["id"]))

    def _person_row(self, origin: Origin, given: str, family: str, born: date, arrived: date) -> Row:
        eea = origin.country in _EEA
        other = ResidenceBasis.COLLECTIVE_PROTECTION if origin.country == "UA" else ResidenceBasis.PROTECTION
        expiry = None if eea else self.today + timedelta(days=self.random.randint(30, 900))
        spoken = [origin.language, *(["eng"] if self.random.random() < 0.5 else [])]
        return {
            **self._owned(),
            "version": 1,
            "created_at": moment(arrived + timedelta(days=40)),
            "updated_at": moment(self.today),
            "given_name": given,
            "family_name": family,
            "name_key": name_key(family, given),
            "name_order": name_order(family, given),
            "born": born.isoformat() if self.random.random() < 0.85 else str(born.year),
            "citizenships": [origin.country],
            "country_of_origin": origin.country,
            "arrived_in_norway": self._maybe(0.7, arrived.isoformat()[:7]),
            "arrived_in_municipality": self._maybe(0.8, arrived.isoformat()[:7]),
            "residence_basis": self._maybe(0.9, ResidenceBasis.EEA if eea else other),
            "residence_until": expiry,
            "may_work": self._maybe(0.9, True),
            "may_work_until": expiry,
            "contact_languages": spoken,
            "needs_interpreter": self._maybe(0.75, self.random.random() < 0.35),
            "protected_address": self.random.random() < 0.006,
            "national_id_kind": None,
            "national_id_sealed": None,
            "national_id_fingerprint": None,
            "notes": None,
            "archived_at": None,
            "merged_into_id": None,
        }

    def _contacts(self, batch: Batch, person_id: UUID) -> None:
        if self.random.random() < 0.85:
            number = f"+47{self.random.choice('49')}{self.random.randrange(10**7):07d}"
            batch.add(
                people.ContactPoint, {**self._of(person_id), "kind": ContactKind.PHONE, "value": number, "position": 0}
            )
        if self.random.random() < 0.6:
            address = f"post{self.random.randrange(10**8)}@example.no"
            batch.add(
                people.ContactPoint, {**self._of(person_id), "kind": ContactKind.EMAIL, "value": address, "position": 1}
            )

    def _profile(self, batch: Batch, person_id: UUID, origin: Origin, born: date, arrived: date) -> None:
        if self.random.random() < 0.12:
            return  # not mapped yet: the coordinator's work to do
        background = self.random.choices(BACKGROUNDS, [b.share for b in BACKGROUNDS])[0]
        wishes = self._wishes(person_id, arrived)
        batch.add(competence.Profile, wishes)
        self._work(batch, person_id, background, origin, born, arrived)
        self._education(batch, person_id, background, origin, born)
        self._skills(batch, person_id, background)
        self._languages(batch, person_id, background, origin, arrived)
        self._licences(batch, person_id, background, origin)
        if self.random.random() < 0.5:
            self._wish(batch, person_id, background)
        for label in self.random.sample(_INTERESTS, self.random.choice((0, 0, 1, 2))):
            concept = starter_lexicon().skill(label)
            liked = {"label": label, "kind": InterestKind.LIKES, "key": concept.uri if concept else None}
            batch.add(competence.Interest, {**self._of(person_id), **liked})
        if wishes["wishes_as_spoken"]:
            leaves = {"kind": WishKind.LEAVES, "value": "fish", "text": _OUT_OF_FISH, "strength": Strength.PREFER}
            batch.add(competence.Wish, {**self._of(person_id), **leaves, "weight": None})

    def _wishes(self, person_id: UUID, arrived: date) -> Row:
        stated = self.random.random() < 0.7
        part_time = self.random.random() < 0.2
        return {
            **self._of(person_id),
            "version": 1,
            "updated_at": moment(self.today - timedelta(days=self.random.randint(0, 700))),
            "mapped_on": min(arrived + timedelta(days=self.random.randint(20, 400)), self.today),
            "percentage_min": (50 if part_time else 80) if stated else None,
            "percentage_max": (80 if part_time else 100) if stated else None,
            "shifts": self._maybe(0.4, [Shift.DAY, *([Shift.EVENING] if part_time else [])]),
            "commute_minutes": self._maybe(0.4, self.random.choice((20, 30, 45, 60, 90))),
            "available_from": None,
            "wishes_as_spoken": self._maybe(0.2, _OUT_OF_FISH),
        }

    def _work(
        self, batch: Batch, person_id: UUID, background: Background, origin: Origin, born: date, arrived: date
    ) -> None:
        start = min(born.year + self.random.randint(19, 26), arrived.year - 1)
        years = max(1, min(arrived.year - start, self.random.randint(1, 14)))
        before = {
            "title": background.title,
            "styrk": background.styrk,
            "country": origin.country,
            "employer": None,
            "started": str(start),
            "ended": str(start + years),
            "ongoing": False,
        }
        if start >= born.year + _GROWN_UP:
            batch.add(competence.Experience, self._experience(person_id, before))
        if self.random.random() < 0.72:  # what most do now, whatever they were
            employer = self.random.choice(("Havfisk Filet AS", "Kystlaks Pakkeri AS", "Øylaks Slakteri AS"))
            now = {
                "title": "fiskeindustriarbeider",
                "styrk": "8160",
                "country": "NO",
                "employer": employer,
                "started": arrived.isoformat()[:7],
                "ended": None,
                "ongoing": True,
            }
            batch.add(competence.Experience, self._experience(person_id, now))

    def _experience(self, person_id: UUID, stated: Row) -> Row:
        occupation = starter_lexicon().occupation(stated["title"])
        concept = occupation.uri if occupation and occupation.styrk == stated["styrk"] else None
        unstated = {"kind": ExperienceKind.PAID, "months": None, "percentage": None}
        return {**self._of(person_id), "concept": concept, **unstated, **stated}

    def _education(self, batch: Batch, person_id: UUID, background: Background, origin: Origin, born: date) -> None:
        if background.education is None or self.random.random() < 0.12:
            return
        higher = background.education >= EducationLevel.BACHELOR
        statuses = (RecognitionStatus.NOT_APPLIED, RecognitionStatus.APPLIED, RecognitionStatus.RECOGNISED)
        row = {
            **self._of(person_id),
            "title": f"{background.title} ({background.education.name_nb.lower()})",
            "level": background.education,
            "field": background.field,
            "institution": None,
            "country": origin.country,
            "completed": self._maybe(0.9, self.random.random() < 0.93),
            "completed_year": self._maybe(0.7, born.year + 22),
            "recognition": self.random.choices(statuses, (60, 15, 25))[0] if higher else None,
        }
        batch.add(competence.Education, row)

    def _skills(self, batch: Batch, person_id: UUID, background: Background) -> None:
        extra = self.random.sample(BACKGROUNDS, 2)
        labels = [*background.skills, *(b.skills[0] for b in extra if self.random.random() < 0.4)]
        for label in dict.fromkeys(labels):
            if self.random.random() < 0.85:
                evidence = self.random.choices((Evidence.CLAIMED, Evidence.DOCUMENTED, None), (60, 20, 20))[0]
                key = starter_lexicon().skill_key(label)
                batch.add(
                    competence.Skill,
                    {**self._of(person_id), "key": key, "label": label, "holds": True, "evidence": evidence},
                )

    def _languages(self, batch: Batch, person_id: UUID, background: Background, origin: Origin, arrived: date) -> None:
        """Norwegian comes with the years, and a step earlier to whoever has studied."""
        batch.add(competence.PersonLanguage, self._language(person_id, origin.language, None, mother_tongue=True))
        if self.random.random() < 0.85:
            studied = background.education in _HIGHER
            years = (self.today.year - arrived.year) // 4
            reached = min(4, max(0, years + studied + self.random.choice((-1, 0, 0, 1))))
            batch.add(competence.PersonLanguage, self._language(person_id, "nor", reached))
        if origin.language != "eng" and self.random.random() < 0.55:
            batch.add(competence.PersonLanguage, self._language(person_id, "eng", self.random.randrange(5)))

    def _language(self, person_id: UUID, code: str, level: int | None, *, mother_tongue: bool = False) -> Row:
        spoken = None if level is None else _CEFR[level]
        written = None if level is None else _CEFR[max(0, level - self.random.choice((0, 0, 1)))]
        return {
            **self._of(person_id),
            "language": code,
            "mother_tongue": True if mother_tongue else None,
            "listening": spoken,
            "reading": written,
            "interaction": spoken,
            "production": spoken,
            "writing": written,
        }

    def _licences(self, batch: Batch, person_id: UUID, background: Background, origin: Origin) -> None:
        held = set(background.licences) | ({"driving:B"} if self.random.random() < 0.5 else set())
        if background.styrk == "2223" and self.random.random() < 0.25:
            held.add("auth:nurse")
        for code in sorted(held):
            lasts = self.random.random() < 0.2 and not code.startswith("auth:")
            row = {
                **self._of(person_id),
                "licence": code,
                "holds": True,
                "country": origin.country,
                "valid_until": self.today + timedelta(days=self.random.randint(-60, 900)) if lasts else None,
            }
            batch.add(competence.PersonLicence, row)
        if "driving:B" not in held and self.random.random() < 0.3:
            row = {**self._of(person_id), "licence": "driving:B", "holds": False, "country": None, "valid_until": None}
            batch.add(competence.PersonLicence, row)

    def _wish(self, batch: Batch, person_id: UUID, background: Background) -> None:
        row = {"title": background.title, "styrk": background.styrk, "concept": None, "strength": Strength.PREFER}
        batch.add(competence.WishedOccupation, {**self._of(person_id), **row})

    def _consents(self, batch: Batch, person_id: UUID) -> None:
        for purpose, chance in (
            (ConsentPurpose.SHARE_WITH_NEIGHBOURS, 0.7),
            (ConsentPurpose.EXPORT_TO_JOB_SERVICE, 0.6),
        ):
            if self.random.random() < 0.85:
                batch.add(people.Consent, self.consent(person_id, purpose, granted=self.random.random() < chance))

    def consent(self, person_id: UUID, purpose: ConsentPurpose, *, granted: bool) -> Row:
        """An answer to one purpose."""
        day = self.today - timedelta(days=self.random.randint(1, 300))
        return {
            **self._of(person_id),
            "purpose": purpose,
            "granted": granted,
            "form": ConsentForm.WRITTEN,
            "given_on": day,
            "expires_on": day + timedelta(days=365) if granted else None,
            "recipient_no": "",
            "section": "",
            "language": None,
            "wording": None,
            "text_version": "2026-1",
            "recorded_at": moment(day),
            "recorded_by": self.recorded_by,
            "superseded_at": None,
        }


def moment(day: date) -> datetime:
    """Nine o'clock (UTC) on a day."""
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
