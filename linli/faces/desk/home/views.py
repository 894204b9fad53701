"""The first page: what waits, what is late, what changed; and for the province its bureaus."""

from django.shortcuts import render
from django.urls import reverse

from linli.faces.desk.home import changes, cycles, departments, leading, officer, overseers, signing, work
from linli.ground.accounts.doors import may_enter, page
from linli.ground.accounts.items import in_order
from linli.ground.accounts.roles import EVERYBODY, LEADING, Role
from linli.ground.places.models import Bureau
from linli.ground.trail import clock
from linli.quarter.appraisal.models import Cycle
from linli.quarter.appraisal.wording import STATE_TAGS, STATES, period_name

WAITS = {
    Role.OFFICER: (officer.items, signing.items, leading.unread, work.items),
    Role.STATION: (departments.items, leading.unread, work.items),
    Role.DEPARTMENT: (departments.items, leading.unread, work.items),
    Role.PERSONNEL: (leading.personnel, departments.items, work.items),
    Role.SUPERVISION: (departments.items, leading.supervision, leading.unread, work.items),
    Role.LEADER: (leading.leader,),
    Role.SECRETARY: (leading.secretary,),
    Role.CADRE: (signing.items, departments.items, work.items),
    Role.PROVINCE: (),
    Role.ADMINISTRATOR: (overseers.administrator,),
    Role.AUDITOR: (overseers.auditor,),
}


@page(*EVERYBODY)
def home(request):
    """``/``: the same page for everybody, filled for the role."""
    user, today = request.user, clock.today()
    waits = [item for wait in WAITS[Role(user.role)] for item in wait(user, user.bureau, today)]
    items = [(item, item.late(today)) for item in in_order(waits, today)]
    context = {
        "items": items,
        "late": sum(late for _, late in items),
        "changes": changes.latest(user.bureau),
        "cycles": _cycles(user) if user.role != Role.CADRE else (),
        "bureaus": _bureaus(user),
    }
    return render(request, "desk/home.html", context)


def _cycles(user):
    """The latest quarters of a bureau, newest first: name, where it leads, state, the tag's kind."""
    found = cycles.of(user.bureau)[:4] if user.bureau_id else ()
    return [(period_name(one.period), _where(user, one), STATES[one.state], STATE_TAGS[one.state]) for one in found]


def _where(user, cycle):
    """Where a quarter leads: to the county once it is published, before that to what the role sees of it."""
    if cycle.state == Cycle.State.PUBLISHED:
        name = "desk:quarter"
    elif user.role in (Role.STATION, Role.DEPARTMENT):
        name = "indicators:own"
    else:
        name = "appraisal:cycle" if user.role in (*LEADING, Role.SUPERVISION, Role.OFFICER) else ""
    return reverse(name, args=[user.bureau.code, cycle.period]) if name else ""


def _bureaus(user):
    """The bureaus a province viewer may look into."""
    if user.role != Role.PROVINCE:
        return ()
    return [bureau for bureau in Bureau.objects.select_related("place") if may_enter(user, bureau)]
