"""A newcomer as one row of a file tells of her: values, not yet compared with the registry."""

from dataclasses import dataclass, field

from kompetanse.codes.consent import ConsentPurpose
from kompetanse.codes.national_id import NationalId
from kompetanse.codes.partial_date import PartialDate
from kompetanse.exchange.cells.consents import ConsentAnswer
from kompetanse.exchange.cells.education import EducationEntry
from kompetanse.exchange.cells.languages import LanguageEntry
from kompetanse.exchange.cells.skills import LicenceEntry, SkillEntry
from kompetanse.exchange.cells.work import CurrentSituation, ExperienceEntry, PercentageRange
from kompetanse.exchange.faults import RowWarning
from kompetanse.people.rules import Contact
from kompetanse.people.rules import name_key as key_of_name


@dataclass(frozen=True, slots=True)
class ConsentEntry:
    """The answer to one purpose."""

    purpose: ConsentPurpose
    answer: ConsentAnswer


@dataclass(slots=True)
class PersonEntry:
    """One row, filled while its cells are read. None and empty are "not stated"; no `citizenships` is stateless.

    `row` is the 1-based row of the file. `notes` keep what the row says and no field holds, each with its
    header. `experiences` are the past; what somebody does now is in `current`.
    """

    row: int
    family_name: str
    given_name: str
    born: PartialDate | None = None
    national_id: NationalId | None = None
    citizenships: tuple[str, ...] | None = None
    country_of_origin: str | None = None
    contacts: tuple[Contact, ...] = ()
    postal_code: str | None = None
    protected_address: bool | None = None
    languages: tuple[LanguageEntry, ...] = ()
    needs_interpreter: bool | None = None
    experiences: tuple[ExperienceEntry, ...] = ()
    educations: tuple[EducationEntry, ...] = ()
    current: CurrentSituation | None = None
    skills: tuple[SkillEntry, ...] = ()
    licences: tuple[LicenceEntry, ...] = ()
    wishes_as_spoken: str | None = None
    wants_to_leave: str | None = None
    interests: tuple[str, ...] = ()
    percentage: PercentageRange | None = None
    family: str | None = None
    household_key: str | None = None
    consents: tuple[ConsentEntry, ...] = ()
    arrived_in_municipality: PartialDate | None = None
    arrived_in_norway: PartialDate | None = None
    notes: tuple[str, ...] = ()
    warnings: tuple[RowWarning, ...] = ()

    _name_key: str = field(default="", compare=False, repr=False)

    @property
    def name_key(self) -> str:
        """What the person is compared by; the names do not change any more once it was asked for."""
        self._name_key = self._name_key or key_of_name(self.family_name, self.given_name)
        return self._name_key
