"""The record of a talk (R-35): read and signed on a phone by the officer, the talker and the personnel office alone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import act, both, page
from linli.ground.accounts.roles import LEADER, OFFICER, PERSONNEL, SECRETARY
from linli.ground.trail import clock
from linli.quarter.decisions import actions, forms, queries
from linli.quarter.decisions.models import Decision, TalkRecord
from linli.quarter.decisions.rights import is_own
from linli.quarter.decisions.talk_form import docx
from linli.quarter.decisions.views.around import asked, crumbs, file_or_404, filled, leave_trace, title, url

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TALKERS = (PERSONNEL, LEADER, SECRETARY)


def _decision(request, bureau, period, officer):
    proposal = file_or_404(request, bureau, period, officer, "talk")
    decision = getattr(proposal, "decision", None)
    if decision is None or decision.outcome == Decision.Outcome.REJECTED:
        raise Http404
    return decision


def _record(request, bureau, period, officer):
    """The talk's record, for the three who may read it; None where none is written yet."""
    decision = _decision(request, bureau, period, officer)
    about = "decision__proposal"
    found = TalkRecord.objects.select_related("talker", f"{about}__cycle__bureau", f"{about}__officer__account")
    record = found.select_related(f"{about}__community").filter(decision=decision).first()
    if record is None:
        if is_own(request.user, decision.proposal.officer) or request.user.role in TALKERS:
            return decision, None
        raise PermissionDenied("talk")
    if not queries.may_see_talk(request.user, decision, record):
        raise PermissionDenied("talk")
    return decision, record


@page(OFFICER, *TALKERS)
def talk(request, bureau, period, officer):
    """The record as it stands, who has signed, and what is still to be done."""
    decision, record = _record(request, bureau, period, officer)
    proposal = decision.proposal
    own = is_own(request.user, proposal.officer)
    if record is None:
        if own:
            raise Http404
        return redirect(url("talk_write", proposal))
    leave_trace(request, proposal, "talk record")
    unsigned = record.signed_by_officer_at is None and record.signed_by_talker_at is None
    may_sign = own and record.signed_by_officer_at is None
    may_sign |= record.talker_id == request.user.pk and record.signed_by_talker_at is None
    context = {
        "bureau": bureau, "proposal": proposal, "decision": decision, "record": record, "own": own,
        "title": title(proposal), "crumbs": crumbs(request.user, bureau, proposal), "may_sign": may_sign,
        "sign_form": forms.Sign() if own else None, "may_amend": unsigned and not own,
        "may_follow_up": not own and record.followed_up_at is None and clock.today() > record.date,
        "url": {name: url(f"talk_{name}", proposal) for name in ("sign", "amend", "follow_up", "docx")},
    }  # fmt: skip
    return render(request, "decisions/talk.html", context)


@both(*TALKERS)
def write(request, bureau, period, officer):
    """Write a talk down after it was held."""
    decision = _decision(request, bureau, period, officer)
    proposal = decision.proposal
    if TalkRecord.objects.filter(decision=decision).exists():
        return redirect(url("talk", proposal))
    form = filled(request, forms.Talk, request.user, date=clock.today())
    return asked(
        request, proposal, form, _("Record of the talk"), lede=title(proposal), back=url("talk", proposal),
        done=_("The record is written. Now both sign it."),
        act=lambda said: actions.record_talk(by=request.user, decision=decision, **said),
    )  # fmt: skip


@both(*TALKERS)
def amend(request, bureau, period, officer):
    """Change the record before anybody has signed."""
    decision, record = _existing(request, bureau, period, officer)
    first = {name: getattr(record, name) for name in ("version", "place", "headings", "plan")}
    return asked(
        request, decision.proposal, filled(request, forms.AmendTalk, **first), _("Change the record"),
        back=url("talk", decision.proposal),
        act=lambda said: actions.amend_talk(by=request.user, record=record, **said),
    )  # fmt: skip


@act(OFFICER, *TALKERS)
def sign(request, bureau, period, officer):
    """Sign what stands there."""
    decision, record = _existing(request, bureau, period, officer)
    form = forms.Sign(request.POST)
    view = form.cleaned_data["view"] if form.is_valid() else request.POST.get("view", "")[: forms.LONGEST]
    actions.sign_talk(by=request.user, record=record, view=view)
    messages.success(request, _("Signed."))
    return redirect(url("talk", decision.proposal))


@both(*TALKERS)
def follow_up(request, bureau, period, officer):
    """The follow-up: what has become of the plan."""
    decision, record = _existing(request, bureau, period, officer)
    back = url("talk", decision.proposal)
    return asked(
        request, decision.proposal, filled(request, forms.FollowUp), _("Follow-up"), back=back,
        act=lambda said: actions.follow_up(by=request.user, record=record, **said),
    )  # fmt: skip


@page(OFFICER, *TALKERS)
def document(request, bureau, period, officer):
    """The record as a Word form; ?lang=zh_Hans for Simplified."""
    decision, record = _existing(request, bureau, period, officer)
    leave_trace(request, decision.proposal, "talk record")
    lang = "zh_Hans" if request.GET.get("lang") == "zh_Hans" else "zh_Hant"
    answer = HttpResponse(docx(record, lang), content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="talk-{period}-{officer}.docx"'
    return answer


def _existing(request, bureau, period, officer):
    decision, record = _record(request, bureau, period, officer)
    if record is None:
        raise Http404
    return decision, record
