"""Lists: what waits for a decision, what concerns me, the talent pool, the year's end."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.book.figures import chance
from linli.ground.accounts.doors import act, both, page
from linli.ground.accounts.roles import LEADING, OFFICER, PERSONNEL, SECRETARY
from linli.ground.trail import clock
from linli.quarter.appraisal.models import Cycle
from linli.quarter.appraisal.views.around import Column, as_csv, quarter_cell, table
from linli.quarter.appraisal.wording import day, period_name, two
from linli.quarter.decisions import actions, queries, yearly
from linli.quarter.decisions.forms import Why
from linli.quarter.decisions.models import KIND_NAMES, Decision, Proposal
from linli.quarter.decisions.views.around import asked_plainly, crumbs, filled, url

TAGS = {"waiting": "wait", "decided": "done", "superseded": ""}


@page(*LEADING)
def index(request, bureau):
    """Proposals of all quarters, those that wait unless more is asked for."""
    return _list(request, bureau, queries.files(bureau))


@page(*LEADING)
def proposals(request, bureau, period):
    """Proposals of one quarter."""
    cycle = get_object_or_404(Cycle, bureau=bureau, period=period)
    return _list(request, bureau, queries.files(bureau).filter(cycle=cycle), cycle)


def _list(request, bureau, found, cycle=None):
    state, kind = request.GET.get("state", "waiting"), request.GET.get("kind", "")
    chosen = found.filter(state=state) if state in Proposal.State.values else found
    chosen = queries.listed(chosen.filter(kind=kind) if kind in KIND_NAMES else chosen, bureau)
    chosen.sort(key=lambda one: one.cycle.period, reverse=True)  # the newest quarter first, its officers in order
    blocks = queries.full_blocks(chosen, clock.today())
    shown = table(request, _columns(blocks), chosen)
    if request.GET.get("format") == "csv":
        return as_csv(f"proposals-{bureau.code}{'-' + cycle.period if cycle else ''}", shown)
    context = {
        "bureau": bureau, "cycle": cycle, "name": period_name(cycle.period) if cycle else "", "table": shown,
        "states": Proposal.State.choices, "kinds": KIND_NAMES.items(), "state": state, "kind": kind,
        "crumbs": crumbs(request.user, bureau) if cycle else [],
        "to_review": [(url("file", one), one) for one in queries.listed(queries.to_review(bureau), bureau)],
    }  # fmt: skip
    context["renewable"] = queries.renewable_cycles(bureau) if request.user.role == PERSONNEL else []
    context["years"] = queries.years(bureau)
    context |= {"talks": list(_talks(bureau)) if request.user.role == PERSONNEL else []}
    return render(request, "decisions/list.html", context)


def _talks(bureau):
    """(address, officer, what is to be done) of talks that wait for their record or their follow-up."""
    for decision in queries.talks_to_hold(bureau):
        yield url("talk", decision.proposal), decision.proposal.officer.name, _("to be held and written down")
    for talk in queries.follow_ups(bureau, clock.today()):
        yield url("talk", talk.decision.proposal), talk.decision.proposal.officer.name, _("follow-up is due")


def _columns(blocks):
    return (
        Column("officer", _("Officer"), _officer, lambda p: p.officer.code),
        Column("community", _("Community"), lambda p: p.community.name, lambda p: p.community.code),
        Column("period", _("Quarter"), lambda p: quarter_cell(p.cycle.period), lambda p: p.cycle.period),
        Column("kind", _("Proposed"), lambda p: str(p.kind_name), lambda p: p.kind),
        Column("rule", _("Rule"), lambda p: p.rule, lambda p: p.rule),
        Column("p", _("Probability"), lambda p: chance(p.p) or "—", lambda p: p.p, number=True),
        Column("apart", _("Told apart"), _apart, lambda p: p.distinguishable),
        Column("blocks", _("Stands in the way"), lambda p: _blocks(p, blocks), lambda p: len(blocks[p.pk])),
        Column("state", _("State"), _state, lambda p: p.state),
    )


def _officer(proposal):
    return {"text": proposal.officer.name, "url": url("file", proposal), "note": proposal.officer.code}


def _apart(proposal):
    return _("can be told apart") if proposal.distinguishable else _("cannot be told apart")


def _blocks(proposal, blocks):
    return " ".join(block.what for block in blocks[proposal.pk]) or "—"


def _state(proposal):
    if proposal.state == Proposal.State.DECIDED:
        outcome = proposal.decision.outcome
        kind = {"approved": "done", "rejected": "", "revoked": "blocked"}[outcome]
        return {"text": str(Decision.Outcome(outcome).label), "tag": kind or "ahead"}
    return {"text": proposal.get_state_display(), "tag": TAGS[proposal.state] or "ahead"}


@act(PERSONNEL)
def propose(request, bureau, period):
    """Take over what the rules propose."""
    cycle = get_object_or_404(Cycle.objects.select_related("bureau"), bureau=bureau, period=period)
    made = actions.propose(by=request.user, cycle=cycle)
    said = _("%(count)s proposals stand for %(quarter)s.")
    messages.success(request, said % {"count": len(made), "quarter": period_name(period)})
    return redirect(reverse("decisions:proposals", args=[bureau.code, period]))


@page(OFFICER)
def mine(request, bureau):
    """What the rules propose of me, what stands in the way, what was decided."""
    found = list(queries.files(bureau).filter(officer__account=request.user).order_by("-cycle__period", "pk"))
    found = [one for one in found if one.superseded_because != Proposal.Superseded.RENEWED]
    blocks = queries.full_blocks(found, clock.today())
    rows = [{"proposal": one, "url": url("file", one), "state": _state(one), "blocks": blocks[one.pk]} for one in found]
    return render(request, "decisions/mine.html", {"bureau": bureau, "rows": rows})


@page(*LEADING)
def pool(request, bureau):
    """The reserve talent pool."""
    columns = (
        Column(
            "officer",
            _("Officer"),
            lambda m: {"text": m.officer.name, "note": m.officer.code},
            lambda m: m.officer.code,
        ),
        Column("since", _("In the pool since"), lambda m: day(m.since), lambda m: m.since),
        Column("by", _("By the minute"), _by, lambda m: m.decision.proposal.cycle.period),
        Column("left", _("Left the pool"), lambda m: day(m.left_on), lambda m: m.left_on),
        Column("why", _("Reason"), lambda m: m.left_because or "—"),
    )
    members = queries.pool(bureau)
    if request.GET.get("format") == "csv":
        return as_csv(f"pool-{bureau.code}", table(request, columns, members))
    if request.user.role != "leader":
        columns += (Column("leave", _("Change"), lambda m: _leave(m, bureau)),)
    context = {"bureau": bureau, "table": table(request, columns, members), "crumbs": crumbs(request.user, bureau)}
    return render(request, "decisions/pool.html", context)


def _by(member):
    decision = member.decision
    return {"text": decision.minute_number or "—", "note": period_name(decision.proposal.cycle.period)}


def _leave(member, bureau):
    if member.left_on:
        return ""
    return {
        "text": _("Enter that he left"),
        "url": reverse("decisions:leave_pool", args=[bureau.code, member.officer.code]),
    }


@both(PERSONNEL, SECRETARY)
def leave_pool(request, bureau, officer):
    """Somebody leaves the pool."""
    member = next((one for one in queries.pool(bureau) if one.officer.code == officer and not one.left_on), None)
    if member is None:
        raise Http404
    back = reverse("decisions:pool", args=[bureau.code])
    heading = _("%(officer)s leaves the talent pool") % {"officer": member.officer.name}
    return asked_plainly(
        request,
        filled(request, Why),
        heading,
        back,
        lambda said: actions.leave_pool(by=request.user, member=member, **said),
    )


def _quarter(period):
    score = lambda line: line.scores.get(period)  # noqa: E731
    return Column(period, period[4:], lambda line: two(score(line)), score, number=True)


@page(*LEADING)
def year(request, bureau, year):
    """The year's end: every officer's quarters and mean, and what the rules propose of it (R-52)."""
    lines = yearly.of(bureau, year)
    quarters = [f"{year}Q{number}" for number in range(1, 5)]
    columns = (
        Column("officer", _("Officer"), lambda r: {"text": r.name, "note": r.officer}, lambda r: r.officer),
        Column("rank", _("Rank"), lambda r: r.rank or "—", lambda r: r.rank, number=True),
        *(
            Column(q, q[4:], lambda r, q=q: two(r.scores.get(q)), lambda r, q=q: r.scores.get(q), number=True)
            for q in quarters
        ),
        Column("mean", _("Year mean"), lambda r: two(r.mean), lambda r: r.mean, number=True),
        Column("proposed", _("Proposed"), lambda r: "; ".join(r.proposed) or "—"),
    )
    shown = table(request, columns, lines)
    if request.GET.get("format") == "csv":
        return as_csv(f"year-{bureau.code}-{year}", shown)
    context = {"bureau": bureau, "year": year, "table": shown, "crumbs": crumbs(request.user, bureau)}
    return render(request, "decisions/year.html", context | {"least": yearly.LEAST})
