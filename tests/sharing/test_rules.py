from dataclasses import fields

from kompetanse.sharing.classes import EVERY_ATTRIBUTE, ShareableProfile, SharedClass, hierarchies
from kompetanse.sharing.rules import SHAREABLE


def test_all_that_may_leave_is_generalised_by_a_hierarchy_of_its_name() -> None:
    assert set(SHAREABLE.values()) == {one.name for one in hierarchies(EVERY_ATTRIBUTE)}


def test_profiles_and_classes_hold_what_the_table_allows_and_the_unit_and_the_band() -> None:
    assert {field.name for field in fields(ShareableProfile)} == {*SHAREABLE.values(), "unit"}
    assert {field.name for field in fields(SharedClass)} == {*SHAREABLE.values(), "size_band"}
