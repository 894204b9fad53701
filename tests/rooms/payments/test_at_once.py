"""Two clerks who pay the same lines at the same moment, each in a program of their own: one pays, the other is told."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[3]
SERVER = os.environ.get("LINLI_TEST_DATABASE", "")
_BUILD = """
from datetime import date
from linli.server import migrate, prepare
prepare(); migrate()
from tests.rooms import published
from tests.rooms.cast import Cast
from linli.quarter.payments import actions
cast = Cast(); cycle = published.publish(cast); user = cast.user
promises = actions.promise_allowances(by=user("personnel"), cycle=cycle)
money = {"year": 2026, "purpose": "allowance", "amount_fen": 6_000_000}
line = actions.set_budget(by=user("personnel"), bureau=cast.bureau, **money)
actions.approve_budget(by=user("secretary"), line=line, approval_number="12", approved_on=date(2026, 1, 20))
actions.approve(by=user("secretary"), promises=promises, document="31")
"""
_PAY = """
import pathlib, sys, time
from linli.server import prepare
prepare()
from linli.ground.accounts.models import User
from linli.ground.trail import clock
from linli.ground.trail.refusals import Refused
from linli.quarter.payments import actions
from linli.quarter.payments.models import Promise
clerk, here = sys.argv[1], pathlib.Path(sys.argv[2])
by, promises = User.objects.get(username="personnel"), list(Promise.objects.filter(state="due"))
(here / clerk).touch()
while not (here / "go").exists():
    time.sleep(0.001)
try:
    actions.pay_all(by=by, promises=promises, voucher=clerk, paid_on=clock.today())
    print("paid")
except Refused as refusal:
    print(refusal.message)
"""
_READ = """
import json
from linli.server import prepare
prepare()
from linli.quarter.payments.models import Payment, Promise
vouchers = sorted(Payment.objects.values_list("voucher", flat=True))
print(json.dumps([vouchers, Promise.objects.filter(state="paid").count()]))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request, tmp_path):
    """What the programs are started with: a home of their own, and its database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LINLI", "DJANGO"))}
    found = {**kept, "LINLI_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)}
    if request.param == "postgresql":
        if not SERVER:
            pytest.skip("LINLI_TEST_DATABASE names no PostgreSQL server")
        import psycopg

        with psycopg.connect(SERVER, autocommit=True) as server:
            server.execute('DROP DATABASE IF EXISTS "linli_at_once"')
            server.execute('CREATE DATABASE "linli_at_once"')
        found["LINLI_DATABASE"] = urlsplit(SERVER)._replace(path="/linli_at_once").geturl()
    return found


@pytest.mark.slow
def test_lines_paid_by_two_at_once_are_paid_once(environment, tmp_path):
    def start(script, *words):
        words = [sys.executable, "-c", script, *map(str, words)]
        return subprocess.Popen(words, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    assert start(_BUILD).wait(120) == 0
    clerks = [start(_PAY, name, tmp_path) for name in ("first", "second")]
    ends = time.monotonic() + 60
    while not all((tmp_path / name).exists() for name in ("first", "second")):
        assert time.monotonic() < ends
        time.sleep(0.01)
    (tmp_path / "go").touch()
    said = sorted(clerk.communicate(timeout=60)[0].strip() for clerk in clerks)
    assert [line == "paid" for line in said].count(True) == 1, said
    assert any("voucher" in line or "憑證" in line for line in said), "the other is told by which voucher it was paid"
    vouchers, paid = json.loads(start(_READ).communicate()[0])
    assert len(vouchers) == paid == 11 and len(set(vouchers)) == 1
