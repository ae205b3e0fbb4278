"""Puts together what a newcomer's page shows, from the services that know each part of it."""

from datetime import datetime
from uuid import UUID

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from api.web import formats
from api.web.formats import language_name, licence_name, municipality_name
from api.web.forms import Filled, Typed
from api.web.i18n import gettext
from api.web.mapping.standing import conversation_standing
from api.web.names import names_address
from api.web.pages import NOTICES, go, page
from api.web.profile_forms import TERMS, wishes_form
from api.web.reasons import reason_concepts
from kompetanse import clock
from kompetanse.actor import Actor
from kompetanse.codes import consent_texts
from kompetanse.codes.consent import ConsentPurpose, OwnSection, ShareSection
from kompetanse.codes.education import EducationLevel, education_fields
from kompetanse.codes.licences import authorisations, licences
from kompetanse.codes.sectors import sectors
from kompetanse.competence import history
from kompetanse.competence import service as competence
from kompetanse.competence.insight import insight_of
from kompetanse.competence.proposals import activities, propose
from kompetanse.competence.rechecking import GRANTED
from kompetanse.competence.rules import months_of
from kompetanse.competence.service import ProfileDocument, ProfilePart
from kompetanse.contacts import service as contacts
from kompetanse.matching import service as matching
from kompetanse.matching.ordering import Wanted
from kompetanse.people import consents, households
from kompetanse.people.unread import unread
from kompetanse.placements import interest
from kompetanse.placements import service as placements
from kompetanse.sharing import agreements
from kompetanse.taxonomy import service as taxonomy
from kompetanse.taxonomy.concepts import Concept
from kompetanse.taxonomy.lexicon import UNLINKED

BEST = 3
PROPOSED = 8
NATIONAL_NUMBER = "national-number"

FACTS = "facts"
"""The group of the page that says who she is."""

PARTS_SHOWN = frozenset({*(part.value for part in ProfilePart), TERMS, FACTS})
"""The groups of the page in which something is changed."""

_UNDOABLE = frozenset({"saved", "added", "removed", "merged-with"})
"""Notices of changes that are offered to be undone at once; others stand in the history."""


def saved(person_id: UUID, part: str, notice: str) -> Response:
    """Send the browser to where on the person's page something was changed, and tell it there."""
    if part not in PARTS_SHOWN:
        return go(f"/people/{person_id}", notice)
    return go(f"/people/{person_id}?at={part}", notice, f"part-{part}")


def show(
    request: Request,
    session: Session,
    who: Actor,
    person_id: UUID,
    refused: Filled | None = None,
    *,
    was: Typed | None = None,
) -> Response:
    """The page of a person.

    `refused`: the form that could not be accepted, if one was sent. `was`: her record's form as it stood before it was
    saved just now, to undo that.
    """
    found = competence.read_person_profile(session, who, person_id)
    person = found.record.person
    today = clock.today()
    ranked = None
    if person.archived_at is None:
        ranked = matching.opportunities_for(session, who, person_id, Wanted(BEST))
    referrals = placements.referrals_of(session, who, person_id)
    liked = reason_concepts(session, ranked.ranking.matches if ranked else ())
    return page(
        request,
        "people/person.html",
        422 if refused else 200,
        person=person,
        contacts=found.record.contacts,
        profile=found.profile,
        months={job.id: months_of(job, today) for job in found.profile.experiences},
        concepts={**concept_names(session, found.profile, refused), **liked},
        insight=insight_of(found),
        unread=unread(session, who, [person_id]).get(person_id),
        unconfirmed=_unconfirmed(session, who, found.profile),
        activities=activities(session, who),
        proposals=propose(session, found.profile, limit=PROPOSED) if person.archived_at is None else (),
        forms=_forms(found.profile, refused),
        sources=sources_of(found.profile),
        ranked=ranked,
        interests=interest.interests_of(session, who, person_id),
        referrals=referrals,
        referred={view.referral.vacancy_id: view.referral for view in referrals},
        household=households.household_of(session, who, person_id),
        **_done(request, session, who, found.profile, was),
        **_consents(session, who, person_id),
        **conversation_standing(session, who, person_id),
        **choices(),
        names_address=names_address(),
    )


