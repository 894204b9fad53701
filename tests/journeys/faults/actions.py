"""The deeds themselves: each is what a person or the worker does, through the actions of the rooms."""

from linli.faces.demo.people import BUREAU
from linli.faces.desk import actions as desk
from linli.faces.desk.models import BookImport
from linli.ground.accounts.models import User
from linli.ground.jobs.actions import work_one
from linli.ground.places.models import Bureau
from linli.ground.trail import clock, queries
from linli.quarter.appraisal import actions as appraisal
from linli.quarter.indicators import actions as indicators
from linli.quarter.payments import actions as payments
from linli.quarter.payments.models import Promise
from tests.journeys.web.sheets import COUNTY, SUPPLIERS, figures

OPENED = "2026Q4"


def _user(name):
    return User.objects.get(username=name)


def _bureau():
    return Bureau.objects.get(code=BUREAU)


def _cycle(period):
    return _bureau().cycles.get(period=period)


def fill_the_sheet():
    """Opens a quarter; every department enters its figures, and the second one verifies them."""
    bureau = _bureau()
    appraisal.open_cycle(by=_user("personnel"), bureau=bureau, period=OPENED)
    for rate, rows in figures().items():
        supplier, verifier = map(_user, SUPPLIERS[rate])
        for community, row in rows.items():
            known = {name: float(text) for name, text in row.items()}
            entry = indicators.supply(
                by=supplier, bureau=bureau, period=OPENED, community=community, rate=rate, **known
            )
            indicators.verify(by=verifier, entry=entry, version=entry.version)


def freeze():
    appraisal.freeze(by=_user("personnel"), cycle=_cycle(OPENED))


def work():
    """One job, as the worker does it; whether there was one."""
    return work_one()


def answer():
    """The objection that waits in the demo is rejected, by somebody who did not score it."""
    waiting = _cycle("2026Q3").objections.get(state="waiting")
    appraisal.answer(by=_user("personnel2"), objection=waiting, outcome="rejected", answer="已核對，應在勤時數無誤。")


def publish():
    appraisal.publish(by=_user("personnel"), cycle=_cycle("2026Q3"), minute_number="臨公考紀〔2026〕3號")


def promise():
    """Every allowance of the published quarter: promised and approved, so that it can be paid."""
    cycle = _cycle("2026Q3")
    payments.promise_allowances(by=_user("personnel"), cycle=cycle)
    payments.approve(by=_user("secretary"), promises=list(Promise.objects.filter(period="2026Q3")), document="審批表")


def pay():
    """All that is due, by one voucher."""
    due = list(Promise.objects.filter(period="2026Q3", kind="allowance"))
    payments.pay_all(by=_user("personnel"), promises=due, voucher="V-1", paid_on=clock.today())
    return len(due)


def send_book():
    """A county book with a new community, its officer, a pairing and leaders' days; how many changes it would make."""
    more = {
        "communities": "C11,河灣社區,mixed,0,5200,0.1,0.12,6,0,0.2\n",
        "posts": "O12,盧春霞,C11,2026-12-01,,single\n",
        "pairings": "C11,,檔案股,2026-12-01,\n",
        "leader_days": "".join(f"局領導甲,C01,2026-12-{day:02d},7,O01\n" for day in (1, 8, 15, 22)),
    }
    files = [
        (f"{name}.csv", ((COUNTY / f"{name}.csv").read_text(encoding="utf-8").rstrip() + "\n" + rows).encode())
        for name, rows in more.items()
    ]
    return len(desk.preview(by=_user("personnel"), bureau=_bureau(), files=files).changes)


def import_book():
    """Everything that was shown is saved, or nothing."""
    desk.apply(by=_user("personnel"), sent=BookImport.objects.get(bureau=_bureau(), number=1))


def undo_book():
    """And taken back, all of it or nothing."""
    desk.undo(by=_user("personnel"), sent=BookImport.objects.get(bureau=_bureau(), number=1))


def faults():
    """What is wrong with the trail, and the number of its entries."""
    return {"faults": list(queries.faults()), "entries": queries.head()[0]}


def budget(year):
    """A small write that ends in the trail."""
    payments.set_budget(by=_user("personnel"), bureau=_bureau(), year=year, purpose="award", amount_fen=100)


DEEDS = {
    name: found
    for name, found in globals().items()
    if callable(found) and getattr(found, "__module__", "") == __name__ and not name.startswith("_")
}
