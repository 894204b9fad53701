"""The page docs/benchmarks-intake.md: its blocks written anew from what was kept."""

import json
from functools import partial

from benchmarks.blocks import with_block
from benchmarks.intake.house import ROOT
from benchmarks.speed.machine import in_words

PAGE = ROOT / "docs" / "benchmarks-intake.md"
_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_with = partial(with_block, PAGE.name)


def write(kept):
    """Writes the table and the machines of every database that has figures."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(kept.glob("intake-*.json"), reverse=True)]
    text = _with(PAGE.read_text(encoding="utf-8"), "figures", table(found))
    machines = "\n".join(f"- {_NAMES[one['database']]}: {in_words(one['machine'])}" for one in found)
    PAGE.write_text(_with(text, "machines", machines), encoding="utf-8")


def table(found):
    """One column for each database."""
    lines = [f"| | {' | '.join(_NAMES[one['database']] for one in found)} |", "| --- |" + " ---: |" * len(found)]
    for what, figure in _ROWS:
        lines.append(f"| {what} | {' | '.join(figure(one) for one in found)} |")
    return "\n".join(lines)


def _milliseconds(name):
    return lambda one: "{:.0f} / {:.0f}".format(*one[name])


_ROWS = (
    ("clients, half of them programs, half residents with the form", lambda one: f"{one['clients']}"),
    ("seconds", lambda one: f"{one['seconds']:.0f}"),
    ("accepted requests a second", lambda one: f"{one['a_second']:.0f}"),
    ("rows a second that the database commits one by one", lambda one: f"{one['commits']:.0f}"),
    ("**share**", lambda one: f"**{one['a_second'] / one['commits']:.0%}**"),
    ("a page of the staff before, median / 95th percentile, ms", _milliseconds("idle_ms")),
    ("the same while requests come in, ms", _milliseconds("busy_ms")),
    ("accepted in all, until it was killed", lambda one: f"{one['accepted']:,}"),
    ("accepted and not in the database afterwards", lambda one: f"**{one['missing']}**"),
    ("kept, its answer lost with the server", lambda one: f"{one['unanswered']}"),
    ("the trail's chain holds afterwards", lambda one: "yes" if one["trail_holds"] else "**no**"),
)
