"""The next quarter foretold: scores are right, nothing sees its future, the page is true."""

import dataclasses
import re

import numpy as np
import pytest
from scipy import stats

from benchmarks import predict
from benchmarks.prediction import cities, forecasts, replay, scores, tables
from benchmarks.prediction.compared import ALIKE, BETTER, compared, gain
from benchmarks.prediction.panel import COUNT, SHARE, of_rows
from examples.london import make_book, offences
from examples.london.appraised import SCHEME
from heng import quarter
from linli.book.read import read_book
from linli.book.scheme import read_scheme
from tests.house.blocks import BLOCK
from tests.journeys.panelmaking import PERIODS, simulated

ABSENT = sorted({path for city in cities.CITIES.values() for path in city.missing()})
needs_cities = pytest.mark.skipif(bool(ABSENT), reason=f"{cities.FOLDER} has no {', '.join(ABSENT)}; set LINLI_DATA")


@pytest.fixture(scope="module")
def rows():
    return simulated(people=1000)


@pytest.fixture(scope="module")
def replayed(rows):
    return replay.replay(of_rows(rows))


# --- scores


@pytest.mark.parametrize("scatter", [1e-4, 0.02, 0.8])
def test_negative_binomial_is_scipys(scatter):
    seen, mean = np.array([0, 3, 40, 6000]), np.array([0.4, 5, 30, 6500])
    twin = stats.nbinom.logpmf(seen, 1 / scatter, 1 / (1 + mean * scatter))
    assert scores.negative_binomial(seen, mean, scatter) == pytest.approx(twin, rel=1e-6)


@pytest.mark.parametrize("scatter", [1e-4, 0.02, 0.8])
def test_beta_binomial_is_scipys(scatter):
    yes, share, size = np.array([0, 3, 250, 267]), np.array([0.01, 0.02, 0.8, 0.9]), 1 / scatter - 1
    twin = stats.betabinom.logpmf(yes, 267, share * size, (1 - share) * size)
    assert scores.beta_binomial(yes, 267, share, scatter) == pytest.approx(twin, rel=1e-6)


@pytest.mark.parametrize(("kind", "outcomes", "of"), [(COUNT, np.arange(4000), 10.0), (SHARE, np.arange(31), 30.0)])
def test_probabilities_of_everything_that_may_happen_sum_to_one(kind, outcomes, of):
    values = np.repeat([[0.2], [0.5], [0.9]], len(outcomes), axis=1)
    chance = np.exp(scores.log_scores(kind, values, outcomes, np.full(len(outcomes), of)))
    assert chance.sum(axis=0) == pytest.approx(np.ones(len(scores.SCATTERS)), abs=1e-4)


def test_scatter_is_weighed_by_settled_forecasts_alone():
    random = np.random.default_rng(4)
    made = [random.normal(-3, 1, (5, len(scores.SCATTERS))) for _ in range(6)]
    for ahead in (1, 3):
        for i, found in enumerate(scores.settled(made, ahead), start=ahead):
            weight = np.exp(sum(one.sum(axis=0) for one in made[: i - ahead + 1]))
            assert found == pytest.approx(np.log(np.exp(made[i]) @ (weight / weight.sum())))


def test_error_by_period_counts_what_neighbours_share():
    random = np.random.default_rng(5)
    period, common = np.repeat(np.arange(300), 4), np.convolve(random.normal(size=303), np.ones(4), "valid")
    one = replay.Replay({}, period, np.tile(np.arange(4), 300), period, ahead=4, own_weight=0.5)
    alone = gain(common[period], replay.Replay({}, period, one.place, period, ahead=0, own_weight=0.5))
    assert alone.error == pytest.approx(common.std(ddof=1) / np.sqrt(300))
    assert gain(common[period], one).error == pytest.approx(4 / np.sqrt(300), rel=0.25)  # four of sd 1 in every mean


# --- forecasts


def test_small_counts_are_foretold_better_by_the_adjusted_figure(replayed):
    found = compared("small", replayed)
    assert [found.gains[rival].verdict for rival in ("count", "rate", "own")] == [BETTER] * 3


def test_large_counts_are_foretold_alike_by_the_own_figure():
    found = compared("large", replay.replay(of_rows(simulated(people=1_000_000))))
    assert abs(found.gains["own"].mean) < 0.01 and found.own_weight > 0.99
    assert found.gains["rate"].verdict == BETTER


def test_later_figures_change_no_earlier_score(rows, replayed):
    changed = [row | {"count": row["count"] * 3 + 5} if row["period"] == "2022Q4" else row for row in rows]
    again, before = replay.replay(of_rows(changed)), replayed.period < PERIODS - 1
    for way, found in again.scores.items():
        assert np.array_equal(found[before], replayed.scores[way][before])
        assert not np.array_equal(found, replayed.scores[way])


def test_order_of_rows_does_not_matter(rows, replayed):
    again = replay.replay(of_rows(rows[::-1]))
    assert all(np.array_equal(again.scores[way], replayed.scores[way]) for way in replayed.scores)


def test_every_way_but_the_count_starts_from_the_level_of_the_quarter(rows):
    origin = replay.origin_at(of_rows(rows), 6, 1)
    for name in ("rate", "own", "own longer", "adjusted"):
        foretold = (forecasts.WAYS[name](origin).mean(axis=0) * origin.of).sum()
        assert foretold == pytest.approx(origin.seen.sum(), rel=0.06), name


