"""One dispute: its steps, what both sides said, and, for those who may, what was said in confidence."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from linli.book import qr
from linli.ground.accounts.doors import act, page
from linli.ground.accounts.models import User
from linli.ground.trail import clock
from linli.ground.trail.actions import record
from linli.ground.trail.refusals import Refused
from linli.work.disputes import actions, queries
from linli.work.disputes.forms import SideSaysForm
from linli.work.disputes.kinds import OPEN, SIDES, TRANSFERS, URGENCIES
from linli.work.disputes.rights import TAKERS, VIEWERS, may_follow_up, may_mediate, may_read
from linli.work.disputes.views.shared import crumbs, dispute_of, url_of
from linli.work.disputes.wording import STEPS, day, kind_of, scale_of, state_cell


@page(*VIEWERS)
def dispute(request, bureau, number):
    """The matter's page. Own words stand on it; others' are opened by one more step, which is recorded."""
    found = dispute_of(request.user, bureau, number)
    reads, others = may_read(request.user, found), written_by_others(request.user, found)
    context = _shown(found, request.user) | {
        "crumbs": crumbs(bureau), "steps": _steps(found), "done": _done(found),
        "mediates": may_mediate(request.user, found), "next": _next(request.user, found), "reads": reads,
        "others": reads and others, "inline": reads and not others, "tells_apart": reads and not others,
    }  # fmt: skip
    return render(request, "disputes/dispute.html", context)


def written_by_others(user, found):
    """Whether any of what stands there in confidence was written by somebody else."""
    by_others = any(note.by != user.username for note in found.notes.all())
    return by_others or bool((found.agreement or found.ended_because) and found.written_by != user.username)


def _shown(found, user):
    sides = list(found.sides.all())
    for side in sides:
        side.name = SIDES[side.letter]
    names = _names({note.by for note in found.notes.all()})
    for note in found.notes.all():
        note.person = names.get(note.by, note.by)
    return {
        "dispute": found, "sides": sides, "state": state_cell(found, clock.today()), "kind": kind_of(found),
        "scale": scale_of(found), "urgency": URGENCIES.get(found.urgency, ""), "is_open": found.state in OPEN,
        "to": TRANSFERS.get(found.transferred_to, ""), "appointments": found.appointments.all(),
    }  # fmt: skip


def _next(user, found):
    """(step, label, whether it is the one to take now) of what this account may do."""
    if not may_mediate(user, found):
        follows = found.state == "settled" and may_follow_up(user, found)
        return [("follow-up", _("Follow up"), True), ("note", _("Write a note"), False)] if follows else []
    agreed = all(side.consented for side in found.sides.all())
    late = clock.today() > found.due
    offered = (
        ("appoint", _("Make an appointment"), found.state == "consented", agreed and found.state in OPEN),
        ("settle", _("Settled: enter the agreement"), found.state == "appointed",
         agreed and found.state in ("consented", "appointed", "not_settled")),
        ("follow-up", _("Follow up"), found.state == "settled" and clock.today() >= found.follow_up_due,
         found.state in ("settled", "closed")),
        ("note", _("Write a note"), False, found.state != "struck"),
        ("fail", _("Not settled"), False, found.state in OPEN),
        ("transfer", _("Transfer by law"), False, found.state in (*OPEN, "refused") and not late),
        ("mediator", _("Another mediator"), False, found.state in (*OPEN, "settled", "not_settled", "refused")),
        ("strike", _("Strike out"), False, found.state in ("taken_in", "consented") and not late),
    )  # fmt: skip
    return [(step, label, now) for step, label, now, there in offered if there]


def _steps(found):
    """The way of the matter for parts/steps.html."""
    asked = [side.consented for side in found.sides.all()]
    ends = {"refused", "not_settled", "transferred", "struck"}
    over = found.state in ends
    today = clock.today()
    rows = [
        (_("taken in"), found.taken_in_on, True, False),
        (_("both sides agree to mediation"), None, all(asked), over),
        (_("appointment"), None, bool(found.appointments.all()), over or found.settled_on),
        (_("agreement or not"), found.ended_on or found.due, found.ended_on is not None, False),
        (_("both confirm"), None, all(side.confirmed for side in found.sides.all()), over),
        (_("follow-up after 60 days"), found.followed_up_on or found.follow_up_due,
         found.followed_up_on is not None, over),
    ]  # fmt: skip
    shown, now = [], True
    for label, date, done, skipped in rows:
        if skipped and not done:
            continue
        late = not done and date is not None and date < today
        state = "done" if done else "late" if late else "now" if now else "ahead"
        now = now and done
        shown.append({"label": label, "date": day(date) if date else "", "state": state})
    return shown


def _done(found):
    entries = [entry for entry in queries.history(found) if entry.action in STEPS]
    names = _names({entry.by for entry in entries})
    for entry in entries:
        entry.said, entry.person = STEPS[entry.action], names.get(entry.by, entry.by)
    return entries


def _names(accounts):
    people = User.objects.filter(username__in=accounts)
    return {person.username: person.get_full_name() for person in people}


@page(*TAKERS)
def read(request, bureau, number):
    """What was said in confidence, written by others too: whoever opens it stands in the trail."""
    found = dispute_of(request.user, bureau, number)
    if not may_read(request.user, found):
        raise PermissionDenied("confidential")
    if written_by_others(request.user, found):
        record(by=request.user, action="file.read", subject=f"dispute:{found.number}", bureau=bureau)
    way = crumbs(bureau, (url_of(found), found.number))
    return render(request, "disputes/read.html", _shown(found, request.user) | {"crumbs": way, "inline": True})


@act(*TAKERS)
def consent(request, bureau, number):
    """A side agrees to mediation, or declines."""
    found, said = _said(request, bureau, number)
    actions.consent(by=request.user, dispute=found, **said)
    messages.success(request, _("What the side said is entered."))
    return redirect(url_of(found))


@act(*TAKERS)
def confirm(request, bureau, number):
    """A side has signed on paper, or says that the agreement does not hold."""
    found, said = _said(request, bureau, number)
    actions.confirm(by=request.user, dispute=found, **said)
    messages.success(request, _("What the side said is entered."))
    return redirect(url_of(found))


def _said(request, bureau, number):
    found, form = dispute_of(request.user, bureau, number), SideSaysForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Say which side, and whether it agrees."))
    return found, form.cleaned_data


@sensitive_variables("code")
@act(*TAKERS)
def give_code(request, bureau, number):
    """One side's own number, shown this once: written down or shown to the side, never kept."""
    found = dispute_of(request.user, bureau, number)
    side = request.POST.get("side", "")
    if side not in SIDES:
        raise Refused(_("There is no such side."))
    code = actions.give_code(by=request.user, dispute=found, side=side)
    way = crumbs(bureau, (url_of(found), found.number))
    address = _address(request, bureau)
    context = {"dispute": found, "side": SIDES[side], "code": code, "address": address, "crumbs": way}
    context["picture"] = mark_safe(qr.svg(address)) if address else ""
    return render(request, "disputes/code.html", context)


def _address(request, bureau):
    """Where a resident confirms; "" while there is no such page."""
    try:
        return request.build_absolute_uri(reverse("portal:confirm", args=[bureau.code]))
    except NoReverseMatch:
        return ""
