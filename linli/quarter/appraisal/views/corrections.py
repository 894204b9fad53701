"""Corrections of a frozen quarter: the list, what each of them moved, and making one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.book.shown import records
from linli.ground.accounts.doors import both, page
from linli.ground.accounts.roles import LEADER, OFFICER, PERSONNEL, SECRETARY, SUPERVISION
from linli.ground.officers.queries import officer_of
from linli.ground.places.models import Community
from linli.quarter.appraisal import actions
from linli.quarter.appraisal.forms import Figures, Reason
from linli.quarter.appraisal.queries import corrections_of, diff, may_see_names, posts_in, quarter_of
from linli.quarter.appraisal.views.around import Column, as_csv, crumbs, cycle_of, table
from linli.quarter.appraisal.views.objections import rates_of
from linli.quarter.appraisal.wording import COLUMNS, day, moved, period_name, words
from linli.quarter.indicators.models import Revision
from linli.quarter.indicators.queries import called, latest

READING = (OFFICER, PERSONNEL, SUPERVISION, LEADER, SECRETARY)


def _url(name, cycle, *more):
    return reverse(f"appraisal:{name}", args=[cycle.bureau.code, cycle.period, *more])


@page(*READING)
def corrections(request, bureau, period):
    """Every revision after the freeze, with its reason and approver."""
    cycle = cycle_of(bureau, period)
    made = list(corrections_of(cycle))
    names = called({name for one in made for name in (one.made_by, one.approved_by)})
    columns = (
        Column("number", _("Revision"), lambda r: {"text": str(r.number), "url": _url("correction", cycle, r.number)}),
        Column("at", _("Made"), lambda r: day(r.made_at), lambda r: r.made_at),
        Column("reason", _("Reason given"), lambda r: r.reason),
        Column("by", _("Made by"), lambda r: names.get(r.made_by, r.made_by)),
        Column("approved", _("Approved by"), lambda r: names.get(r.approved_by, r.approved_by)),
    )
    shown = table(request, columns, made)
    if request.GET.get("format") == "csv":
        return as_csv(f"corrections-{bureau.code}-{period}", shown)
    context = {"cycle": cycle, "bureau": bureau, "name": period_name(period), "crumbs": crumbs(bureau, cycle)}
    makes = request.user.role in (PERSONNEL, SUPERVISION) and cycle.current_id is not None
    context |= {"table": shown, "makes": _url("correct", cycle) if makes else ""}
    return render(request, "appraisal/corrections.html", context)


@page(*READING)
def correction(request, bureau, period, number):
    """What one revision moved. Before publication officers see their own lines only."""
    cycle = cycle_of(bureau, period)
    pair = {
        r.number: r
        for r in Revision.objects.filter(bureau=bureau, period=period, number__in=(number - 1, number))
        .select_related("computation")
        .defer("book")
    }
    if len(pair) < 2 or not all(hasattr(revision, "computation") for revision in pair.values()):
        raise Http404
    older, newer = pair[number - 1].computation, pair[number].computation
    found = diff(older, newer)
    mine = None if may_see_names(request.user, cycle) else _own(request.user, cycle)
    named = _Names(cycle, quarter_of(newer))
    context = {
        "cycle": cycle,
        "bureau": bureau,
        "name": period_name(period),
        "revision": pair[number],
        "made": day(pair[number].made_at),
        "crumbs": crumbs(bureau, cycle, (_url("corrections", cycle), _("Corrections"))),
        "tables": [
            {"caption": caption, "rows": [named.row(one) for one in rows if mine is None or one.key[0] in mine]}
            for caption, rows in (
                (_("Figures that moved"), found.figures),
                (_("Scores and ranks"), found.scores),
                (_("Proposals"), found.proposals),
                (_("Allowance"), found.allowance),
            )
        ],
    }
    return render(request, "appraisal/correction.html", context)


def _own(user, cycle):
    """Ids of what an officer may see of a difference: the own, and the own community's figures."""
    officer = officer_of(user)
    if officer is None:
        return set()
    return {officer.code} | {post.community.code for post in posts_in(cycle, officer)}


class _Names:
    """Names beside the ids of a difference."""

    def __init__(self, cycle, quarter):
        self.rates = dict(rates_of(cycle))
        self.places = dict(Community.objects.filter(bureau=cycle.bureau_id).values_list("code", "name"))
        self.people = {row.officer: row.name for row in records(quarter.scores)}
        self.words = words()

    def row(self, one):
        """A row of parts/diff.html."""
        where = [self._named(one, place, part) for place, part in enumerate(one.key)]
        label = " · ".join([*dict.fromkeys(where), str(COLUMNS[one.column])])
        return {"label": label, "before": moved(one.column, one.before), "after": moved(one.column, one.after)}

    def _named(self, one, place, part):
        if one.table == "figures":
            return self.places.get(part, part) if place == 0 else self.rates.get(part, part)
        if place == 0:
            return self.people.get(part, part)
        if one.table == "proposals":
            key = f"proposals.kind_{part}"
            return self.words(key) if key in self.words else part
        return self.places.get(part, part)


@both(PERSONNEL, SUPERVISION)
def correct(request, bureau, period):
    """A correction of one community's figures (``?community=``), with its reason and approver."""
    cycle = cycle_of(bureau, period)
    if cycle.current_id is None:
        raise Http404
    places = list(Community.objects.filter(bureau=bureau).order_by("code"))
    way = crumbs(bureau, cycle, (_url("corrections", cycle), _("Corrections")))
    context = {"cycle": cycle, "bureau": bureau, "places": places, "crumbs": way}
    asked = request.GET.get("community")
    if not asked:
        return render(request, "appraisal/correct.html", context)
    place = get_object_or_404(Community, bureau=bureau, code=asked)
    revision = latest(bureau, period)
    about = {"community": place.code, "rates": rates_of(cycle), "values": revision.values.all()}
    figures = Figures(request.POST or None, prefix="figures", revision=revision.number, **about)
    form = Reason(request.POST or None, user=request.user)
    if request.method == "POST" and all([form.is_valid(), figures.is_valid()]):
        actions.correct(by=request.user, cycle=cycle, changes=figures.changes, **form.cleaned_data)
        messages.success(request, _("Corrected and computed again. This is what moved."))
        return redirect(_url("correction", cycle, latest(bureau, period).number))
    figures.name = place.name
    context |= {"place": place, "form": form, "figures": [figures], "cancel_url": _url("corrections", cycle)}
    return render(request, "appraisal/correct.html", context)
