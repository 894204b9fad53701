"""The benchmarks can be run: each part on tiny sizes, the page from what it found, and peers left out with a sentence.

Nothing is timed here. How long things take is for ``make bench`` on a quiet machine.
"""

import json
import re
import sys
from xml.etree import ElementTree as xml

import numpy as np
import pytest

from benchmarks import county, london, ranks, regressions
from benchmarks.peers import asked
from benchmarks.speed import aims, growth, kept, nation, page, parts, peers, run
from benchmarks.speed.aims import FASTER, SORTS, Ratio
from examples.london import published
from tests.house.tree import ROOT


@pytest.fixture(autouse=True)
def no_peers(monkeypatch, tmp_path):
    monkeypatch.setenv("LINLI_PEERS", str(tmp_path / "nowhere" / "python"))


def cells(text):
    """Rows of a Markdown table, its head and ruler left out."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines[2:]]


# --- the parts


def test_rank_sets_are_measured_without_the_peer_and_say_that_it_is_missing():
    found = ranks.measure(sizes=(12, 40), nation=2000)
    assert [row["places"] for row in found["beside"]] == [12, 40] and found["nation"]["places"] == 2000
    assert all(row["ours"] > 0 and "left out" in row["absent"] for row in found["beside"])
    text = ranks.tables(found)["ranks"]
    assert [row[0] for row in cells(text)] == ["12", "40", "2,000"]
    assert text.count("multiple_inference was left out") == 1
    assert [one.unit for one in ranks.ratios(found)] == [SORTS]


def test_regressions_are_measured_without_the_peers_and_find_the_truth():
    found = regressions.measure(sizes=(10, 400), nation=3000)
    assert found["nation"]["coefficients"] == pytest.approx([0, *regressions.SLOPES], abs=0.05)
    assert found["nation"]["sigma"] == pytest.approx(regressions.SPREAD, abs=0.05)
    text = regressions.tables(found)["regressions"]
    assert "numpyro was left out" in text and "statsmodels was left out" in text
    assert regressions.tables(found)["regressions-alike"] == "The peers were left out of this run."


def test_quick_asks_for_no_slow_peer(monkeypatch):
    spoken_to = set()

    def noted(peer, **_):
        spoken_to.add(peer)
        raise peers.Absent(f"{peer} was left out")

    monkeypatch.setattr(peers, "ask", noted)
    assert ranks.measure(True, sizes=(ranks.SLOW + 1,), nation=500)["beside"][0]["absent"].endswith("as --quick asks")
    regressions.measure(True, sizes=(12,), nation=500)
    assert spoken_to == {"statsmodels"}


@pytest.mark.slow
def test_county_is_measured_from_start_to_last_file_and_by_stages():
    found = county.measure(runs=1)
    assert found["whole"] > 0 and [stage for stage, took in found["stages"].items() if took > 0] == list(
        found["stages"]
    )
    assert [row[0] for row in cells(county.tables(found)["county"])] == ["**the whole program**", *found["stages"]]


@pytest.mark.slow
@pytest.mark.skipif(bool(published.missing(published.folder())), reason="London's files are absent; set LINLI_DATA")
def test_london_is_measured_quarter_by_quarter():
    found = london.measure(last="2019Q2")
    assert list(found["quarters"]) == ["2019Q1", "2019Q2"]
    assert cells(london.tables(found)["london"])[2][0] == "appraise 2 quarters"


def test_national_quarter_has_an_aim_only_when_it_is_whole():
    gaps = {"mean": 0.001, "within_0.02": 1.0, "greatest": 0.01, "places": 9}
    for communities, aim in ((6000, None), (620_573, 120)):
        one = {"communities": communities, "counties": 30, "seconds": 100.0, "core_seconds": 150.0, "gb": 2.0}
        found = {"runs": [one], "p_last": gaps, "p_below": gaps}
        assert next(nation.ratios(found)).aim == aim
        assert cells(nation.tables(found)["national"]) == [[f"{communities:,}", "30", "100", "150", "2.0"]]


def test_cost_by_size_is_drawn_with_its_sizes_and_aims():
    runs = [
        {"communities": n, "counties": n // 200, "seconds": n / 5000, "core_seconds": n / 3000, "gb": 0.1 + n / 2e5}
        for n in (6_000, 62_000, 620_573)
    ]
    drawn = growth.drawn(runs)
    assert xml.fromstring(drawn).tag.endswith("svg")
    for words in ("6,000", "620,573", "120 s", "6 GB", "seconds of a core"):
        assert words in drawn
    assert drawn.count("<circle") == 3 * 3 + 3  # each run three times, and the legend


def test_london_without_its_files_is_left_out_with_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setenv("LINLI_DATA", str(tmp_path))
    with pytest.raises(parts.Skipped, match="LINLI_DATA"):
        london.measure()
    assert set(run.measured("london", quick=True)) == {"skipped"}


# --- peers


def test_peer_without_its_python_is_absent():
    with pytest.raises(peers.Absent, match="statsmodels was left out"):
        peers.ask("statsmodels", count=np.ones(3))


def test_peer_that_cannot_be_imported_is_absent_and_says_what_is_missing(monkeypatch):
    monkeypatch.setenv("LINLI_PEERS", sys.executable)  # our own environment has no peers
    with pytest.raises(peers.Absent, match="numpyro was left out: .*No module named"):
        peers.ask("numpyro", count=np.ones(3))


def test_peer_reads_arrays_and_gives_arrays_back(monkeypatch, tmp_path):
    given, found = tmp_path / "given.npz", tmp_path / "found.npz"
    np.savez(given, count=np.arange(3.0))
    monkeypatch.setattr(sys, "argv", ["peer", str(given), str(found)])
    asked.answer(lambda count: {"twice": 2 * count}, "numpy")
    with np.load(found) as arrays:
        assert arrays["twice"].tolist() == [0, 2, 4] and arrays["versions"].tolist() == [f"numpy {np.__version__}"]


def test_named_python_is_used_and_nothing_is_installed(monkeypatch):
    monkeypatch.setattr(peers.subprocess, "run", lambda *_, **__: pytest.fail("installs"))
    peers.set_up()


def test_peers_are_pinned_by_name_and_version_alone():
    lines = peers.PINS.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    assert set(peers.PEERS) <= {line.partition("==")[0] for line in lines}


# --- agreement, aims, the page


def test_agreement_of_sets_counts_ends_gaps_and_widths():
    found = ranks.alike([[1, 1, 2], [2, 3, 3]], [[1, 1, 1], [2, 3, 3]])
    assert found == {"equal": pytest.approx(5 / 6), "gap": pytest.approx(1 / 6), "width": pytest.approx(7 / 8)}


@pytest.mark.parametrize(
    ("ratio", "met", "by"),
    [
        (Ratio("a", "b", 150.0, FASTER, 100), True, None),
        (Ratio("a", "b", 50.0, FASTER, 100), False, 2.0),
        (Ratio("a", "b", 30.0, SORTS, 60), True, None),
        (Ratio("a", "b", 90.0, SORTS, 60), False, 1.5),
        (Ratio("a", "b", 90.0, SORTS), None, None),
    ],
)
def test_aim_is_met_from_the_right_side(ratio, met, by):
    assert ratio.met() is met
    assert by is None or ratio.missed_by() == by


def test_missed_aim_is_said_with_how_much_is_missing():
    line = aims.missed([Ratio("sets", "a sort", 90.0, SORTS, 60), Ratio("sets", "a peer", 150.0, FASTER, 100)])
    assert line == "- sets, a sort: 90.0 sorts, aim 60; 1.5 times too slow"


MACHINE = {"date": "2026-01-02", "cpu": "X9", "cores": 2, "system": "Linux", "load": 3.1, "versions": {"numpy": "2.0"}}
FOUND = {
    "beside": [
        {
            "places": 1000, "ours": 0.05, "usual": 0.2, "peer": 25.0, "versions": ["multiple-inference 1.2.0"],
            "alike": {"same draws": {"equal": 0.5, "gap": 1.0, "width": 1.02}},
        }
    ],
    "nation": {"places": 620_573, "ours": 2.0, "sort": 0.05, "width": 0.4},
}  # fmt: skip


@pytest.fixture
def texts():
    return page.blocks({"ranks": {"machine": MACHINE, "found": FOUND}, "london": {"skipped": "London was left out"}})


def test_ratios_stand_first_with_their_aims(texts):
    assert cells(texts["ratios"]) == [
        ["rank sets, 1,000 places, 1,000 draws each", "multiple-inference", "500 times as fast", "≥ 100", "met"],
        ["rank sets, 620,573 places", "one np.sort", "40.0 sorts", "≤ 60", "met"],
    ]
    assert texts["missed"] == "All aims that were measured are met."


def test_page_says_machine_versions_load_and_what_was_left_out(texts):
    assert "X9, 2 cores" in texts["machine"] and "numpy 2.0" in texts["machine"]
    assert "**busy with other work when it began (load 3.1)**" in texts["machine"]
    assert "- london: London was left out." in texts["machine"]
    assert "- peers: multiple-inference 1.2.0" in texts["machine"]


def test_block_without_results_says_so_and_the_rest_of_the_page_stays():
    text = (
        "# Page\n<!-- ranks: x -->\nold\n<!-- end of ranks -->\nkept\n<!-- county: x -->\nold\n<!-- end of county -->\n"
    )
    now = page.text_with(text, {"ranks": {"machine": MACHINE, "found": FOUND}})
    assert "| 1,000 | 0.050 | 0.20 | 25.0 | 500 × |" in now and "old" not in now
    assert "Not measured in the run this page is from." in now and "\nkept\n" in now


def test_every_block_of_the_page_has_its_part():
    named = set(re.findall(r"<!-- ([\w-]+): `make bench`", page.PAGE.read_text(encoding="utf-8")))
    assert {"ratios", "missed", "machine", *parts.PARTS} <= named
    assert named - {"ratios", "missed", "machine", "ranks-alike", "regressions-alike"} == set(parts.PARTS)


def test_part_is_kept_beside_the_others(tmp_path):
    path = tmp_path / "out" / "results.json"
    for name, places in (("ranks", 1), ("county", 2), ("ranks", 3)):
        kept.keep(name, {"found": places}, path)
    assert json.loads(path.read_text(encoding="utf-8")) == {"ranks": {"found": 3}, "county": {"found": 2}}
    assert kept.read(tmp_path / "absent.json") == {}


def test_peers_of_the_benchmarks_are_kept_out_of_the_repository():
    assert ".venv-peers/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
