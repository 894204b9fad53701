"""Poisson–lognormal regression beside NumPyro and statsmodels: ``python -m benchmarks.regressions``.

Counts with five covariates and a normal spread of the log rate. Ours is what ``linli pool fit`` calls: up to 200 places
τ is integrated, above it is fitted. NumPyro has the same model with the same priors; statsmodels has NB2.
"""

import numpy as np

from benchmarks.speed import clock, parts, peers, run
from benchmarks.speed.aims import FASTER, SORTS, Ratio, figure
from heng import pool
from heng.scheme import COUNT
from heng.window import Sums
from linli.book.scheme import read_scheme
from tests.house.tree import ROOT
from tests.house.worked import table

SIZES, NATION, AIMED = (10, 77, 1000, 10_000), 620_573, 10_000
SLOPES, SPREAD = np.array([0.2, 0.2, 0.1, 0.1, -0.1]), 0.3
WARMUP, DRAWS, RUNS = 1000, 1000, 3
CENTRED = 1000  # places from which NumPyro is quicker with its effects centred
NEAR = {"sigma": 0.01, "coefficients": 0.005}  # to NumPyro at 10,000


def places(n, seed=20260930):
    """(count, exposure, covariates (n, 5)) of n invented places, some 20 events each."""
    random = np.random.default_rng(seed)
    x, exposure = random.standard_normal((n, 5)), random.gamma(2, 10, n)
    rate = np.exp(x @ SLOPES + SPREAD * random.standard_normal(n))
    return random.poisson(exposure * rate).astype(float), exposure, x


def ours(count, exposure, x):
    """``PoolRate`` of the counts, as ``linli pool fit`` has it from more than 76 places."""
    nothing = np.zeros(len(count))
    rate = next(one for one in read_scheme(ROOT / "examples/county/scheme.toml").rates if one.kind == COUNT)
    sums = Sums(count, exposure, count, exposure, nothing, nothing + 1)
    return pool.regression(rate, sums, x, pool.WIDE_SD)


def measure(quick=False, sizes=SIZES, nation=NATION, draws=DRAWS):
    """{"beside": a row for each size, "nation": the whole country}."""
    return {"beside": [beside(n, quick, draws) for n in sizes], "nation": of_nation(nation)}


