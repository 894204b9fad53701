"""The ledger of promises, what is overdue, and one line with its history."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Sum
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import page
from linli.ground.accounts.models import User
from linli.ground.accounts.roles import LEADER, LEADING, OFFICER, PERSONNEL, SECRETARY, SUPERVISION
from linli.ground.trail import clock
from linli.ground.trail.actions import record
from linli.ground.trail.listed import csv_answer, page_of
from linli.quarter.payments import queries
from linli.quarter.payments.forms import PayLineForm, WhyForm
from linli.quarter.payments.models import Promise
from linli.quarter.payments.wording import KINDS, STATES, STEPS, day, period_name, state_cell, what_for, yuan

READERS = (OFFICER, PERSONNEL, SUPERVISION, LEADER, SECRETARY)
HEADER = (
    *("reference", "state", "kind", "period", "payee", "payee_name", "community", "months", "score"),
    *("amount_yuan", "due_on", "approving_document", "approved_by", "voucher", "paid_on", "signed_by"),
)
_ASKED = ("state", "kind", "period", "payee")


def crumbs(bureau, *more):
    """The way down to a page of this room."""
    top = [(reverse("payments:ledger", args=[bureau.code]), _("Payments"))]
    return [{"url": url, "label": label} for url, label in [*top, *more]]


@page(*READERS)
def ledger(request, bureau):
    """Every promise; an officer's own, supervision's awards; filtered, sorted, as .csv."""
    asked = {name: request.GET.get(name, "")[:80].replace("\0", "") for name in _ASKED}
    rows = _mine(request.user, queries.ledger(bureau, **asked, order=request.GET.get("sort", "due")))
    if request.GET.get("format") == "csv":
        _taken_along(request, bureau, "ledger")
        return csv_answer(f"payments-{bureau.code}", HEADER, map(_row, rows.iterator(chunk_size=500)))
    all_of_them = _mine(request.user, Promise.objects.filter(bureau=bureau))
    periods = all_of_them.exclude(period="").order_by("-period").values_list("period", flat=True).distinct()
    context = {
        "page": page_of(request, rows),
        "sums": _sums(rows),
        "asked": asked,
        "states": STATES.items(),
        "kinds": KINDS.items(),
        "periods": [(period, period_name(period)) for period in periods],
        "leads": request.user.role in LEADING,
        "pays": request.user.role == PERSONNEL,
    }
    context["columns"], context["rows"] = _table(request, context["page"].object_list)
    return render(request, "payments/ledger.html", context)


def _mine(user, rows):
    if user.role == OFFICER:
        officer = getattr(user, "officer", None)
        return rows.filter(payee=officer.code if officer else "").exclude(kind=Promise.Kind.OTHER)
    return rows.filter(kind=Promise.Kind.AWARD) if user.role == SUPERVISION else rows


def _sums(rows):
    found = rows.order_by().values("state").annotate(n=Count("pk"), fen=Sum("amount_fen"))
    by_state = {row["state"]: row for row in found}
    return [
        (STATES[state], by_state[state]["n"], yuan(by_state[state]["fen"])) for state in STATES if state in by_state
    ]


def _table(request, promises):
    """Columns and rows for parts/table.html."""
    heads = (
        ("payee", _("Payee"), False), ("", _("What for"), False), ("period", _("Quarter"), False),
        ("amount", _("Yuan"), True), ("due", _("To be paid by"), False), ("state", _("State"), False),
    )  # fmt: skip
    chosen = request.GET.get("sort", "due")
    columns = [
        {"label": label, "number": number, "sort_url": _sorted_url(request, key) if key else "",
         "sorted": _direction(key) if key and key == chosen else ""}
        for key, label, number in heads
    ]  # fmt: skip
    today = clock.today()
    return columns, [{"cells": _cells(promise, today)} for promise in promises]


def _direction(key):
    return "descending" if str(queries.ORDERS[key][0]).startswith("-") else "ascending"


def _sorted_url(request, key):
    asked = request.GET.copy()
    asked["sort"] = key
    asked.pop("page", None)
    return f"?{asked.urlencode()}"


def _cells(promise, today):
    url = reverse("payments:line", args=[promise.bureau.code, promise.reference])
    note = _("voucher %(voucher)s") % {"voucher": promise.payment.voucher} if promise.state == "paid" else ""
    return [
        {"text": f"{promise.payee_name} {promise.payee}", "url": url},
        what_for(promise),
        period_name(promise.period) or "—",
        yuan(promise.amount_fen),
        day(promise.due_on),
        state_cell(promise, today) | ({"note": note} if note else {}),
    ]


def _row(promise):
    paid = promise.payment if promise.state == Promise.State.PAID else None
    amount = f"{promise.amount_fen // 100}.{promise.amount_fen % 100:02d}"
    who = (promise.payee, promise.payee_name, promise.community, promise.months, promise.score, amount)
    done = (paid.voucher, paid.paid_on, paid.signed_by) if paid else ("", "", "")
    by = (promise.due_on, promise.approving_document, promise.approved_by)
    return (promise.reference, promise.state, promise.kind, promise.period, *who, *by, *done)


def _taken_along(request, bureau, what):
    """Files of others' money leave the house: that is written down. One's own are one's own."""
    if request.user.role != OFFICER:
        record(by=request.user, action="payments.export", subject=what, bureau=bureau)


