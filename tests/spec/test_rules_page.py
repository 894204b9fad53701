"""The rules page shows every table as the tests run it, and every guarantee names a test that there is."""

import re

from tests.spec.rules_page import BLOCK, PAGE, filled, written
from tests.spec.tables import TABLES

TEST = re.compile(r"\[`(test_\w+)`\]\(([^)]+)\)")


def guarantees():
    """Every point of the section on guarantees."""
    section = written().split("\n## Guarantees")[1].split("\n## ")[0]
    points = re.split(r"^- ", section, flags=re.MULTILINE)[1:]
    return [point.replace("\n", " ") for point in points]


def test_page_shows_the_tables_as_they_are_run():
    assert written() == filled(written()), "`python -m tests.spec.write_rules_page` writes them anew"


def test_page_shows_every_table_once_in_order():
    assert [found["name"] for found in BLOCK.finditer(written())] == list(TABLES)


def test_every_guarantee_names_a_test_that_there_is():
    assert len(guarantees()) >= 10
    for point in guarantees():
        named = TEST.findall(point)
        assert named, point
        for name, file in named:
            assert f"\ndef {name}(" in (PAGE.parent / file).resolve().read_text(encoding="utf-8"), name


def test_every_vector_of_the_rules_stands_in_a_table():
    cases = " ".join(row[0] for table in TABLES.values() for row in table.rows)
    assert {int(number) for number in re.findall(r"vector (\d+)", cases)} == set(range(1, 11))
