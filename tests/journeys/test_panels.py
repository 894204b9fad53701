"""Somebody's own panel on the command line: compared when it can be, refused in words when it cannot."""

import csv
import re

import pytest

from benchmarks import predict
from benchmarks.prediction import cities, replay
from benchmarks.prediction.panel import BadPanel, of_rows
from tests.journeys.panelmaking import PERIODS, PLACES, simulated


@pytest.fixture(scope="module")
def rows():
    return simulated(people=1000)


def told(rows):
    with pytest.raises(BadPanel) as bad:
        replay.replay(of_rows(rows))
    return str(bad.value)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("count", -4, r"row 4, column count: -4 is below 0"),
        ("count", 2.5, r"row 4, column count: 2.5 is not a whole number"),
        ("count", "nan", r"row 4, column count: 'nan' is not a number; leave the row out"),
        ("count", "", r"row 4, column count: '' is not a number"),
        ("exposure", 0, r"row 4, column exposure: 0 must be above 0"),
        ("hardship", "high", r"row 4, column hardship: 'high' is not a number"),
        ("period", "2020Q5", r"row 4, column period: '2020Q5' is none of 2019Q3, 2019-07, 2019"),
        ("period", "2020", r"quarters, months and years are mixed"),
        ("place", "P00", r"row 4: P00 has 2020Q1 twice \(row 2 before\)"),
        ("place", " ", r"row 4, column place: is empty"),
    ],
)
def test_wrong_cell_is_named_by_row_and_column(rows, column, value, said):
    assert re.search(said, told([*rows[:2], rows[2] | {column: value}, *rows[3:]]))


@pytest.mark.parametrize("column", ["place", "period", "count", "exposure"])
def test_missing_column_is_named(rows, column):
    assert column in told([{name: cell for name, cell in row.items() if name != column} for row in rows])


def test_more_yes_than_asked_is_refused():
    rows = [{"place": p, "period": str(y), "yes": 9, "asked": 8} for p in "ab" for y in (2019, 2020, 2021)]
    assert "row 2, column yes: 9 is more than 8 asked" in told(rows)


def test_fewer_than_three_periods_or_two_places_are_refused(rows):
    assert "there are 24 places and 2 periods" in told([row for row in rows if row["period"] < "2020Q3"])
    assert "there are 1 places and 12 periods" in told([row for row in rows if row["place"] == "P01"])
    assert "no rows" in told([])


def test_panel_too_short_to_look_so_far_ahead_is_refused(rows):
    short = of_rows([row for row in rows if row["period"] < "2021Q3"])
    with pytest.raises(BadPanel, match="too few to score"):
        replay.replay(short, ahead=4)


def test_panel_in_which_nothing_ever_happened_is_compared_all_the_same(rows):
    quiet = replay.replay(of_rows([row | {"count": 0} for row in rows]))
    assert all((found > -1).all() and (found <= 0).all() for found in quiet.scores.values())


def test_least_panel_there_can_be_is_compared(rows):
    found = replay.replay(of_rows([row for row in rows if row["place"] < "P02" and row["period"] < "2020Q4"]))
    assert len(found.period) == 2 and set(found.period) == {2}


def test_everything_that_is_wrong_is_told_at_once(rows):
    said = told([rows[0] | {"count": -1}, rows[1] | {"exposure": 0}, rows[2] | {"period": "soon"}, *rows[3:]])
    assert [line.split(":")[0] for line in said.splitlines()] == [
        *("row 2, column count", "row 3, column exposure", "row 4, column period")
    ]


# --- the command


@pytest.fixture
def panel_file(tmp_path, rows):
    def written(rows):
        path = tmp_path / "panel.csv"
        with path.open("w", encoding="utf-8", newline="") as lines:
            out = csv.DictWriter(lines, list(rows[0]))
            out.writeheader()
            out.writerows(rows)
        return str(path)

    return written


def test_own_panel_is_compared_and_columns_of_words_are_left_out(panel_file, rows, capsys):
    path = panel_file([row | {"name": "Harbour"} for row in rows])
    assert predict.main([path]) == 0
    out, err = capsys.readouterr()
    assert f"{PLACES * (PERIODS - 2)} forecasts of {PERIODS - 2} periods" in out
    assert re.search(r"own figure +better", out) and "left out, being words: name" in err


def test_bad_panel_is_refused_in_words(panel_file, rows, tmp_path, capsys):
    assert predict.main([panel_file([row | {"count": -1} for row in rows])]) == 2
    err = capsys.readouterr().err
    assert "row 2, column count: -1 is below 0" in err and "... and 276 more" in err
    assert predict.main([str(tmp_path / "nowhere.csv")]) == 2


def test_absent_files_are_named(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(cities, "FOLDER", tmp_path)
    assert predict.main([]) == 2
    assert cities.AREAS in capsys.readouterr().err