@page(*LEADING)
def overdue(request, bureau):
    """What should have been paid: it stands here and on the leaders' first page until it is (R-53)."""
    today = clock.today()
    rows = list(queries.overdue(bureau, today).select_related("bureau"))
    blocks = queries.blocks(rows)
    for promise in rows:
        promise.days = (today - promise.due_on).days
        promise.waits_for = [text for _code, text in blocks[promise.pk]]
        promise.said, promise.yuan, promise.until = what_for(promise), yuan(promise.amount_fen), day(promise.due_on)
    context = {"rows": rows, "total": yuan(sum(promise.amount_fen for promise in rows)), "crumbs": crumbs(bureau)}
    return render(request, "payments/overdue.html", context | {"pays": request.user.role == PERSONNEL})


def line_of(user, bureau, reference):
    """The promise with that reference, if this user may see it."""
    linked = ("bureau", "payment", "decision__proposal", "corrects", "budget")
    promise = get_object_or_404(Promise.objects.select_related(*linked), bureau=bureau, reference=reference)
    if not queries.may_see(user, promise):
        raise PermissionDenied("promise")
    return promise


@page(*READERS)
def line(request, bureau, reference):
    """One promise: what it is, what it waits for, what was done to it."""
    promise = line_of(request.user, bureau, reference)
    if request.user.role != OFFICER:
        record(by=request.user, action="file.read", subject=queries.subject_of(promise), bureau=bureau)
    steps = [entry for entry in queries.history(promise) if entry.action in STEPS]
    people = User.objects.filter(username__in={entry.by for entry in steps})
    names = {person.username: person.get_full_name() for person in people}
    for entry in steps:
        entry.said, entry.person = STEPS[entry.action], names.get(entry.by, entry.by)
    context = {
        "promise": promise,
        "what": what_for(promise),
        "quarter": period_name(promise.period),
        "amount": yuan(promise.amount_fen),
        "overpaid": yuan(promise.overpaid_fen) if promise.overpaid_fen else "",
        "state": state_cell(promise, clock.today()),
        "blocks": [text for _code, text in queries.blocks([promise])[promise.pk]],
        "steps": steps,
        "corrections": promise.corrections.select_related("bureau"),
        "crumbs": crumbs(bureau),
        "may_pay": request.user.role == PERSONNEL and promise.state == Promise.State.DUE,
        "may_hold": request.user.role == SUPERVISION and promise.state in queries.OPEN,
        "why_form": WhyForm(),
        "pay_form": PayLineForm(initial={"paid_on": clock.today(), "signed_by": promise.payee_name}),
    }
    return render(request, "payments/line.html", context)
