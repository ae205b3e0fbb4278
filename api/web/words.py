"""What closed sets and fields are called on pages."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Protocol

from api.web.i18n import gettext
from api.web.i18n import mark as _
from kompetanse.actor import ActorKind, Purpose, Role
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.codes.driving_exchange import DrivingExchange
from kompetanse.codes.municipalities import municipality
from kompetanse.codes.residence import HouseholdRole, NationalIdKind, ResidenceBasis
from kompetanse.codes.sectors import sector
from kompetanse.codes.work import (
    Duration,
    Evidence,
    ExperienceKind,
    Importance,
    InterestKind,
    LanguageProof,
    RecognitionScheme,
    RecognitionStatus,
    ReferralStage,
    Shift,
    SkillLevel,
    Strength,
    VacancySource,
    VacancyStatus,
    WishKind,
)

WORDS: Mapping[type[StrEnum], Mapping[str, str]] = {
    Role: {
        Role.COORDINATOR: _("Koordinator"),
        Role.LEADER: _("Leder"),
        Role.HR: _("Enhet / HR"),
        Role.DPO: _("Personvernombud"),
        Role.ADMINISTRATOR: _("Administrator"),
        Role.NEIGHBOUR: _("Nabokommune"),
        Role.JOB_SERVICE: _("Jobbformidlingen"),
        Role.NEWCOMER: _("Tilflytter"),
        Role.SYSTEM: _("Systemet"),
    },
    ActorKind: {
        ActorKind.STAFF: _("Ansatt"),
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
        ConsentPurpose.SHARE_WITH_NEIGHBOURS: _("Dele anonymisert med nabokommuner"),
        ConsentPurpose.EXPORT_TO_JOB_SERVICE: _("Sende til jobbformidlingen"),
        ConsentPurpose.AMBASSADOR: _("Være ambassadør for andre tilflyttere"),
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

FIELDS: Mapping[str, str] = {
    "email": _("E-post"),
    "password": _("Passord"),
    "given_name": _("Fornavn"),
    "family_name": _("Etternavn"),
    "born": _("Født"),
    "citizenships": _("Statsborgerskap"),
    "country_of_origin": _("Opprinnelsesland"),
    "arrived_in_norway": _("Kom til Norge"),
    "arrived_in_municipality": _("Kom til kommunen"),
    "residence_basis": _("Oppholdsgrunnlag"),
    "residence_until": _("Opphold til"),
    "may_work": _("Har lov til å arbeide"),
    "may_work_until": _("Arbeidstillatelse til"),
    "contact_languages": _("Språk i kontakt"),
    "needs_interpreter": _("Trenger tolk"),
    "protected_address": _("Adressesperre"),
    "notes": _("Notater"),
    "contacts": _("Telefon og e-post"),
    "text": _("Søk"),
    "occupation": _("Yrke"),
    "norwegian_at_least": _("Norsk, minst"),
    "skill": _("Ferdighet"),
    "archived": _("Vis arkiverte"),
    "not_mapped": _("Ikke kartlagt"),
    "label": _("Hva"),
    "holds": _("Har dette"),
    "evidence": _("Hvordan vet vi det"),
    "title": _("Tittel"),
    "styrk": _("Yrkeskode (STYRK-08)"),
    "kind": _("Type arbeid"),
    "employer": _("Arbeidsgiver"),
    "country": _("Land"),
    "started": _("Begynte"),
    "ended": _("Sluttet"),
    "ongoing": _("Holder på nå"),
    "months": _("Måneder i alt"),
    "percentage": _("Stillingsprosent"),
    "level": _("Nivå"),
    "field": _("Fagfelt"),
    "institution": _("Skole eller lærested"),
    "completed": _("Fullført"),
    "completed_year": _("År fullført"),
    "recognition": _("Godkjenning i Norge"),
    "language": _("Språk"),
    "mother_tongue": _("Morsmål"),
    "listening": _("Lytte"),
    "reading": _("Lese"),
    "interaction": _("Samtale"),
    "production": _("Fortelle"),
    "writing": _("Skrive"),
    "licence": _("Bevis eller autorisasjon"),
    "valid_until": _("Gyldig til"),
    "strength": _("Hvor viktig"),
    "mapped_on": _("Kartlagt dato"),
    "percentage_min": _("Minste stillingsprosent"),
    "percentage_max": _("Største stillingsprosent"),
    "shifts": _("Når"),
    "commute_minutes": _("Reisevei, minutter hver vei"),
    "available_from": _("Kan begynne"),
    "wishes_as_spoken": _("Ønsker med egne ord"),
    "purpose": _("Formål"),
    "granted": _("Svar"),
    "form": _("Hvordan"),
    "given_on": _("Dato for svaret"),
    "name": _("Navn"),
    "role": _("Rolle"),
    "unit": _("Enhet"),
    "employer_name": _("Arbeidsgiver"),
    "employer_org_no": _("Organisasjonsnummer"),
    "description": _("Beskrivelse"),
    "education_level": _("Utdanning, minst"),
    "education_field": _("Utdanningens fagfelt"),
    "authorisation": _("Krever autorisasjon"),
    "duration": _("Varighet"),
    "positions": _("Antall stillinger"),
    "starts_on": _("Oppstart"),
    "ends_on": _("Slutt"),
    "deadline": _("Søknadsfrist"),
    "place": _("Sted"),
    "postal_code": _("Postnummer"),
    "workplace_no": _("Kommune"),
    "skills": _("Ferdigheter"),
    "skills_essential": _("Ferdigheter som må være på plass fra første dag"),
    "skills_trainable": _("Ferdigheter som kan læres i jobben"),
    "minimum": _("Nivå, minst"),
    "required": _("Krav eller ønske"),
    "languages": _("Språkkrav"),
    "licences": _("Førerkort og bevis"),
    "status": _("Status"),
    "note": _("Melding"),
    "score": _("Treff"),
    "stage": _("Steg"),
    "file": _("Fil"),
    "record": _("Person eller post"),
    "source_id": _("Kommer fra"),
    "title_language": _("Språket tittelen er på"),
    "tasks": _("Oppgaver"),
    "irrelevant": _("Ikke noe personen vil bruke videre"),
    "relevant": _("Vil bruke videre"),
    "started_year": _("År begynt"),
    "recognition_scheme": _("Ordning"),
    "recognition_authority": _("Hvem avgjør"),
    "recognition_decided_on": _("Avgjort"),
    "recognition_valid_until": _("Gjelder til"),
    "proof": _("Hvordan vet vi det"),
    "test": _("Hvilken prøve, og resultat"),
    "tested_on": _("Prøvedato"),
    "provider": _("Kursholder"),
    "sector": _("Bransje"),
    "value": _("Bransje"),
    "weight": _("Vekt, 1 til 5"),
    "activity": _("Lag eller aktivitet"),
    "pay_floor": _("Lønn, minst (kroner i året)"),
    "percentage_strength": _("Stillingsprosent: hvor viktig"),
    "shifts_strength": _("Når: hvor viktig"),
    "commute_strength": _("Reisevei: hvor viktig"),
    "start_strength": _("Oppstart: hvor viktig"),
    "pay_strength": _("Lønn: hvor viktig"),
    "since": _("Fra og med"),
    "until": _("Til og med"),
    "roles": _("Roller"),
    "recipient_no": _("Nabokommune"),
    "number": _("Fødselsnummer, D-nummer eller DUF-nummer"),
    "current": _("Passordet du har nå"),
    "repeated": _("Det nye passordet en gang til"),
}
"""Every field of every form; also what error summaries and conflict pages call them."""


def word(value: StrEnum | None) -> str | None:
    """What a member of a closed set is called; None stays None, "not stated"."""
    return None if value is None else gettext(WORDS[type(value)][value])


def options(kind: type[StrEnum], only: Iterable[StrEnum] | None = None) -> list[tuple[str, str]]:
    """Value and text of each member, for a select."""
    return [(member.value, gettext(WORDS[kind][member])) for member in (only if only is not None else kind)]


def label(name: str) -> str:
    """What a field is called, also one of several rows (`language_2`); any other name is said as it is."""
    return gettext(FIELDS.get(name) or FIELDS.get(name.rstrip("0123456789").rstrip("_"), name))


def shifts(values: Iterable[str] | None) -> str | None:
    """When work is done, in words; None is "not stated"."""
    return None if values is None else ", ".join(gettext(WORDS[Shift][value]) for value in values)


def weighed(value: object, strength: Strength | None) -> object:
    """What somebody wants of a job, with how much it means to her where that is stated."""
    return value if value is None or strength is None else f"{value} ({str(word(strength)).lower()})"


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
        return municipality(wish.value).name
    return sector(wish.value).name_nb
