"""One proposal's file (R-34): scores with their intervals, arithmetic, statement, objections, blocks, decision."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from linli.book.figures import chance, fixed, significant, span
from linli.ground.accounts.doors import act, both, page
from linli.ground.accounts.roles import LEADING, OFFICER, PERSONNEL, Role
from linli.ground.trail import clock
from linli.ground.trail.language import reader
from linli.quarter.appraisal.models import Cycle, Objection
from linli.quarter.decisions import actions, forms, queries
from linli.quarter.decisions.models import Decision, Proposal, Remedy
from linli.quarter.decisions.rights import is_own
from linli.quarter.decisions.views.around import asked, crumbs, file_or_404, filled, leave_trace, title, url


@page(*LEADING, OFFICER)
def file(request, bureau, period, officer, kind):
    """The file as whoever decides reads it, and the officer himself."""
    proposal = file_or_404(request, bureau, period, officer, kind)
    own = is_own(request.user, proposal.officer)
    leave_trace(request, proposal, kind)
    case = queries.shown_case(proposal, reader(), names=not own)
    decision = getattr(proposal, "decision", None)
    objections = Objection.objects.filter(cycle=proposal.cycle, officer=proposal.officer)
    context = {
        "bureau": bureau, "proposal": proposal, "own": own,
        "opens_objections": own or request.user.role in (Role.PERSONNEL, Role.SECRETARY),
        "title": title(proposal), "case": case,
        "figures": _figures(case),
        "evidence": _evidence(case.shown, proposal.community.code), "decision": decision,
        "crumbs": crumbs(request.user, bureau),
        "blocks": queries.full_blocks([proposal], clock.today())[proposal.pk],
        "objections": objections.select_related("cycle", "officer").order_by("number"),
        "remedies": Remedy.objects.filter(cycle=proposal.cycle, officer=proposal.officer),
        "older": queries.older(proposal), "suspension": queries.suspension(decision) if decision else "",
        "talk": _talk(request.user, decision), "links": _links(request.user, proposal, decision, own),
    }  # fmt: skip
    return render(request, "decisions/file.html", context)


def _figures(case):
    line = case.line
    if line is None:
        return []
    could_be = span(line.rank_low, line.rank_high, 0)
    return [
        (_("Score"), fixed(line.score, 2) or "—", _("90 %%: %(span)s") % {"span": span(line.low, line.high, 2) or "—"}),
        (_("Rank"), fixed(line.rank, 0) or "—", _("could be %(span)s") % {"span": could_be or "—"}),
        (_("Probability of being last"), chance(line.p_last) or "—", ""),
        (_("Weight of the evidence"), f"{fixed(line.present_weight, 0) or '—'} %", ""),
    ]


def _evidence(shown, community):
    """Columns and rows of every rate of the community: what was counted over what, by whom, and its points."""
    columns = [
        {"label": _("Rate")},
        *({"label": label, "number": True} for label in (_("Counted"), _("Points"), "90 %")),
    ]
    columns += [{"label": _("State")}, {"label": _("Source")}, {"label": _("Verified by")}]
    rows = [{"cells": _cells(shown, rate.id, community)} for rate in shown.scheme.rates]
    return {"columns": columns, "rows": rows}


def _cells(shown, rate, community):
    row, source = shown.figures.get((community, rate)), shown.evidence.get((community, rate))
    points = (*_points(row), shown.words(f"common.{row.status}")) if row else ("—",) * 4
    names = (source.source, source.verified_by) if source else ("", "")
    return [shown.rate(rate), *points, *(shown.department(name) or "—" for name in names)]


def _points(row):
    counted = f"{significant(row.numerator)} / {significant(row.denominator)}"
    known = significant(row.denominator) != ""
    return counted if known else "—", fixed(row.points, 2) or "—", span(row.points_low, row.points_high, 1) or "—"


def _talk(user, decision):
    """Where the talk's record is, for who may read it: "" for nobody else."""
    if decision is None or decision.proposal.kind != "talk" or decision.outcome != Decision.Outcome.APPROVED:
        return ""
    record = getattr(decision, "talk_record", None)
    writes = record is None and user.role in LEADING
    return url("talk", decision.proposal) if writes or queries.may_see_talk(user, decision, record) else ""


def _links(user, proposal, decision, own):
    """What this reader may do with the file: (address, label, whether it is one to think about)."""
    if proposal.state == Proposal.State.WAITING:
        yield from _while_waiting(user, proposal, own)
    elif decision is not None and decision.outcome == Decision.Outcome.APPROVED:
        yield from _after_approval(user, proposal, decision)


