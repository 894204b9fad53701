"""A sheet of site checks, filled in on paper on the round and entered at once."""

from collections import defaultdict

from django.db.models import F
from django.utils.translation import gettext as _

from linli.ground.officers.queries import officer_of
from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of, record
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.work.incidents import kinds, who
from linli.work.incidents.models import SiteCheck


@action
def record_sheet(*, by, draw, rows):
    """What was found at many checks of one draw: all of them or none, one entry of the trail. Gives how many.

    rows: (``SiteCheck``, finding, day) …; only checks that nobody has written yet, none of the own community or
    a relative's.
    """
    rows, officer = list(rows), officer_of(by) if hasattr(by, "pk") else None
    own = set(officer.posts.values_list("community", flat=True)) if officer else set()
    for check, found, day in rows:
        if check.draw_id != draw.pk or check.found or found not in kinds.FOUND or not found:
            raise Refused(_("This sheet does not fit the checks that wait."), _("Print it anew and compare."))
        if check.community_id in own:
            raise NotAllowed(_("Nobody checks the own community."), _("Somebody from the public-order brigade does."))
        if day > clock.today():
            raise Refused(_("That day has not come yet."), _("Enter the day of the check."))
    who.must_be_free(by, draw.bureau, draw.period, [check.community_id for check, _found, _day in rows])
    alike, said = defaultdict(list), {"checked_by": name_of(by), "recorded_at": clock.now()}
    for check, found, day in rows:
        alike[found, day].append(check.pk)
    written = 0
    for (found, day), keys in alike.items():
        still = SiteCheck.objects.filter(pk__in=keys, found="")
        written += still.update(found=found, checked_on=day, version=F("version") + 1, **said)
    if written != len(rows):
        raise Refused(_("Somebody else has written one of these checks first."), _("Look at the list again."))
    record(by=by, action="incidents.record_sheet", subject=f"site_draw:{draw.period}", bureau=draw.bureau,
           checks=len(rows), passed=sum(found == "passed" for _check, found, _day in rows))  # fmt: skip
    return len(rows)
