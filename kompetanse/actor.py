"""Who asks: municipality, person or system, role and purpose; and the one table of what each role may do."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from kompetanse.errors import Forbidden, NotFound


class Role(StrEnum):
    """What somebody is to the registry; one may be several."""

    COORDINATOR = "coordinator"
    LEADER = "leader"
    HR = "hr"
    DPO = "dpo"
    ADMINISTRATOR = "administrator"
    ANALYST = "analyst"
    NEIGHBOUR = "neighbour"
    JOB_SERVICE = "job_service"
    EMPLOYER = "employer"
    NEWCOMER = "newcomer"
    SYSTEM = "system"


class ActorKind(StrEnum):
    """What kind of identity stands behind the request."""

    STAFF = "staff"
    CLIENT = "client"
    NEWCOMER = "newcomer"
    SYSTEM = "system"


class Purpose(StrEnum):
    """Why personal data is touched (GDPR art. 5 (1) b); written in every audit event."""

    REGISTER = "register"
    MAP_COMPETENCE = "map_competence"
    MATCH = "match"
    REFER = "refer"
    SHARE = "share"
    EXPORT = "export"
    REPORT = "report"
    OVERSIGHT = "oversight"
    ADMINISTER = "administer"
    SELF_SERVICE = "self_service"


class Operation(StrEnum):
    """Everything that somebody can be allowed to do."""

    READ_PEOPLE = "read_people"
    REGISTER_PEOPLE = "register_people"
    READ_PROFILES = "read_profiles"
    MAP_COMPETENCE = "map_competence"
    READ_CONSENTS = "read_consents"
    RECORD_CONSENTS = "record_consents"
    READ_VACANCIES = "read_vacancies"
    WRITE_VACANCIES = "write_vacancies"
    PUSH_VACANCIES = "push_vacancies"
    MATCH = "match"
    TUNE_MATCHING = "tune_matching"
    READ_COURSES = "read_courses"
    WRITE_COURSES = "write_courses"
    REFER = "refer"
    READ_REFERRALS = "read_referrals"
    READ_SHARED = "read_shared"
    REQUEST_CONTACT = "request_contact"
    ASK_NEIGHBOURS = "ask_neighbours"
    HANDLE_CONTACTS = "handle_contacts"
    RELEASE_CLASSES = "release_classes"
    READ_RELEASES = "read_releases"
    READ_AGREEMENTS = "read_agreements"
    MANAGE_AGREEMENTS = "manage_agreements"
    SUBSCRIBE = "subscribe"
    EXPORT_JOB_SERVICE = "export_job_service"
    EXPORT_ANALYTICS = "export_analytics"
    EXPORT_PEOPLE = "export_people"
    IMPORT_PEOPLE = "import_people"
    HAND_OUT_DATA = "hand_out_data"
    READ_REPORTS = "read_reports"
    READ_AUDIT = "read_audit"
    ADMINISTER_ACCOUNTS = "administer_accounts"
    READ_OWN = "read_own"
    CHANGE_OWN = "change_own"
    ANSWER_OWN = "answer_own"


PURPOSES: Mapping[Operation, Purpose] = MappingProxyType(
    {
        Operation.READ_PEOPLE: Purpose.REGISTER,
        Operation.REGISTER_PEOPLE: Purpose.REGISTER,
        Operation.READ_PROFILES: Purpose.MAP_COMPETENCE,
        Operation.MAP_COMPETENCE: Purpose.MAP_COMPETENCE,
        Operation.READ_CONSENTS: Purpose.REGISTER,
        Operation.RECORD_CONSENTS: Purpose.REGISTER,
        Operation.READ_VACANCIES: Purpose.MATCH,
        Operation.WRITE_VACANCIES: Purpose.MATCH,
        Operation.PUSH_VACANCIES: Purpose.MATCH,
        Operation.MATCH: Purpose.MATCH,
        Operation.TUNE_MATCHING: Purpose.MATCH,
        Operation.READ_COURSES: Purpose.MATCH,
        Operation.WRITE_COURSES: Purpose.MATCH,
        Operation.REFER: Purpose.REFER,
        Operation.READ_REFERRALS: Purpose.REFER,
        Operation.READ_SHARED: Purpose.SHARE,
        Operation.REQUEST_CONTACT: Purpose.SHARE,
        Operation.ASK_NEIGHBOURS: Purpose.SHARE,
        Operation.HANDLE_CONTACTS: Purpose.SHARE,
        Operation.RELEASE_CLASSES: Purpose.SHARE,
        Operation.READ_RELEASES: Purpose.SHARE,
        Operation.READ_AGREEMENTS: Purpose.SHARE,
        Operation.MANAGE_AGREEMENTS: Purpose.SHARE,
        Operation.SUBSCRIBE: Purpose.SHARE,
        Operation.EXPORT_JOB_SERVICE: Purpose.EXPORT,
        Operation.EXPORT_ANALYTICS: Purpose.REPORT,
        Operation.EXPORT_PEOPLE: Purpose.EXPORT,
        Operation.IMPORT_PEOPLE: Purpose.REGISTER,
        Operation.HAND_OUT_DATA: Purpose.SELF_SERVICE,
        Operation.READ_REPORTS: Purpose.REPORT,
        Operation.READ_AUDIT: Purpose.OVERSIGHT,
        Operation.ADMINISTER_ACCOUNTS: Purpose.ADMINISTER,
        Operation.READ_OWN: Purpose.SELF_SERVICE,
        Operation.CHANGE_OWN: Purpose.SELF_SERVICE,
        Operation.ANSWER_OWN: Purpose.SELF_SERVICE,
    }
)
"""The purpose that each operation serves: asking for the operation states the purpose."""

PERMISSIONS: Mapping[Role, frozenset[Operation]] = MappingProxyType(
    {
        Role.COORDINATOR: frozenset(
            {
                Operation.READ_PEOPLE,
                Operation.REGISTER_PEOPLE,
                Operation.READ_PROFILES,
                Operation.MAP_COMPETENCE,
                Operation.READ_CONSENTS,
                Operation.RECORD_CONSENTS,
                Operation.READ_VACANCIES,
                Operation.WRITE_VACANCIES,
                Operation.PUSH_VACANCIES,
                Operation.MATCH,
                Operation.TUNE_MATCHING,
                Operation.READ_COURSES,
                Operation.WRITE_COURSES,
                Operation.REFER,
                Operation.READ_REFERRALS,
                Operation.ASK_NEIGHBOURS,
                Operation.HANDLE_CONTACTS,
                Operation.RELEASE_CLASSES,
                Operation.READ_RELEASES,
                Operation.READ_AGREEMENTS,
                Operation.EXPORT_JOB_SERVICE,
                Operation.EXPORT_ANALYTICS,
                Operation.EXPORT_PEOPLE,
                Operation.IMPORT_PEOPLE,
                Operation.HAND_OUT_DATA,
                Operation.READ_REPORTS,
            }
        ),
        Role.LEADER: frozenset({Operation.READ_REPORTS, Operation.READ_VACANCIES}),
        Role.HR: frozenset({Operation.READ_VACANCIES, Operation.WRITE_VACANCIES, Operation.READ_REFERRALS}),
        Role.DPO: frozenset(
            {Operation.READ_AUDIT, Operation.READ_CONSENTS, Operation.READ_RELEASES, Operation.READ_AGREEMENTS}
        ),
        Role.ADMINISTRATOR: frozenset(
            {
                Operation.ADMINISTER_ACCOUNTS,
                Operation.TUNE_MATCHING,
                Operation.READ_COURSES,
                Operation.WRITE_COURSES,
                Operation.READ_RELEASES,
                Operation.READ_AGREEMENTS,
                Operation.MANAGE_AGREEMENTS,
            }
        ),
        Role.ANALYST: frozenset({Operation.EXPORT_ANALYTICS}),
        Role.NEIGHBOUR: frozenset({Operation.READ_SHARED, Operation.REQUEST_CONTACT, Operation.SUBSCRIBE}),
        Role.JOB_SERVICE: frozenset({Operation.EXPORT_JOB_SERVICE}),
        Role.EMPLOYER: frozenset({Operation.PUSH_VACANCIES}),
        Role.NEWCOMER: frozenset({Operation.READ_OWN, Operation.CHANGE_OWN, Operation.ANSWER_OWN}),
        Role.SYSTEM: frozenset(Operation),
    }
)
"""What each role may do. This is the only place that grants anything."""

OWN: Mapping[Operation, Operation] = MappingProxyType(
    {
        Operation.READ_PEOPLE: Operation.READ_OWN,
        Operation.REGISTER_PEOPLE: Operation.CHANGE_OWN,
        Operation.READ_PROFILES: Operation.READ_OWN,
        Operation.MAP_COMPETENCE: Operation.CHANGE_OWN,
        Operation.READ_CONSENTS: Operation.READ_OWN,
        Operation.MATCH: Operation.READ_OWN,
        Operation.RECORD_CONSENTS: Operation.CHANGE_OWN,
        Operation.HAND_OUT_DATA: Operation.READ_OWN,
    }
)
"""What a newcomer does in her own matters, in place of what an employee does in hers; nothing else of that is open."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks for something, in one municipality, for one purpose.

    `municipality_no` is whose records are asked for. For a neighbour that is the municipality which
    issued the key, and `recipient_no` the one that it was issued to. `unit` bounds an HR actor to one
    unit's vacancies; `person_id` a newcomer to herself. `only` narrows what the roles grant: a link that was made
    for one thing opens nothing else.
    """

    id: UUID
    kind: ActorKind
    municipality_no: str
    roles: frozenset[Role]
    purpose: Purpose = Purpose.REGISTER
    unit: str | None = None
    recipient_no: str | None = None
    person_id: UUID | None = None
    only: frozenset[Operation] | None = None
    request_id: str = ""

    def may(self, operation: Operation) -> bool:
        """Whether any of the roles grants the operation."""
        allowed = self.only is None or operation in self.only
        return allowed and any(operation in PERMISSIONS[role] for role in self.roles)

    def doing(self, operation: Operation) -> "Actor":
        """The same actor with the operation's purpose.

        Raises:
            Forbidden: no role grants it.
        """
        if not self.may(operation):
            raise Forbidden(f"Your role does not allow this ({operation.value})")
        purpose = PURPOSES[operation]
        return self if self.purpose is purpose else replace(self, purpose=purpose)

    def doing_to(self, operation: Operation, person_id: UUID) -> "Actor":
        """The same actor with the operation's purpose, in one person's matters.

        A newcomer does it to herself alone, as `OWN` says; of anybody else she is not told whether there is one.

        Raises:
            Forbidden: no role grants it. NotFound: a newcomer asks for somebody else.
        """
        if self.person_id is None:
            return self.doing(operation)
        if person_id != self.person_id:
            raise NotFound("person")
        return self.doing(OWN.get(operation, operation))


SYSTEM_ID = UUID(int=0)


def system_actor(municipality_no: str) -> Actor:
    """The deployment itself, as the command line and jobs act in one municipality."""
    return Actor(
        id=SYSTEM_ID,
        kind=ActorKind.SYSTEM,
        municipality_no=municipality_no,
        roles=frozenset({Role.SYSTEM}),
        request_id="cli",
    )
