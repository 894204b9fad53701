"""What the pages of this room have in common: the way down, one form page, whose day it is, which quarter."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from heng import periods
from linli.ground.accounts.roles import DEPARTMENT, LEADER, OFFICER, PERSONNEL, SECRETARY, STATION, SUPERVISION
from linli.ground.officers.queries import officer_of, within
from linli.ground.places.models import Community
from linli.ground.trail.actions import record
from linli.ground.trail.listed import day_of

WATCH = (STATION, SUPERVISION, PERSONNEL, LEADER, SECRETARY, DEPARTMENT)
READERS = (OFFICER, *WATCH)


def crumbs_of(bureau, *more):
    """The way down to a page of this room."""
    top = [(reverse("worklog:home", args=[bureau.code]), _("Log"))]
    return [{"url": url, "label": label} for url, label in [*top, *more]]


def form_page(request, bureau, form, heading, back, **more):
    """One form on a page of its own. more: lede, submit, adverse, crumbs."""
    context = {"form": form, "heading": heading, "cancel_url": back, "submit": heading}
    return render(request, "worklog/form.html", context | {"crumbs": crumbs_of(bureau)} | more)


def own_officer(request, bureau):
    """The officer behind the account, of this bureau; nobody else has a day here."""
    officer = officer_of(request.user)
    if officer is None or officer.bureau_id != bureau.pk:
        raise PermissionDenied("no officer")
    return officer


def beats(officer, first, last=None):
    """Communities that the officer held on a day, or on any day up to another, as a queryset."""
    posts = within(officer.posts.all(), first, last or first)
    return Community.objects.filter(posts__in=posts).select_related("place").distinct().order_by("code")


def date_or_404(text):
    """A date of an address."""
    found = day_of(text)
    if found is None or not 2000 <= found.year <= 2999:
        raise Http404
    return found


def period_or_404(text):
    """A quarter of an address."""
    try:
        year, _quarter = periods.parse(text)
    except ValueError as wrong:
        raise Http404 from wrong
    if not 2000 <= year <= 2999:
        raise Http404
    return text


def taken_along(user, what, bureau):
    """A list of others' work leaves the house: that is written down. One's own is one's own."""
    if user.role != OFFICER:
        record(by=user, action="worklog.export", subject=what, bureau=bureau)
