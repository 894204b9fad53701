"""One quarter of several counties from a Parquet file: the same figures as county by county, or every problem."""

import json

import numpy as np
import pytest

from heng import moments
from heng.grid import groups_of
from heng.ranking import probabilities
from linli.cli import main

pa = pytest.importorskip("pyarrow", reason="the extra national is not installed")
pq = pytest.importorskip("pyarrow.parquet")

from tests.core.county import COUNTY, book, row, scheme  # noqa: E402

PERIOD = "2026Q3"


def evidence(counties=("A", "B")):
    """The invented county's quarter once for each of the counties, as columns."""
    rows = book().evidence.rows(book().evidence.period == PERIOD)
    place = {community: i for i, community in enumerate(book().communities.community)}
    at = np.array([place[community] for community in rows.community])
    facts = {name: values[at] for name, values in book().communities.facts.items()}
    made = {
        "period": [],
        "county": [],
        "community": [],
        "rate": [],
        "numerator": [],
        "denominator": [],
        "design_effect": [],
    }
    made |= {name: [] for name in facts}
    for county in counties:
        made["period"] += list(rows.period)
        made["county"] += [county] * len(rows)
        made["community"] += [f"{county}-{community}" for community in rows.community]
        for name in ("rate", "numerator", "denominator", "design_effect"):
            made[name] += list(getattr(rows, name))
        for name, values in facts.items():
            made[name] += list(values)
    return made


def written(folder, columns, name="evidence.parquet"):
    path = folder / name
    pq.write_table(pa.table(columns), path)
    return path


def appraised(path, out, *more):
    words = ["national", str(path), "--scheme", str(COUNTY / "scheme.toml"), "--out", str(out), "--workers", "1", *more]
    return main(words)


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    folder = tmp_path_factory.mktemp("national")
    assert appraised(written(folder, evidence()), folder / "out") == 0
    return folder / "out"


def table(out, name):
    return pq.read_table(out / name).to_pydict()


def test_a_county_is_scored_as_if_it_were_alone(done, tmp_path):
    assert appraised(written(tmp_path, evidence(("A",))), tmp_path / "out") == 0
    together, alone = table(done, "indicators"), table(tmp_path / "out", "indicators")
    rates = {"incidents", "leads", "prevention"}  # the pool's: the others' level is fitted on all places of the file
    mine = [i for i, county in enumerate(together["county"]) if county == "A" and together["rate"][i] in rates]
    own = [i for i, rate in enumerate(alone["rate"]) if rate in rates]
    for name in ("adjusted", "points", "low", "high"):
        left = np.array([together[name][i] for i in mine], dtype=float)
        right = np.array([alone[name][i] for i in own], dtype=float)
        assert left == pytest.approx(right, rel=1e-5, nan_ok=True)


def test_the_pools_rates_are_those_of_the_countys_own_quarter(done):
    from heng.quarter import appraise

    county = appraise(book(), scheme(), PERIOD, draws=100)
    found = table(done, "indicators")
    for rate in ("incidents", "prevention"):
        at = next(
            i for i, key in enumerate(zip(found["community"], found["rate"], strict=True)) if key == ("A-C01", rate)
        )
        alone = row(county.indicators, community="C01", rate=rate)
        assert found["adjusted"][at] == pytest.approx(alone["adjusted"], rel=1e-4)
        assert found["expected"][at] == pytest.approx(alone["expected"])


def test_ranks_chances_and_pots_are_each_countys_own(done):
    scores, allowance = table(done, "scores"), table(done, "allowance")
    for county in ("A", "B"):
        mine = [i for i, name in enumerate(scores["county"]) if name == county]
        assert sorted(scores["rank"][i] for i in mine) == list(range(1, len(mine) + 1))
        assert sum(scores["p_last"][i] for i in mine) == pytest.approx(1, abs=0.01)
        fen = [f for f, name in zip(allowance["amount_fen"], allowance["county"], strict=True) if name == county]
        assert sum(fen) == 50000 * 3 * len(mine)


def test_the_last_of_each_county_is_proposed_for_notice_and_talk(done):
    found = table(done, "proposals")
    assert sorted(zip(found["county"], found["kind"], strict=True)) == [
        (county, kind) for county in ("A", "B") for kind in ("notice", "talk")
    ]
    assert set(found["blocked_by"]) == {"objection_period"}


