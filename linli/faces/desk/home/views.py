"""The first page: what waits, what is late, what changed; and for the province its bureaus."""

from django.shortcuts import render

from linli.faces.desk.home import changes, departments, leading, officer, overseers
from linli.faces.desk.home.items import in_order
from linli.ground.accounts.doors import may_enter, page
from linli.ground.accounts.roles import EVERYBODY, Role
from linli.ground.places.models import Bureau
from linli.ground.trail import clock
from linli.quarter.appraisal.models import Cycle
from linli.quarter.appraisal.wording import STATE_TAGS, STATES

WAITS = {
    Role.OFFICER: (officer.items, leading.unread),
    Role.STATION: (departments.items, leading.unread),
    Role.DEPARTMENT: (departments.items, leading.unread),
    Role.PERSONNEL: (leading.personnel, departments.items),
    Role.SUPERVISION: (departments.items, leading.supervision, leading.unread),
    Role.LEADER: (leading.leader,),
    Role.SECRETARY: (leading.secretary,),
    Role.CADRE: (departments.cadre, departments.items),
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
        "cycles": _cycles(user.bureau) if user.role != Role.CADRE else (),
        "bureaus": _bureaus(user),
    }
    return render(request, "desk/home.html", context)


def _cycles(bureau):
    """The latest quarters of a bureau, newest first."""
    found = Cycle.objects.filter(bureau=bureau).order_by("-period")[:4] if bureau else ()
    return [(cycle, STATES[cycle.state], STATE_TAGS[cycle.state]) for cycle in found]


def _bureaus(user):
    """The bureaus a province viewer may look into."""
    if user.role != Role.PROVINCE:
        return ()
    return [bureau for bureau in Bureau.objects.select_related("place") if may_enter(user, bureau)]
