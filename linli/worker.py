"""The worker: does the jobs that wait, one after another, until it is told to stop."""

import logging
import os
import signal
import time

PAUSE = 1.0  # seconds an idle worker waits before it looks again
log = logging.getLogger(__name__)


def run(stop_when_idle=False, parent=None, pause=PAUSE):
    """Works until it is told to stop (SIGTERM, SIGINT), until its ``parent`` (a program's id) has ended, or until
    nothing waits any more when ``stop_when_idle``. Gives the number of jobs it took. Django must be ready.
    """
    from django.db import DatabaseError, close_old_connections, connection

    from linli.ground.jobs.actions import ask_daily, work_one
    from linli.ground.trail import clock

    before = signal.signal(signal.SIGTERM, _stop)
    taken, asked = 0, None
    try:
        while parent in (None, os.getppid()):
            if not connection.in_atomic_block:  # within one, as in a test, the connection is another's to close
                close_old_connections()
            try:
                if asked != (today := clock.today()):
                    ask_daily(today)
                    asked = today
                worked = work_one()
            except DatabaseError as away:  # the database is restarting, or somebody has locked it for long
                log.warning("the database does not answer: %s", away)
                worked = None
            taken += bool(worked)
            if worked is False and stop_when_idle:
                break
            if not worked:
                time.sleep(pause)
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)
    return taken


def _stop(*_):
    raise KeyboardInterrupt
