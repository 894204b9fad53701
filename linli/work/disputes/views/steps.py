"""The steps of a dispute, each a form on a page of its own; a refusal is told on the form and nothing typed is lost."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.ground.accounts.doors import both
from linli.ground.trail.refusals import tried
from linli.work.disputes import actions, forms
from linli.work.disputes.rights import TAKERS, may_follow_up, may_mediate, may_read
from linli.work.disputes.views.shared import dispute_of, form_page, url_of


def _sides(*, by, dispute, a, b, version=None):
    """Both labels at once."""
    for letter, label in (("a", a), ("b", b)):
        actions.name_side(by=by, dispute=dispute, side=letter, label=label)
    return dispute


@dataclass(frozen=True)
class Step:
    """form, action, heading and what is said afterwards; right: who may; lede: a word on the form."""

    form: type
    action: object
    heading: str
    done: str
    lede: str = ""
    right: object = may_mediate
    adverse: bool = False


STEPS = {
    "appoint": Step(
        forms.AppointForm, actions.appoint, gettext_lazy("Make an appointment"),
        gettext_lazy("The appointment is made."), gettext_lazy("An earlier one that is still to come is given up."),
    ),
    "note": Step(
        forms.NoteForm, actions.note, gettext_lazy("Write a note"), gettext_lazy("The note is written."),
        right=may_follow_up,
    ),
    "settle": Step(
        forms.SettleForm, actions.settle, gettext_lazy("Enter the agreement"),
        gettext_lazy("The agreement is entered; in sixty days somebody looks whether it holds."),
        gettext_lazy("A side that has not signed on paper confirms with its own number."),
    ),
    "fail": Step(
        forms.FailForm, actions.fail, gettext_lazy("Not settled"), gettext_lazy("Entered as not settled."),
    ),
    "transfer": Step(
        forms.TransferForm, actions.transfer, gettext_lazy("Transfer by law"),
        gettext_lazy("The matter is transferred."),
        gettext_lazy("Only where the law leaves no mediation: the matter is left out of the rate."),
    ),
    "follow-up": Step(
        forms.FollowUpForm, actions.follow_up, gettext_lazy("Follow up"), gettext_lazy("The follow-up is entered."),
        gettext_lazy("Ask both sides. That it holds can be said when the sixty days are over."), may_follow_up,
    ),
    "mediator": Step(
        forms.MediatorForm, actions.change_mediator, gettext_lazy("Another mediator"),
        gettext_lazy("The matter has another mediator."),
        gettext_lazy("A side may refuse a mediator; whoever has an interest in the matter steps back."),
    ),
    "sides": Step(
        forms.SidesForm, _sides, gettext_lazy("Tell the sides apart"), gettext_lazy("The labels are kept."),
        gettext_lazy("Such as “upper floor” and “lower floor”; kept encrypted, in no list and no file."), may_read,
    ),
    "strike": Step(
        forms.StrikeForm, actions.strike, gettext_lazy("Strike out"), gettext_lazy("The matter is struck out."),
        gettext_lazy("Only what was entered by mistake or twice: it stays in the ledger, struck out. "
                     "It is counted beside the rate."), adverse=True,
    ),
}  # fmt: skip


@both(*TAKERS)
def step(request, bureau, number, step):
    """One step of a matter."""
    dispute, taken = dispute_of(request.user, bureau, number), STEPS[step]
    if not taken.right(request.user, dispute):
        raise PermissionDenied("mediator")
    form = taken.form(request.POST or None, dispute=dispute)
    sent = request.method == "POST" and form.is_valid()
    if sent and tried(form, taken.action, by=request.user, dispute=dispute, **form.asked()):
        messages.success(request, taken.done)
        return redirect(url_of(dispute))
    heading = _("%(step)s · %(number)s") % {"step": taken.heading, "number": dispute.number}
    more = {"lede": taken.lede, "submit": taken.heading, "adverse": taken.adverse}
    return form_page(request, bureau, form, heading, url_of(dispute), **more)
