"""How far a municipality may tune, and how a tuning is told apart."""

import pytest

from kompetanse.errors import Invalid
from kompetanse.matching.weights import DEFAULT, VERSION, tuned


def test_nothing_tuned_is_the_default() -> None:
    assert tuned({}) is DEFAULT
    assert tuned({"occupation": DEFAULT.occupation}) is DEFAULT


def test_a_tuning_has_a_version_of_its_own() -> None:
    one, other = tuned({"occupation": 40.0}), tuned({"occupation": 41.0})
    assert one.occupation == 40.0
    assert one.version != other.version
    assert one.version.startswith(f"{VERSION}+")
    assert one == tuned({"occupation": 40, "wish": DEFAULT.wish})


@pytest.mark.parametrize(
    ("values", "pointer"),
    [({"occupation": 61.0}, "/values/occupation"), ({"wish": 2.9}, "/values/wish"), ({"origin": 1.0}, "/values")],
)
def test_what_is_out_of_bounds_or_no_weight_is_refused(values: dict[str, float], pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        tuned(values)
    assert [fault.pointer for fault in refused.value.faults] == [pointer]
