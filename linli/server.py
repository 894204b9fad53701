"""The web server with its worker beside it: one program to start, one to stop. Light to import."""

import os
import signal
import subprocess
import sys

THREADS = 8


def prepare():
    """Django, ready: settings chosen, rooms loaded."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.settings")
    import django

    django.setup()


def migrate():
    """Brings the database's tables up to date; gives the number of steps taken."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        call_command("migrate", verbosity=0, interactive=False)
    connection.close()
    return len(waiting)


def application():
    """The web application, once its settings and database are there."""
    from linli.wsgi import application

    return application


# What is larger than any upload (a county book, twelve pictures) is turned away before it is read.
LIMITS = {"max_request_body_size": 16 * 2**20}


def serve(application, host, port, said):
    """Answers at host:port until it is told to stop; ``said`` is called once it listens. OSError when it cannot."""
    from waitress.server import create_server

    server = create_server(application, host=host, port=port, threads=THREADS, ident="linli", **LIMITS, **_proxied())
    signal.signal(signal.SIGTERM, _stop)
    said(f"http://{host}:{port}")
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()


def _proxied():
    """Behind a proxy its headers are believed, which waitress would throw away: the proxy writes them anew."""
    return {"clear_untrusted_proxy_headers": False} if os.environ.get("LINLI_BEHIND_PROXY") == "1" else {}


def _stop(*_):
    raise KeyboardInterrupt


class Worker:
    """The worker as a program of its own, so that computing never holds up a page; ends with its server."""

    def __init__(self):
        self._running = None

    def __enter__(self):
        self.start()
        return self

    def start(self):
        """Starts it unless it runs."""
        if self._running is None or self._running.poll() is not None:
            words = [sys.executable, "-m", "linli", "worker", "--with-parent", str(os.getpid())]
            self._running = subprocess.Popen(words, stdin=subprocess.DEVNULL)

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """Ends it if it runs, and waits for its end."""
        if self._running and self._running.poll() is None:
            self._running.terminate()
            try:
                self._running.wait(10)
            except subprocess.TimeoutExpired:
                self._running.kill()
