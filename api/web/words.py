"""What closed sets and fields are called on pages."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Protocol

from api.web import formats
from api.web.feed_words import FEED_WORDS
from api.web.i18n import gettext
from api.web.i18n import mark as _
from api.web.overview_words import OVERVIEW_WORDS
from api.web.places import place_name
from kompetanse.actor import ActorKind, Purpose, Role
from kompetanse.codes.consent import ClassAttribute, ConsentForm, ConsentPurpose, OwnSection, ShareSection
from kompetanse.codes.contact import AskStage, Found, RequestStage, Standing
from kompetanse.codes.driving_exchange import DrivingExchange
from kompetanse.codes.imports import ImportKind
from kompetanse.codes.legal import MappingPart, MappingState
from kompetanse.codes.residence import HouseholdRole, NationalIdKind, ResidenceBasis
from kompetanse.codes.sectors import sector
from kompetanse.codes.work import (
    CourseKind,
    CourseOfferKind,
    Duration,
    Evidence,
    ExperienceKind,
    Importance,
    InterestKind,
    LanguageProof,
    PairMark,
    RecognitionScheme,
    RecognitionStatus,
    ReferralStage,
    SetAsideReason,
    Shift,
    SkillLevel,
    Strength,
    VacancySource,
    VacancyStatus,
    WishKind,
)
from kompetanse.competence.unused import Ground
from kompetanse.competence.upkeep import Expiry, Missing
from kompetanse.exchange.mapping import Recognised
from kompetanse.taxonomy.concepts import ConceptKind

WORDS: Mapping[type[StrEnum], Mapping[str, str]] = {
    **FEED_WORDS,
    **OVERVIEW_WORDS,
    ConceptKind: {
        ConceptKind.SKILL: _("Ferdighet"),
        ConceptKind.OCCUPATION: _("Yrke"),
        ConceptKind.SKILL_GROUP: _("Gruppe av ferdigheter"),
        ConceptKind.OCCUPATION_GROUP: _("Gruppe av yrker"),
    },
    MappingState: {
        MappingState.DONE: _("Fullført"),
        MappingState.DUE: _("Gjenstår"),
        MappingState.OVERDUE: _("Over fristen"),
        MappingState.UNKNOWN: _("Bosettingsdato mangler"),
    },
    MappingPart: {
        MappingPart.LANGUAGE: _("Språk"),
        MappingPart.EDUCATION: _("Utdanning"),
        MappingPart.WORK: _("Arbeidserfaring"),
        MappingPart.OTHER: _("Annen kompetanse"),
    },
    CourseKind: {
        CourseKind.COURSE: _("Kurs"),
        CourseKind.CERTIFICATE: _("Sertifikat"),
        CourseKind.AWARD: _("Utmerkelse"),
        CourseKind.PUBLICATION: _("Publikasjon"),
        CourseKind.PROJECT: _("Prosjekt"),
    },
    CourseOfferKind: {
        CourseOfferKind.LANGUAGE: _("Språkkurs"),
        CourseOfferKind.LICENCE: _("Førerkort eller bevis"),
        CourseOfferKind.SKILL: _("Kurs i en ferdighet"),
        CourseOfferKind.EDUCATION: _("Utdanning"),
        CourseOfferKind.RECOGNITION: _("Godkjenning av utdanning"),
        CourseOfferKind.AUTHORISATION: _("Vei til autorisasjon"),
        CourseOfferKind.TEST: _("Språkprøve"),
    },
    PairMark: {
        PairMark.PINNED: _("Festet"),
        PairMark.SET_ASIDE: _("Satt til side"),
    },
    SetAsideReason: {
        SetAsideReason.NOT_INTERESTED: _("Er ikke interessert i stillingen"),
        SetAsideReason.TALKED_ELSEWHERE: _("Er i samtale om en annen stilling"),
        SetAsideReason.QUALIFICATION_DIFFERS: _("Kompetansen er en annen enn stillingen trenger"),
        SetAsideReason.EMPLOYER_DECLINED: _("Arbeidsgiveren har takket nei"),
        SetAsideReason.PRACTICAL: _("Praktisk: tid, sted eller lignende"),
        SetAsideReason.OTHER: _("Annet"),
    },
    Ground: {
        Ground.EDUCATION: _("Utdanning"),
        Ground.EXPERIENCE: _("Erfaring"),
    },
    Missing: {
        Missing.MAPPING: _("Kartleggingssamtale"),
        Missing.OCCUPATION: _("Yrke"),
        Missing.NORWEGIAN: _("Muntlig norsk"),
        Missing.EDUCATION: _("Utdanning"),
        Missing.RIGHT_TO_WORK: _("Rett til å arbeide"),
        Missing.SKILLS: _("Ferdigheter"),
        Missing.WISHES: _("Ønsket yrke"),
        Missing.PERCENTAGE: _("Stillingsprosent"),
        Missing.START: _("Når hun eller han kan begynne"),
        Missing.SHIFTS: _("Når på døgnet"),
        Missing.LICENCES: _("Førerkort og bevis"),
        Missing.INTERESTS: _("Interesser"),
    },
    Expiry: {
        Expiry.LICENCE: _("Bevis"),
        Expiry.COURSE: _("Kurs"),
        Expiry.RECOGNITION: _("Godkjenning"),
        Expiry.RIGHT_TO_WORK: _("Rett til å arbeide"),
        Expiry.RESIDENCE: _("Oppholdstillatelse"),
    },
    Role: {
        Role.COORDINATOR: _("Koordinator"),
        Role.LEADER: _("Leder"),
        Role.HR: _("Enhet / HR"),
        Role.DPO: _("Personvernombud"),
        Role.ADMINISTRATOR: _("Administrator"),
        Role.ANALYST: _("Analytiker"),
        Role.NEIGHBOUR: _("Nabokommune"),
        Role.JOB_SERVICE: _("Jobbformidlingen"),
        Role.EMPLOYER: _("Arbeidsgiver"),
        Role.NEWCOMER: _("Tilflytter"),
        Role.SYSTEM: _("Systemet"),
    },
    ActorKind: {
        ActorKind.STAFF: _("Ansatt i kommunen"),
        ActorKind.CLIENT: _("System utenfra"),
        ActorKind.NEWCOMER: _("Tilflytteren selv"),
        ActorKind.SYSTEM: _("Systemet"),
    },
    Purpose: {
        Purpose.REGISTER: _("Registrere"),
        Purpose.MAP_COMPETENCE: _("Kartlegge kompetanse"),
        Purpose.MATCH: _("Finne treff"),
        Purpose.REFER: _("Formidle"),
        Purpose.SHARE: _("Dele"),
        Purpose.EXPORT: _("Eksportere"),
        Purpose.REPORT: _("Rapportere"),
        Purpose.OVERSIGHT: _("Føre tilsyn"),
        Purpose.ADMINISTER: _("Administrere"),
        Purpose.SELF_SERVICE: _("Se egne opplysninger"),
    },
    ResidenceBasis: {
        ResidenceBasis.CITIZEN: _("Norsk statsborger"),
        ResidenceBasis.NORDIC: _("Nordisk borger"),
        ResidenceBasis.EEA: _("EØS-borger"),
        ResidenceBasis.PERMANENT: _("Permanent opphold"),
        ResidenceBasis.WORK: _("Arbeid"),
        ResidenceBasis.FAMILY: _("Familie"),
        ResidenceBasis.PROTECTION: _("Beskyttelse"),
        ResidenceBasis.COLLECTIVE_PROTECTION: _("Kollektiv beskyttelse"),
        ResidenceBasis.STUDY: _("Studier"),
        ResidenceBasis.OTHER: _("Annet"),
    },
    NationalIdKind: {
        NationalIdKind.FNR: _("Fødselsnummer"),
        NationalIdKind.DNR: _("D-nummer"),
        NationalIdKind.DUF: _("DUF-nummer"),
    },
    HouseholdRole: {
        HouseholdRole.ADULT: _("Voksen"),
        HouseholdRole.PARTNER: _("Partner"),
        HouseholdRole.CHILD: _("Barn"),
        HouseholdRole.OTHER: _("Annen"),
    },
    ConsentPurpose: {
        ConsentPurpose.SHARE_WITH_NEIGHBOURS: _("Telles med i gruppene nabokommuner ser"),
        ConsentPurpose.EXPORT_TO_JOB_SERVICE: _("Sende til jobbformidlingen"),
        ConsentPurpose.AMBASSADOR: _("Være ambassadør for andre tilflyttere"),
    },
    RequestStage: {
        RequestStage.RECEIVED: _("Ny"),
        RequestStage.ASKING: _("Spør"),
        RequestStage.CLOSED: _("Lukket"),
    },
    AskStage: {
        AskStage.ASKED: _("Spurt"),
        AskStage.YES: _("Ja"),
        AskStage.NO: _("Nei"),
        AskStage.WITHDRAWN: _("Trukket tilbake"),
    },
    Found: {
        Found.FEWER: _("Færre enn 5 passer"),
        Found.MORE: _("5 eller flere passer"),
    },
    Standing: {
        Standing.WAITING: _("Venter på svar"),
        Standing.OVER: _("Tiden er ute"),
    },
    ShareSection: {
        ShareSection.WORK: _("Arbeid"),
        ShareSection.LANGUAGES: _("Språk"),
        ShareSection.EDUCATION: _("Utdanning"),
        ShareSection.SKILLS: _("Ferdigheter"),
        ShareSection.LICENCES: _("Bevis og autorisasjoner"),
        ShareSection.WISHES: _("Ønsker"),
    },
    OwnSection: {OwnSection.BACKGROUND: _("Alder, land og ankomst, i grupper")},
    ClassAttribute: {
        ClassAttribute.AGE: _("Aldersgruppe"),
        ClassAttribute.COUNTRY: _("Land"),
        ClassAttribute.ARRIVAL: _("Når de kom"),
    },
    ConsentForm: {
        ConsentForm.WRITTEN: _("Skriftlig"),
        ConsentForm.ORAL: _("Muntlig"),
        ConsentForm.DIGITAL: _("Digitalt"),
    },
    Shift: {
        Shift.DAY: _("Dag"),
        Shift.EVENING: _("Kveld"),
        Shift.NIGHT: _("Natt"),
        Shift.WEEKEND: _("Helg"),
        Shift.ROTATION: _("Rotasjon (turer)"),
    },
    Duration: {
        Duration.PERMANENT: _("Fast"),
        Duration.TEMPORARY: _("Midlertidig"),
        Duration.SUBSTITUTE: _("Vikariat"),
        Duration.SEASONAL: _("Sesong"),
        Duration.APPRENTICE: _("Lærling"),
        Duration.ON_CALL: _("Tilkalling"),
    },
    ExperienceKind: {
        ExperienceKind.PAID: _("Lønnet arbeid"),
        ExperienceKind.SELF_EMPLOYED: _("Egen virksomhet"),
        ExperienceKind.UNPAID: _("Ulønnet eller frivillig"),
        ExperienceKind.INFORMAL: _("Uformelt, for eksempel omsorg hjemme"),
    },
    Evidence: {
        Evidence.CLAIMED: _("Sagt"),
        Evidence.EXEMPLIFIED: _("Sagt, med eksempel"),
        Evidence.DOCUMENTED: _("Dokumentert"),
        Evidence.ASSESSED: _("Vurdert i praksis"),
        Evidence.RECOGNISED: _("Godkjent"),
    },
    SkillLevel: {
        SkillLevel.FOUNDATION: _("Grunnleggende, med veiledning"),
        SkillLevel.INTERMEDIATE: _("Selvstendig"),
        SkillLevel.ADVANCED: _("Videregående, veileder andre"),
        SkillLevel.SPECIALISED: _("Spesialist"),
    },
    LanguageProof: {
        LanguageProof.SELF: _("Egen vurdering"),
        LanguageProof.TEACHER: _("Lærers vurdering"),
        LanguageProof.TEST: _("Prøve"),
    },
    InterestKind: {
        InterestKind.LIKES: _("Liker"),
        InterestKind.TEACHES: _("Vil gjerne lære bort"),
        InterestKind.MENTORS: _("Vil gjerne være fadder"),
        InterestKind.RECRUITS: _("Vil gjerne rekruttere"),
        InterestKind.INTERPRETS: _("Vil gjerne tolke"),
    },
    WishKind: {
        WishKind.SECTOR: _("Vil arbeide innen"),
        WishKind.LEAVES: _("Vil ut av"),
        WishKind.PLACE: _("Sted"),
        WishKind.TRAINING: _("Opplæring"),
        WishKind.OWN_BUSINESS: _("Egen bedrift"),
        WishKind.VOLUNTEERING: _("Frivillig arbeid"),
    },
    RecognitionScheme: {
        RecognitionScheme.GENERAL: _("Generell godkjenning (HK-dir)"),
        RecognitionScheme.VOCATIONAL: _("Fag- og yrkesopplæring (HK-dir)"),
        RecognitionScheme.TERTIARY_VOCATIONAL: _("Høyere yrkesfaglig utdanning (HK-dir)"),
        RecognitionScheme.UVD: _("UVD, uten dokumenter som kan etterprøves (HK-dir)"),
        RecognitionScheme.NON_BINDING: _("Uttalelse til arbeidsgiver (HK-dir)"),
        RecognitionScheme.AUTHORISATION: _("Autorisasjon eller yrkesgodkjenning"),
    },
    DrivingExchange: {
        DrivingExchange.VALID: _("gjelder i Norge som det er"),
        DrivingExchange.EXCHANGE: _("kan byttes inn uten prøve"),
        DrivingExchange.EXCHANGE_WITH_TEST: _("klasse B kan byttes inn etter kjøreprøve, innen ett år"),
        DrivingExchange.WHILE_PROTECTED: _("gjelder så lenge den kollektive beskyttelsen varer"),
        DrivingExchange.NEW: _("kan ikke byttes inn, nytt førerkort må tas"),
    },
    Strength: {Strength.MUST: _("Må"), Strength.PREFER: _("Helst"), Strength.NEVER: _("Aldri")},
    Importance: {Importance.ESSENTIAL: _("Fra første dag"), Importance.TRAINABLE: _("Kan læres i jobben")},
    RecognitionStatus: {
        RecognitionStatus.NOT_APPLIED: _("Ikke søkt"),
        RecognitionStatus.APPLIED: _("Søkt"),
        RecognitionStatus.RECOGNISED: _("Godkjent"),
        RecognitionStatus.PARTLY: _("Delvis godkjent"),
        RecognitionStatus.REFUSED: _("Avslått"),
    },
    VacancySource: {
        VacancySource.TYPED: _("Skrevet inn"),
        VacancySource.FEED: _("Arbeidsplassen.no"),
        VacancySource.FILE: _("Fil"),
    },
    VacancyStatus: {
        VacancyStatus.OPEN: _("Ledig"),
        VacancyStatus.FILLED: _("Besatt"),
        VacancyStatus.CLOSED: _("Avsluttet"),
    },
    ImportKind: {
        ImportKind.PEOPLE: _("Personer"),
        ImportKind.HOUSEHOLDS: _("Husstander"),
        ImportKind.VACANCIES: _("Stillinger"),
        ImportKind.COURSES: _("Kurs"),
    },
    Recognised: {
        Recognised.HEADING: _("Overskriften"),
        Recognised.CONTENT: _("Det som står i den"),
        Recognised.REMEMBERED: _("Husket fra sist"),
        Recognised.STATED: _("Valgt nå"),
        Recognised.NOT: _("Ikke gjenkjent"),
    },
    ReferralStage: {
        ReferralStage.PROPOSED: _("Foreslått"),
        ReferralStage.ACCEPTED_BY_PERSON: _("Kandidaten har sagt ja"),
        ReferralStage.SENT: _("Sendt til enheten"),
        ReferralStage.INTERVIEW: _("Intervju"),
        ReferralStage.HIRED: _("Ansatt"),
        ReferralStage.DECLINED: _("Takket nei"),
        ReferralStage.WITHDRAWN: _("Trukket"),
    },
}


def word(value: StrEnum | None) -> str | None:
    """What a member of a closed set is called; None stays None, "not stated"."""
    return None if value is None else gettext(WORDS[type(value)][value])


def options(kind: type[StrEnum], only: Iterable[StrEnum] | None = None) -> list[tuple[str, str]]:
    """Value and text of each member, for a select."""
    return [(member.value, gettext(WORDS[kind][member])) for member in (only if only is not None else kind)]


def shifts(values: Iterable[str] | None) -> str | None:
    """When work is done, in words; None is "not stated"."""
    return None if values is None else ", ".join(gettext(WORDS[Shift][value]) for value in values)


def weighed(value: object, strength: Strength | None, weight: int | None = None) -> object:
    """What somebody wants of a job, with how much it means to her where that is stated."""
    meant = [str(word(strength)).lower()] if strength else []
    meant += [gettext(_("vekt {weight}")).format(weight=weight)] if weight else []
    return value if value is None or not meant else f"{value} ({', '.join(meant)})"


class Wished(Protocol):
    """What of a wish is shown."""

    @property
    def kind(self) -> WishKind: ...  # noqa: D102
    @property
    def value(self) -> str | None: ...  # noqa: D102
    @property
    def text(self) -> str | None: ...  # noqa: D102


def wish_value(wish: Wished) -> str | None:
    """What a wish is for: the name of its sector or municipality, or its own words."""
    if wish.value is None:
        return wish.text
    if wish.kind is WishKind.PLACE:
        return place_name(wish.value)
    return formats.named(sector(wish.value))
