"""Joint rank sets beside multiple-inference, and of a whole nation: ``python -m benchmarks.ranks``.

Both give simultaneous 95 % sets of Mogstad, Romano, Shaikh & Wilhelm for the same figures, from as many draws. The
peer has no way to the sets past the p-value and q-value of every pair, so these are in its time.
"""

import numpy as np

from benchmarks.speed import clock, parts, peers, run
from benchmarks.speed.aims import FASTER, SORTS, Ratio, figure
from heng.rank_sets import EXACT
from heng.ranking import rank_sets
from tests.house.worked import table

SIZES, NATION, AIMED = (77, 500, 1000), 620_573, 1000
CONFIDENCE, DRAWS, RUNS = 0.95, 1000, 2
PEER, SLOW = "multiple-inference", 100  # above so many places the peer takes long


def places(n, seed=20260930):
    """(estimate, se) of n invented places: true values and errors that differ tenfold, as large places and small do."""
    random = np.random.default_rng(seed)
    se = np.exp(random.uniform(np.log(0.05), np.log(0.5), n))
    return random.normal(random.standard_normal(n), se), se


def measure(quick=False, sizes=SIZES, nation=NATION):
    """{"beside": a row for each size, "nation": the whole country}."""
    return {"beside": [beside(n, quick and n > SLOW) for n in sizes], "nation": of_nation(nation)}


def beside(n, alone):
    """Our seconds with the peer's number of draws and with our own, the peer's, and how alike the sets are."""
    parts.say(f"rank sets of {n:,} places")
    estimate, se = places(n)
    ours, sets = clock.middle(lambda: rank_sets(estimate, se, CONFIDENCE, draws=DRAWS), 7)
    usual, finer = clock.middle(lambda: rank_sets(estimate, se, CONFIDENCE), 7)
    row = {"places": n, "ours": ours, "usual": usual}
    if alone:
        return row | {"absent": f"{PEER} was left out above {SLOW} places, as --quick asks"}
    try:
        found = peers.ask("multiple_inference", estimate=estimate, se=se, confidence=CONFIDENCE, draws=DRAWS, runs=RUNS)
    except peers.Absent as absent:
        return row | {"absent": str(absent)}
    again, theirs = rank_sets(estimate, se, CONFIDENCE, draws=DRAWS, seed=2), found["sets"]
    return row | {
        "peer": float(np.median(found["seconds"])),
        "versions": found["versions"].tolist(),
        "alike": {
            "same draws": alike(sets, theirs),
            "20,000 draws": alike(finer, theirs),
            "other seed": alike(again, sets),
        },
    }


def alike(sets, others):
    """How far two sets of (low, high) agree: share of equal ends, mean gap of an end in ranks, ratio of mean widths."""
    sets, others = np.asarray(sets), np.asarray(others)
    width, other_width = (1 + (ends[1] - ends[0]).mean() for ends in (sets, others))
    return {
        "equal": float((sets == others).mean()),
        "gap": float(np.abs(sets - others).mean()),
        "width": float(width / other_width),
    }


def of_nation(n):
    """A whole country with our own number of draws, measured in sorts of the same array."""
    parts.say(f"rank sets of {n:,} places")
    estimate, se = places(n)
    sort = clock.of_one_sort(estimate)
    ours, (low, high) = clock.middle(lambda: rank_sets(estimate, se, CONFIDENCE), 3)
    return {"places": n, "ours": ours, "sort": sort, "width": float((1 + high - low).mean() / n)}


def ratios(found):
    """The ``Ratio``s of this part, the aimed at first."""
    for row in sorted(found["beside"], key=lambda row: -row["places"]):
        if "peer" in row:
            aim = 100 if row["places"] == AIMED else None
            what = f"rank sets, {row['places']:,} places, {DRAWS:,} draws each"
            yield Ratio(what, PEER, row["peer"] / row["ours"], FASTER, aim)
    nation = found["nation"]
    aim = 60 if nation["places"] == NATION else None
    yield Ratio(f"rank sets, {nation['places']:,} places", "one np.sort", nation["ours"] / nation["sort"], SORTS, aim)


def tables(found):
    """Block name -> text."""
    heads = ("places", f"ours, {DRAWS:,} draws, s", "ours, 20,000 draws, s", f"{PEER}, {DRAWS:,} draws, s", "ratio")
    rows = [_seconds(row) for row in found["beside"]]
    nation = found["nation"]
    rows.append(
        (f"{nation['places']:,}", "", figure(nation["ours"]), "", f"{nation['ours'] / nation['sort']:.0f} sorts")
    )
    return {"ranks": table(heads, rows) + _left_out(found), "ranks-alike": _alike(found)}


def _seconds(row):
    peer = (figure(row["peer"]), f"{figure(row['peer'] / row['ours'])} ×") if "peer" in row else ("left out", "")
    return f"{row['places']:,}", figure(row["ours"]), figure(row["usual"]), *peer


def _left_out(found):
    said = dict.fromkeys(row["absent"] for row in found["beside"] if "absent" in row)
    return "".join(f"\n\n{sentence}." for sentence in said)


def _alike(found):
    heads = ("places", "method", "what is compared", "ends equal", "mean gap, ranks", "mean width, ratio")
    names = {
        "same draws": "ours, as many draws, and the peer",
        "20,000 draws": "ours, 20,000 draws, and the peer",
        "other seed": "ours, as many draws, and ours with another seed",
    }
    rows = [
        (f"{row['places']:,}", "every pair" if row["places"] <= EXACT else "levels", names[who], *_agreement(one))
        for row in found["beside"]
        for who, one in row.get("alike", {}).items()
    ]
    return table(heads, rows) if rows else "The peer was left out of this run."


def _agreement(one):
    return f"{100 * one['equal']:.0f} %", f"{one['gap']:.2f}", f"{one['width']:.3f}"


if __name__ == "__main__":
    run.main(("ranks",))
