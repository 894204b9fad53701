"""Reading the room: what waits for whom, leads and sightings and checks as lists."""

from datetime import date, timedelta

from django.db.models import Count, Exists, Max, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.ground.accounts.items import Item
from linli.ground.accounts.roles import OFFICER
from linli.ground.places.queries import communities
from linli.work.incidents import kinds, months, who
from linli.work.incidents.models import CheckPoint, Lead, MonthCount, Sighting, SiteCheck, SiteDraw

COUNTED_BY = 5  # the day of the month by which the month before is counted
NEWS = timedelta(days=14)  # how long an officer is told that a lead was verified


def items(user, bureau, today):
    """What waits for this account here: at most four questions, five for an office with every duty."""
    if user.role == OFFICER:
        yield from _own_lead_verified(user, bureau, today)
        return
    mine = who.duties(user, bureau)
    if who.COUNTS in mine and today.day > COUNTED_BY:
        yield from _month_missing(bureau, today)
    if who.SIGHTINGS in mine:
        yield from _waiting(
            Sighting.objects.filter(bureau=bureau, state=Sighting.State.NEW).count(),
            lambda n: ngettext("%(n)s sighting is new", "%(n)s sightings are new", n),
            reverse("incidents:sightings", args=[bureau.code]),
        )
    if who.LEADS in mine or who.CHECKS_LEADS in mine:
        yield from _leads(bureau, mine)
    if who.SITE in mine:
        yield from _site(bureau, today)


def _waiting(count, text, url, due=None):
    if count:
        yield Item(text(count) % {"n": count}, url, due=due, count=count)


def _month_missing(bureau, today):
    """Communities whose last month is not counted; a bureau that never counted here is not asked to."""
    month = months.last_whole(today)
    there = Q(month_counts__month=month, month_counts__kind__in=kinds.COUNTED, month_counts__number__isnull=False)
    lacking = communities(bureau, today).filter(Exists(MonthCount.objects.filter(bureau=bureau)))
    lacking = lacking.annotate(known=Count("month_counts__kind", filter=there, distinct=True))
    yield from _waiting(
        lacking.filter(known__lt=len(kinds.COUNTED)).count(),
        lambda n: ngettext(
            "The counts of last month are missing for %(n)s community",
            "The counts of last month are missing for %(n)s communities",
            n,
        ),
        reverse("incidents:counts", args=[bureau.code]),
        date(today.year, today.month, COUNTED_BY),
    )


def _leads(bureau, mine):
    rows = Lead.objects.filter(bureau=bureau, merged_into=None)
    found = rows.aggregate(
        open=Count("pk", filter=Q(verified="open")),
        unchecked=Count("pk", filter=~Q(verified="open") & Q(checked_by="")),
    )
    url = reverse("incidents:leads", args=[bureau.code])
    if who.LEADS in mine:
        yield from _waiting(
            found["open"],
            lambda n: ngettext("%(n)s lead is to be verified", "%(n)s leads are to be verified", n),
            f"{url}?verified=open",
        )
    if who.CHECKS_LEADS in mine:
        yield from _waiting(
            found["unchecked"],
            lambda n: ngettext("%(n)s verification is to be checked", "%(n)s verifications are to be checked", n),
            f"{url}?checked=no",
        )


def _site(bureau, today):
    """Checks that are due by the end of the week, or the draw of a quarter that nobody has drawn."""
    period = months.quarter_of(months.month_of(today))
    soon = Q(checks__found="", checks__due_on__lte=today + timedelta(days=7))
    draw = SiteDraw.objects.filter(bureau=bureau, period=period)
    found = draw.aggregate(drawn=Max("pk"), n=Count("checks", filter=soon), due=Min("checks__due_on", filter=soon))
    url = reverse("incidents:checks", args=[bureau.code, period])
    if found["drawn"] is None:
        if CheckPoint.objects.filter(community__bureau=bureau, closed_on=None).exists():
            yield Item(_("The site checks of this quarter are not drawn yet"), url)
        return
    yield from _waiting(
        found["n"],
        lambda n: ngettext("%(n)s site check is to be done", "%(n)s site checks are to be done", n),
        f"{url}?found=todo",
        found["due"],
    )


def _own_lead_verified(user, bureau, today):
    mine = Lead.objects.filter(bureau=bureau, entered_by=user.username, merged_into=None).exclude(verified="open")
    url = reverse("incidents:leads", args=[bureau.code])
    yield from _waiting(
        mine.filter(verified_at__date__gte=today - NEWS).count(),
        lambda n: ngettext("%(n)s of your leads was verified", "%(n)s of your leads were verified", n),
        url,
    )


def leads(bureau, *, verified="", kind="", source="", community="", checked="", entered_by=""):
    """Leads of a bureau, filtered, newest first; duplicates are left out unless asked for (verified="merged")."""
    rows = Lead.objects.filter(bureau=bureau).select_related("community", "merged_into", "sighting")
    rows = rows.filter(merged_into__isnull=verified != "merged")
    asked = {"kind": kind, "source": source, "community__code": community, "entered_by": entered_by}
    if verified in kinds.VERIFIED:
        asked["verified"] = verified
    rows = rows.filter(**{name: value for name, value in asked.items() if value})
    if checked == "no":
        rows = rows.exclude(verified="open").filter(checked_by="")
    return rows.order_by("-received_on", "-number", "-pk")


def sightings(bureau, *, state="", kind=""):
    """The register of what was seen, newest first."""
    rows = Sighting.objects.filter(bureau=bureau).select_related("community", "lead")
    asked = {name: value for name, value in (("state", state), ("kind", kind)) if value}
    return rows.filter(**asked).order_by("-received_at", "-pk")


def draw_of(bureau, period):
    """The quarter's ``SiteDraw``, or None."""
    return SiteDraw.objects.filter(bureau=bureau, period=period).first()


def site_checks(bureau, period, *, found="", community=""):
    """The checks of a quarter as they are due; found: todo, or one of the findings."""
    rows = SiteCheck.objects.filter(draw__bureau=bureau, draw__period=period)
    rows = rows.select_related("community", "point", "draw")
    if found:
        rows = rows.filter(found="" if found == "todo" else found)
    if community:
        rows = rows.filter(community__code=community)
    return rows.order_by("due_on", "community__code", "number")


def checks_by_community(bureau, period):
    """Community code -> how many of its checks passed, failed, could not be done, are still to do."""
    rows = SiteCheck.objects.filter(draw__bureau=bureau, draw__period=period).order_by()
    found = rows.values("community__code").annotate(
        passed=Count("pk", filter=Q(found="passed")), failed=Count("pk", filter=Q(found="failed")),
        could_not=Count("pk", filter=Q(found="could_not")), to_do=Count("pk", filter=Q(found="")),
        newest=Max("recorded_at"),
    )  # fmt: skip
    return {row["community__code"]: row for row in found}


def leads_by_community(bureau, first, last):
    """Community code -> how many leads received from first to last are useful, open, all, and the newest change."""
    rows = Lead.objects.filter(bureau=bureau, merged_into=None, received_on__range=(first, last)).order_by()
    found = rows.values("community__code").annotate(
        useful=Count("pk", filter=Q(verified="useful")), open=Count("pk", filter=Q(verified="open")), all=Count("pk"),
        newest=Max("verified_at"),
    )  # fmt: skip
    return {row["community__code"]: row for row in found}
