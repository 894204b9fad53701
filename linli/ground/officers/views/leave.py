"""Leave: the personnel office enters it, the officer sees their own; reasons are for these two alone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import both, page
from linli.ground.accounts.roles import OFFICER, PERSONNEL, STATION
from linli.ground.officers import actions
from linli.ground.officers.forms import LEAVE, LeaveForm, WhyForm
from linli.ground.officers.models import Leave
from linli.ground.officers.queries import officer_of
from linli.ground.officers.views.shared import crumbs_of, form_page
from linli.ground.trail import clock
from linli.ground.trail.listed import csv_answer, day_of, page_of
from linli.ground.trail.refusals import tried


@page(PERSONNEL, STATION)
def leave(request, bureau):
    """Who is away when, without the reasons."""
    asked = request.GET
    rows = Leave.objects.filter(officer__bureau=bureau).select_related("officer").defer("reason")
    if asked.get("kind") in dict(LEAVE):
        rows = rows.filter(kind=asked["kind"])
    since = day_of(asked.get("since", ""))
    if since:
        rows = rows.filter(last__gte=since)
    rows = rows.order_by("officer__code" if asked.get("sort") == "officer" else "-first", "officer__code")
    if asked.get("format") == "csv":
        lines = ((row.officer.code, row.officer.name, row.first, row.last, row.kind) for row in rows)
        return csv_answer(f"leave-{bureau.code}", ("officer", "name", "first", "last", "kind"), lines)
    shown = page_of(request, rows)
    context = {"page": shown, "kinds": LEAVE, "asked": asked, "since": since, "crumbs": crumbs_of(bureau)}
    return render(
        request,
        "officers/leave.html",
        _called(context, shown.object_list) | {"may_edit": request.user.role == PERSONNEL},
    )


@page(OFFICER)
def my_leave(request, bureau):
    """The officer's own leave, with the reasons."""
    officer = officer_of(request.user)
    if officer is None:
        raise PermissionDenied("no officer")
    shown = page_of(request, officer.leave.order_by("-first"))
    return render(request, "officers/my_leave.html", _called({"page": shown}, shown.object_list))


def _called(context, rows):
    for row in rows:
        row.called = dict(LEAVE).get(row.kind, row.kind)
    return context


@both(PERSONNEL)
def record_leave(request, bureau):
    """Days an officer was or will be away."""
    there = {"officer": request.GET.get("officer"), "first": clock.today(), "last": clock.today()}
    form = LeaveForm(request.POST or None, bureau=bureau, initial=there)
    if request.method == "POST" and form.is_valid():
        made = tried(form, actions.record_leave, by=request.user, **form.cleaned_data)
        if made:
            messages.success(request, _("The leave of %(name)s is entered.") % {"name": made.officer.name})
            return redirect("officers:leave", bureau.code)
    return form_page(request, bureau, form, _("Enter leave"), reverse("officers:leave", args=[bureau.code]))


@both(PERSONNEL)
def cancel_leave(request, bureau, officer, first):
    """An entry that was wrong."""
    one = get_object_or_404(
        Leave.objects.select_related("officer__bureau"),
        officer__bureau=bureau, officer__code=officer, first=day_of(first) or "0001-01-01",
    )  # fmt: skip
    form, back = WhyForm(request.POST or None), reverse("officers:leave", args=[bureau.code])
    if request.method == "POST" and form.is_valid():
        actions.cancel_leave(by=request.user, leave=one, **form.cleaned_data)
        messages.success(request, _("The entry is taken back."))
        return redirect(back)
    title = _("Take back the leave of %(name)s") % {"name": one.officer.name}
    return form_page(request, bureau, form, title, back, adverse=True)
