"""Approving and paying, many lines at once or one; holding an award."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.ground.accounts.doors import act, both
from linli.ground.accounts.roles import LEADING, PERSONNEL, SUPERVISION
from linli.ground.trail import clock
from linli.ground.trail.refusals import Refused
from linli.quarter.payments import actions, queries
from linli.quarter.payments.forms import ApproveForm, PayForm, PayLineForm, WhyForm
from linli.quarter.payments.views.ledger import crumbs, line_of
from linli.quarter.payments.wording import day, period_name, what_for, yuan

MOST_LINES = 500  # of one list; a bureau with more approves and pays in several goes


@both(*LEADING)
def approve(request, bureau):
    """Chooses among what is promised, names the document: due."""
    return _many(request, bureau, queries.waiting(bureau), ApproveForm, {}, _approved, "payments/approve.html")


@both(PERSONNEL)
def pay(request, bureau):
    """Chooses among what is due, names the voucher: paid."""
    today = {"paid_on": clock.today()}
    return _many(request, bureau, queries.due(bureau), PayForm, today, _paid, "payments/pay.html")


def _many(request, bureau, rows, form_class, initial, done, template):
    period = request.GET.get("period", "")[:6]
    rows = rows.filter(period=period) if period else rows
    promises = list(rows.select_related("bureau", "decision__proposal")[:MOST_LINES])
    posted = request.POST if request.method == "POST" else None
    form = form_class(posted, promises=promises, initial=initial)
    if posted is not None and form.is_valid():
        try:
            count = done(request, form)
        except Refused as refusal:  # said above the list, so that what was chosen stays chosen
            form.add_error(None, f"{refusal.message} {refusal.remedy}")
        else:
            said = ngettext("%(count)d line is done.", "%(count)d lines are done.", count) % {"count": count}
            messages.success(request, said)
            return redirect("payments:ledger", bureau=bureau.code)
    context = {"form": form, "lines": list(_lines(promises, form, queries.kin_of(request.user, bureau), request.user))}
    context |= {"crumbs": crumbs(bureau), "more": len(promises) == MOST_LINES, "most": MOST_LINES}
    context["total"] = yuan(sum(promise.amount_fen for promise in promises))
    return render(request, template, context)


def _lines(promises, form, kin, user):
    """What the list shows; a line that cannot be chosen says why."""
    blocks = queries.blocks(promises)
    chosen = set(form.data.getlist("lines")) if form.is_bound else None
    for promise in promises:
        why = [text for code, text in blocks[promise.pk] if code != "approval"]
        if promise.payee in kin and promise.kind != "other":
            why.append(_("this is you or a relative of yours"))
        if promise.state == "due" and promise.approved_by == user.username:
            why.append(_("you approved it; somebody else pays it"))
        yield {
            "promise": promise, "what": what_for(promise), "period": period_name(promise.period) or "—",
            "amount": yuan(promise.amount_fen), "until": day(promise.due_on), "why": why,
            "chosen": not why and (chosen is None or promise.reference in chosen),
        }  # fmt: skip


def _approved(request, form):
    said = {"document": form.cleaned_data["document"], "due_on": form.cleaned_data["due_on"]}
    return len(actions.approve(by=request.user, promises=form.chosen, **said))


def _paid(request, form):
    said = {"voucher": form.cleaned_data["voucher"], "paid_on": form.cleaned_data["paid_on"]}
    return len(actions.pay_all(by=request.user, promises=form.chosen, **said))


@act(PERSONNEL)
def pay_line(request, bureau, reference):
    """Pays one line; whoever comes second is told by what it was paid."""
    promise = line_of(request.user, bureau, reference)
    form = PayLineForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Voucher, day or signer is missing."), _("Fill in all three and send the form again."))
    actions.pay(by=request.user, promise=promise, **form.cleaned_data)
    messages.success(request, _("Paid: %(name)s.") % {"name": promise.payee_name})
    return redirect("payments:line", bureau=bureau.code, reference=reference)


@act(SUPERVISION)
def hold(request, bureau, reference):
    """Holds an award while its payee is under investigation."""
    return _held(request, bureau, reference, actions.hold, _("The award is held."))


@act(SUPERVISION)
def release(request, bureau, reference):
    """Lets a held award go on."""
    return _held(request, bureau, reference, actions.release, _("The award goes on."))


def _held(request, bureau, reference, done, said):
    promise = line_of(request.user, bureau, reference)
    form = WhyForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Say why."), _("The number of the case is enough."))
    done(by=request.user, promise=promise, **form.cleaned_data)
    messages.success(request, said)
    return redirect("payments:line", bureau=bureau.code, reference=reference)
