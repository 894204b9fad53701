"""The national quarter, 620,573 communities in 2,978 counties and seven rates: ``python -m benchmarks.national``.

The codes are the published ones (LINLI_DATA/china_divisions), the evidence is simulated county by county by
``heng.laboratory``. Prints seconds and memory of the whole program at 6,000, 62,000 and all communities, and how far
its probabilities are from those counted in 200,000 draws of 30 of the counties.
"""

import argparse
import csv
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from heng import composite, counties
from heng.laboratory import observed
from heng.luck import true_values
from heng.ranking import probabilities
from heng.scheme import COUNT
from linli.book.scheme import read_scheme
from national.crew import crew
from national.evidence import places_and_cells, read
from national.run import coefficients

ROOT = Path(__file__).resolve().parents[1]
SCHEME, PERIOD = ROOT / "examples" / "county" / "scheme.toml", "2026Q3"
DATA = Path(os.environ.get("LINLI_DATA", ROOT.parent / "shared" / "data"))
ASKED = {"satisfaction": 110, "familiarity": 110, "prevention": 38, "visibility": 260, "disputes": 22}
SHIFT_SD = 0.1  # between counties
DRAWS, AT_ONCE, LOOKED_AT = 200_000, 4_000, 30
_LOOK_EVERY, _AT_FIRST = 3.0, 0.3  # seconds; to look at memory takes the program's own time


def codes():
    """(county, community) codes of the country, text columns; None when the files are absent."""
    path = DATA / "china_divisions" / "villages_national.csv.gz"
    if not path.is_file():
        return None
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        community = np.array([row["code"] for row in rows])
    return community.astype("U6"), community


def simulate(path, county, community, scheme, seed=1):
    """Writes the evidence of one quarter of so many communities, its truth drawn from what the scheme's tables say."""
    random = np.random.default_rng(seed)
    n, pool = len(community), scheme.complexity.pool
    x = random.normal(size=(n, len(pool.covariates)))
    _, group = np.unique(county, return_inverse=True)
    population = np.round(np.exp(random.normal(7.9, 0.6, n)))
    columns = [_rate(rate, scheme, x, group, population, random) for rate in scheme.rates]
    rates, per = len(scheme.rates), np.repeat(np.arange(n), len(scheme.rates))
    table = {
        "period": pa.DictionaryArray.from_arrays(np.zeros(n * rates, dtype=np.int32), [PERIOD]),
        "county": pa.array(county).take(pa.array(per)),
        "community": pa.array(community).take(pa.array(per)),
        "rate": pa.array([rate.id for rate in scheme.rates] * n),
        "numerator": np.array([top for top, _ in columns]).T.reshape(-1),
        "denominator": np.array([bottom for _, bottom in columns]).T.reshape(-1),
    }
    for j, name in enumerate(pool.covariates):
        table[name] = (pool.mean[j] + pool.sd[j] * x[:, j])[per]
    pq.write_table(pa.table(table), path, compression="zstd")


def _rate(rate, scheme, x, group, population, random):
    """(numerator, denominator) of one rate: the pool's truth where it has the rate, else its table's spread."""
    pooled = scheme.complexity.pool.rates.get(rate.id)
    n, shift = len(x), random.normal(0, SHIFT_SD, group.max() + 1)[group]
    denominator = population if rate.kind == COUNT else np.full(n, float(ASKED[rate.id]))
    if pooled is not None:
        eta = pooled.intercept + x @ pooled.coefficients + random.normal(0, pooled.tau, n)
    else:
        share = true_values(rate, random.normal(size=n)) * (1 - rate.guess) + rate.guess
        share = np.clip(share, 0.02, 0.98)
        eta = np.log(share / (1 - share))
    return observed(rate.kind, eta + shift, denominator, random), denominator


def program(evidence, out, workers):
    """(seconds, seconds of a core, peak gigabytes) of the command as a user starts it, all its processes together."""
    begun, before = perf_counter(), _core_seconds()
    words = [sys.executable, "-m", "linli", "national", str(evidence), "--scheme", str(SCHEME), "--out", str(out)]
    running = subprocess.Popen([*words, "--workers", str(workers)], cwd=ROOT, stdout=subprocess.DEVNULL)
    peak, pause = 0.0, _AT_FIRST
    while running.poll() is None:
        peak, pause = max(peak, _tree_memory(running.pid)), min(1.2 * pause, _LOOK_EVERY)
        try:
            running.wait(pause)
        except subprocess.TimeoutExpired:
            continue
    if running.returncode:
        raise SystemExit(f"the command ended with {running.returncode}")
    return perf_counter() - begun, _core_seconds() - before, peak


