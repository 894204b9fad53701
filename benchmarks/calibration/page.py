"""The tables of docs/methods/calibration.md, from the kept results."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from benchmarks.calibration import kept, stages, ten_years
from benchmarks.calibration.fixed_spread import METHODS
from benchmarks.calibration.tally import FEWEST, added, merged, worst
from benchmarks.calibration.whole_quarter import known_plan
from tests.house.blocks import filled
from tests.house.worked import table

PAGE = stages.ROOT / "docs" / "methods" / "calibration.md"
FEWEST_OF_QUARTERS = 300  # 4,000 cases of *last* and *below* would leave one row of a thousand
METHOD_NAMES = dict(
    zip(METHODS, ("Linli", "plug-in empirical Bayes", "raw interval", "DerSimonian–Laird"), strict=True)
)
RULE_NAMES = dict(
    zip(
        ten_years.RULES,
        ("plain figures, bare rule", "gate `off`", "gate `warn`, flags heeded", "gate `require`"),
        strict=True,
    )
)


def staff_names():
    """What each staff is, with its officers' true scores."""
    scheme = stages.scheme()
    alike = (ten_years.AVERAGE, ten_years.NEAR_THE_LINE, ten_years.WEAK)
    effects = np.array(alike)[:, None] * np.ones(len(scheme.rates))
    average, near, weak = ten_years.true_scores(scheme, known_plan(scheme), effects)
    said = (
        f"ten alike, at {average:.1f}",
        f"ten alike, at {near:.1f}",
        f"nine at {average:.1f}, one at {weak:.1f}",
        "as the tables say",
    )
    return dict(zip(ten_years.STAFF, said, strict=True))


@dataclass(frozen=True)
class Results:
    """{job name: result} of a run, asked for by what was simulated."""

    of: dict

    def get(self, stage, *told):
        return self.of["/".join(map(str, (stage, *told)))]

    def tallies(self, what, places):
        """A tally over the six kinds of evidence."""
        return added(self.get("prior_drawn", *cell, places)[what] for cell in stages.EVIDENCE)


def coverage(results):
    """Simulation-based calibration of the 90 % interval."""
    heads = ("evidence", *(f"{places:,} places" for places in stages.GROUPS))
    rows = [(_evidence(*cell), *(_covered(results, cell, places) for places in stages.GROUPS)) for cell in _cells()]
    return table(heads, [*rows, ("**all**", *(_covered_in_all(results, places) for places in stages.GROUPS))])


def _covered(results, cell, places):
    one = results.get("prior_drawn", *cell, places)
    return f"{100 * one['covered']:.1f} ± {100 * one['covered_error']:.1f}"


def _covered_in_all(results, places):
    several = [results.get("prior_drawn", *cell, places) for cell in _cells()]
    error = np.sqrt(np.sum([one["covered_error"] ** 2 for one in several])) / len(several)
    return f"**{100 * np.mean([one['covered'] for one in several]):.1f} ± {100 * error:.1f}**"


def _cells():
    return stages.EVIDENCE


def _evidence(kind, size):
    return f"{size} events" if kind == "count" else f"{size} answers"


CHANCES = {"last": "last", "below": "below the line", "rank": "a given rank", "lowest_tenth": "in the lowest tenth"}


def chances(results):
    """The widest gap of each chance for each number of places, and of how many rows it is the widest."""
    heads = ("chance", *(f"{places:,} places" for places in stages.GROUPS))
    rows = [
        (label, *(_widest(results.tallies(what, places)) for places in stages.GROUPS))
        for what, label in CHANCES.items()
    ]
    return table(heads, rows)


def _widest(one):
    rows = len(merged(one))
    if rows == 1:
        return "one row"
    gap, error = worst(one)
    return f"{gap:+.3f} ± {error:.3f} of {rows}"


def chances_in_full(results):
    """P(last), P(below), P(rank) and P(in the lowest tenth) by tenths, for each number of places."""
    heads = ("chance", "places", "said between", "cases", "said", "happened", "gap")
    rows = [
        (label, f"{places:,}", *row)
        for what, label in CHANCES.items()
        for places in stages.GROUPS
        for row in _tenths(results.tallies(what, places))
    ]
    return table(heads, rows)


def _tenths(one, fewest=FEWEST):
    for low, high, cases, said, happened, error in merged(one, fewest):
        gap = f"{happened - said:+.3f} ± {error:.3f}"
        yield f"{low:.1f} and {high:.1f}", f"{cases:,}", f"{said:.3f}", f"{happened:.3f}", gap


