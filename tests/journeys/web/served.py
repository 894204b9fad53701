"""The demo as a program of its own: built once for all tests, copied for each, started, killed, started again."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BUREAU_ZONE = timezone(timedelta(hours=8))
_OUTSIDE = ("LINLI_DATABASE", "LINLI_SQLITE", "DJANGO_SETTINGS_MODULE", "LINLI_PRODUCTION")


def environment(home, **more):
    """The environment of a Linli that keeps everything in ``home``, whatever the tests' own is."""
    kept = {name: value for name, value in os.environ.items() if name not in _OUTSIDE}
    return kept | {"LINLI_HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"} | more


def built_in(folder, **more):
    """The home with the demo in it, built by whichever of the tests' programs comes first. more: of its environment."""
    home = Path(folder) / "demo"
    with open(Path(folder) / "demo.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        words = [sys.executable, "-m", "linli", "demo", "--build-only"]
        done = subprocess.run(words, env=environment(home, **more), capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return home


def copied(template, home):
    """A home of one's own with the same people, figures, keys and clock."""
    shutil.copytree(template, home)
    return home


def clock_at(home, moment):
    """The installation's clock runs on from ``moment``, a time in the bureau's zone; for a server that is stopped."""
    ahead = (moment.replace(tzinfo=BUREAU_ZONE) - datetime.now(BUREAU_ZONE)).total_seconds()
    (home / "clock.toml").write_text(f"offset_seconds = {ahead:.0f}\n", encoding="utf-8")


def until(true, seconds=90):
    """Looks again and again whether something has come true; for what no page and no pipe tells of."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it has not come true"
        time.sleep(0.02)


def free_port():
    """A port that nobody listens on just now."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


class Served:
    """``linli demo`` on a home whose demo is built: the server and its worker."""

    def __init__(self, home, **more):
        self.home, self.running, self._more = Path(home), None, more
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self):
        """Returns once the demo says that it is ready."""
        words = [sys.executable, "-m", "linli", "demo", "--port", str(self.port)]
        with open(self.home / "server.log", "a", encoding="utf-8") as log:
            self.running = subprocess.Popen(
                words, env=environment(self.home, **self._more), stdout=subprocess.PIPE, stderr=log, text=True,
                encoding="utf-8",
            )  # fmt: skip
        if not any(line.startswith("ready:") for line in self.running.stdout):
            self.running.wait(60)
            raise AssertionError(f"the demo did not start:\n{self.log()}")
        return self

    def stop(self):
        """Asks it to end, and waits."""
        if self.running and self.running.poll() is None:
            self.running.send_signal(signal.SIGTERM)
            self.running.wait(60)
        self._close()

    def kill(self):
        """SIGKILL to the server alone; its worker must find out by itself."""
        self.running.kill()
        self.running.wait(60)
        self._close()

    def _close(self):
        if self.running:
            self.running.stdout.close()
            self.running = None

    @contextmanager
    def stopped(self):
        """Within it the server does not run: for what is done to a home between two days."""
        self.stop()
        yield self.home
        self.start()

    def go_to(self, moment):
        """The same house on another day."""
        with self.stopped() as home:
            clock_at(home, moment)

    def log(self):
        return (self.home / "server.log").read_text(encoding="utf-8", errors="replace")
