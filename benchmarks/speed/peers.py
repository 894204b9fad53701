"""Other people's programs on the same work, each in an environment and a program of its own.

``.venv-peers`` is set up by ``make bench``; LINLI_PEERS names another Python that has them. A peer gets its arrays as
an .npz file and gives arrays back; it holds its own watch, around the fit alone. A peer that cannot be installed,
imported or finished is left out, and the page says why.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from tests.house.tree import ROOT

FOLDER, PINS = ROOT / ".venv-peers", ROOT / "benchmarks" / "peers.txt"
PEERS = ("multiple-inference", "statsmodels", "numpyro")
PATIENCE = 3600  # seconds


class Absent(Exception):
    """A peer that is not there; the message is the sentence for the page."""


def python():
    """The Python that has the peers: LINLI_PEERS, else that of ``.venv-peers``."""
    own = FOLDER / ("Scripts" if os.name == "nt" else "bin") / "python"
    return Path(os.environ.get("LINLI_PEERS") or own)


def set_up():
    """Installs the peers into ``.venv-peers`` one by one, in the pinned versions, unless LINLI_PEERS names a Python."""
    if os.environ.get("LINLI_PEERS") or _is_done():
        return
    print("Setting up .venv-peers (once; some minutes) ...", file=sys.stderr)
    made = subprocess.run([sys.executable, "-m", "venv", str(FOLDER)], capture_output=True, text=True)
    tools = [str(python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--constraint", str(PINS)]
    for peer in PEERS if made.returncode == 0 else ():
        if subprocess.run([*tools, peer], capture_output=True).returncode:
            print(f"{peer} could not be installed and will be left out", file=sys.stderr)
    if made.returncode == 0:
        _done().write_text(PINS.read_text(encoding="utf-8"), encoding="utf-8")


def _done():
    return FOLDER / "set-up-is-done"


def _is_done():
    return _done().exists() and _done().read_text(encoding="utf-8") == PINS.read_text(encoding="utf-8")


def ask(peer, **columns):
    """{name: array} that ``benchmarks/peers/with_<peer>.py`` gives back. Absent when it cannot."""
    if not python().exists():
        raise Absent(f"{peer} was left out: there is no {_shown(python())}; `make bench` sets it up")
    with tempfile.TemporaryDirectory() as folder:
        given, found = Path(folder) / "given.npz", Path(folder) / "found.npz"
        np.savez(given, **columns)
        program = [str(python()), "-m", f"benchmarks.peers.with_{peer}", str(given), str(found)]
        try:
            run = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            raise Absent(f"{peer} was left out: it had not finished after {PATIENCE:,} s") from None
        if run.returncode:
            raise Absent(f"{peer} was left out: {(run.stderr.strip().splitlines() or ['it broke off'])[-1][:200]}")
        with np.load(found) as arrays:
            return dict(arrays)


def _shown(path):
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else "Python where LINLI_PEERS points"
