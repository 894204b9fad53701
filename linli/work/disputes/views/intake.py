"""A dispute is taken in, in under a minute on a phone; put right; and an old ledger is read in."""

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import both
from linli.ground.accounts.roles import Role
from linli.ground.trail.refusals import Refused, tried
from linli.work.disputes import actions, queries
from linli.work.disputes.forms import ChangeForm, IntakeForm, LedgerForm
from linli.work.disputes.kinds import KINDS, SCALES
from linli.work.disputes.ledger_in import read_ledger, ready
from linli.work.disputes.rights import TAKERS, is_committee, is_governance, may_mediate
from linli.work.disputes.views.shared import crumbs, dispute_of, form_page, places_for, url_of


@both(*TAKERS)
def take_in(request, bureau):
    """The intake form: community, kind, what about, how many, how urgent."""
    places_for(request.user, bureau)
    if is_governance(request.user):
        raise PermissionDenied("governance")
    form = IntakeForm(request.POST or None, places=queries.places_of(request.user, bureau))
    if request.method == "POST" and form.is_valid():
        dispute = tried(form, actions.take_in, by=request.user, bureau=bureau, **form.cleaned_data)
        if dispute:
            messages.success(request, _("Taken in as %(number)s. Now ask both sides.") % {"number": dispute.number})
            return redirect(url_of(dispute))
    lede = _("Names, phones and house numbers are not written here; what was said goes into the notes.")
    back = reverse("disputes:list", args=[bureau.code])
    return form_page(request, bureau, form, _("Take in a dispute"), back, lede=lede, submit=_("Take in"))


@both(*TAKERS)
def change(request, bureau, number):
    """What was entered at the intake, put right."""
    dispute = dispute_of(request.user, bureau, number)
    if not may_mediate(request.user, dispute):
        raise PermissionDenied("mediator")
    names = ("kind", "title", "scale", "urgency", "version")
    form = ChangeForm(request.POST or None, initial={name: getattr(dispute, name) for name in names})
    sent = request.method == "POST" and form.is_valid()
    if sent and tried(form, actions.change, by=request.user, dispute=dispute, **form.cleaned_data):
        messages.success(request, _("The matter is put right."))
        return redirect(url_of(dispute))
    heading = _("Put %(number)s right") % {"number": dispute.number}
    return form_page(request, bureau, form, heading, url_of(dispute))


@both(Role.DEPARTMENT)
def read_in(request, bureau):
    """An old ledger (.xlsx), for the mediation committee: looked at first, then taken in, each row once."""
    if not is_committee(request.user):
        raise PermissionDenied("ledger")
    places = {place.code: place for place in places_for(request.user, bureau)}
    if "rows" in request.POST:
        return _taken_in(request, bureau, places)
    form, found = LedgerForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        found = read_ledger(form.cleaned_data["ledger"].read(), places)
    context = {"form": form, "found": found, "crumbs": crumbs(bureau)}
    if found and found.rows:
        context["rows"] = signing.dumps(found.rows, salt=_salt(request), compress=True)
        context["shown"] = [_read(row, places) for row in found.rows[:20]]
    return render(request, "disputes/read_in.html", context)


def _salt(request):
    """What was looked at by one account is taken in by that account."""
    return f"linli.work.disputes.ledger.{request.user.username}"


def _read(row, places):
    words = (KINDS[row["kind"]], SCALES[row["scale"]])
    return (row["taken_in_on"], places[row["community"]].name, words[0], row["title"], words[1])


def _taken_in(request, bureau, places):
    try:
        rows = signing.loads(request.POST["rows"], salt=_salt(request), max_age=3600)
    except signing.BadSignature:
        raise Refused(_("This preview is too old."), _("Send the ledger again.")) from None
    made = actions.read_in(by=request.user, bureau=bureau, rows=ready(rows, places))
    said = _("%(count)s rows stand in the ledger; what had been read in before was left alone.")
    messages.success(request, said % {"count": len(made)})
    return redirect("disputes:list", bureau=bureau.code)
