"""``/county/BUREAU/PERIOD/officers/OFFICER/``: one officer's file of a quarter; ``/my-file/`` leads to the own."""

from xml.etree import ElementTree

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from linli.book import card
from linli.faces.desk.charts import trend
from linli.faces.desk.file.style import scoped
from linli.ground.accounts.doors import page
from linli.ground.accounts.roles import LEADING, OFFICER, SUPERVISION
from linli.ground.officers.models import Officer
from linli.ground.officers.queries import officer_of
from linli.ground.trail.actions import record
from linli.ground.trail.language import reader
from linli.quarter.appraisal.models import Cycle, PublishedScore, Score
from linli.quarter.appraisal.queries import own_figures, shown
from linli.quarter.appraisal.wording import KINDS, OUTCOME_TAGS, OUTCOMES, STATE_TAGS, STATES, period_name
from linli.quarter.indicators import words
from linli.quarter.indicators.queries import parsed, rate_name, records_of
from linli.work.surveys.queries import seen


@page(OFFICER, SUPERVISION, *LEADING)
def file(request, bureau, period, officer):
    """The own file from the freeze on (R-70); others' for those who lead and for supervision, and it leaves a trail."""
    cycle = Cycle.objects.filter(bureau=bureau, period=period).select_related("bureau", "scheme").first()
    person = get_object_or_404(Officer.objects.select_related("account"), bureau=bureau, code=officer)
    own = person.account_id == request.user.pk
    if request.user.role == OFFICER and not own:
        raise PermissionDenied("another officer's file")
    if cycle is None:
        raise Http404
    if not own:
        record(by=request.user, action="file.read", subject=f"officer:{person.code}", bureau=bureau, period=period)
    return render(request, "desk/file.html", _context(request, cycle, person, own))


@page(OFFICER)
def my_file(request, bureau):
    """To the own file of the latest quarter that is frozen."""
    officer = officer_of(request.user)
    cycle = bureau.cycles.exclude(state=Cycle.State.OPEN).order_by("period").last()
    if officer is None or cycle is None:
        return render(request, "desk/file.html", {"nothing": True})
    return redirect("desk:file", bureau.code, cycle.period, officer.code)


@page(public=True)
@cache_control(public=True, max_age=86400)
def style(request):
    """The card's style sheet for the web page."""
    return HttpResponse(scoped(card.css()), content_type="text/css; charset=utf-8")


def _context(request, cycle, person, own):
    periods = cycle.bureau.cycles.exclude(state=Cycle.State.OPEN).order_by("-period").values_list("period", flat=True)
    objections = cycle.objections.filter(officer=person)
    return {
        "cycle": cycle,
        "name": period_name(cycle.period),
        "state": STATES[cycle.state],
        "kind": STATE_TAGS[cycle.state],
        "person": person,
        "own": own,
        "periods": list(periods),
        "sections": _sections(cycle, person),
        "figures": _figures(cycle, person),
        "trend": _trend(cycle, person),
        "objections": [
            (one.reference, KINDS[one.kind], OUTCOMES[one.state], one, OUTCOME_TAGS[one.state]) for one in objections
        ],
        "may_object": own and cycle.state == Cycle.State.NOTICED,
    }


def _sections(cycle, person):
    """The card's parts as HTML, one card for each post the officer held; "" before the quarter is computed."""
    if cycle.current_id is None:
        return ""
    found = shown(cycle.current, reader())
    published = cycle.state == Cycle.State.PUBLISHED
    rows = [row for row in found.scores if row.officer == person.code]
    parts = [part for row in rows for part in card.sections(found, row, published)]
    return "".join(ElementTree.tostring(part, encoding="unicode", method="html") for part in parts)


def _figures(cycle, person):
    """(name, frozen figure, where it comes from, address of the records it counts, what stands beside it) of each."""
    names = {rate.id: rate_name(rate) for rate in parsed(cycle.scheme).rates}
    figures = list(own_figures(cycle, person))
    records = records_of(cycle.bureau, cycle.period, [(one.community, one.rate, one.room) for one in figures])
    beside = {(code, "visibility"): _seen(*found) for code, found in seen(cycle.bureau, cycle.period).items()}
    return [
        (
            names.get(one.rate, one.rate),
            one,
            words.origin(one),
            *(by.get((one.community, one.rate), "") for by in (records, beside)),
        )
        for one in figures
    ]


def _seen(share, low, high, answers):
    """Residents who saw their officer, beside the hours: shown, not scored."""
    said = {"share": f"{share:.0%}", "low": f"{low:.0%}", "high": f"{high:.0%}", "answers": answers}
    return (
        _("%(share)s of residents saw their officer last month (%(low)s to %(high)s, about %(answers)s answers)") % said
    )


def _trend(cycle, person):
    """SVG of the own scores over the quarters, as published, and this one."""
    published = PublishedScore.objects.filter(bureau=cycle.bureau_id, officer=person.code, period__lt=cycle.period)
    rows = [(one.period, one.score, one.computation_id, one.community) for one in published.order_by("period")]
    rows += [
        (cycle.period, one.score, cycle.current_id, one.community)
        for one in Score.objects.filter(computation=cycle.current_id, officer=person.code, score__isnull=False)
    ]
    spans = Score.objects.filter(computation__in=[row[2] for row in rows if row[2]], officer=person.code)
    spans = {(one.computation_id, one.community): (one.low, one.high) for one in spans}
    points = [
        trend.Point(period, _number(score), *map(_number, spans.get((computation, community), (None, None))))
        for period, score, computation, community in rows
    ]
    words = {
        "title": _("Score by quarter"),
        "description": _("With its 90 % interval."),
        "y": _("Score"),
        "nothing": _("No figures"),
    }
    words |= {"missing": _("not ranked"), "line": "80"}
    return trend.draw(points, words=words, line=80) if len(points) > 1 else ""


def _number(value):
    return None if value is None else float(value)