def _done(
    request: Request, session: Session, who: Actor, profile: ProfileDocument, was: Typed | None
) -> dict[str, object]:
    """What was done just now, the group that tells it, and what undoes it: her record as it was, or a change."""
    at, notice = request.query_params.get("at", ""), request.query_params.get("notice", "")
    if was is not None:
        at, notice = FACTS, "saved"
    told_in_group = at in PARTS_SHOWN and notice in NOTICES
    undoable = told_in_group and at != FACTS and notice in _UNDOABLE
    return {
        "notice": gettext(NOTICES[notice]) if notice in NOTICES else None,
        "notice_at": at if told_in_group else None,
        "was": was,
        "last_change": history.last_of(session, who, profile.person_id, profile.version) if undoable else None,
    }


def _unconfirmed(session: Session, who: Actor, profile: ProfileDocument) -> dict[UUID, datetime]:
    """The recognised educations that the person changed afterwards, and when."""
    if not any(one.recognition in GRANTED for one in profile.educations):
        return {}
    found = history.unconfirmed_of(session, who, profile.person_id)
    return {one.id: found[one.id] for one in profile.educations if one.recognition in GRANTED and one.id in found}


def _consents(session: Session, who: Actor, person_id: UUID) -> dict[str, object]:
    """What the person consents to, as a whole and by exception, and the neighbours whom she can except."""
    answers = consents.consents_of(session, who, person_id)
    narrow = [one for one in answers if one.superseded_at is None and (one.recipient_no or one.section)]
    neighbours = [one.recipient_no for one in agreements.agreements(session, who)]
    return {
        "consents": consents.standing_of(answers),
        "consent_exceptions": [
            (
                municipality_name(one.recipient_no) if one.recipient_no else None,
                _section(one.section) if one.section else None,
                one.granted,
            )
            for one in narrow
        ],
        "consent_texts": {purpose: consent_texts.texts(purpose) for purpose in ConsentPurpose},
        "background_texts": consent_texts.texts(ConsentPurpose.SHARE_WITH_NEIGHBOURS, OwnSection.BACKGROUND),
        "consent_languages": consent_texts.LANGUAGES,
        "consent_tags": consent_texts.TAGS,
        "contact_asks": contacts.asked_of(session, who, person_id),
        "neighbours": [(one, municipality_name(one) or one) for one in neighbours],
    }


def _section(value: str) -> ShareSection | OwnSection:
    return OwnSection(value) if value in set(OwnSection) else ShareSection(value)


def entry_name(row: object) -> str:
    """What an entry of a profile is called."""
    named = (getattr(row, name, None) for name in ("title", "label", "text"))
    code = licence_name(getattr(row, "licence", None)) or language_name(getattr(row, "language", None))
    return next((str(one) for one in named if one), code or "")


def sources_of(profile: ProfileDocument) -> list[tuple[str, str]]:
    """The entries that a skill can come from: id and name."""
    return [(str(row.id), entry_name(row)) for part in competence.SOURCES for row in profile.part(part)]


def concept_names(session: Session, profile: ProfileDocument, refused: Filled | None = None) -> dict[str, Concept]:
    """The concepts that the entries of a profile are linked to, by URI, and the one chosen in a refused form."""
    named = [one.concept for one in profile.experiences] + [one.concept for one in profile.wished_occupations]
    named += [one.key for one in profile.skills] + [one.key for one in profile.interests]
    named += [refused.value("concept")] if refused else []
    uris = {uri for uri in named if uri and not uri.startswith(UNLINKED)}
    return taxonomy.concepts(session, uris)


def choices() -> dict[str, list[tuple[str, str]]]:
    """The code lists that fields offer."""
    return {
        "education_levels": [(level.value, formats.named(level)) for level in EducationLevel],
        "education_fields": [(one.code, formats.named(one)) for one in education_fields() if len(one.code) == 4],
        "sectors": [(one.code, formats.named(one)) for one in sectors()],
        "credentials": [
            *((one.code, formats.named(one)) for one in licences()),
            *((one.code, formats.named(one)) for one in authorisations()),
        ],
    }


def _forms(profile: ProfileDocument, refused: Filled | None) -> dict[str, Filled]:
    forms = {part.value: Filled(prefix=part.value) for part in ProfilePart}
    forms[TERMS] = Filled(wishes_form(profile), prefix=TERMS)
    for purpose in ConsentPurpose:
        name = f"consents-{purpose.value}"
        forms[name] = Filled(prefix=name)
    forms[NATIONAL_NUMBER] = Filled(prefix=NATIONAL_NUMBER)
    if refused is not None:
        forms[refused.prefix] = refused
    return forms
