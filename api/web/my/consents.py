"""What she consents to: each purpose in plain words, what it would show of her, and one tap to say yes or no."""

from collections.abc import Mapping
from types import MappingProxyType

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.web import catalogues
from api.web.i18n import gettext, language
from api.web.i18n import mark as _
from api.web.my.dependencies import MayChangeOwn, MayReadOwn, OwnFormDep, OwnSessionDep
from api.web.my.formats import meant, own_partial, place
from api.web.my.pages import HOME, go, own_page
from api.web.my.words import education_level
from kompetanse import clock
from kompetanse.actor import Actor
from kompetanse.codes import consent_texts
from kompetanse.codes.consent import ConsentPurpose, OwnSection, ShareSection
from kompetanse.competence.rules import main_occupation, spoken_norwegian
from kompetanse.competence.service import PersonProfile
from kompetanse.errors import FieldFault, Invalid, NotFound
from kompetanse.self_service import service
from kompetanse.taxonomy import service as taxonomy

router = APIRouter(prefix="/consents")

HEADINGS: Mapping[ConsentPurpose, str] = MappingProxyType(
    {
        ConsentPurpose.SHARE_WITH_NEIGHBOURS: _("Nabokommuner kan se deg som del av en gruppe"),
        ConsentPurpose.EXPORT_TO_JOB_SERVICE: _("NAV får se hva du kan og ønsker"),
        ConsentPurpose.AMBASSADOR: _("Andre som er nye her, kan kontakte deg"),
    }
)


@router.get("")
def show(request: Request, who: MayReadOwn, session: OwnSessionDep) -> Response:
    """Every purpose with her answer."""
    found = service.read_consents(session, who)
    tag = catalogues.iso_639_3(language())
    return own_page(
        request,
        "consents.html",
        consents=found,
        headings=HEADINGS,
        texts={purpose: _text(purpose, tag) for purpose in ConsentPurpose},
        background=_text(ConsentPurpose.SHARE_WITH_NEIGHBOURS, tag, OwnSection.BACKGROUND),
        language=tag,
        shown=_shown(session, service.read(session, who)),
        place=place,
    )


@router.post("/{purpose}")
def answer(purpose: ConsentPurpose, form: OwnFormDep, who: MayChangeOwn, session: OwnSessionDep) -> Response:
    """Keep a yes, a no or a withdrawal; of one neighbour or the background alone where they are named."""
    if form.raw("granted") not in {"yes", "no"}:
        raise Invalid(FieldFault("/granted", "Not a choice of the list", "Say yes or no"))
    service.answer_consent(
        session,
        who,
        purpose=purpose,
        granted=form.raw("granted") == "yes",
        language=_seen_in(form.text("language")),
        recipient_no=_known(session, who, form.text("recipient_no")),
        section=_section(form.text("section")),
    )
    return go(f"{HOME}/consents", form.raw("granted"))


def _seen_in(language_code: str | None) -> str:
    """The language (ISO 639-3) that the page was in on which she answered: she may have chosen another since."""
    if language_code in consent_texts.LANGUAGES:
        return str(language_code)
    return catalogues.iso_639_3(language())


def _section(text: str | None) -> ShareSection | OwnSection | None:
    """A part of the profile that she answers about by itself. Raises NotFound."""
    if text is None or text in set(ShareSection):
        return None if text is None else ShareSection(text)
    if text in set(OwnSection):
        return OwnSection(text)
    raise NotFound("section")


def _known(session: Session, who: Actor, recipient_no: str | None) -> str | None:
    """A neighbour that she can say no to. Raises NotFound."""
    if recipient_no is not None and recipient_no not in service.read_consents(session, who).neighbours:
        raise NotFound("neighbour")
    return recipient_no


def _text(purpose: ConsentPurpose, tag: str, section: OwnSection | None = None) -> tuple[str, str]:
    """What is asked, and the language that it is in: bokmål where there is no text in hers yet."""
    said = consent_texts.text(purpose, tag, section)
    if said is not None:
        return said, consent_texts.TAGS[tag]
    return consent_texts.text(purpose, "nob", section) or "", catalogues.SOURCE


def _shown(session: Session, found: PersonProfile) -> Mapping[ConsentPurpose, list[tuple[str, object]]]:
    """What of her each purpose would show today, by its name."""
    profile = found.profile
    main = main_occupation(profile.experiences, clock.today())
    job = next((one for one in reversed(profile.experiences) if main and one.styrk == main), None)
    linked = taxonomy.concepts(session, [job.concept] if job and job.concept else [])
    spoken = spoken_norwegian(profile.languages)
    levels = [one.level for one in profile.educations if one.level is not None]
    working_life: list[tuple[str, object]] = [
        (gettext(_("Yrke")), meant(job.concept, "", linked) or job.title if job else None),
        (gettext(_("Norsk")), spoken),
        (gettext(_("Utdanning")), education_level(max(levels)) if levels else None),
    ]
    reach: list[tuple[str, object]] = [
        (gettext(_("Navn")), f"{found.record.person.given_name} {found.record.person.family_name}".strip()),
        (gettext(_("Telefon og e-post")), ", ".join(one.value for one in found.record.contacts) or None),
    ]
    everything: list[tuple[str, object]] = [
        *reach,
        (gettext(_("Født")), own_partial(found.record.person.born)),
        (gettext(_("Du trenger tolk")), _yes_or_no(found.record.person.needs_interpreter)),
        *working_life,
        (gettext(_("Også")), gettext(_("ferdigheter, språk, bevis, kurs og ønsker"))),
        (gettext(_("Aldri")), gettext(_("familie, interesser, arbeidsgivere og statsborgerskap"))),
    ]
    return {
        ConsentPurpose.SHARE_WITH_NEIGHBOURS: working_life,
        ConsentPurpose.EXPORT_TO_JOB_SERVICE: everything,
        ConsentPurpose.AMBASSADOR: reach,
    }


def _yes_or_no(value: bool | None) -> str | None:
    return None if value is None else gettext(_("Ja") if value else _("Nei"))
