"""Results of the parts as they are kept between runs, so that a part can be run again alone."""

import json

from tests.house.tree import ROOT

PATH = ROOT / "out" / "benchmarks" / "results.json"


def read(path=PATH):
    """{part: {"machine", "found"} or {"skipped"}}; empty when nothing was kept."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def keep(part, result, path=PATH):
    """Puts one part's result beside the others'."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(read(path) | {part: result}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
