"""The fixed tables that go out with a release."""

from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.sharing.classes import hierarchies
from kompetanse.sharing.count_tables import count_tables
from kompetanse.sharing.hierarchies import NOT_STATED
from kompetanse.sharing.releases import Registered

VALUES = st.tuples(
    st.sampled_from(["3313", "2221", "8160", NOT_STATED]),
    st.sampled_from(["A1", "B1", "B2", NOT_STATED]),
    st.sampled_from(["3", "6", NOT_STATED]),
)


@settings(deadline=None, max_examples=20)
@given(st.lists(VALUES, max_size=60))
def test_counts_are_multiples_of_five_and_no_few_are_told(people: list[tuple[str, str, str]]) -> None:
    population = {UUID(int=n): Registered(UUID(int=n), values) for n, values in enumerate(people)}
    tables = count_tables(population, hierarchies())
    assert [(one.rows, one.columns) for one in tables] == [("occupation", "norwegian"), ("education", "norwegian")]
    for table in tables:
        assert len(table.cells) == len(table.row_values) + 1
        assert {len(row) for row in table.cells} == {len(table.column_values) + 1}
        shown = [cell for row in table.cells for cell in row if cell is not None]
        assert all(cell % 5 == 0 and cell >= 5 for cell in shown), "neither few nor none is told"


def test_what_many_are_stands_where_it_belongs() -> None:
    kinds = [("2221", one, level) for one in ("A1", "B2", "C1", NOT_STATED) for level in ("1", "3", "6", NOT_STATED)]
    population = {UUID(int=n): Registered(UUID(int=n), kinds[n % 16]) for n in range(16 * 12)}
    _, education = count_tables(population, hierarchies())
    assert education.cells == ((10, 10, 10, 10, 50),) * 4 + ((50, 50, 50, 50, 190),)


def test_a_household_of_many_is_few() -> None:
    population = {UUID(int=n): Registered(UUID(int=0), ("2221", "B1", "6")) for n in range(12)}
    for table in count_tables(population, hierarchies()):
        assert {cell for row in table.cells for cell in row} == {None}