def beside(n, quick, draws):
    """Our seconds and coefficients, and each peer's."""
    parts.say(f"regression of {n:,} places")
    count, exposure, x = places(n)
    took, fitted = clock.middle(lambda: ours(count, exposure, x), 5)
    row = {"places": n, "ours": took, **_said(np.append(fitted.intercept, fitted.coefficients), fitted.tau)}
    crude = count.sum() / exposure.sum()
    given = {"count": count, "expected": exposure * crude, "x": x}
    nuts = {"warmup": WARMUP * draws // DRAWS, "draws": draws, "centred": n >= CENTRED}
    skipped = {"absent": "numpyro was left out, as --quick asks"}
    row["numpyro"] = skipped if quick else _peer("numpyro", crude, **given, **nuts)
    return row | {"statsmodels": _peer("statsmodels", crude, **given, runs=RUNS)}


def _peer(name, crude, **given):
    """What a peer found, its level moved back from the crude rate; or why it was left out."""
    try:
        found = peers.ask(name, **given)
    except peers.Absent as absent:
        return {"absent": str(absent)}
    said = _said(found["coefficients"] + np.log(crude) * (np.arange(len(found["coefficients"])) == 0), found["sigma"])
    errors = {key: np.max(found[key]).item() for key in ("coefficients_error", "sigma_error") if key in found}
    return said | errors | {"seconds": found["seconds"].tolist(), "versions": found["versions"].tolist()}


def _said(coefficients, sigma):
    return {"coefficients": np.asarray(coefficients).tolist(), "sigma": float(sigma)}


def of_nation(n):
    """A whole country, measured in sorts of one of its covariates; statsmodels beside."""
    parts.say(f"regression of {n:,} places")
    count, exposure, x = places(n)
    sort = clock.of_one_sort(x[:, 0].copy())
    took, fitted = clock.middle(lambda: ours(count, exposure, x), 3)
    crude = count.sum() / exposure.sum()
    beside = _peer("statsmodels", crude, count=count, expected=exposure * crude, x=x, runs=1)
    said = _said(np.append(fitted.intercept, fitted.coefficients), fitted.tau)
    return {"places": n, "ours": took, "sort": sort, **said, "statsmodels": beside}


def off(row, peer):
    """(largest gap of a coefficient, gap of σ) between ours and a peer."""
    gaps = np.abs(np.subtract(row["coefficients"], row[peer]["coefficients"]))
    return float(gaps.max()), abs(row["sigma"] - row[peer]["sigma"])


def ratios(found):
    """The ``Ratio``s of this part, the aimed at first."""
    for row in sorted(found["beside"], key=lambda row: -row["places"]):
        what = f"Poisson–lognormal regression, {row['places']:,} places"
        aimed = row["places"] == AIMED
        if "seconds" in row["numpyro"]:
            with_compiling, compiled = row["numpyro"]["seconds"]
            yield Ratio(what, "NumPyro, compiled", compiled / row["ours"], FASTER, 50 if aimed else None)
            yield Ratio(what, "NumPyro, with compiling", with_compiling / row["ours"], FASTER)
        if "seconds" in row["statsmodels"]:
            yield Ratio(what, "statsmodels NB2", np.median(row["statsmodels"]["seconds"]) / row["ours"], FASTER)
        if aimed and "seconds" in row["numpyro"]:
            coefficients, sigma = off(row, "numpyro")
            yield Ratio(
                "furthest coefficient from NumPyro's, 10,000 places", "", coefficients, "", NEAR["coefficients"]
            )
            yield Ratio("σ from NumPyro's, 10,000 places", "", sigma, "", NEAR["sigma"])
    nation = found["nation"]
    what, aim = (
        f"Poisson–lognormal regression, {nation['places']:,} places",
        250 if nation["places"] == NATION else None,
    )
    yield Ratio(what, "one np.sort", nation["ours"] / nation["sort"], SORTS, aim)


def tables(found):
    """Block name -> text."""
    heads = ("places", "ours, s", "NumPyro, compiled, s", "NumPyro, with compiling, s", "statsmodels NB2, s")
    rows = [_seconds(row) for row in (*found["beside"], found["nation"])]
    return {"regressions": table(heads, rows) + _left_out(found), "regressions-alike": _alike(found)}


def _seconds(row):
    nuts = row.get("numpyro", {}).get("seconds")
    nb2 = row["statsmodels"].get("seconds")
    return (
        f"{row['places']:,}",
        figure(row["ours"]),
        *((figure(nuts[1]), figure(nuts[0])) if nuts else ("left out", "left out")),
        figure(np.median(nb2)) if nb2 else "left out",
    )


def _left_out(found):
    every = (row.get(peer, {}) for row in (*found["beside"], found["nation"]) for peer in ("numpyro", "statsmodels"))
    said = dict.fromkeys(peer["absent"] for peer in every if "absent" in peer)
    return "".join(f"\n\n{sentence}." for sentence in said)


def _alike(found):
    heads = ("places", "beside", "furthest coefficient", "gap of σ", "the peer's own simulation error")
    names = {"numpyro": "NumPyro", "statsmodels": "statsmodels NB2"}
    rows = [
        (f"{row['places']:,}", label, *(f"{gap:.4f}" for gap in off(row, peer)), _own_error(row[peer]))
        for row in (*found["beside"], found["nation"])
        for peer, label in names.items()
        if "seconds" in row.get(peer, {})
    ]
    return table(heads, rows) if rows else "The peers were left out of this run."


def _own_error(peer):
    if "sigma_error" not in peer:
        return ""
    return f"{peer['coefficients_error']:.4f}, of σ {peer['sigma_error']:.4f}"


if __name__ == "__main__":
    run.main(("regressions",))
