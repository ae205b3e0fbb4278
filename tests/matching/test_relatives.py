"""Which skills stand near another."""

from kompetanse.matching.grades import Through
from kompetanse.matching.relatives import MOST_OF_A_GROUP, Relatives

BROADER = [("payroll", "accounting"), ("ledger", "accounting"), ("wages", "payroll")]


def ways(found: Relatives, key: str) -> dict[str, Through]:
    return {one.key: one.through for one in found.of(key)}


def test_narrower_broader_and_siblings_stand_near() -> None:
    found = Relatives(BROADER)
    assert ways(found, "payroll") == {
        "wages": Through.NARROWER,
        "accounting": Through.BROADER,
        "ledger": Through.SIBLING,
    }
    assert ways(found, "wages") == {"payroll": Through.BROADER}


def test_a_small_group_is_near_and_a_large_one_says_nothing() -> None:
    small = {f"s{number}": "S1" for number in range(3)}
    assert ways(Relatives(groups=small), "s0") == {"s1": Through.SAME_GROUP, "s2": Through.SAME_GROUP}
    large = {f"s{number}": "S1" for number in range(MOST_OF_A_GROUP + 1)}
    assert ways(Relatives(groups=large), "s0") == {}


def test_the_way_that_counts_most_is_the_one_that_is_told() -> None:
    found = Relatives([*BROADER, ("wages", "accounting")], {"payroll": "S1", "ledger": "S1"})
    assert ways(found, "payroll")["ledger"] is Through.SIBLING
    assert [one.share for one in found.of("payroll")] == sorted(
        (one.share for one in found.of("payroll")), reverse=True
    )


def test_a_skill_that_nobody_placed_has_no_relatives() -> None:
    assert Relatives().of("text:anything") == ()
