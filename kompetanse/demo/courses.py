"""Invented courses, tests and procedures that people of Frøya can take, as a coordinator would write them down."""

from datetime import date, timedelta

from sqlmodel import Session

from kompetanse.actor import Actor
from kompetanse.codes.work import CourseOfferKind
from kompetanse.courses import service
from kompetanse.courses.service import CourseOfferFields

_K = CourseOfferKind
_O = CourseOfferFields
_ADULT, _HKDIR, _HEALTH = "Frøya voksenopplæring", "HK-dir", "Helsedirektoratet"
_OF_HKDIR, _OF_HEALTH = "https://hkdir.no", "https://www.helsedirektoratet.no"

OFFERS: tuple[tuple[int | None, CourseOfferFields], ...] = (
    # days until it begins (None: at any time), and what it is
    (28, _O(title="Norskkurs A1 til A2", provider=_ADULT, kind=_K.LANGUAGE, key="nor", from_level="A1",
            to_level="A2", weeks=20, price_nok=0, place="Sistranda")),
    (28, _O(title="Norskkurs A2 til B1", provider=_ADULT, kind=_K.LANGUAGE, key="nor", from_level="A2",
            to_level="B1", weeks=24, price_nok=0, place="Sistranda")),
    (42, _O(title="Norskkurs B1 til B2, kveld", provider=_ADULT, kind=_K.LANGUAGE, key="nor", from_level="B1",
            to_level="B2", weeks=30, price_nok=4500, place="Sistranda og nett")),
    (75, _O(title="Norskprøve B2", provider=_HKDIR, kind=_K.TEST, key="nor", from_level="B1", to_level="B2",
            weeks=1, price_nok=2000, place="Trondheim", url=_OF_HKDIR)),
    (21, _O(title="Truckførerkurs T4", provider="Kystkurs", kind=_K.LICENCE, key="truck:T4", weeks=1,
            price_nok=5500, place="Hamarvik")),
    (35, _O(title="Båtførerprøven", provider="Kystkurs", kind=_K.LICENCE, key="boat", weeks=3, price_nok=2900,
            place="Sistranda og nett")),
    (60, _O(title="Dekksoffiser klasse 6", provider="Fagskolen ved kysten", kind=_K.LICENCE, key="boat:D6",
            weeks=10, price_nok=24000, place="Rørvik")),
    (None, _O(title="HMS-kort for bygg, anlegg og renhold", provider="Arbeidsgiveren bestiller", kind=_K.LICENCE,
              key="safety-card", weeks=2, price_nok=200)),
    (None, _O(title="Innbytte av utenlandsk førerkort, klasse B", provider="Statens vegvesen", kind=_K.LICENCE,
              key="driving:B", weeks=8, price_nok=1500, place="Orkanger")),
    (49, _O(title="Norsk regnskap og Visma", provider="Kystkurs", kind=_K.SKILL, key="regnskapsprogram", weeks=6,
            price_nok=9800, place="Nett")),
    (14, _O(title="Mattrygghet i fiskeindustrien", provider="Kystkurs", kind=_K.SKILL, key="mattrygghet", weeks=1,
            price_nok=0, place="Sistranda")),
    (56, _O(title="Fagprøve i helsearbeiderfaget som praksiskandidat", provider="Trøndelag fylkeskommune",
            kind=_K.EDUCATION, key="0913", from_level="2", to_level="4", weeks=52, price_nok=2500,
            place="Sistranda")),
    (None, _O(title="Generell godkjenning av høyere utdanning", provider=_HKDIR, kind=_K.RECOGNITION, weeks=16,
              price_nok=0, url=_OF_HKDIR)),
    (90, _O(title="Kurs i nasjonale fag og legemidler for sykepleiere utdannet utenfor EØS", provider=_HEALTH,
            kind=_K.AUTHORISATION, key="auth:nurse", weeks=20, price_nok=12000, place="Trondheim og nett",
            url=_OF_HEALTH)),
    (None, _O(title="Autorisasjon som helsefagarbeider", provider=_HEALTH, kind=_K.AUTHORISATION,
              key="auth:healthcare-worker", weeks=12, price_nok=1800, url=_OF_HEALTH)),
)  # fmt: skip


def offer(session: Session, actor: Actor, today: date) -> None:
    """Write down every offer, as it stands on a day."""
    for days, fields in OFFERS:
        starts_on = None if days is None else today + timedelta(days=days)
        service.create(session, actor, {**fields, "starts_on": starts_on})
