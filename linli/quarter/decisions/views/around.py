"""What every page of this room stands in: the file of the address, the way to it, a form on a page of its own."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.accounts.roles import OFFICER
from linli.ground.trail.actions import record
from linli.quarter.appraisal.wording import period_name
from linli.quarter.decisions import queries
from linli.quarter.decisions.rights import is_own


def file_or_404(request, bureau, period, officer, kind):
    """The proposal of the address, for somebody who may see it."""
    found = queries.file_of(bureau, period, officer, kind)
    if found is None:
        raise Http404
    if not queries.may_see(request.user, found):
        raise PermissionDenied("file")
    return found


def decision_or_404(proposal):
    """The decision of a proposal, or 404."""
    found = getattr(proposal, "decision", None)
    if found is None:
        raise Http404
    return found


def url(name, proposal, *more):
    """Address of a page about one proposal."""
    cycle = proposal.cycle
    args = [cycle.bureau.code, cycle.period, proposal.officer.code]
    if not name.startswith("talk"):  # a talk's record hangs on its own address
        args.append(proposal.kind)
    return reverse(f"decisions:{name}", args=[*args, *more])


def crumbs(user, bureau, proposal=None):
    """The way down; an officer's begins at his own list."""
    name, label = ("mine", _("About me")) if user.role == OFFICER else ("index", _("Proposals"))
    way = [{"url": reverse(f"decisions:{name}", args=[bureau.code]), "label": label}]
    if proposal is not None:
        way.append({"url": url("file", proposal), "label": title(proposal)})
    return way


def title(proposal):
    """Officer, what is proposed, quarter."""
    return f"{proposal.officer.name} · {proposal.kind_name} · {period_name(proposal.cycle.period)}"


def leave_trace(request, proposal, what):
    """Reading somebody else's file leaves an entry; reading one's own leaves none."""
    if not is_own(request.user, proposal.officer):
        record(
            by=request.user, action="file.read", subject=f"officer:{proposal.officer.code}", bureau=request.bureau,
            period=proposal.cycle.period, what=what,
        )  # fmt: skip


def asked(request, proposal, form, heading, act, **more):
    """A form on a page of its own: shown, or taken and acted upon. more: done, submit, lede, adverse, back, blocks."""
    more = {"crumbs": crumbs(request.user, request.bureau, proposal), "proposal": proposal, **more}
    return asked_plainly(request, form, heading, more.pop("back", url("file", proposal)), act, **more)


def asked_plainly(request, form, heading, back, act, **more):
    """The same for a form that is about no proposal."""
    if request.method == "POST" and form.is_valid():
        act(form.cleaned_data)
        messages.success(request, more.get("done") or _("Done."))
        return redirect(back)
    context = {"form": form, "heading": heading, "cancel_url": back, "bureau": request.bureau}
    context |= {"crumbs": crumbs(request.user, request.bureau), **more}
    return render(request, more.get("template", "form_page.html"), context)


def filled(request, form_class, *args, **initial):
    """The form as it was sent, or empty with its initial values."""
    return form_class(*args, request.POST) if request.method == "POST" else form_class(*args, initial=initial)