def test_the_manifest_says_what_it_was_made_from(done):
    manifest = json.loads((done / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["period"], manifest["counties"], manifest["communities"]) == (PERIOD, 2, 20)
    assert {one["rate"]: one["source"] for one in manifest["coefficients"]}["incidents"] == "pool"


def test_several_workers_write_the_same_as_one(tmp_path, monkeypatch):
    from national import run

    monkeypatch.setattr(run, "_PLACES", 10)
    path = written(tmp_path, evidence(("A", "B", "C")))
    assert appraised(path, tmp_path / "one") == 0
    assert appraised(path, tmp_path / "two", "--workers", "2") == 0
    assert len(list((tmp_path / "one" / "scores").iterdir())) > 1
    for name in ("scores", "indicators", "proposals", "allowance"):
        assert pq.read_table(tmp_path / "one" / name).equals(pq.read_table(tmp_path / "two" / name))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"numerator": -1.0}, "column numerator: found -1.0, expected a number of at least 0"),
        ({"numerator": float("nan")}, "column numerator"),
        ({"denominator": None}, "column denominator: found None"),
        ({"rate": "arrests"}, "column rate: found 'arrests', expected one of satisfaction"),
        ({"community": "../etc"}, "column community: found '../etc'"),
        ({"design_effect": 0.0}, "expected a number above 0"),
        ({"floating_share": None}, "column floating_share: found None, expected a number for every community"),
        ({"period": "now"}, "found 'now', expected a quarter such as 2026Q3"),
    ],
)
def test_one_wrong_value_is_named_with_its_row(tmp_path, capsys, change, said):
    columns = evidence()
    for name, value in change.items():
        columns[name] = [value, *columns[name][1:]]
    assert appraised(written(tmp_path, columns), tmp_path / "out") == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_row_named_is_the_files_own_though_other_quarters_stand_before_it(tmp_path, capsys):
    columns = evidence()
    earlier = {name: [*values[:3], *values] for name, values in columns.items()}
    earlier["period"][:3] = ["2026Q2"] * 3
    earlier["numerator"][4] = -1.0
    assert appraised(written(tmp_path, earlier), tmp_path / "out") == 2
    assert "row 5, column numerator: found -1.0" in capsys.readouterr().err


def test_neither_the_order_of_rows_nor_how_text_is_packed_changes_a_figure(done, tmp_path):
    order = np.random.default_rng(3).permutation(len(evidence()["period"]))
    columns = {name: [values[i] for i in order] for name, values in evidence().items()}
    packed = {
        name: pa.array(values).dictionary_encode() if name in ("county", "rate") else values
        for name, values in columns.items()
    }
    assert appraised(written(tmp_path, packed), tmp_path / "out") == 0
    for name in ("scores", "indicators", "proposals", "allowance"):
        assert pq.read_table(tmp_path / "out" / name).equals(pq.read_table(done / name))


def test_columns_that_may_be_left_out_are_used_when_they_are_there(tmp_path):
    columns = evidence(("A",))
    n = len(columns["period"])
    columns |= {"officer": [f"P{name}" for name in columns["community"]], "months": [1.5] * n, "status": ["final"] * n}
    columns["status"][0] = "false"
    assert appraised(written(tmp_path, columns), tmp_path / "out") == 0
    found = table(tmp_path / "out", "allowance")
    assert set(found["months"]) == {1.5} and {name[:3] for name in found["officer"]} == {"PA-"}
    indicators = table(tmp_path / "out", "indicators")
    first = columns["community"][0], columns["rate"][0]
    keys = list(zip(indicators["community"], indicators["rate"], strict=True))
    assert indicators["status"][keys.index(first)] == "false" and indicators["points"][keys.index(first)] == 0


def test_a_column_of_another_kind_is_refused(tmp_path, capsys):
    columns = evidence()
    columns["numerator"] = ["many"] * len(columns["period"])
    assert appraised(written(tmp_path, columns), tmp_path / "out") == 2
    assert "column 'numerator' holds string, expected double" in capsys.readouterr().err


def test_a_share_above_its_denominator_and_a_key_twice_are_refused(tmp_path, capsys):
    columns = evidence()
    columns["numerator"][0] = columns["denominator"][0] + 1
    assert appraised(written(tmp_path, columns), tmp_path / "out") == 2
    assert "no more than the denominator" in capsys.readouterr().err
    twice = {name: [*values, values[0]] for name, values in evidence().items()}
    assert appraised(written(tmp_path, twice), tmp_path / "out") == 2
    assert "twice" in capsys.readouterr().err


def test_a_community_in_two_counties_is_refused(tmp_path, capsys):
    columns = evidence()
    columns["community"] = [name.split("-")[1] for name in columns["community"]]
    assert appraised(written(tmp_path, columns), tmp_path / "out") == 2
    assert "stands in more than one county" in capsys.readouterr().err


def test_a_missing_column_and_a_file_that_is_none_are_refused(tmp_path, capsys):
    columns = evidence()
    del columns["denominator"], columns["rental_share"]
    assert appraised(written(tmp_path, columns), tmp_path / "out") == 2
    said = capsys.readouterr().err
    assert "'denominator' is missing" in said and "'rental_share' is missing" in said
    (tmp_path / "text.parquet").write_text("county,community\n", encoding="utf-8")
    assert appraised(tmp_path / "text.parquet", tmp_path / "out") == 2
    assert "cannot be read as Parquet" in capsys.readouterr().err


def test_a_folder_that_holds_something_is_left_alone(tmp_path, capsys):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("keep", encoding="utf-8")
    assert appraised(written(tmp_path, evidence()), tmp_path / "out") == 2
    assert (tmp_path / "out" / "mine.txt").read_text(encoding="utf-8") == "keep"


def test_chances_by_moments_agree_with_draws_in_a_county_of_two_hundred():
    random = np.random.default_rng(1)
    mean, sd = random.normal(82, 2, 200), random.uniform(1, 3, 200)
    found = moments.Moments(mean, sd, np.zeros(200), np.zeros((200, 0)))
    first, last = moments.ends(found, groups_of([120, 80]))
    drawn = mean + sd * random.standard_normal((40_000, 200))
    for rows in (slice(0, 120), slice(120, 200)):
        counted = probabilities(drawn[:, rows])
        assert first[rows] == pytest.approx(counted.first, abs=0.01)
        assert last[rows] == pytest.approx(counted.last, abs=0.01)