def _core_seconds():
    """What all finished children of this program have spent on processors: other work beside it hardly counts."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _tree_memory(pid):
    """Proportional memory in GB of a process and its children (Linux); what they share counts once."""
    pids = [pid, *(int(child) for child in _children(pid))]
    return sum(_proportional(each) for each in pids) / 2**20


def _children(pid):
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []


def _proportional(pid):
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def agreement(evidence, scheme, seed=1):
    """Differences of P(last) and P(below) between moments and draws, over the communities of 30 counties."""
    weights, random = [rate.weight for rate in scheme.rates], np.random.default_rng(seed)
    chosen = random.choice(evidence.counties(), min(LOOKED_AT, evidence.counties()), replace=False)
    with crew(2) as mapped:
        found = coefficients(evidence, scheme, mapped)
        tasks = ((evidence.batch(one, one + 1), scheme, found, weights, seed) for one in sorted(chosen.tolist()))
        gaps = list(mapped(_gaps, tasks))
    return tuple(np.concatenate([gap[which] for gap in gaps]) for which in (0, 1))


def _gaps(task):
    """(P(last), P(below)) by moments less those counted, of the ranked places of one county."""
    batch, scheme, found, weights, seed = task
    places, cells = places_and_cells(batch, scheme)
    solved = counties.appraise(places, cells, scheme, found)
    ranked = np.isfinite(solved.p_last)
    counted = _counted(solved.rated, weights, ranked, scheme.bottom.below, seed)
    return solved.p_last[ranked] - counted[0], solved.p_below[ranked] - counted[1]


def _counted(rated, weights, ranked, line, seed):
    """(P(last), P(below)) of the ranked places of one county, counted in draws taken a part at a time."""
    parts = range(DRAWS // AT_ONCE)
    last, below = 0.0, 0.0
    for part in parts:
        drawn = composite.draw(rated, weights, AT_ONCE, seed + part, PERIOD)[:, ranked]
        last, below = last + probabilities(drawn).last, below + (drawn < line).mean(axis=0)
    return last / len(parts), below / len(parts)


def measure(sizes, workers):
    """The figures of this benchmark as a dict, None without the codes."""
    known, scheme = codes(), read_scheme(SCHEME)
    if known is None:
        return None
    found = {"runs": [], "workers": workers}
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            keep = _whole_counties(known[0], size)
            path = Path(folder) / f"{size}.parquet"
            simulate(path, known[0][keep], known[1][keep], scheme)
            seconds, core_seconds, peak = program(path, Path(folder) / f"out-{size}", workers)
            run = {
                "communities": int(keep.sum()),
                "counties": len(np.unique(known[0][keep])),
                "seconds": seconds,
                "core_seconds": core_seconds,
                "gb": peak,
            }
            print(json.dumps(run), file=sys.stderr)
            found["runs"].append(run)
        last, below = agreement(read(path, scheme), scheme)
    for name, gap in (("p_last", last), ("p_below", below)):
        gap = np.abs(gap)
        within = {"mean": gap.mean(), "within_0.02": (gap <= 0.02).mean(), "greatest": gap.max(), "places": len(gap)}
        found[name] = {key: float(value) for key, value in within.items()}
    return found


def _whole_counties(county, size):
    """Mask of the communities of the first counties in a fixed random order that hold about ``size`` of them."""
    names, counts = np.unique(county, return_counts=True)
    order = np.random.default_rng(0).permutation(len(names))
    taken = order[: int(np.searchsorted(np.cumsum(counts[order]), size)) + 1]
    return np.isin(county, names[taken])


def main():
    """Measures, prints, and keeps the figures in out/benchmarks/national.json for the page."""
    chosen = argparse.ArgumentParser(description=__doc__)
    chosen.add_argument("--sizes", type=int, nargs="+", default=[6_000, 62_000, 700_000])
    chosen.add_argument("--workers", type=int, default=2)
    asked = chosen.parse_args()
    found = measure(asked.sizes, asked.workers)
    if found is None:
        print(f"national: skipped, {DATA}/china_divisions is not there (LINLI_DATA)")
        return
    kept = ROOT / "out" / "benchmarks"
    kept.mkdir(parents=True, exist_ok=True)
    (kept / "national.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    for run in found["runs"]:
        took = "{seconds:6.1f} s, {core_seconds:6.1f} of a core, {gb:.1f} GB".format(**run)
        print("{communities:>8,} communities, {counties:>5,} counties: ".format(**run) + took)
    for name in ("p_last", "p_below"):
        print(name, found[name])


if __name__ == "__main__":
    main()
