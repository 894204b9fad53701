"""The decision on a proposal, and what may be done with it afterwards."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import both
from linli.ground.accounts.roles import PERSONNEL, SECRETARY
from linli.ground.trail import clock
from linli.quarter.decisions import actions, forms, queries
from linli.quarter.decisions.blocks import admonition_effect
from linli.quarter.decisions.views.around import asked, decision_or_404, file_or_404, leave_trace, title


@both(SECRETARY, PERSONNEL)
def decide(request, bureau, period, officer, kind):
    """Approve or reject; what an admonition does is said before it can be chosen."""
    proposal = file_or_404(request, bureau, period, officer, kind)
    reminder_alone = request.user.role == PERSONNEL
    if reminder_alone and kind != "talk":
        raise PermissionDenied("decide")
    leave_trace(request, proposal, kind)
    sent = request.POST if request.method == "POST" else None
    form = forms.Decide(proposal, reminder_alone, sent, initial={"version": proposal.version})
    blocks = queries.full_blocks([proposal], clock.today())[proposal.pk]
    return asked(
        request, proposal, form, _("Decide"), lede=title(proposal), template="decisions/decide.html",
        effect=admonition_effect() if kind == "talk" else "", done=_("The decision is entered."),
        blocks=[block for block in blocks if block.code != "minute_number"],
        minuted=any(block.code == "minute_number" for block in blocks),
        act=lambda said: actions.decide(by=request.user, proposal=proposal, **said),
    )  # fmt: skip


def _with_reason(request, bureau, period, officer, kind, heading, act, **more):
    proposal = file_or_404(request, bureau, period, officer, kind)
    decision = decision_or_404(proposal)
    form = forms.Why(request.POST if request.method == "POST" else None, initial=more.pop("initial", {}))
    return asked(
        request, proposal, form, heading, lede=title(proposal), submit=heading,
        act=lambda said: act(by=request.user, decision=decision, **said), **more,
    )  # fmt: skip


@both(SECRETARY, PERSONNEL)
def suspend(request, bureau, period, officer, kind):
    """Stop what follows for the time being."""
    return _with_reason(
        request, bureau, period, officer, kind, _("Suspend the decision"), actions.suspend, adverse=True
    )


@both(SECRETARY)
def resume(request, bureau, period, officer, kind):
    """Let it follow again."""
    return _with_reason(request, bureau, period, officer, kind, _("Resume the decision"), actions.resume)


@both(SECRETARY)
def keep(request, bureau, period, officer, kind):
    """Let it stand after a correction."""
    return _with_reason(request, bureau, period, officer, kind, _("Keep the decision"), actions.keep)


@both(SECRETARY)
def revoke(request, bureau, period, officer, kind):
    """Take it back."""
    heading = _("Revoke the decision")
    return _with_reason(request, bureau, period, officer, kind, heading, actions.revoke, adverse=True)