def sets(results):
    """How often all ranks of a county stood in their 90 % sets."""
    held = [
        results.get("prior_drawn", *cell, places)["sets_held"]
        for cell in _cells()
        for places in stages.GROUPS
        if results.get("prior_drawn", *cell, places)["sets_held"] is not None
    ]
    return f"In the worst of {len(held)} cells all ranks stood in their sets in {100 * min(held):.1f} % of counties."


def quarters(results):
    """The same for whole quarters of seven rates."""
    heads = ("county", "chance", "said between", "cases", "said", "happened", "gap")
    names = {"last": "last", "below": "below 80", "rank": "a given rank"}
    rows = [
        (drawn_from, label, *row)
        for drawn_from in ("prior", "likely")
        for what, label in names.items()
        for row in _tenths(results.get("whole_quarter", drawn_from)[what], FEWEST_OF_QUARTERS)
    ]
    return table(heads, rows)


def quarter_intervals(results):
    """How often the score's printed interval held the true score."""
    rows = [(name, results.get("whole_quarter", name)) for name in ("prior", "likely")]
    return "\n".join(
        f"- `{name}`: {100 * one['covered']:.1f} ± {100 * one['covered_error']:.1f} % of true scores inside"
        for name, one in rows
    )


def fixed(places):
    """Coverage and squared error at known τ, Linli beside three others."""

    def block(results):
        heads = ("τ", "evidence", *METHOD_NAMES.values())
        rows = [
            (tau, _evidence(*cell), *(_beside(results.get("fixed_spread", *cell, places, tau)[m]) for m in METHODS))
            for tau in stages.TAUS
            for cell in _cells()
        ]
        return table(heads, rows)

    return block


def _beside(one):
    return f"{100 * one['covered']:.0f} % · {one['ratio']:.2f} · {one['width']:.2f}"


def extremes(results):
    """The lowest and highest coverage of each method over all cells, and the worst squared error against raw."""
    heads = ("method", "places", "lowest coverage", "highest coverage", "largest squared error over raw")
    rows = [(method, places) for method in METHODS for places in stages.FIXED_GROUPS]
    return table(heads, [(METHOD_NAMES[m], f"{places:,}", *_extreme(results, m, places)) for m, places in rows])


def _extreme(results, method, places):
    cells = [results.get("fixed_spread", *c, places, tau)[method] for c in _cells() for tau in stages.TAUS]
    covered = [100 * one["covered"] for one in cells]
    most = max(cells, key=lambda one: one["ratio"])
    ratio = f"{most['ratio']:.2f} ± {most['ratio_error']:.2f}"
    return f"{min(covered):.0f} %", f"{max(covered):.0f} %", ratio


def decades(results):
    """Ten years under each rule."""
    names = staff_names()
    heads = ("officers", "rule", "good officer sent away", "counties where one was", "weak officer still there",
             "quarters until gone", "of those sent, good")  # fmt: skip
    rows = [
        (names[staff], RULE_NAMES[rule], *_decade(results.get("ten_years", staff, rule)))
        for staff in ten_years.STAFF
        for rule in ten_years.RULES
    ]
    return table(heads, rows)


def _decade(one):
    touched = np.array(one["good_gone_by_county"]) > 0
    gone = one["weak_gone_after"]
    return (
        _percent(one["good_gone"], one["good"]),
        _percent(int(touched.sum()), len(touched)),
        _percent(one["weak_stayed"], one["weak"]),
        f"{np.median(gone):.0f}" if gone else "",
        _percent(one["sent_good"], one["sent"]),
    )


def _percent(part, whole):
    return f"{100 * part / whole:.0f} % of {whole:,}" if whole else ""


BLOCKS = {
    "coverage": coverage,
    "chances": chances,
    "chances-in-full": chances_in_full,
    "sets": sets,
    "quarters": quarters,
    "quarter-intervals": quarter_intervals,
    "extremes": extremes,
    "fixed-10": fixed(10),
    "fixed-77": fixed(77),
    "decades": decades,
}


@cache
def kept_results():
    """What the last full run left."""
    return Results({name: one["result"] for name, one in kept.read(kept.FULL).items()})


def kept_block(name):
    """A block of the page from what the last full run left."""
    return BLOCKS[name](kept_results())


def write(results):
    """Writes the blocks of the page anew."""
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(filled(text, lambda name: BLOCKS[name](results)), encoding="utf-8")


def tables(results):
    """Every block that the results are complete for, as text."""
    found = []
    for name, block in BLOCKS.items():
        try:
            found.append(f"{name}\n{block(results)}")
        except KeyError as absent:
            found.append(f"{name}: {absent} is not simulated")
    return "\n\n".join(found)
