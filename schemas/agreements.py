"""Contracts of sharing agreements, releases and requests for contact, for the municipality's own staff and systems."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from kompetanse.codes.consent import ClassAttribute, ConsentForm, ShareSection
from schemas.base import Contract, MunicipalityNo, View
from schemas.competence import Stating, example
from schemas.sharing import SizeBandText


class AgreementChange(Stating):
    """Terms to change; what is left out stays as it is."""

    model_config = example(k=10, answer_days=21)

    k: int = Field(default=10, ge=5, le=1000, description="Fewest people or households in a class.")
    starts_on: date | None = None
    ends_on: date | None = None
    purpose: str | None = Field(default=None, max_length=500)
    legal_basis: str | None = Field(default=None, max_length=500)
    sections: list[ShareSection] = Field(
        default_factory=lambda: list(ShareSection), description="What a granted contact may hold at most."
    )
    attributes: list[ClassAttribute] = Field(
        default_factory=list,
        description="What classes may tell beside the usual. They do once every agreement asks for it, and of whoever "
        "has said yes to `background`. To add one, look at the risk first and send `risk_report`.",
    )
    risk_report: str | None = Field(
        default=None,
        max_length=64,
        description="`fingerprint` of `/releases/draft` with the same attributes and k, where you add an attribute.",
    )
    signed_here: str | None = Field(default=None, max_length=200)
    signed_there: str | None = Field(default=None, max_length=200)
    answer_days: int = Field(default=14, ge=1, le=90)
    grant_days: int = Field(default=90, ge=1, le=365)
    budget: int = Field(default=20, ge=0, le=1000, description="Vacancy requests in thirty days.")


class AgreementIn(AgreementChange):
    """An agreement to be entered."""

    model_config = example(
        recipient_no="5056",
        k=10,
        starts_on="2027-01-01",
        purpose="Formidling til stillinger i nabokommunen",
        sections=["work", "languages", "education"],
    )

    recipient_no: MunicipalityNo
    starts_on: date | None = Field(description="The day from which it stands.")


class AgreementOut(View):
    """An agreement with a neighbour."""

    id: UUID
    recipient_no: str
    version: int
    k: int
    starts_on: date
    ends_on: date | None
    purpose: str | None
    legal_basis: str | None
    sections: list[ShareSection]
    attributes: list[ClassAttribute]
    signed_here: str | None
    signed_there: str | None
    answer_days: int
    grant_days: int
    budget: int
    revoked_at: datetime | None


class AgreementsOut(View):
    """Every agreement of the municipality."""

    items: list[AgreementOut]


class ReleaseOut(View):
    """A release in the ledger. The report is for the municipality alone."""

    period: str = Field(examples=["2026-Q4"])
    k: int
    made_at: datetime
    digest: str
    signature: str
    report: dict[str, Any]


class ReleasesOut(View):
    """Every release, newest first; `broken` names those whose record is not what was signed."""

    items: list[ReleaseOut]
    broken: list[str]
    next_on: date


class DraftClassOut(View):
    """A class of a draft."""

    occupation: str
    norwegian: str
    education: str
    size_band: SizeBandText
    age: str | None
    country: str | None
    arrival: str | None
    municipality: str | None


class DraftOut(View):
    """The next release as it would be made now."""

    period: str
    k: int
    classes: list[DraftClassOut]
    report: dict[str, Any]
    alone: bool = Field(
        description="True in a pool, whose next release is seen by nobody beforehand: it is a first release of the "
        "municipality alone."
    )
    fingerprint: str = Field(description="Of the report: whoever sends it has been shown it.")


class PoolingIn(Contract):
    """A pooling agreement to be entered. Its terms are not changed afterwards: revoke it and enter another."""

    model_config = example(others=["5056", "5055"], starts_on="2027-01-01", purpose="Finere grupper")

    others: list[MunicipalityNo] = Field(min_length=1, max_length=29, description="The other municipalities.")
    starts_on: date
    ends_on: date | None = None
    purpose: str | None = Field(default=None, max_length=500)
    legal_basis: str | None = Field(default=None, max_length=500)
    signed_here: str | None = Field(default=None, max_length=200)


class PoolingOut(View):
    """A pooling agreement; it stands once nobody is missing."""

    id: UUID
    parties: list[str] = Field(description="Every municipality, by number.")
    starts_on: date
    ends_on: date | None
    purpose: str | None
    legal_basis: str | None
    signed_here: str | None
    entered_at: datetime
    revoked_at: datetime | None
    missing: list[str] = Field(description="Those that have not entered the same.")
    stands: bool


class PoolingsOut(View):
    """Every pooling agreement of the municipality, newest first."""

    items: list[PoolingOut]


class InboxItem(View):
    """What a neighbour asks for, as the municipality's own coordinator sees it."""

    id: UUID
    version: int
    recipient_no: str
    created_at: datetime
    stage: str
    answer_by: date
    delete_by: date
    title: str
    employer: str | None
    place: str | None
    description: str | None
    contact_name: str
    contact_email: str | None
    contact_phone: str | None
    sections: list[ShareSection]


class InboxOut(View):
    """Every request, newest first."""

    items: list[InboxItem]


class AskOut(View):
    """One person who was asked."""

    id: UUID
    version: int
    person_id: UUID
    stage: str
    language: str
    asked_at: datetime
    answered_at: datetime | None
    sections: list[ShareSection]
    granted_until: date | None
    handed_over_at: datetime | None


class CandidateAskOut(View):
    """Somebody whom a request could be about, and what became of asking her."""

    person_id: UUID
    given_name: str
    family_name: str
    sections: list[ShareSection]
    ask: AskOut | None


class CandidateAsksOut(View):
    """Everybody whom a request could be about."""

    items: list[CandidateAskOut]


class AskIn(Contract):
    """Whom to ask, and in which language (BCP 47); hers when left out."""

    model_config = example(person_id="0193a1b2-0000-7000-8000-000000000001", language="lt")

    person_id: UUID
    language: str | None = Field(default=None, max_length=3, examples=["lt"])


class AskedOut(View):
    """Who was asked, and the path of the link that she can answer by. It is told once."""

    ask: AskOut
    path: str = Field(examples=["/answer/3q2-…"])


class AnswerIn(Contract):
    """What she answered, in conversation."""

    model_config = example(version=1, yes=True, form="oral", sections=["work"])

    version: int
    yes: bool
    form: ConsentForm = ConsentForm.ORAL
    sections: list[ShareSection] | None = Field(default=None, description="What she lets be seen; all when left out.")
