"""Three hundred counties at once: frozen, computed by the worker, published, while somebody keeps opening pages."""

import os
import subprocess
import sys
import time
from datetime import datetime
from statistics import median

from linli.ground.jobs.models import Job
from linli.ground.trail import clock
from linli.quarter.appraisal import actions as appraisal
from linli.quarter.appraisal.models import Cycle
from linli.quarter.indicators.models import Entry

PERIOD, LIKE = "2026Q4", "2026Q3"
_DAYS = {"open": datetime(2026, 12, 31, 9), "freeze": datetime(2027, 1, 8, 9)}
_DAYS |= {"notice": datetime(2027, 1, 13, 9), "publish": datetime(2027, 1, 27, 9)}
_LOOK = 0.2


def run(bureaus, ask_page):
    """Figures of the run. bureaus: ``Bureau`` rows with a personnel account; ask_page(): ms of one page.

    The figures of the quarter are the last quarter's; freezing asks the jobs, one worker of its own does them.
    """
    found = {"bureaus": len(bureaus), "idle_ms": median(ask_page() for _ in range(20))}
    _figures()
    found["freeze_s"] = _each(bureaus, _opened_and_frozen)
    found["compute_s"], found["page_ms"] = _computed(len(bureaus), ask_page)
    found["publish_s"] = _each(bureaus, _published)
    found["published"] = Cycle.objects.filter(period=PERIOD, state="published").count()
    return found


def _figures():
    """Every department's figures of the quarter: the quarter before once more."""
    rows = list(Entry.objects.filter(period=LIKE))
    for row in rows:
        row.pk, row._state.adding, row.period = None, True, PERIOD
    Entry.objects.bulk_create(rows, batch_size=500)


def _each(bureaus, do):
    begun = time.perf_counter()
    for bureau in bureaus:
        do(bureau, bureau.accounts.filter(role="personnel").order_by("pk").first())
    return time.perf_counter() - begun


def _opened_and_frozen(bureau, by):
    with clock.at(_DAYS["open"]):
        cycle = appraisal.open_cycle(by=by, bureau=bureau, period=PERIOD)
    with clock.at(_DAYS["freeze"]):
        appraisal.freeze(by=by, cycle=cycle)


def _published(bureau, by):
    cycle = Cycle.objects.get(bureau=bureau, period=PERIOD)
    with clock.at(_DAYS["notice"]):
        appraisal.give_notice(by=by, cycle=cycle)
    cycle.refresh_from_db()
    with clock.at(_DAYS["publish"]):
        appraisal.publish(by=by, cycle=cycle, minute_number="1")


def _computed(expected, ask_page):
    """(seconds until every job is done, median ms of a page meanwhile)."""
    begun, taken = time.perf_counter(), []
    worker = subprocess.Popen([sys.executable, "-m", "linli", "worker", "--once"], env=os.environ)
    while worker.poll() is None:
        taken.append(ask_page())
        time.sleep(_LOOK)
    done = Job.objects.filter(kind__startswith="appraisal", state="done", key__contains=PERIOD).count()
    if done != expected:
        raise SystemExit(f"{done} of {expected} quarters were computed; the jobs say why")
    return time.perf_counter() - begun, median(taken) if taken else 0.0
