from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.sharing.releases import registered, version
from tests.sharing.histories import TREES
from tests.sharing.registries import profile, tree, unit
from tests.sharing.towns import HIERARCHIES


def test_a_profile_is_read_as_leaves() -> None:
    read = registered(profile(1, "3313", Cefr.B1, EducationLevel.NONE), HIERARCHIES)
    assert (read.unit, read.values) == (unit(1), ("3313", "B1", "0"))


def test_what_is_not_stated_is_a_leaf_and_so_is_what_cannot_be_identified() -> None:
    for nothing in (None, "0000"):
        values = registered(profile(1, nothing, None, None), HIERARCHIES).values
        assert values == ("not stated", "not stated", "not stated")
        assert all(one.place(leaf) >= 0 for one, leaf in zip(HIERARCHIES, values, strict=True))


def test_a_version_is_another_as_soon_as_a_leaf_is() -> None:
    assert version(TREES) == version((tree("trade", 9, 3), tree("step", 4, 2)))
    assert version(TREES) != version((tree("trade", 8, 3), TREES[1]))
    assert version(TREES) != version(TREES[::-1])
