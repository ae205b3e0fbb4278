"""Profiles over REST: what a newcomer can, wants and likes, read as one document and written part by part."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from fastapi import APIRouter, Request, Response

from api.dependencies import (
    IfMatch,
    MayMap,
    MayReadProfiles,
    OnceDep,
    PageDep,
    SessionDep,
    StateDep,
    link_next,
    set_etag,
)
from api.problems import responses
from api.v1.taxonomy import Shown, told
from kompetanse.audit import event_of
from kompetanse.competence import history, insight, proposals, service
from kompetanse.competence.documents import PROFILE
from kompetanse.competence.service import PartFields, PersonProfile, ProfileDocument, ProfilePart, WishFields
from kompetanse.errors import NotFound
from schemas import competence as contracts
from schemas.base import View
from schemas.competence import ProfileOut, Stating, WishesChange
from schemas.history import ChangeOut, ChangePage
from schemas.insight import InsightOut
from schemas.taxonomy import ConceptOut, ProposalList, ProposalOut

router = APIRouter(prefix="/people/{person_id}/profile", tags=["profiles"])

WRITES = responses(404, 409, 412, 422, 428)


@router.get("", response_model=ProfileOut, responses=responses(404))
async def read(person_id: UUID, who: MayReadProfiles, state: StateDep) -> Response:
    """A newcomer and her whole profile. The `ETag` is the profile's version, `"0"` before anything was written."""
    found = await state.hot.fetch(PROFILE, who.municipality_no, person_id)
    if found is None:
        raise NotFound("person")
    await state.audit_writer.write(event_of(who, "read", "profile", (person_id,)))
    return Response(found.json, media_type="application/json", headers={"ETag": f'"{found.version}"'})


@router.patch("", responses=WRITES)
def change_wishes(
    person_id: UUID, body: WishesChange, who: MayMap, version: IfMatch, session: SessionDep, response: Response
) -> ProfileOut:
    """Change the wishes that are single values, and the day of the mapping conversation."""
    service.change_wishes(session, who, person_id, version, cast(WishFields, body.stated()))
    return _answer(service.read_person_profile(session, who, person_id), response)


@router.get("/insight", responses=responses(404, 422))
def read_insight(person_id: UUID, who: MayReadProfiles, session: SessionDep) -> InsightOut:
    """What the profile tells beyond its entries: gaps, overlaps, competence that lies unused, what is missing."""
    return InsightOut.model_validate(insight.read_insight(session, who, person_id))


@router.get("/proposals", responses=responses(404, 422))
def read_proposals(person_id: UUID, who: MayReadProfiles, session: SessionDep, shown: Shown = "nb") -> ProposalList:
    """Skills that the jobs speak for and nothing is said of; confirm or decline each by POST to `skills`."""
    found = proposals.read_proposals(session, who, person_id)
    items = [
        ProposalOut(
            concept=ConceptOut(**told(one.concept, shown)),
            essential=one.essential,
            entry_id=one.entry_id,
            entry_title=one.entry_title,
        )
        for one in found.items
    ]
    return ProposalList(version=found.version, items=items)


@router.get("/history", responses=responses(404, 422))
def read_history(
    person_id: UUID, who: MayReadProfiles, session: SessionDep, page: PageDep, request: Request, response: Response
) -> ChangePage:
    """What was changed in the profile, by whom and when, newest first; what stood there before is in each change."""
    found = history.read_history(session, who, person_id, page)
    items = [ChangeOut.model_validate(one) for one in found.items]
    return ChangePage(items=items, next=link_next(request, response, found))


@router.post("/history/{change_id}/restore", responses=WRITES)
def restore(
    person_id: UUID, change_id: UUID, who: MayMap, version: IfMatch, session: SessionDep, response: Response
) -> ProfileOut:
    """Undo one change: what it touched is again as it was before. 409 when that is not possible any more."""
    service.restore(session, who, person_id, version, change_id)
    return _answer(service.read_person_profile(session, who, person_id), response)


@dataclass(frozen=True, slots=True)
class Offered:
    """One part of a profile as it is written over REST."""

    part: ProfilePart
    contract: type[Stating]
    view: type[View]
    noun: str
    note: str = ""

    @property
    def schema_name(self) -> str:
        """The noun as part of a function's name."""
        return self.noun.split(" ", 1)[1].replace(" ", "_")


