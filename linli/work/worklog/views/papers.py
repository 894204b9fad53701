"""The papers that come out of the records by themselves: the log (社區警務日誌) and the register of visits."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import page
from linli.ground.accounts.roles import OFFICER, STATION
from linli.ground.officers.models import Officer
from linli.ground.trail import clock
from linli.ground.trail.actions import record
from linli.work.worklog import papers, rights, sheets, shown
from linli.work.worklog.forms import PapersForm
from linli.work.worklog.views.shared import crumbs_of, date_or_404

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 92  # days


@page(OFFICER, STATION)
def choose(request, bureau):
    """Whose papers, of which days."""
    today = clock.today()
    officers = rights.officers_of(request.user, bureau, today.replace(month=1, day=1), today)
    there = {"first": today.replace(day=1), "last": today, "officer": getattr(officers.first(), "code", "")}
    form = PapersForm(request.GET if "officer" in request.GET else None, officers=officers, initial=there)
    context = {"form": form, "crumbs": crumbs_of(bureau)}
    if form.is_valid():
        said = form.cleaned_data
        context["args"] = [said["officer"].code, said["first"].isoformat(), said["last"].isoformat()]
        context["officer"] = said["officer"]
    return render(request, "worklog/papers.html", context)


@page(OFFICER, STATION)
def diary(request, bureau, officer, first, last):
    """The log, to be printed."""
    one, first, last = _asked(request, bureau, officer, first, last)
    back = (reverse("worklog:papers", args=[bureau.code]), _("Papers"))
    context = {
        "officer": one, "first": shown.day_said(first), "last": shown.day_said(last),
        "kinds": papers.kinds(), "crumbs": crumbs_of(bureau, back),
        "days": papers.diary(one, first, last, with_notes=_is_own(request.user, one)),
    }  # fmt: skip
    return render(request, "worklog/diary.html", context)


@page(OFFICER, STATION)
def file(request, bureau, officer, first, last, paper):
    """The same, or the register of visits, for Excel."""
    if paper not in sheets.WRITERS:
        raise Http404
    one, first, last = _asked(request, bureau, officer, first, last)
    written = sheets.WRITERS[paper](one, first, last, with_notes=_is_own(request.user, one))
    answer = HttpResponse(written, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{paper}-{one.code}-{first}-{last}.xlsx"'
    return answer


def _asked(request, bureau, officer, first, last):
    first, last = date_or_404(first), date_or_404(last)
    if not 0 <= (last - first).days <= LONGEST:
        raise Http404
    one = get_object_or_404(Officer.objects.select_related("bureau"), bureau=bureau, code=officer)
    if not rights.officers_of(request.user, bureau, first, last).filter(pk=one.pk).exists():
        raise PermissionDenied("papers")
    if not _is_own(request.user, one):
        record(by=request.user, action="file.read", subject=f"log:{one.code}", bureau=bureau, first=first, last=last)
    return one, first, last


def _is_own(user, officer):
    return officer.account_id == user.pk
