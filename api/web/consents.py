"""What a newcomer consents to: recorded and withdrawn on her page."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.web import profile_page
from api.web.dependencies import FormDep, MayRecordConsents, WebSessionDep
from api.web.faults import complaints
from api.web.forms import Filled
from api.web.pages import go
from api.web.reading import Reader
from kompetanse.codes import consent_texts
from kompetanse.codes.consent import ConsentForm, ConsentPurpose, OwnSection, ShareSection
from kompetanse.errors import Invalid
from kompetanse.people import consents

router = APIRouter(prefix="/people/{person_id}/consents")


@router.post("/{purpose}")
def record(
    request: Request,
    person_id: UUID,
    purpose: ConsentPurpose,
    form: FormDep,
    who: MayRecordConsents,
    session: WebSessionDep,
) -> Response:
    """Record a yes, a no or a withdrawal."""
    reader = Reader(form)
    given_on, said = reader.day("given_on"), reader.choice("form", ConsentForm)
    granted, recipient_no = form.raw("granted") == "yes", form.text("recipient_no")
    section: ShareSection | OwnSection | None
    if form.raw("section") in set(OwnSection):
        section = OwnSection(form.raw("section"))
    else:
        section = reader.choice("section", ShareSection)
    language = form.text("language") if form.text("language") in consent_texts.LANGUAGES else None
    try:
        reader.refuse()
    except Invalid as error:
        refused = Filled(form, complaints(error.faults), f"consents-{purpose.value}")
        return profile_page.show(request, session, who, person_id, refused)
    consents.record_consent(
        session,
        who,
        person_id,
        purpose=purpose,
        granted=granted,
        form=said or ConsentForm.ORAL,
        given_on=given_on,
        recipient_no=recipient_no,
        section=section,
        language=language,
    )
    return go(f"/people/{person_id}", "consented" if granted else "withdrawn", "consents")
