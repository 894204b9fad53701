"""linli scheme check and linli scheme calibrate, as a person at a terminal meets them."""

import csv
import tomllib
from pathlib import Path

import numpy as np
import pytest

from linli.book.scheme import default_text, read_scheme
from linli.cli import main

COUNTY = Path(__file__).parents[2] / "examples" / "county"
RATE = """
[[rate]]
id = "{id}"
name = {{ zh_Hant = "{name}", zh_Hans = "{name}", en = "{id}" }}
kind = "{kind}"
better = "{better}"
weight = {weight}
points = {points}
adjust = {adjust}
pool_quarters = {quarters}
supplier = "a"
verifier = "b"
"""
SHARE = "[[0.4, 0], [0.65, 60], [0.76, 80], [0.82, 85], [0.95, 100]]"
USUAL = {"name": "滿意率", "kind": "share", "better": "higher", "points": SHARE, "adjust": "false", "quarters": 1}


def scheme_of(folder, *rates, head='[scheme]\nname = "local"\nversion = "1"\nin_force_from = "2026-01-01"\n'):
    """A scheme file with those rates (dicts over the usual one)."""
    text = "format = 1\n" + head + "".join(RATE.format(**(USUAL | rate)) for rate in rates)
    path = folder / "scheme.toml"
    path.write_text(text, encoding="utf-8")
    return path


def run(capsys, *arguments):
    """(exit status, what was printed, what was said on the side)."""
    status = main([str(argument) for argument in arguments])
    return status, *capsys.readouterr()


def checked(capsys, path, lang="en"):
    return run(capsys, "scheme", "check", path, "--lang", lang)


@pytest.fixture
def default(tmp_path):
    path = tmp_path / "scheme.toml"
    path.write_text(default_text().replace('pool = "pool.toml"', 'pool = ""'), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("lang", "said"),
    [("zh_Hant", "連續兩季末位"), ("zh_Hans", "连续两季末位"), ("en", "last twice running within a year")],
)
def test_the_chance_of_bad_luck_is_printed_in_three_languages(capsys, default, lang, said):
    status, printed, _ = checked(capsys, default, lang)
    line = next(line for line in printed.splitlines() if said in line)
    assert status == 0 and "27.1%" in line and "34.4%" in printed


def test_the_worst_of_ten_is_below_the_line_in_most_quarters(capsys, default):
    _, printed, _ = checked(capsys, default)
    line = next(line for line in printed.splitlines() if "the worst is below 80" in line)
    assert 60 < float(line.split()[-1].rstrip("%")) < 90


def test_a_scheme_without_a_pool_is_warned_and_still_usable(capsys, default):
    status, printed, _ = checked(capsys, default)
    assert status == 0 and "low confidence" in printed and "warnings: 1" in printed


@pytest.mark.parametrize(
    ("rate", "lang", "said"),
    [
        ({"id": "arrests"}, "en", "arrest"),
        ({"id": "cases_solved"}, "en", "cases_solved"),
        ({"id": "safety", "name": "破案率"}, "zh_Hant", "破案"),
        ({"id": "safety", "name": "罚款数"}, "zh_Hans", "罚款"),
    ],
)
def test_a_rate_about_arrests_solved_cases_or_fines_is_an_error(capsys, tmp_path, rate, lang, said):
    path = scheme_of(tmp_path, {"weight": 60, "id": "satisfaction"}, rate | {"weight": 40})
    status, printed, refused = checked(capsys, path, lang)
    assert (status, printed) == (2, "") and said in refused and "R-03" in refused


def test_weights_and_departments_that_are_wrong_are_refused_all_at_once(capsys, tmp_path):
    path = scheme_of(tmp_path, {"id": "satisfaction", "weight": 60}, {"id": "prevention", "weight": 30})
    text = path.read_text(encoding="utf-8").replace('verifier = "b"', 'verifier = "a"', 1)
    path.write_text(text, encoding="utf-8")
    status, printed, said = checked(capsys, path)
    assert (status, printed) == (2, "")
    assert "weights that sum to 100" in said and "who supplies may not verify" in said


def test_fewer_than_seven_rates_and_little_prevention_are_warnings(capsys, tmp_path):
    status, printed, _ = checked(capsys, scheme_of(tmp_path, {"id": "satisfaction", "weight": 100}))
    assert status == 0 and "only 1 of 7 rates" in printed and "(R-83)" in printed


@pytest.mark.parametrize(("top", "warned"), [("1.5", False), ("2", False), ("4", True)])
def test_a_count_that_goes_on_earning_has_no_ceiling(capsys, tmp_path, top, warned):
    points = f"[[0.2, 0], [0.55, 60], [0.85, 80], [1.0, 85], [{top}, 100]]"
    leads = {"id": "leads", "kind": "count", "points": points, "adjust": "true", "weight": 100}
    _, printed, _ = checked(capsys, scheme_of(tmp_path, leads))
    assert ("without a ceiling" in printed) is warned


