"""Every row of every table comes true."""

import pytest

from tests.spec.tables import TABLES

ROWS = [pytest.param(table, row, id=f"{name}: {row[0]}") for name, table in TABLES.items() for row in table.rows]


@pytest.mark.parametrize(("table", "row"), ROWS)
def test_row_of_the_rules_page_comes_true(table, row):
    given, then = table.cells(row)
    assert table.outcome(*given) == then


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_table_has_a_cell_for_every_heading_and_no_case_twice(table):
    assert {len(row) for row in table.rows} == {1 + len(table.given) + len(table.then)}
    assert len({row[0] for row in table.rows}) == len(table.rows)
