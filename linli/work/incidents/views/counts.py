"""Months by communities: the numbers that count, which of them were revised, what is likely still to come."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import both, page
from linli.ground.trail import clock
from linli.ground.trail.actions import record
from linli.ground.trail.listed import csv_answer
from linli.ground.trail.refusals import tried
from linli.work.incidents import actions, counted, kinds, late, months, who
from linli.work.incidents.forms import NumbersForm
from linli.work.incidents.models import MonthCount
from linli.work.incidents.views.shared import Asking, asked_of, crumbs

HEADER = ("month", "community", "name", "kind", "number", "revision", "read", "source", "by", "at")


@page(*who.READERS)
def counts(request, bureau):
    """A year's months across, communities down; of one kind, or of those the incident rate counts together."""
    asking = Asking(request.user, bureau)
    places, today = asking.places, clock.today()
    asked = asked_of(request, "year", "kind")
    year = int(asked["year"]) if asked["year"].isascii() and asked["year"].isdigit() else today.year
    year = min(max(year, 2000), 2200)
    kind = asked["kind"] if asked["kind"] in kinds.NAMES else ""
    wanted = [f"{year}-{month:02d}" for month in range(1, 13)]
    stands = counted.newest(bureau, wanted)
    readings = counted.readings(bureau)
    if request.GET.get("format") == "csv":
        record(by=request.user, action="incidents.export", subject=f"counts:{year}", bureau=bureau)
        codes = {place.code for place in places}
        return csv_answer(f"incidents-{bureau.code}-{year}", HEADER, _lines(stands, readings, codes))
    times, last = counted.times_read(readings), months.last_whole(today)
    rows = [(place, [_cell(stands, times, place, month, kind, last) for month in wanted]) for place in places]
    context = {
        "rows": rows, "months": [date(year, month, 1) for month in range(1, 13)], "year": year, "kind": kind,
        "kinds": kinds.NAMES.items(), "enters": asking.does(who.COUNTS), "works": asking.duties,
        "period_now": months.quarter_of(months.month_of(today)),
        "sees_late": request.user.role in who.READERS[2:],
        "any": any(cell["number"] is not None for _place, cells in rows for cell in cells),
        "totals": [_sum(cells) for cells in zip(*(cells for _place, cells in rows), strict=True)],
    }  # fmt: skip
    return render(request, "incidents/counts.html", context)


def _cell(stands, times, place, month, kind, last):
    """A number with its marks: how often it was revised; read once is provisional."""
    chosen = [kind] if kind else kinds.COUNTED
    found = [stands[month, place.code, k] for k in chosen if (month, place.code, k) in stands]
    numbers = [row.number for row in found if row.number is not None]
    return {
        "month": month, "number": sum(numbers) if len(numbers) == len(chosen) else None,
        "some": 0 < len(numbers) < len(chosen), "revised": max((row.revision for row in found), default=0) - 1,
        "once": counted.least_read(times, month, place.code, chosen) == 1, "due": month <= last,
    }  # fmt: skip


def _sum(cells):
    """The whole bureau's month, where every community of the page is known."""
    numbers = [cell["number"] for cell in cells]
    return None if None in numbers else sum(numbers)


def _lines(stands, readings, codes):
    times = counted.times_read(readings)
    for (month, code, kind), row in sorted(stands.items()):
        if code in codes:
            read = times[month, code, kind]
            yield (
                month,
                code,
                row.community.name,
                kind,
                row.number,
                row.revision,
                read,
                row.table.source,
                row.by,
                row.at,
            )


@both(*who.READERS)
def month(request, bureau, month, community):
    """One community's month: every kind, every revision; the command centre types a number here."""
    asking = Asking(request.user, bureau)
    place = asking.place(community)
    if not 2000 <= int(month[:4]) <= 2200:
        raise Http404
    stands = {kind: row for (_m, _c, kind), row in counted.newest(bureau, [month], place).items()}
    enters = asking.does(who.COUNTS) and month <= months.last_whole(clock.today())
    if request.method == "POST" and not enters:
        raise PermissionDenied("counts")
    first = {"version": counted.version_of(stands)}
    form = NumbersForm(request.POST or None, stands=stands, initial=first) if enters else None
    if request.method == "POST" and form.is_valid():
        said = {"month": month, "community": place, "numbers": form.written()}
        said |= {"source": form.cleaned_data["source"], "version": form.cleaned_data["version"]}
        if tried(form, actions.count_month, by=request.user, bureau=bureau, **said) is not None:
            messages.success(request, _("The numbers are entered; what stood there before is kept."))
            return redirect("incidents:month", bureau.code, month, community)
    history = MonthCount.objects.filter(community=place, month=month).select_related("table").order_by("-revision")
    rows = [(kind, stands.get(kind.code), [row for row in history if row.kind == kind.code]) for kind in kinds.KINDS]
    context = {"place": place, "month": month, "rows": rows, "form": form, "crumbs": crumbs(bureau)}
    context["come"] = _to_come(bureau, place, month, stands)
    return render(request, "incidents/month.html", context)


def _to_come(bureau, place, month, stands):
    """``late.ToCome`` to the counted kinds of the month; None where that cannot be said."""
    numbers = [getattr(stands.get(kind), "number", None) for kind in kinds.COUNTED]
    readings = counted.readings(bureau)
    read = counted.last_whole_reading(readings, month, place.code)
    if None in numbers or read is None:
        return None
    steps = late.steps(counted.aged(bureau, readings))
    return late.to_come(steps, counted.age(read, month), sum(numbers))


@page(*who.READERS[2:])
def late_reports(request, bureau):
    """How much came in late in earlier months, by the age of the month, and what that says of the newest ones."""
    asking = Asking(request.user, bureau)
    places = asking.places
    readings = counted.readings(bureau)
    steps = late.steps(counted.aged(bureau, readings))
    last = months.last_whole(clock.today())
    wanted = [months.named(months.index(last) - back) for back in range(5, -1, -1)]
    stands = counted.newest(bureau, wanted)
    rows = []
    for month in wanted:
        numbers = [counted.total(stands, month, place.code) for place in places]
        known = [number for number in numbers if number is not None]
        read = [
            at for place, number in zip(places, numbers, strict=True) if number is not None
            and (at := counted.last_whole_reading(readings, month, place.code))
        ]  # fmt: skip
        age = counted.age(min(read), month) if read else None  # as old as what was read longest ago
        come = late.to_come(steps, age, sum(known)) if known and age is not None else None
        rows.append({"month": month, "age": age, "number": sum(known) if known else None, "come": come,
                     "lacking": len(numbers) - len(known)})  # fmt: skip
    shown = [
        {
            "step": step,
            "next": step.age + 1,
            "factor": f"{step.factor:.3f}" if step.before else "",
            "thin": step.months < late.ENOUGH,
        }
        for step in steps
    ]
    context = {"rows": rows, "steps": shown, "enough": late.ENOUGH, "crumbs": crumbs(bureau)}
    return render(request, "incidents/late.html", context)
