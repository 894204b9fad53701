"""Handing on to whoever's work it is: it has arrived once that office takes it, and comes back if it does not."""

from django.utils.translation import gettext as _

from linli.ground.accounts.models import User
from linli.ground.accounts.roles import STATION
from linli.ground.trail import clock, workdays
from linli.ground.trail.actions import action, name_of, record
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.work.requests import terms
from linli.work.requests.actions.steps import stepped, text_of
from linli.work.requests.kinds import KINDS
from linli.work.requests.models import Route


@action
def hand_on(*, by, request, to, why, remember=False, version=None):
    """To an ``Office``, with why. remember: suggest it for this kind in this community the next time."""
    why = text_of(why, _("Say why."))
    if to.bureau_id != request.bureau_id:
        raise Refused(_("That office is of another bureau."), _("Choose one of this bureau."))
    if isinstance(by, User) and by.office_id == to.pk:
        raise Refused(_("That is your own office."), _("Choose another, or solve it here."))
    changes = {"arrive_by": workdays.after(clock.today(), terms.ARRIVE), "office_due_on": None}
    done = stepped(by, request, "hand_on", version=version, said=why, office=to, **{"office_id": to.pk}, **changes)
    if remember:
        _remember(by, done, to)
    return done


def _remember(by, request, office):
    told = {"office": office, "remembered_by": name_of(by)[:150], "remembered_at": clock.now()}
    mark = {"bureau": request.bureau, "kind": request.kind, "community": request.community}
    Route.objects.update_or_create(**mark, defaults=told)
    record(
        by=by, action="requests.remember_route", subject=f"route:{request.kind}", bureau=request.bureau,
        community=request.community.code if request.community else "", office=office.code,
    )  # fmt: skip


@action
def take(*, by, request, version=None):
    """The office has it: only now has it arrived, and the office's own deadline begins."""
    days = KINDS[request.kind].days if request.kind in KINDS else KINDS["other"].days
    due = workdays.after(clock.today(), days)
    return stepped(by, request, "take", version=version, office=request.office, office_due_on=due, arrive_by=None)


@action
def take_back(*, by, request, why="", version=None):
    """Back from an office that did not take it, or that has it and does nothing."""
    changes = {"arrive_by": None, "office_due_on": None, "office_id": None}
    return stepped(by, request, "take_back", version=version, said=text_of(why), office=request.office, **changes)


@action
def forget_route(*, by, route):
    """A remembered way is no longer suggested; the station's to say."""
    if isinstance(by, User) and (by.role != STATION or by.bureau_id != route.bureau_id):
        raise NotAllowed(_("The station looks after the routes."))
    subject = f"route:{route.kind}"
    record(by=by, action="requests.forget_route", subject=subject, bureau=route.bureau, office=route.office.code)
    Route.objects.filter(pk=route.pk).delete()
