"""What a run was made on, so that its seconds can be read: processor, cores, versions, and whether it was busy."""

import os
import platform
from datetime import date
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("numpy", "scipy")
CPU = Path("/proc/cpuinfo")


def described():
    """The machine as it is now; ``load`` is the mean number of programs that wanted to run in the last minute."""
    return {
        "date": date.today().isoformat(),
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        "versions": {"python": platform.python_version()} | {name: version(name) for name in LIBRARIES},
    }


def _cpu():
    lines = CPU.read_text(encoding="utf-8").splitlines() if CPU.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or "unknown"


def in_words(machine):
    """One line about a machine and its libraries, and a warning when it had other work.

    >>> idle = {"date": "2026-01-02", "cpu": "X9", "cores": 2, "system": "Linux", "load": 0.4, "versions": {"a": "1"}}
    >>> in_words(idle)
    '2026-01-02, X9, 2 cores, Linux; a 1'
    >>> in_words(idle | {"load": 3.0})
    '2026-01-02, X9, 2 cores, Linux; a 1; **busy with other work when it began (load 3.0)**'
    """
    libraries = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    load = machine["load"]
    busy = f"; **busy with other work when it began (load {load})**" if load and load > 1 else ""
    return f"{machine['date']}, {machine['cpu']}, {machine['cores']} cores, {machine['system']}; {libraries}{busy}"