OFFERED = (
    Offered(ProfilePart.SKILLS, contracts.SkillIn, contracts.SkillOut, "a skill", "409 when it is there already."),
    Offered(ProfilePart.EXPERIENCES, contracts.ExperienceIn, contracts.ExperienceOut, "a job"),
    Offered(ProfilePart.EDUCATIONS, contracts.EducationIn, contracts.EducationOut, "an education"),
    Offered(
        ProfilePart.LANGUAGES,
        contracts.LanguageIn,
        contracts.LanguageOut,
        "a language",
        "One that is there is replaced.",
    ),
    Offered(
        ProfilePart.LICENCES, contracts.LicenceIn, contracts.LicenceOut, "a licence", "One that is there is replaced."
    ),
    Offered(
        ProfilePart.WISHED_OCCUPATIONS,
        contracts.WishedOccupationIn,
        contracts.WishedOccupationOut,
        "a wished occupation",
    ),
    Offered(ProfilePart.COURSES, contracts.CourseIn, contracts.CourseOut, "a course"),
    Offered(ProfilePart.WISHES, contracts.OtherWishIn, contracts.OtherWishOut, "a wish"),
    Offered(ProfilePart.INTERESTS, contracts.InterestIn, contracts.InterestOut, "an interest"),
)


def _offer(offered: Offered) -> None:
    """Make the three routes of a part; they differ in their contracts only, which are put in the signature here."""
    part, view = offered.part, offered.view

    def add(
        person_id: UUID,
        body: Stating,
        who: MayMap,
        version: IfMatch,
        session: SessionDep,
        once: OnceDep,
        response: Response,
    ) -> View:
        part_id = once.create(
            lambda: service.add_part(session, who, person_id, version, part, _fields(body))[1],
        )
        response.headers["Location"] = f"/api/v1/people/{person_id}/profile/{part.value}/{part_id}"
        return _entry(service.read_profile(session, who, person_id), part, part_id, view, response)

    def change(
        person_id: UUID,
        part_id: UUID,
        body: Stating,
        who: MayMap,
        version: IfMatch,
        session: SessionDep,
        response: Response,
    ) -> View:
        document = service.change_part(session, who, person_id, version, part, part_id, _fields(body))
        return _entry(document, part, part_id, view, response)

    def remove(
        person_id: UUID, part_id: UUID, who: MayMap, version: IfMatch, session: SessionDep, response: Response
    ) -> None:
        document = service.remove_part(session, who, person_id, version, part, part_id)
        set_etag(response, document.version)

    for route in (add, change):
        route.__annotations__["body"] = offered.contract
    _install(offered, add, "POST", "", f"Write down {offered.noun}. {offered.note}".strip(), 201)
    _install(offered, change, "PUT", "/{part_id}", f"State {offered.noun} anew; what is left out is not stated.", 200)
    _install(offered, remove, "DELETE", "/{part_id}", f"Take out {offered.noun}: unknown afterwards, not “no”.", 204)


def _install(offered: Offered, route: Any, method: str, path: str, description: str, status: int) -> None:  # noqa: ANN401
    router.add_api_route(
        f"/{offered.part.value}{path}",
        route,
        methods=[method],
        name=f"{route.__name__}_{offered.schema_name}",
        summary=f"{route.__name__.capitalize()} {offered.noun}",
        description=description,
        status_code=status,
        response_model=None if status == 204 else offered.view,
        responses=WRITES,
    )


for _offered in OFFERED:
    _offer(_offered)


def _fields(body: Stating) -> PartFields:
    return cast(PartFields, body.stated())


def _entry(document: ProfileDocument, part: ProfilePart, part_id: UUID, view: type[View], response: Response) -> View:
    """One entry of a profile, with the profile's version. NotFound when it was taken out since."""
    set_etag(response, document.version)
    found = next((row for row in document.part(part) if row.id == part_id), None)
    if found is None:
        raise NotFound(f"entry under {part.value}")
    return view.model_validate(found)


def _answer(found: PersonProfile, response: Response) -> ProfileOut:
    set_etag(response, found.profile.version)
    return document_of(found)


def document_of(found: PersonProfile) -> ProfileOut:
    """The document that the services give; the one that the database builds is tested equal to it."""
    person, profile = found.record.person, found.profile
    stated = {name: getattr(profile, name) for name in ProfileOut.model_fields if hasattr(profile, name)}
    own = {"person_version": person.version, "person_updated_at": person.updated_at, "contacts": found.record.contacts}
    return ProfileOut.model_validate({**person.model_dump(), **stated, **own}, from_attributes=True)