def _while_waiting(user, proposal, own):
    if user.role == Role.SECRETARY or (user.role == Role.PERSONNEL and proposal.kind == "talk"):
        yield url("decide", proposal), _("Decide"), False
    account = proposal.officer.account
    on_paper = user.role == Role.PERSONNEL and (account is None or not account.is_active)
    if own or on_paper:
        label = _("Change the statement") if proposal.officer_statement else _("Write a statement")
        yield url("state", proposal), label, False
    if user.role != Role.PERSONNEL:
        return
    if proposal.is_adverse and proposal.statement_asked_at is None:
        yield url("ask", proposal), _("Ask for a statement"), False
    yield url("law", proposal), _("Enter the check of the law"), False
    if "funding_approval" in proposal.blocked_by:
        yield url("funding", proposal), _("Enter the funding approval"), False


def _after_approval(user, proposal, decision):
    if user.role == Role.SECRETARY:
        if proposal.review_because:
            yield url("keep", proposal), _("Keep the decision"), False
        yield url("revoke", proposal), _("Revoke the decision"), True
        if decision.suspended_because:
            yield url("resume", proposal), _("Resume"), False
    if user.role in (Role.SECRETARY, Role.PERSONNEL) and not decision.suspended_because:
        yield url("suspend", proposal), _("Suspend"), True


@both(OFFICER, PERSONNEL)
def state(request, bureau, period, officer, kind):
    """The officer's statement; of one without an account, copied by the personnel office."""
    proposal = file_or_404(request, bureau, period, officer, kind)
    initial = {"version": proposal.version}
    if is_own(request.user, proposal.officer):
        initial["text"] = proposal.officer_statement
    form = filled(request, forms.Statement, **initial)
    done = _("The statement stands in the file.")
    return asked(
        request, proposal, form, _("Statement"), done=done, lede=title(proposal),
        act=lambda said: actions.state(by=request.user, proposal=proposal, **said),
    )  # fmt: skip


@act(OFFICER, PERSONNEL)
def decline(request, bureau, period, officer, kind):
    """No statement: written down, so that nobody waits."""
    proposal = file_or_404(request, bureau, period, officer, kind)
    actions.decline_statement(by=request.user, proposal=proposal)
    messages.success(request, _("It is written down that no statement is given."))
    return redirect(url("file", proposal))


@both(PERSONNEL)
def ask(request, bureau, period, officer, kind):
    """Ask the officer for a statement."""
    proposal = file_or_404(request, bureau, period, officer, kind)
    return asked(
        request, proposal, filled(request, forms.Ask), _("Ask for a statement"), submit=_("Ask for a statement"),
        lede=_("The officer sees it on the first page. After the day, silence is taken for no statement."),
        act=lambda said: actions.ask_statement(by=request.user, proposal=proposal, **said),
    )  # fmt: skip


@both(PERSONNEL)
def law(request, bureau, period, officer, kind):
    """Enter the check of the law."""
    proposal = file_or_404(request, bureau, period, officer, kind)
    return asked(
        request, proposal, filled(request, forms.LawCheck), _("Check of the law"), lede=title(proposal),
        act=lambda said: actions.check_law(by=request.user, proposal=proposal, **said),
    )  # fmt: skip


@both(PERSONNEL)
def funding(request, bureau, period, officer, kind):
    """Enter the approval of the money."""
    proposal = file_or_404(request, bureau, period, officer, kind)
    return asked(
        request, proposal, filled(request, forms.Funding), _("Funding approval"), lede=title(proposal),
        act=lambda said: actions.enter_funding(by=request.user, proposal=proposal, **said),
    )  # fmt: skip


@both(PERSONNEL)
def open_remedy(request, bureau, period, officer, kind):
    """The officer asked for a review or an appeal by statute."""
    proposal = file_or_404(request, bureau, period, officer, kind)
    form = filled(request, forms.OpenRemedy, opened_on=clock.today())
    lede = _("Adverse steps of the quarter wait for its end (rules R-34, R-72).")
    return asked(
        request, proposal, form, _("Review or appeal by statute"), lede=lede,
        act=lambda said: actions.open_remedy(
            by=request.user, cycle=proposal.cycle, officer=proposal.officer, **said
        ),
    )  # fmt: skip


@both(PERSONNEL)
def close_remedy(request, bureau, period, officer, kind, number):
    """The end of a review or appeal."""
    proposal = file_or_404(request, bureau, period, officer, kind)
    cycle = get_object_or_404(Cycle, pk=proposal.cycle_id)
    remedy = get_object_or_404(
        Remedy.objects.select_related("cycle__bureau", "officer"), cycle=cycle, officer=proposal.officer, number=number
    )
    form = filled(request, forms.CloseRemedy, closed_on=clock.today())
    return asked(
        request, proposal, form, _("End of %(reference)s") % {"reference": remedy.reference},
        act=lambda said: actions.close_remedy(by=request.user, remedy=remedy, **said),
    )  # fmt: skip
