"""Three people whose stories the guides tell, registered as a coordinator would, by the services."""

from datetime import date
from uuid import UUID

from sqlmodel import Session, SQLModel

from kompetanse.actor import Actor
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.residence import ContactKind, HouseholdRole, ResidenceBasis
from kompetanse.codes.work import Evidence, InterestKind, RecognitionStatus, Shift, Strength, WishKind
from kompetanse.competence import tables as competence
from kompetanse.people import consents, households
from kompetanse.people import service as people
from kompetanse.people.rules import Contact, PersonFields
from kompetanse.taxonomy.lexicon import starter_lexicon


def tell(session: Session, actor: Actor) -> None:
    """Register Rasa and Jonas, Olena, and Khaled."""
    rasa, jonas = _rasa(session, actor), _jonas(session, actor)
    members = [(rasa, HouseholdRole.ADULT), (jonas, HouseholdRole.PARTNER)]
    households.form_household(session, actor, name="Kazlauskas", members=members)
    _olena(session, actor)
    _khaled(session, actor)


def _rasa(session: Session, actor: Actor) -> UUID:
    """An accountant from Kaunas who fillets salmon."""
    fields = PersonFields(
        given_name="Rasa", family_name="Kazlauskienė", born="1987-05-17", citizenships=["LT"],
        country_of_origin="LT", arrived_in_norway="2019-03", arrived_in_municipality="2019-03",
        residence_basis=ResidenceBasis.EEA, may_work=True, contact_languages=["lit", "eng", "nor"],
        needs_interpreter=False, contacts=[Contact(ContactKind.PHONE, "+47 900 00 001")],
        postal_code="7260",
    )  # fmt: skip
    found = _Story(session, actor, fields)
    found.wishes(100, 100, "vil ut av fisken og tilbake til regnskap")
    found.worked("buhalterė", "3313", "LT", "2009-09", "2019-02")
    found.worked("fiskeindustriarbeider", "8160", "NO", "2019-03", None)
    found.studied("Buhalterinė apskaita", EducationLevel.BACHELOR, "0411", "LT", RecognitionStatus.RECOGNISED)
    found.can("regnskap", "lønn", "regneark", "regnskapsprogram", "budsjettering", "filetering av fisk")
    found.speaks("lit", None)
    found.speaks("nor", Cefr.B2)
    found.speaks("eng", Cefr.B2)
    found.add(competence.PersonLicence, licence="driving:B", country="LT")
    found.wants("regnskapsfører", "3313", Strength.PREFER)
    found.wants("fiskeindustriarbeider", "8160", Strength.NEVER)
    found.leaves("fish", "vil ut av fisken")
    found.likes("sang og dans")
    found.likes("regnskap for nye", InterestKind.MENTORS)
    found.agrees()
    return found.person_id


def _jonas(session: Session, actor: Actor) -> UUID:
    """Her husband, a welder."""
    fields = PersonFields(
        given_name="Jonas", family_name="Kazlauskas", born="1985", citizenships=["LT"], country_of_origin="LT",
        arrived_in_municipality="2018-08", residence_basis=ResidenceBasis.EEA, may_work=True,
        contact_languages=["lit"], needs_interpreter=True, postal_code="7260",
    )  # fmt: skip
    found = _Story(session, actor, fields)
    found.wishes(80, 100, None)
    found.worked("suvirintojas", "7212", "LT", "2006", "2018")
    found.can("sveising", "MIG/MAG-sveising", "montasje", "HMS")
    found.speaks("lit", None)
    found.speaks("nor", Cefr.A2)
    found.agrees()
    return found.person_id


def _olena(session: Session, actor: Actor) -> None:
    """A nurse from Kharkiv whose authorisation is under way."""
    fields = PersonFields(
        given_name="Олена", family_name="Шевчук", born="1979-11-02", citizenships=["UA"], country_of_origin="UA",
        arrived_in_norway="2022-04", arrived_in_municipality="2022-06",
        residence_basis=ResidenceBasis.COLLECTIVE_PROTECTION, residence_until=date(2027, 3, 4), may_work=True,
        may_work_until=date(2027, 3, 4), contact_languages=["ukr", "rus"], needs_interpreter=True,
        postal_code="7263",
    )  # fmt: skip
    found = _Story(session, actor, fields)
    found.wishes(50, 100, "хочу знову працювати медсестрою")
    found.worked("медсестра", "2223", "UA", "2001", "2022-02")
    found.worked("renholder", "9112", "NO", "2023-01", None)
    found.studied("Сестринська справа", EducationLevel.BACHELOR, "0913", "UA", RecognitionStatus.APPLIED)
    found.can("pasientpleie", "medisinhåndtering", "sårstell", "førstehjelp")
    found.speaks("ukr", None)
    found.speaks("nor", Cefr.B1)
    found.add(competence.PersonLicence, licence="auth:nurse", holds=False)
    found.agrees()


