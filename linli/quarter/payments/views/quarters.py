"""A quarter's money: promising it, setting it right after a correction, and the sheet that is signed for."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.ground.accounts.doors import act, page
from linli.ground.accounts.roles import LEADING, PERSONNEL
from linli.ground.trail.actions import record
from linli.quarter.appraisal.models import Cycle
from linli.quarter.payments import actions, queries, sheet
from linli.quarter.payments.owed import unsettled
from linli.quarter.payments.views.ledger import crumbs
from linli.quarter.payments.wording import KINDS, STATES, period_name, yuan


def _cycle(bureau, period):
    found = Cycle.objects.select_related("bureau", "current").defer("current__quarter")
    return get_object_or_404(found, bureau=bureau, period=period)


@page(*LEADING)
def quarter(request, bureau, period):
    """What of a quarter is promised, due and paid; what is still to be promised; what a correction has moved."""
    cycle = _cycle(bureau, period)
    lines = list(queries.sheet_lines(bureau, period, "allowance")) + list(queries.sheet_lines(bureau, period, "award"))
    published = cycle.state == Cycle.State.PUBLISHED
    to_promise = published and not any(line.kind == "allowance" for line in lines)
    awards = queries.awards_to_promise(cycle)
    context = {
        "cycle": cycle, "name": period_name(period), "published": published, "crumbs": crumbs(bureau),
        "totals": list(_by_kind(lines)), "promises_now": published and (to_promise or bool(awards)), "awards": awards,
        "moved": _moved(cycle) if published and not to_promise else [], "pays": request.user.role == PERSONNEL,
    }  # fmt: skip
    return render(request, "payments/quarter.html", context)


def _by_kind(lines):
    for kind in ("allowance", "award"):
        of_kind = [line for line in lines if line.kind == kind]
        if of_kind:
            states = [
                (STATES[state], sum(line.state == state for line in of_kind),
                 yuan(sum(line.amount_fen for line in of_kind if line.state == state)))
                for state in ("promised", "due", "paid")
            ]  # fmt: skip
            yield {"kind": kind, "name": KINDS[kind], "states": states,
                   "total": yuan(sum(line.amount_fen for line in of_kind))}  # fmt: skip


def _moved(cycle):
    """Rows for parts/diff.html: what was promised and paid so far, and what is owed after the correction."""
    rows = [
        {"label": f"{name} {payee}", "before": yuan(promised), "after": yuan(owed)}
        for payee, name, promised, owed in unsettled(cycle)
    ]
    return rows + [
        {
            "label": f"{line.payee_name} {line.payee}: {KINDS['award']}",
            "before": yuan(line.amount_fen),
            "after": yuan(0),
        }
        for line in queries.fallen_awards(cycle)
    ]


@act(PERSONNEL)
def promise(request, bureau, period):
    """Allowances and approved awards of a published quarter become promises."""
    cycle = _cycle(bureau, period)
    made = actions.promise_allowances(by=request.user, cycle=cycle)
    awards = [actions.promise_award(by=request.user, decision=one) for one in queries.awards_to_promise(cycle)]
    count = len(made) + len(awards)
    said = ngettext("%(count)d line is promised.", "%(count)d lines are promised.", count) % {"count": count}
    messages.success(request, said)
    return redirect("payments:quarter", bureau=bureau.code, period=period)


@act(PERSONNEL)
def recalculate(request, bureau, period):
    """Sets the promises right after a correction (R-55)."""
    changes = actions.recalculate(by=request.user, cycle=_cycle(bureau, period))
    if changes:
        said = ngettext("%(count)d change was made.", "%(count)d changes were made.", len(changes))
        messages.success(request, said % {"count": len(changes)})
    else:
        messages.info(request, _("Nothing had to be changed."))
    return redirect("payments:quarter", bureau=bureau.code, period=period)


@act(PERSONNEL)
def gather(request, bureau):
    """Takes over what the working rooms owe."""
    made = actions.gather_dues(by=request.user, bureau=bureau)
    if made:
        said = ngettext("%(count)d line is promised.", "%(count)d lines are promised.", len(made))
        messages.success(request, said % {"count": len(made)})
    else:
        messages.info(request, _("Nothing new is owed."))
    return redirect("payments:ledger", bureau=bureau.code)


@page(*LEADING)
def sign_off(request, bureau, period, kind, ending):
    """The sign-off sheet 津貼簽領表, for Excel or for Word."""
    lines = list(queries.sheet_lines(bureau, period, kind)) if kind in ("allowance", "award") else []
    if not lines:
        raise Http404
    written, kind_of_file = sheet.WRITERS[ending]
    record(by=request.user, action="payments.export", subject=f"sheet:{period}:{kind}", bureau=bureau, ending=ending)
    answer = HttpResponse(written(bureau, period, kind, lines), content_type=kind_of_file)
    answer["Content-Disposition"] = f'attachment; filename="{kind}-{bureau.code}-{period}.{ending}"'
    return answer
