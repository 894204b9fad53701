"""Results as they are kept between runs: a run that was broken off goes on where it was."""

import json
from hashlib import sha256

from benchmarks.calibration.stages import ROOT, described

FULL = ROOT / "docs" / "methods" / "calibration.json"
QUICK = ROOT / "out" / "calibration-quick.json"
JUDGED = (  # the files of the core that the figures are about
    *("likelihood", "quadrature", "grid", "mixture", "posterior", "points", "composite"),
    *("ranking", "expected_ranks", "bottom", "rank_sets", "rating", "odds", "laboratory"),
)


def core():
    """A fingerprint of the source of what is judged: a result is about the code that gave it."""
    digest = sha256()
    for name in JUDGED:
        digest.update((ROOT / "heng" / f"{name}.py").read_bytes())
    return digest.hexdigest()[:16]


def read(path):
    """{job name: {"settings", "core", "result"}}; empty when nothing was kept."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write(path, kept):
    """Writes every result, names sorted, numbers to six digits."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{json.dumps(name)}: {json.dumps(_short(kept[name]))}" for name in sorted(kept)]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def missing(jobs, kept, fingerprint):
    """The jobs whose result is not there, was simulated otherwise, or is about another core."""
    return [
        job
        for job in jobs
        if (one := kept.get(job.name)) is None or one["settings"] != described(job) or one["core"] != fingerprint
    ]


def _short(value):
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {name: _short(one) for name, one in value.items()}
    return [_short(one) for one in value] if isinstance(value, list) else value
