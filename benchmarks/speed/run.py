"""Runs the parts one after another, keeps what they found, and writes the page."""

import argparse
import sys

from benchmarks.speed import kept, machine, page, parts, peers


def measured(name, quick):
    """{"machine", "found"} of one part, or {"skipped": why}."""
    here = machine.described()
    try:
        return {"machine": here, "found": parts.find(name).measure(quick)}
    except parts.Skipped as why:
        return {"skipped": str(why)}


def main(names=tuple(parts.PARTS), arguments=None):
    """Measures the parts and shows them; without ``--quick`` keeps them too, and writes the page from what is kept."""
    asked = _arguments(arguments)
    if asked.page_only:
        page.write(kept.read())
        return
    if not asked.quick:
        peers.set_up()
    results = {}
    for name in names:
        print(name, file=sys.stderr)
        results[name] = measured(name, asked.quick)
        if not asked.quick:
            kept.keep(name, results[name])
    print(page.shown(results))
    if not asked.quick:
        page.write(kept.read())


def _arguments(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out the slow peers, and leave the page alone")
    parser.add_argument("--page-only", action="store_true", help="write the page from what is kept")
    return parser.parse_args(arguments)