def _khaled(session: Session, actor: Actor) -> None:
    """A teacher of mathematics from Homs."""
    fields = PersonFields(
        given_name="خالد", family_name="حداد", born="1975", citizenships=["SY"], country_of_origin="SY",
        arrived_in_norway="2015-10", arrived_in_municipality="2016", residence_basis=ResidenceBasis.PERMANENT,
        may_work=True, contact_languages=["ara", "nor"], needs_interpreter=False, postal_code="7270",
    )  # fmt: skip
    found = _Story(session, actor, fields)
    found.wishes(100, 100, None)
    found.worked("معلم", "2341", "SY", "1999-09", "2012-06")
    found.worked("pakkemedarbeider", "9321", "NO", "2017", None)
    found.studied("بكالوريوس رياضيات", EducationLevel.BACHELOR, "0113", "SY", RecognitionStatus.NOT_APPLIED)
    found.can("undervisning", "matematikkundervisning", "klasseledelse")
    found.speaks("ara", None)
    found.speaks("nor", Cefr.B1)
    found.agrees()


def _concept(title: str, styrk: str) -> str | None:
    """The occupation that a title is linked to, where it is of the code."""
    occupation = starter_lexicon().occupation(title)
    return occupation.uri if occupation and occupation.styrk == styrk else None


class _Story:
    """One person, told line by line."""

    def __init__(self, session: Session, actor: Actor, fields: PersonFields) -> None:
        record = people.register(session, actor, fields, despite_duplicates=True)
        self.session, self.actor, self.person_id = session, actor, record.person.id

    def add(self, table: type[SQLModel], **values: object) -> None:
        self.session.add(table(municipality_no=self.actor.municipality_no, person_id=self.person_id, **values))

    def wishes(self, least: int, most: int, spoken: str | None) -> None:
        self.add(
            competence.Profile, mapped_on=date(2026, 3, 2), percentage_min=least, percentage_max=most,
            shifts=[Shift.DAY], commute_minutes=45, wishes_as_spoken=spoken,
        )  # fmt: skip

    def worked(self, title: str, styrk: str, country: str, started: str, ended: str | None) -> None:
        stated = {"title": title, "styrk": styrk, "country": country, "started": started, "ended": ended}
        stated["concept"] = _concept(title, styrk)
        self.add(competence.Experience, ongoing=ended is None, **stated)

    def studied(
        self, title: str, level: EducationLevel, field: str, country: str, recognition: RecognitionStatus
    ) -> None:
        stated = {"title": title, "level": level, "field": field, "country": country, "recognition": recognition}
        self.add(competence.Education, completed=True, **stated)

    def can(self, *labels: str) -> None:
        for label in labels:
            key = starter_lexicon().skill_key(label)
            self.add(competence.Skill, key=key, label=label, evidence=Evidence.EXEMPLIFIED)

    def speaks(self, language: str, level: Cefr | None) -> None:
        five = dict.fromkeys(("listening", "reading", "interaction", "production", "writing"), level)
        self.add(competence.PersonLanguage, language=language, mother_tongue=True if level is None else None, **five)

    def wants(self, title: str, styrk: str, strength: Strength) -> None:
        self.add(
            competence.WishedOccupation, title=title, styrk=styrk, strength=strength, concept=_concept(title, styrk)
        )

    def leaves(self, sector: str, spoken: str) -> None:
        self.add(competence.Wish, kind=WishKind.LEAVES, value=sector, text=spoken, strength=Strength.PREFER)

    def likes(self, label: str, kind: InterestKind = InterestKind.LIKES) -> None:
        concept = starter_lexicon().skill(label)
        self.add(competence.Interest, label=label, kind=kind, key=concept.uri if concept else None)

    def agrees(self) -> None:
        for purpose in (ConsentPurpose.SHARE_WITH_NEIGHBOURS, ConsentPurpose.EXPORT_TO_JOB_SERVICE):
            answer = {"purpose": purpose, "granted": True, "form": ConsentForm.WRITTEN, "given_on": date(2026, 3, 2)}
            consents.record_consent(self.session, self.actor, self.person_id, **answer)  # type: ignore[arg-type]
