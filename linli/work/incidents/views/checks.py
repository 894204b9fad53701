"""A quarter's site checks: drawn once, done on the spot with the phone, and listed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import act, both, page
from linli.ground.accounts.roles import OFFICER, STATION
from linli.ground.trail import clock
from linli.ground.trail.actions import record
from linli.ground.trail.listed import csv_answer, page_of
from linli.ground.trail.refusals import tried
from linli.work.incidents import actions, kinds, queries, who
from linli.work.incidents.forms import DrawForm, FoundForm
from linli.work.incidents.models import SiteCheck
from linli.work.incidents.views.shared import Asking, asked_of, crumbs, quarter_or_404, quarters_around

SIGNS = {"": "wait", "passed": "done", "failed": "late", "could_not": ""}
HEADER = (
    "period",
    "community",
    "number",
    "class",
    "point",
    "what",
    "cell",
    "due_on",
    "found",
    "checked_on",
    "checked_by",
)
MEASURED = (OFFICER, STATION)  # they see what was found, and not what is still to come


@page(*who.READERS)
def checks(request, bureau, period):
    """The quarter's checks; whoever is measured by them sees those that are done."""
    first, last = quarter_or_404(period)
    asking = Asking(request.user, bureau)
    places = {place.pk for place in asking.places}
    asked = asked_of(request, "found", "community")
    rows = queries.site_checks(bureau, period, **asked)
    if request.user.role in MEASURED:
        rows = rows.filter(community__in=places).exclude(found="")
    if request.GET.get("format") == "csv":
        record(by=request.user, action="incidents.export", subject=f"site_checks:{period}", bureau=bureau)
        return csv_answer(f"site-checks-{bureau.code}-{period}", HEADER, map(_line, rows))
    shown, today = page_of(request, rows), clock.today()
    does = asking.does(who.SITE)
    drawn = queries.draw_of(bureau, period)
    context = {
        "period": period, "page": shown, "rows": [_row(row, today) for row in shown.object_list], "asked": asked,
        "found": [("todo", kinds.FOUND[""]), *[(code, name) for code, name in kinds.FOUND.items() if code]],
        "places": asking.places, "drawn": drawn, "does": does, "around": quarters_around(period),
        "form": DrawForm() if does and drawn is None and today <= last else None, "crumbs": crumbs(bureau),
        "sums": _sums(bureau, period, places),
    }  # fmt: skip
    return render(request, "incidents/checks.html", context)


def _sums(bureau, period, places):
    """How many passed, failed, could not be checked, of the communities the reader sees."""
    found = SiteCheck.objects.filter(draw__bureau=bureau, draw__period=period, community__in=places)
    found = list(found.order_by().values_list("found", flat=True))
    return [(name, found.count(code)) for code, name in kinds.FOUND.items() if code]


def _row(check, today):
    late = not check.found and check.due_on < today
    return {
        "check": check, "klass": kinds.CLASS_NAMES[check.weight_class], "sign": "late" if late else SIGNS[check.found],
        "word": kinds.FOUND[check.found],
    }  # fmt: skip


def _line(check):
    return (
        check.draw.period, check.community.code, check.number, check.weight_class, check.point.code, check.point.what,
        check.point.cell, check.due_on, check.found, check.checked_on, check.checked_by,
    )  # fmt: skip


@act(*who.WORKERS)
def draw(request, bureau, period):
    """The quarter's checks are drawn."""
    quarter_or_404(period)
    Asking(request.user, bureau).must(who.SITE)
    form = DrawForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
    else:
        drawn = actions.draw_site_checks(by=request.user, bureau=bureau, period=period, size=form.cleaned_data["size"])
        messages.success(request, _("The checks are drawn; the seed is %(seed)s.") % {"seed": drawn.seed})
    return redirect("incidents:checks", bureau.code, period)


@both(*who.WORKERS)
def check(request, bureau, period, community, number):
    """One check, on the phone: three large answers."""
    quarter_or_404(period)
    Asking(request.user, bureau).must(who.SITE)
    rows = SiteCheck.objects.select_related("draw", "community__bureau", "point")
    place = {"draw__bureau": bureau, "draw__period": period, "community__code": community}
    found = get_object_or_404(rows, **place, number=int(number))
    first = {"version": found.version, "on": found.checked_on or clock.today(), "found": found.found}
    form = FoundForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        if who.held(request.user, clock.today()) & {found.community_id}:
            raise PermissionDenied("own community")
        if tried(form, actions.record_site_check, by=request.user, check=found, **form.cleaned_data):
            messages.success(request, _("The check is entered."))
            return redirect("incidents:checks", bureau.code, period)
    way = crumbs(bureau, ("checks", _("Site checks"), period))
    return render(request, "incidents/check.html", _row(found, clock.today()) | {"form": form, "crumbs": way})
