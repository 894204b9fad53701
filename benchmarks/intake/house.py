"""An installation of its own: the demo's county in a folder that is thrown away, and ``linli serve`` on it."""

import http.client
import http.cookiejar
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class House:
    """``python`` runs a module of ours in it, ``start`` and ``kill`` the server; ``page`` times a page of the staff."""

    def __init__(self, home, database=""):
        self.home, self.running, self._staff = Path(home), None, None
        own = {"LINLI_HOME": str(home), "LINLI_INTAKE_LIMIT": str(10**9), "PYTHONPATH": str(ROOT)}
        own |= {"LINLI_DATABASE": database} if database else {}
        left_out = ("LINLI_DATABASE", "LINLI_SQLITE", "DJANGO_SETTINGS_MODULE", "LINLI_PRODUCTION", "LINLI_HOSTS")
        self.environment = {name: value for name, value in os.environ.items() if name not in left_out} | own
        with socket.socket() as asked:
            asked.bind(("127.0.0.1", 0))
            self.port = asked.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def words(self, module, *words):
        return [sys.executable, "-m", module, *map(str, words)]

    def python(self, module, *words):
        """What the module prints; an error ends everything, with what it said."""
        done = subprocess.run(
            self.words(module, *words), env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=900
        )
        if done.returncode:
            raise SystemExit(f"{module} {words[0]}: {done.stderr[-2000:]}")
        return done.stdout

    def inside(self, what, asked):
        """What ``benchmarks.intake.inside`` says."""
        return json.loads(self.python("benchmarks.intake.inside", what, asked))

    def beside(self, module, *words):
        """The module as a program that runs beside us."""
        return subprocess.Popen(
            self.words(module, *words), env=self.environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )

    def start(self):
        """Returns once it answers."""
        with open(self.home / "server.log", "a", encoding="utf-8") as log:
            words = self.words("linli", "serve", "--port", self.port)
            self.running = subprocess.Popen(words, env=self.environment, cwd=ROOT, stdout=log, stderr=log)
        end = time.monotonic() + 60
        while True:
            try:
                return self.health()
            except OSError:
                if time.monotonic() > end or self.running.poll() is not None:
                    raise SystemExit((self.home / "server.log").read_text(encoding="utf-8")[-2000:]) from None
                time.sleep(0.1)

    def kill(self):
        """SIGKILL: it can do nothing more, not even say so."""
        self.running.kill()
        self.running.wait(60)

    def stop(self):
        """Ends it however it stands."""
        if self.running and self.running.poll() is None:
            self.running.terminate()
            self.running.wait(60)

    def health(self):
        """What ``/health`` says."""
        with urllib.request.urlopen(f"{self.url}/health", timeout=30) as answer:
            return json.load(answer)

    def log_in(self, name, password):
        """Somebody of the staff, whose pages are timed from now on."""
        jar = http.cookiejar.CookieJar()
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        address = f"{self.url}/accounts/login/"
        text = opener.open(address, timeout=30).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)[1]
        form = urllib.parse.urlencode({"login": name, "password": password, "csrfmiddlewaretoken": token})
        opener.open(urllib.request.Request(address, form.encode(), {"Referer": address}), timeout=30)
        self._staff = "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)

    def page(self, path):
        """Milliseconds until a page of the staff has been answered."""
        begun = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path, headers={"Cookie": self._staff})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")
        return 1000 * (time.perf_counter() - begun)
