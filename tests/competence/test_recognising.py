from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import pytest

from kompetanse.codes.education import EducationLevel
from kompetanse.codes.work import RecognitionScheme, RecognitionStatus
from kompetanse.competence.recognising import plans
from kompetanse.ids import new_id


@dataclass(frozen=True)
class School:
    title: str = "Сестринська справа"
    level: EducationLevel | None = EducationLevel.BACHELOR
    country: str | None = "UA"
    recognition: RecognitionStatus | None = None
    recognition_scheme: RecognitionScheme | None = None
    recognition_authority: str | None = None
    recognition_documents: Sequence[str] | None = None
    id: UUID = field(default_factory=new_id)


def test_a_degree_in_a_drawer_is_seen_with_what_it_lacks() -> None:
    (plan,) = plans([School(recognition_documents=["diploma", "identity"])])
    assert (plan.scheme, plan.chosen, plan.authority) == (RecognitionScheme.GENERAL, False, "HK-dir")
    assert plan.needed == ("transcript", "translation")
    assert plan.steps[0] == "collect"
    assert plan.months > 0


def test_who_has_applied_waits() -> None:
    scheme = RecognitionScheme.AUTHORISATION
    (plan,) = plans([School(recognition=RecognitionStatus.APPLIED, recognition_scheme=scheme)])
    assert (plan.scheme, plan.chosen, plan.needed, plan.steps) == (scheme, True, (), ("wait",))


@pytest.mark.parametrize(
    "school",
    [
        School(country="NO"),
        School(country=None),
        School(level=None),
        School(recognition=RecognitionStatus.RECOGNISED),
        School(recognition=RecognitionStatus.REFUSED),
    ],
)
def test_what_needs_no_recognition_or_is_not_known_is_left_alone(school: School) -> None:
    assert plans([school]) == ()