def test_common_step_is_that_of_the_season_before():
    seasons = [100, 200, 100, 100]
    rows = [
        {"place": place, "period": f"{year}Q{q + 1}", "count": seasons[q] * 100, "exposure": 1000}
        for place in "ab"
        for year in (2018, 2019)
        for q in range(4)
    ]
    panel = of_rows(rows)
    steps = [replay.common_step(panel, t, 1) for t in (0, 4, 5, 6)]
    assert steps == pytest.approx([0, np.log(2), -np.log(2), 0], abs=1e-4)
    assert replay.common_step(panel, 4, 1, replay.KEPT) == 0
    assert replay.common_step(panel, 0, 1, replay.KNOWN) == pytest.approx(np.log(2), abs=1e-4)


def test_no_forecast_crosses_a_gap(rows):
    panel = of_rows([row for row in rows if row["period"] != "2021Q2"])
    assert panel.periods[5] == "2021Q2" and (panel.of[5] == 0).all()
    assert set(replay.replay(panel).period) == set(range(2, PERIODS)) - {5, 6}


def test_place_without_a_row_is_neither_foretold_nor_zero(rows):
    panel = of_rows([row for row in rows if (row["place"], row["period"]) != ("P03", "2021Q2")])
    found = replay.replay(panel)
    assert not ((found.place == 3) & np.isin(found.period, (5, 6))).any()
    assert ((found.place == 3) & (found.period == 7)).any()


# --- the page

TEXT = predict.PAGE.read_text(encoding="utf-8")
BLOCKS = {at["name"]: at[0].splitlines()[1:-1] for at in BLOCK.finditer(TEXT)}


def printed_rows(name):
    """figure -> {heading: cell} of a table of the page."""
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in BLOCKS[name]]
    return {row[0]: dict(zip(cells[0], row, strict=True)) for row in cells[2:]}


def test_what_the_page_says_in_short_is_in_its_tables():
    rows = {name: printed_rows(name) for name in cities.CITIES}
    every = [row for table in rows.values() for row in table.values()]
    assert not any(
        tables.MARK["worse"] in row.get(rival, "")
        for row in every
        for rival in tables.RIVALS.values()
        if rival != "own, longer"
    )
    surely = [tables.MARK[ALIKE] not in row["own figure"] for row in every]
    assert sum(surely) > 0.8 * len(every)
    assert all(
        row["own weight"] in ("99%", "100%") for row in every if row["own figure"].startswith(("+0.000", "−0.000"))
    )
    assert sum(tables.MARK[ALIKE] in row["rate per head"] for row in rows["opinions"].values()) == 5


@needs_cities
def test_tables_of_the_areas_and_the_opinions_are_what_a_run_gives_now():
    for name in ("areas", "opinions"):
        city = cities.CITIES[name]
        column, panel = next(city.panels())
        now = compared(column, replay.replay(panel, city.ahead))
        told = printed_rows(name)[tables.spoken(column)]
        for rival, found in now.gains.items():
            mean, error = (
                float(n.replace("−", "-")) for n in re.findall(r"[+−]?\d\.\d{3}", told[tables.RIVALS[rival]])
            )
            assert (mean, error) == pytest.approx((found.mean, found.error), abs=0.0011)


@needs_cities
def test_adjusted_figure_that_foretells_is_the_appraised_one(tmp_path):
    make_book.write(make_book.sheets(cities.FOLDER / "london"), tmp_path)
    book, _ = read_book(tmp_path)
    rows = quarter.appraise(book, read_scheme(SCHEME), "2021Q3", seed=1, draws=0).indicators
    rows = rows.rows(rows.rate == "incidents")
    city = dataclasses.replace(cities.CITIES["london"], columns=offences.COUNTED)
    kinds = [panel for _, panel in city.panels()]
    panel = dataclasses.replace(kinds[0], seen=sum(kind.seen for kind in kinds))
    fit = forecasts.appraised(replay.origin_at(panel, panel.periods.index("2021Q3"), 1))
    adjusted = dict(zip(panel.places, np.exp(fit.marginal(fit.residual()).quantile(0.5)), strict=True))
    assert [adjusted[place] for place in rows.community] == pytest.approx(rows.adjusted, rel=1e-9)


@needs_cities
def test_panels_hold_what_was_published():
    shapes = {name: next(city.panels())[1].seen.shape for name, city in cities.CITIES.items() if name != "small"}
    assert shapes == {"london": (47, 32), "opinions": (29, 32), "areas": (4, 77), "districts": (84, 22)}


@needs_cities
@pytest.mark.slow
def test_theft_in_the_middle_of_london_fell_away_in_the_lockdown():
    panel = dict(cities.CITIES["london"].panels())["theft"]
    found = replay.replay(panel)
    lead = found.scores["adjusted"] - found.scores["count"]
    by_period = {panel.periods[t]: lead[found.period == t].mean() for t in np.unique(found.period)}
    assert min(by_period, key=by_period.get) == "2020Q2"
    at = found.period == panel.periods.index("2020Q2")
    worst = found.place[at][np.argsort(lead[at])[:3]]
    assert {panel.places[i] for i in worst} == {"E09000033", "E09000007", "E09000020"}
