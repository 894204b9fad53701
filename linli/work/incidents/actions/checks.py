"""Site checks: each community's own plan, a draw with a recorded seed, and what was found on the spot."""

import secrets
from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from heng import periods
from linli.ground.officers.queries import officer_of
from linli.ground.places.ids import checked_id, made
from linli.ground.places.queries import communities
from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of, record
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.work.incidents import drawing, kinds, who
from linli.work.incidents.models import CheckPoint, SiteCheck, SiteDraw
from linli.work.incidents.worded import one_of, place_words

MOST = 200  # checks of one community in a quarter


@action
def add_check_point(*, by, community, code, weight_class, what, cell="", since=None):
    """One thing on a community's plan that can be checked on the spot."""
    one_of(kinds.CLASSES, weight_class, _("class of checks"))
    code, what = checked_id(code, _("a point of the plan")), place_words(what)
    if not what or len(code) > 20:
        raise Refused(_("A point of the plan needs a short code and a few words."))
    point = made(
        CheckPoint.objects, _("The code %(code)s is already in use.") % {"code": code}, community=community, code=code,
        weight_class=weight_class, what=what, cell=place_words(cell, 40), since=since or clock.today(),
    )  # fmt: skip
    record(by=by, action="incidents.add_check_point", subject=f"check_point:{community.code}:{code}",
           bureau=community.bureau, weight_class=weight_class, what=what)  # fmt: skip
    return point


@action
def close_check_point(*, by, point, why):
    """Takes a point off the plan; what was drawn of it stays drawn."""
    why = place_words(why, 200)
    if not why:
        raise Refused(_("Say why the point leaves the plan."))
    still = CheckPoint.objects.filter(pk=point.pk, closed_on=None)
    if not still.update(closed_on=clock.today(), version=F("version") + 1):
        raise Refused(_("This point has left the plan already."))
    record(by=by, action="incidents.close_check_point", subject=f"check_point:{point.community.code}:{point.code}",
           why=why, bureau=point.community.bureau)  # fmt: skip
    point.refresh_from_db()
    return point


@action
def draw_site_checks(*, by, bureau, period, size=30, seed=None):
    """The quarter's ``SiteDraw`` with its checks; asked again it gives the one that was drawn: nobody draws twice."""
    there = SiteDraw.objects.filter(bureau=bureau, period=period).first()
    if there:
        return there
    if not 1 <= size <= MOST:
        raise Refused(_("A community has between 1 and %(most)s checks in a quarter.") % {"most": MOST})
    first, last = _days(period)
    plan = CheckPoint.objects.filter(community__in=communities(bureau), closed_on=None).select_related("community")
    plan = list(plan.order_by("community__code", "code"))
    if not plan:
        raise Refused(_("No community has a plan of checks yet."), _("Write the plans first."))
    seed = secrets.randbits(48) if seed is None else seed
    drawn = made(
        SiteDraw.objects, _("Somebody else has drawn this quarter's checks."), bureau=bureau, period=period, seed=seed,
        size=size, by=name_of(by), at=clock.now(),
    )  # fmt: skip
    SiteCheck.objects.bulk_create(
        SiteCheck(draw=drawn, community=point.community, number=number, point=point, due_on=day,
                  weight_class=point.weight_class)
        for number, point, day in drawing.drawn(plan, seed, size, first, last)
    )  # fmt: skip
    record(by=by, action="incidents.draw_site_checks", subject=f"site_draw:{period}", bureau=bureau, seed=seed,
           size=size)  # fmt: skip
    return drawn


def _days(period):
    """From today (or the quarter's first day) to its last; a quarter that is over is drawn no more."""
    first, last = periods.span_of(period)
    if clock.today() > last:
        raise Refused(_("The quarter is over: checks are drawn before they are due."))
    return max(first, clock.today()), last


@action
def record_site_check(*, by, check, found, on=None, version=None, client_key=""):
    """Result of the check: passed, failed, or it could not be checked. Not by the holder or a relative."""
    one_of([code for code in kinds.FOUND if code], found, _("finding"))
    if client_key and check.client_key == client_key:
        return check  # the phone sent it twice
    day = on or clock.today()
    _check_day(check, day)
    officer = officer_of(by) if hasattr(by, "pk") else None
    if officer and officer.posts.filter(community=check.community_id).exists():
        raise NotAllowed(_("Nobody checks the own community."), _("Somebody from the public-order brigade does."))
    who.must_be_free(by, check.community.bureau, check.draw.period, [check.community_id])
    seen = check.version if version is None else version
    still = SiteCheck.objects.filter(pk=check.pk, version=seen)
    done = still.update(
        found=found, checked_on=day, checked_by=name_of(by), recorded_at=clock.now(), client_key=client_key[:40],
        version=F("version") + 1,
    )  # fmt: skip
    there = SiteCheck.objects.get(pk=check.pk)
    if not done:
        rows = [(_("Result of the check"), str(kinds.FOUND[found]), str(kinds.FOUND[there.found]), "found")]
        raise Stale(_("Somebody else has written this check first."), rows, there.version)
    before = {"before": check.found} if check.found else {}
    record(by=by, action="incidents.record_site_check", bureau=check.community.bureau, found=found, on=day,
           subject=f"site_check:{check.draw.period}:{check.community.code}:{check.number}", **before)  # fmt: skip
    check.refresh_from_db()
    return check


def _check_day(check, day: date):
    first, last = periods.span_of(check.draw.period)
    if not first <= day <= last:
        raise Refused(_("That day does not lie in the quarter."), _("Enter the day of the check."))
    if day > clock.today():
        raise Refused(_("That day has not come yet."), _("Enter the day of the check."))
