"""The page docs/benchmarks-web.md: its blocks written anew from what was kept."""

import json
from functools import partial
from pathlib import Path

from benchmarks.blocks import with_block
from benchmarks.speed.machine import in_words

PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks-web.md"
_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_with = partial(with_block, "docs/benchmarks-web.md")


def write(kept):
    """Writes every block whose figures are there."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(kept.glob("web-*.json"))]
    text = PAGE.read_text(encoding="utf-8")
    for one in found:
        text = _with(text, f"pages-{one['database']}", _pages(one))
        if "queue" in one:
            text = _with(text, f"queue-{one['database']}", _queue(one["queue"]))
    text = _with(
        text, "machines", "\n".join(f"- {_NAMES[one['database']]}: {in_words(one['machine'])}" for one in found)
    )
    PAGE.write_text(text, encoding="utf-8")


def _pages(one):
    few, many = one["runs"]
    head = [f"{run['communities']:,} communities" for run in (few, many)]
    lines = [f"| page | rows | queries | {head[0]}, ms | × bare | {head[1]}, ms | × bare | queries |"]
    lines += ["| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"]
    for a, b in zip(few["pages"], many["pages"], strict=True):
        figures = f"{a['ms']:.0f} | {a['ratio']:.1f} | {b['ms']:.0f} | {b['ratio']:.1f} | {b['queries']}"
        lines.append(f"| {a['page']} | {a['rows']} | {a['queries']} | {figures} |")
    return "\n".join(lines)


def _queue(queue):
    rows = (
        ("counties", f"{queue['bureaus']}"),
        ("opened and frozen, each in one transaction, s", f"{queue['freeze_s']:.0f}"),
        ("computed by one worker, 20,000 draws each, s", f"{queue['compute_s']:.0f}"),
        ("told and published, s", f"{queue['publish_s']:.0f}"),
        ("published in the end", f"{queue['published']}"),
        ("a page before, ms", f"{queue['idle_ms']:.0f}"),
        ("the same page while the worker computes, ms", f"{queue['page_ms']:.0f}"),
    )
    return "\n".join(["| | |", "| --- | ---: |", *(f"| {what} | {figure} |" for what, figure in rows)])
