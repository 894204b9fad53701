"""Leaders' days: entered on the phone, counter-signed in the community, counted by the month (R-41)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from heng import periods
from heng.evidence import COMMITTEE
from heng.periods import period_of, span_of
from linli.ground.accounts.doors import act, both, page
from linli.ground.accounts.roles import BUREAU, CADRE, LEADER, OFFICER, SECRETARY
from linli.ground.officers import actions
from linli.ground.officers.forms import DayForm, WhyForm
from linli.ground.officers.models import LeaderDay
from linli.ground.officers.months import leader_months
from linli.ground.officers.queries import days_of, leader_of, officer_of, pairings_in, to_countersign
from linli.ground.officers.views.shared import crumbs_of, form_page
from linli.ground.trail import clock
from linli.ground.trail.listed import csv_answer, page_of
from linli.ground.trail.refusals import tried

HEADER = ("leader", "community", "month", "days", "due", "met", "uncounted")


@both(LEADER, SECRETARY)
def my_days(request, bureau):
    """A leader's own days of this quarter, and the form for the next."""
    leader = leader_of(request.user)
    if leader is None or leader.bureau_id != bureau.pk:
        raise PermissionDenied("no leader")
    today = clock.today()
    period = period_of(today)
    first, last = span_of(period)
    own = next((p for p in pairings_in(bureau, today, today) if p.leader_id == leader.pk), None)
    there = {"date": today, "community": own.community.code if own else None}
    form = DayForm(request.POST or None, bureau=bureau, initial=there)
    if request.method == "POST" and form.is_valid() and _entered(request.user, leader, form):
        messages.success(request, _("Entered. It counts once somebody there has counter-signed."))
        return redirect("officers:my_days", bureau.code)
    begun = f"{today:%Y-%m}"
    months = [m for m in leader_months(bureau, period) if m.leader.pk == leader.pk and m.month <= begun]
    days = list(days_of(leader, first, last))[::-1]
    context = {"form": form, "days": days, "months": months, "period": period, "paired": own, "leader": leader}
    return render(request, "officers/my_days.html", context)


def _entered(by, leader, form):
    return tried(form, actions.record_leader_day, by=by, leader=leader, **form.cleaned_data)


@act(LEADER, SECRETARY)
def withdraw_day(request, bureau, pk):
    """An own entry that nobody has counter-signed is taken back."""
    actions.withdraw_leader_day(by=request.user, leader_day=_found(bureau, pk))
    messages.success(request, _("The entry is taken back."))
    return redirect("officers:my_days", bureau.code)


@page(OFFICER, CADRE)
def to_sign(request, bureau):
    """Days that wait for this officer's or cadre's counter-signature."""
    return render(request, "officers/to_sign.html", {"page": page_of(request, to_countersign(request.user))})


@act(OFFICER, CADRE)
def countersign(request, bureau, pk):
    """It was so."""
    officer = officer_of(request.user)
    as_ = officer.code if officer else COMMITTEE
    actions.countersign(by=request.user, leader_day=_found(bureau, pk), as_=as_)
    messages.success(request, _("Counter-signed."))
    return redirect("officers:to_sign", bureau.code)


@both(OFFICER, CADRE)
def refuse_day(request, bureau, pk):
    """It was not so, and why."""
    day = _found(bureau, pk)
    if request.method == "GET" and not to_countersign(request.user).filter(pk=pk).exists():
        raise PermissionDenied("not theirs to sign")
    form, back = WhyForm(request.POST or None), reverse("officers:to_sign", args=[bureau.code])
    if request.method == "POST" and form.is_valid():
        actions.refuse_leader_day(by=request.user, leader_day=day, why=form.cleaned_data["why"])
        messages.success(request, _("Refused; the leader reads why."))
        return redirect(back)
    title = _("Refuse %(leader)s, %(date)s") % {"leader": day.leader.name, "date": day.date.isoformat()}
    return form_page(request, bureau, form, title, back, adverse=True, crumbs=[])


def _found(bureau, pk):
    days = LeaderDay.objects.select_related("leader__bureau", "community")
    return get_object_or_404(days, pk=pk, leader__bureau=bureau)


@page(*BUREAU)
def months_now(request, bureau):
    """This quarter's table."""
    return redirect("officers:months", bureau.code, period_of(clock.today()))


@page(*BUREAU)
def months(request, bureau, period):
    """Who met the two days a month, leader by leader."""
    try:
        periods.parse(period)
    except ValueError as wrong:
        raise Http404 from wrong
    rows = leader_months(bureau, period)
    if request.GET.get("met") in ("yes", "no"):
        rows = [row for row in rows if row.met is (request.GET["met"] == "yes")]
    if request.GET.get("format") == "csv":
        said = {None: "", True: 1, False: 0}
        lines = ((r.leader.code, r.community.code, r.month, r.days, r.due, said[r.met], r.uncounted) for r in rows)
        return csv_answer(f"leader-days-{bureau.code}-{period}", HEADER, lines)
    context = {"page": page_of(request, rows, 100), "period": period, "crumbs": crumbs_of(bureau)}
    context |= {"earlier": periods.step(period, -1), "later": periods.step(period, 1), "asked": request.GET}
    context["running"] = span_of(period)[1] >= clock.today()
    return render(request, "officers/months.html", context)
