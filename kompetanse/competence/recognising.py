"""Educations from abroad that nobody has recognised yet, and what is needed for it. Pure.

So that nobody's nursing degree rests in a drawer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from kompetanse.codes.education import EducationLevel
from kompetanse.codes.recognition import GUIDES, likely_scheme
from kompetanse.codes.work import RecognitionScheme, RecognitionStatus

_OPEN = frozenset({None, RecognitionStatus.NOT_APPLIED, RecognitionStatus.APPLIED})


class ForeignEducation(Protocol):
    """An education as its recognition sees it."""

    @property
    def id(self) -> UUID: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def level(self) -> EducationLevel | None: ...  # noqa: D102
    @property
    def country(self) -> str | None: ...  # noqa: D102
    @property
    def recognition(self) -> RecognitionStatus | None: ...  # noqa: D102
    @property
    def recognition_scheme(self) -> RecognitionScheme | None: ...  # noqa: D102
    @property
    def recognition_authority(self) -> str | None: ...  # noqa: D102
    @property
    def recognition_documents(self) -> Sequence[str] | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class RecognitionPlan:
    """What is to be done for one education.

    `scheme`: the one that was chosen, or the likely one by level (`chosen` False). `needed`: papers that are not at
    hand; `steps`: in order; both are codes. `months`: about how long a decision takes.
    """

    entry_id: UUID
    title: str
    status: RecognitionStatus | None
    scheme: RecognitionScheme
    chosen: bool
    authority: str | None
    needed: tuple[str, ...]
    steps: tuple[str, ...]
    months: int


def plans(educations: Iterable[ForeignEducation]) -> tuple[RecognitionPlan, ...]:
    """What is to be done for each education from abroad that is not recognised and could be."""
    return tuple(plan for one in educations if (plan := _plan(one)) is not None)


def _plan(one: ForeignEducation) -> RecognitionPlan | None:
    scheme = one.recognition_scheme or likely_scheme(one.level)
    if one.country in {None, "NO"} or one.recognition not in _OPEN or scheme is None:
        return None
    guide = GUIDES[scheme]
    at_hand = set(one.recognition_documents or ())
    applied = one.recognition is RecognitionStatus.APPLIED
    return RecognitionPlan(
        entry_id=one.id,
        title=one.title,
        status=one.recognition,
        scheme=scheme,
        chosen=one.recognition_scheme is not None,
        authority=one.recognition_authority or guide.authority,
        needed=() if applied else tuple(paper for paper in guide.documents if paper not in at_hand),
        steps=guide.steps[-1:] if applied else guide.steps,
        months=guide.months,
    )
