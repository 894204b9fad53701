"""A year's money by purpose: entered by the personnel office, approved by somebody else, and what is left of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import both, page
from linli.ground.accounts.roles import LEADING, PERSONNEL
from linli.ground.trail import clock
from linli.ground.trail.refusals import Refused, Stale
from linli.quarter.payments import actions, queries
from linli.quarter.payments.forms import ApprovalForm, BudgetForm
from linli.quarter.payments.models import BudgetLine
from linli.quarter.payments.views.ledger import crumbs
from linli.quarter.payments.wording import KINDS, yuan


@page(*LEADING)
def budget(request, bureau):
    """Every line, the newest year first: amount, what is spoken for, what is left, its approval."""
    lines = list(queries.budget_lines(bureau))
    for line in lines:
        line.kind = KINDS[line.purpose]
        line.amount, line.committed, line.left = map(yuan, (line.amount_fen, line.committed_fen, line.left_fen))
    context = {"lines": lines, "crumbs": crumbs(bureau), "enters": request.user.role == PERSONNEL}
    return render(request, "payments/budget.html", context)


@both(PERSONNEL)
def enter_budget(request, bureau):
    """The amount of a line; ?year=&purpose= opens one that is there."""
    if request.method == "POST":
        form = BudgetForm(request.POST)
        if form.is_valid() and _entered(request, bureau, form):
            return redirect("payments:budget", bureau=bureau.code)
    else:
        form = BudgetForm(initial=_seen(request, bureau))
    way = crumbs(bureau, (reverse("payments:budget", args=[bureau.code]), _("Budget")))
    return render(request, "payments/budget_form.html", {"form": form, "crumbs": way})


def _seen(request, bureau):
    year, purpose = request.GET.get("year", ""), request.GET.get("purpose", "allowance")
    year = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else clock.today().year
    line = BudgetLine.objects.filter(bureau=bureau, year=year, purpose=purpose).first()
    there = {"amount": f"{line.amount_fen / 100:.2f}", "source": line.source, "version": line.version} if line else {}
    return {"year": year, "purpose": purpose} | there


def _entered(request, bureau, form):
    try:
        line = actions.set_budget(by=request.user, bureau=bureau, **form.asked())
    except Stale:
        raise
    except Refused as refusal:
        form.add_error(None, f"{refusal.message} {refusal.remedy}")
        return False
    messages.success(request, _("The budget line is entered; now its approval is needed."))
    return line


@both(*LEADING)
def approve_budget(request, bureau, year, purpose):
    """The number and day of the document that approves the line."""
    line = get_object_or_404(BudgetLine, bureau=bureau, year=year, purpose=purpose)
    form = ApprovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.approve_budget(by=request.user, line=line, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, f"{refusal.message} {refusal.remedy}")
        else:
            messages.success(request, _("The approval is entered; promises can now be approved against it."))
            return redirect("payments:budget", bureau=bureau.code)
    way = crumbs(bureau, (reverse("payments:budget", args=[bureau.code]), _("Budget")))
    context = {"line": line, "kind": KINDS[line.purpose], "amount": yuan(line.amount_fen), "form": form, "crumbs": way}
    return render(request, "payments/budget_approve.html", context)
