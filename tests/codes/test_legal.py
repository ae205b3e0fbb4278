from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.legal import (
    COLLECTIVE_CHAPTER,
    MAPPING_MONTHS,
    PROGRAMME_AGES,
    RULES,
    UNDATED,
    MappingPart,
    MappingState,
    in_target_group,
    mapping_status,
    rule_on,
)
from kompetanse.codes.residence import ResidenceBasis

ALL = frozenset(MappingPart)


def test_every_value_of_a_rule_says_from_when_and_where_it_is_written() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        days = [one.valid_from for one in rule.values]
        assert days == sorted(set(days))
        assert all("integreringsloven" in one.source or "Prop." in one.source for one in rule.values)


def test_a_rule_says_nothing_before_it_was() -> None:
    assert rule_on(MAPPING_MONTHS, date(2020, 12, 31)) is None
    first = rule_on(MAPPING_MONTHS, date(2021, 1, 1))
    assert first is not None
    assert first.value == 3


@pytest.mark.parametrize(
    ("day", "value"), [(date(2022, 6, 15), True), (date(2026, 6, 30), True), (date(2026, 7, 1), False)]
)
def test_a_rule_is_the_latest_that_has_begun(day: date, value: bool) -> None:
    found = rule_on(COLLECTIVE_CHAPTER, day)
    assert found is not None
    assert found.value is value


def test_a_change_whose_day_is_not_confirmed_is_told_but_not_followed() -> None:
    assert [(one.rule, one.value.most) for one in UNDATED] == [(PROGRAMME_AGES, 60)]
    found = rule_on(PROGRAMME_AGES, date(2030, 1, 1))
    assert found is not None
    assert found.value.most == 55


@pytest.mark.parametrize(
    ("done", "today", "state"),
    [
        (ALL, date(2025, 1, 1), MappingState.DONE),
        (frozenset(), date(2024, 4, 30), MappingState.DUE),
        (ALL - {MappingPart.WORK}, date(2024, 5, 1), MappingState.OVERDUE),
    ],
)
def test_the_mapping_is_due_three_months_after_settlement(
    done: frozenset[MappingPart], today: date, state: MappingState
) -> None:
    status = mapping_status(done, date(2024, 1, 30), today)
    assert (status.state, status.due_on) == (state, date(2024, 4, 30))
    assert set(status.missing) == ALL - done


def test_a_month_that_is_too_short_ends_on_its_last_day() -> None:
    assert mapping_status(frozenset(), date(2023, 11, 30), date(2024, 1, 1)).due_on == date(2024, 2, 29)


@pytest.mark.parametrize("settled", [None, date(2020, 12, 31)])
def test_without_a_day_under_the_act_the_deadline_is_not_known(settled: date | None) -> None:
    status = mapping_status({MappingPart.LANGUAGE}, settled, date(2024, 1, 1))
    assert (status.state, status.due_on) == (MappingState.UNKNOWN, None)
    assert status.missing == (MappingPart.EDUCATION, MappingPart.WORK, MappingPart.OTHER)
    assert mapping_status(ALL, settled, date(2024, 1, 1)).state is MappingState.DONE


@given(st.dates(date(2021, 1, 1), date(2090, 1, 1)), st.integers(0, 400), st.sets(st.sampled_from(MappingPart)))
def test_doing_more_never_makes_it_worse(settled: date, days: int, done: set[MappingPart]) -> None:
    today = settled + timedelta(days=days)
    status = mapping_status(done, settled, today)
    assert status.due_on is not None
    assert 88 <= (status.due_on - settled).days <= 92
    assert (status.state is MappingState.DONE) == (done == ALL)
    assert (status.state is MappingState.OVERDUE) == (done != ALL and today > status.due_on)


@pytest.mark.parametrize(
    ("basis", "age", "granted", "expected"),
    [
        (ResidenceBasis.PROTECTION, 18, date(2024, 1, 1), True),
        (ResidenceBasis.COLLECTIVE_PROTECTION, 55, date(2024, 1, 1), True),
        (ResidenceBasis.COLLECTIVE_PROTECTION, 56, date(2024, 1, 1), False),
        (ResidenceBasis.EEA, 30, date(2024, 1, 1), False),
        (ResidenceBasis.PROTECTION, 30, date(2020, 1, 1), False),
        (ResidenceBasis.PROTECTION, None, date(2024, 1, 1), None),
        (None, 30, date(2024, 1, 1), None),
        (ResidenceBasis.PROTECTION, 30, None, None),
    ],
)
def test_who_may_have_a_right_to_a_programme(
    basis: ResidenceBasis | None, age: int | None, granted: date | None, expected: bool | None
) -> None:
    assert in_target_group(basis, age, granted) is expected
