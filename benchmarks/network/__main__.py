"""Solves public instances, prints name, value, bound and seconds of each: ``python -m benchmarks.network FILE…``."""

import argparse
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.network.formats import COVERING, read
from heng import coverage, roster_greedy, roster_solved

ROUNDS = 4  # how often everybody chooses in the greedy roster
HEADER = f"{'instance':<14} {'by':<8} {'value':>10} {'bound':>10} {'seconds':>8}  how"


def main(argv=None):
    """Greedy and HiGHS, one after the other, for each file; 2 when one cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.network", description=__doc__)
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--seconds", type=float, default=120.0, help="for HiGHS on one instance (default 120)")
    chosen = parser.parse_args(argv)
    print(HEADER)
    for file in chosen.files:
        try:
            kind, problem = read(file)
        except (OSError, ValueError, KeyError, IndexError) as fault:
            print(f"{file}: {fault}", file=sys.stderr)
            return 2
        for line in (_covering if kind == COVERING else _roster)(problem, chosen.seconds):
            print(_said(Path(file).stem, *line), flush=True)
    return 0


def _covering(problem, seconds):
    watches, cost = problem
    for by, solve in (
        ("greedy", lambda: coverage.greedy_cover(watches, cost)),
        ("HiGHS", lambda: coverage.cover(watches, cost, seconds)),
    ):
        begun = perf_counter()
        found = solve()
        yield by, found.value, found.bound, perf_counter() - begun, found.how


def _roster(problem, seconds):
    begun = perf_counter()
    first = roster_greedy.greedy(problem, rounds=ROUNDS)
    yield "greedy", first.value, first.bound, perf_counter() - begun, first.how
    begun = perf_counter()
    found = roster_solved.solve(problem, first, seconds)
    yield "HiGHS", found.value, found.bound, perf_counter() - begun, found.how


def _said(name, by, value, bound, seconds, how):
    bound = f"{bound:.1f}" if abs(bound) < float("inf") else "—"
    return f"{name:<14} {by:<8} {value:>10.0f} {bound:>10} {seconds:>8.1f}  {how}"


if __name__ == "__main__":
    sys.exit(main())