def test_a_pure_count_is_not_adjusted_for_its_place(capsys, tmp_path):
    falling = "[[2.5, 0], [1.6, 60], [1.15, 80], [1.0, 85], [0.55, 100]]"
    rate = {"id": "incidents", "kind": "count", "better": "lower", "points": falling, "weight": 100}
    _, printed, _ = checked(capsys, scheme_of(tmp_path, rate))
    assert "incidents is not adjusted for the place" in printed and "ceiling" not in printed


def test_a_table_with_a_cliff_is_pointed_out(capsys, tmp_path):
    cliff = "[[0.4, 0], [0.799, 40], [0.8, 85], [0.95, 100]]"
    _, printed, _ = checked(capsys, scheme_of(tmp_path, {"id": "satisfaction", "points": cliff, "weight": 100}))
    assert "a cliff between 0.799 and 0.8" in printed


def test_a_scheme_may_only_begin_with_a_quarter(capsys, tmp_path):
    head = '[scheme]\nname = "local"\nversion = "1"\nin_force_from = "2026-02-01"\n'
    _, printed, _ = checked(capsys, scheme_of(tmp_path, {"id": "satisfaction", "weight": 100}, head=head))
    assert "2026-02-01" in printed


def test_windows_that_share_quarters_make_bad_luck_last(capsys, tmp_path):
    _, printed, _ = checked(capsys, scheme_of(tmp_path, {"id": "satisfaction", "weight": 100, "quarters": 4}))
    assert "27.1%" not in printed and "share evidence" in printed


def test_pass_or_fail_tables_say_nothing_about_the_worst(capsys, tmp_path):
    table = "[[0.4, 0], [0.9, 50]]"
    status, printed, _ = checked(capsys, scheme_of(tmp_path, {"id": "satisfaction", "points": table, "weight": 100}))
    assert status == 0 and "do not show how places differ" in printed


def test_calibration_of_the_county_can_be_pasted_into_its_scheme(capsys, default, tmp_path):
    status, printed, _ = run(capsys, "scheme", "calibrate", COUNTY, "--scheme", default, "--lang", "en")
    proposed = {rate["id"]: rate["points"] for rate in tomllib.loads(printed)["rate"]}
    known = read_scheme(default)
    assert status == 0 and set(proposed) == {rate.id for rate in known.rates}
    assert "LOW CONFIDENCE" in printed and "2025Q4..2026Q3" in printed
    text = default.read_text(encoding="utf-8")
    for rate in tomllib.loads(text)["rate"]:
        old = next(line for line in text.splitlines() if line.startswith("points") and _same(line, rate["points"]))
        text = text.replace(old, f"points = {proposed[rate['id']]}")
    default.write_text(text, encoding="utf-8")
    assert checked(capsys, default)[0] == 0
    assert np.array_equal(read_scheme(default).rate("leads").points, proposed["leads"])


def _same(line, points):
    return tomllib.loads(line)["points"] == points


def test_calibration_without_a_scheme_takes_the_default_one(capsys):
    status, printed, _ = run(capsys, "scheme", "calibrate", COUNTY)
    assert status == 0 and "可信度低" in printed
    assert run(capsys, "scheme", "calibrate", COUNTY)[1] == printed


def test_calibration_learns_from_the_year_it_is_told(capsys):
    _, printed, _ = run(capsys, "scheme", "calibrate", COUNTY, "--year", 2026, "--lang", "en")
    assert "2026Q1..2026Q3" in printed
    status, printed, said = run(capsys, "scheme", "calibrate", COUNTY, "--year", 1999, "--lang", "en")
    assert (status, printed) == (2, "") and "1999" in said


def test_a_county_of_three_places_is_too_small_to_learn_from(capsys, tmp_path):
    kept = {"C01", "C02", "C03"}
    for sheet in ("communities", "posts", "pairings", "evidence"):
        with (COUNTY / f"{sheet}.csv").open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
        with (tmp_path / f"{sheet}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, rows[0])
            writer.writeheader()
            writer.writerows(row for row in rows if row["community"] in kept)
    status, printed, said = run(capsys, "scheme", "calibrate", tmp_path, "--lang", "en")
    assert status == 2 and "no table can be proposed" in said
    assert tomllib.loads(printed) == {} and "only 3 places" in printed


def test_a_book_that_is_not_there_is_no_fault_of_linlis(capsys, tmp_path):
    assert run(capsys, "scheme", "calibrate", tmp_path / "nowhere")[0] == 2
    assert checked(capsys, tmp_path / "nowhere.toml")[0] == 2
