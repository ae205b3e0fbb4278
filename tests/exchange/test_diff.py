from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.national_id import parse_national_id
from kompetanse.codes.partial_date import PartialDate
from kompetanse.exchange.diff import ImportPlan, KnownPerson, Registry
from kompetanse.exchange.faults import CellRejected, Reason, RowRejected
from kompetanse.exchange.people_entries import PersonEntry
from kompetanse.ids import new_id
from kompetanse.people.rules import name_key

NUMBER = parse_national_id("02013299997")


def entry(
    row: int, family: str = "Shevchenko", given: str = "Olena", born: str | None = "1984-05-17", **more: object
) -> PersonEntry:
    return PersonEntry(row, family, given, PartialDate(born) if born else None, **more)  # type: ignore[arg-type]


def known(family: str = "Шевченко", given: str = "Олена", born: str | None = "1984") -> KnownPerson:
    return KnownPerson(new_id(), name_key(family, given), born)


def plan(
    *rows: PersonEntry | RowRejected,
    people: tuple[KnownPerson, ...] = (),
    numbers: dict[str, UUID] | None = None,
    despite: bool = False,
) -> tuple[list[int], ImportPlan]:
    """The rows that are accepted, and the plan after all of them."""
    registry = Registry.of(people)
    registry.numbers.update(numbers or {})
    made = ImportPlan(registry, despite)
    return [row.row for row in rows if made.accepts(row)], made


def test_somebody_who_is_likely_registered_is_pointed_out_and_left_out() -> None:
    registered = known()
    accepted, made = plan(entry(2), entry(3, "Berg", "Nils"), people=(registered,))
    assert accepted == [3]
    (duplicate,) = made.duplicates
    assert (duplicate.row, duplicate.record_ids, duplicate.reason) == (2, (registered.id,), Reason.LIKELY_REGISTERED)
    assert made.skipped == 1


def test_it_is_for_the_coordinator_to_say_that_it_is_another_person() -> None:
    accepted, made = plan(entry(2), people=(known(),), despite=True)
    assert (accepted, len(made.duplicates), made.skipped) == ([2], 1, 0)


def test_births_that_contradict_each_other_are_two_people() -> None:
    assert plan(entry(2), people=(known(born="1984-05-18"), known(born=None)))[1].duplicates == []


def test_without_a_birth_only_the_very_same_name_is_likely_the_same() -> None:
    people = (known("Li", "Wei", None), known("Li", "Wen", None))
    _, made = plan(entry(2, "Li", "Wei", None), entry(3, "Li", "Weig", None), people=people)
    assert [one.row for one in made.duplicates] == [2]
    assert made.duplicates[0].record_ids == (people[0].id,)


def test_a_national_number_belongs_to_one_person_whatever_is_said() -> None:
    holder = new_id()
    rows = (entry(2, national_id=NUMBER), entry(3, "Berg", "Nils", national_id=NUMBER))
    _, registered = plan(*rows, numbers={NUMBER.digits: holder}, despite=True)
    assert [one.record_ids for one in registered.duplicates] == [(holder,), (holder,)]
    accepted, twice = plan(*rows, despite=True)
    assert (accepted, [one.row for one in twice.duplicates]) == ([2], [3])
    assert "rad 2" in twice.duplicates[0].detail


def test_the_household_of_a_skipped_row_is_remembered_by_whom_it_stands_for() -> None:
    registered = known()
    assert plan(entry(2, household_key="H3"), people=(registered,))[1].kin == {"H3": (registered.id,)}


@given(
    st.lists(st.tuples(st.sampled_from(["Ola", "Kari", "Per"]), st.sampled_from([None, "1984", "1984-05", "1990"]))),
    st.booleans(),
)
def test_every_row_is_accepted_skipped_or_rejected(people: list[tuple[str, str | None]], despite: bool) -> None:
    rejected = RowRejected(1, "", "", CellRejected(Reason.NAME_MISSING, "", ""))
    rows = [entry(number, "Berg", given, born) for number, (given, born) in enumerate(people, 2)]
    registered = (known("Berg", "Ola", "1984"), known("Berg", "Kari", None))
    accepted, made = plan(rejected, *rows, people=registered, despite=despite)
    assert made.accepted == len(accepted)
    assert made.accepted + made.skipped == len(rows)
    assert len(made.rejected) == 1
    assert made.skipped == (0 if despite else len(made.duplicates))
