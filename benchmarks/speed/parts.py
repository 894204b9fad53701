"""The parts of ``make bench``, and what a part may say.

A part is a module with ``measure(quick)``, which gives what can be kept as JSON or raises ``Skipped``;
``ratios(found)``, its ``Ratio``s; and ``tables(found)``, {block of the page: text}. It may have ``pictures(found)``,
{file beside the page: drawing}.
"""

import sys
from importlib import import_module

PARTS = {
    "ranks": "benchmarks.ranks",
    "regressions": "benchmarks.regressions",
    "county": "benchmarks.county",
    "london": "benchmarks.london",
    "national": "benchmarks.speed.nation",
}


class Skipped(Exception):
    """A part that cannot be measured here; the message is the sentence for the page."""


def find(name):
    """The part's module."""
    return import_module(PARTS[name])


def say(what):
    """Progress, on stderr."""
    print(f"  {what} ...", file=sys.stderr, flush=True)
