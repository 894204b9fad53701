"""One work: two taps, a record afterwards, a change, a strike, and what was enclosed."""

import base64

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import act, both, page
from linli.ground.accounts.roles import OFFICER
from linli.ground.trail import clock
from linli.ground.trail.refusals import Refused, Stale, tried
from linli.work.worklog import actions, shown
from linli.work.worklog.forms import StopForm, WhyForm, WorkForm
from linli.work.worklog.models import Enclosure, Work
from linli.work.worklog.views.days import line_of
from linli.work.worklog.views.shared import beats, crumbs_of, form_page, own_officer

SUFFIX = {"image/jpeg": "jpg", "audio/webm": "webm", "audio/ogg": "ogg", "audio/mp4": "m4a"}


def _mine(request, bureau, key):
    linked = Work.objects.select_related("officer__bureau", "community", "bureau")
    return get_object_or_404(linked, officer=own_officer(request, bureau), client_key=key)


def _sent(request, name):
    return request.POST.get(name, "")[:40].replace("\0", "")


@act(OFFICER)
def start(request, bureau):
    """The first tap."""
    officer = own_officer(request, bureau)
    community = beats(officer, clock.today()).filter(code=_sent(request, "community")).first()
    if community is None:
        raise Refused(_("You hold no such community today."), _("Choose one of your own."))
    asked = {name: _sent(request, name) for name in ("kind", "cell")}
    work = actions.start(by=request.user, officer=officer, community=community, **asked)
    messages.success(request, _("Started: %(kind)s.") % {"kind": shown.kind_said(work.kind)})
    return redirect("worklog:today", bureau.code)


@act(OFFICER)
def stop(request, bureau, key):
    """The second tap."""
    form = StopForm(request.POST)
    if not form.is_valid():
        raise Refused("\n".join(error for errors in form.errors.values() for error in errors))
    try:
        actions.stop(by=request.user, work=_mine(request, bureau, key), **form.cleaned_data)
    except Stale as stale:  # ended elsewhere: the entry shows when, and may be changed there
        messages.warning(request, stale.message)
        return redirect("worklog:work", bureau.code, key)
    messages.success(request, _("Stopped and written down."))
    return redirect("worklog:today", bureau.code)


@both(OFFICER)
def record(request, bureau):
    """What was done without the two taps."""
    officer, now = own_officer(request, bureau), localtime(clock.now())
    there = {"day": now.date(), "ends": now.time().replace(second=0, microsecond=0), "kind": request.GET.get("kind")}
    form = _form(request, officer, there)
    if request.method == "POST" and form.is_valid():
        made = tried(form, actions.record, by=request.user, officer=officer, **form.asked())
        if made:
            messages.success(request, _("Written down."))
            return redirect("worklog:day", bureau.code, form.cleaned_data["day"].isoformat())
    return form_page(request, bureau, form, _("Write a work down"), reverse("worklog:today", args=[bureau.code]))


def _form(request, officer, there):
    sent = request.POST if request.method == "POST" else None
    form = WorkForm(sent, request.FILES or None, initial=there, communities=beats(officer, "2000-01-01", clock.today()))
    form.fields["version"].required = False
    return form


@page(OFFICER)
def work(request, bureau, key):
    """One own work, whole."""
    one = _mine(request, bureau, key)
    context = {
        "work": one, "line": line_of(one), "topics": shown.topics_said(one.topics),
        "started": shown.moment_said(one.started_at), "ended": shown.moment_said(one.ended_at),
        "entered": shown.moment_said(one.entered_at), "enclosures": one.enclosures.defer("content"),
        "day": localtime(one.started_at).date(), "crumbs": crumbs_of(bureau), "why_form": WhyForm(),
    }  # fmt: skip
    return render(request, "worklog/work.html", context)


@both(OFFICER)
def change(request, bureau, key):
    """Another time, place or word, over the version that was read."""
    one, back = _mine(request, bureau, key), reverse("worklog:work", args=[bureau.code, key])
    form = _form(request, one.officer, _there(one))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        asked = {"by": request.user, "work": one, "version": one.version if version is None else version}
        if tried(form, actions.change, **asked, **form.asked()):
            messages.success(request, _("Changed."))
            return redirect(back)
    return form_page(request, bureau, form, _("Change this work"), back)


def _there(one):
    start, end = localtime(one.started_at), localtime(one.ended_at) if one.ended_at else None
    return {
        "kind": one.kind, "community": one.community.code, "cell": one.cell, "topics": one.topics, "note": one.note,
        "day": start.date(), "begins": start.time(), "ends": end.time() if end else None, "version": one.version,
    }  # fmt: skip


@both(OFFICER)
def strike(request, bureau, key):
    """The entry was wrong."""
    one, back = _mine(request, bureau, key), reverse("worklog:work", args=[bureau.code, key])
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and tried(form, actions.strike, by=request.user, work=one,
                                                              **form.cleaned_data):  # fmt: skip
        messages.success(request, _("Struck. It stays to be read and counts nowhere."))
        return redirect(back)
    return form_page(request, bureau, form, _("Strike this work"), back, adverse=True)


@page(OFFICER)
def enclosure(request, bureau, key, what):
    """The photo or the voice note of an own work, to be saved and not shown in place."""
    one = get_object_or_404(Enclosure, work=_mine(request, bureau, key), what=what)
    try:
        content = base64.b64decode(one.content, validate=True)
    except ValueError as unreadable:  # written with a key that this installation has not
        raise Http404 from unreadable
    answer = HttpResponse(content, content_type=one.media_type)
    name = f"{localtime(one.work.started_at):%Y%m%d-%H%M}-{what}.{SUFFIX[one.media_type]}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
