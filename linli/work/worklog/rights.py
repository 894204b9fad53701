"""Whose day it is and who may look: beyond the role at the door, which officers and communities are one's own."""

from linli.ground.accounts.roles import DEPARTMENT, OFFICER, STATION, SUPERVISION
from linli.ground.officers.models import Officer, Post
from linli.ground.officers.queries import officer_of, within
from linli.ground.trail import clock

COMMAND = "command centre"  # as the scheme names it


def is_own(by, officer):
    """Whether somebody writes the own day; the program itself (a name, not a user) may."""
    mine = None if isinstance(by, str) else officer_of(by)
    return isinstance(by, str) or (mine is not None and mine.pk == officer.pk)


def holds(officer, community, day):
    """Whether the officer held the community on a day."""
    return within(Post.objects.filter(officer=officer, community=community), day, day).exists()


def held(officer, day=None):
    """Communities whose post the officer holds on a day (default today), by code."""
    day = day or clock.today()
    posts = within(Post.objects.filter(officer=officer).select_related("community__place"), day, day)
    return [post.community for post in posts.order_by("community__code")]


def is_station_of(by, officer, day):
    """Whether somebody speaks for the station of a community that the officer held on a day."""
    if isinstance(by, str):
        return True
    posts = Post.objects.filter(officer=officer, community__station__isnull=False, community__station=by.office_id)
    return by.role == STATION and by.office_id is not None and within(posts, day, day).exists()


def seen_by(user, communities, first, last):
    """Those of a queryset of communities of whose days from first to last this user may read."""
    if user.role == OFFICER:
        mine = officer_of(user)
        held = within(mine.posts.all(), first, last).values("community") if mine else ()
        return communities.filter(pk__in=held)
    if user.role == STATION:
        return communities.filter(station=user.office_id) if user.office_id else communities.none()
    return communities


def officers_of(user, bureau, first, last):
    """Officers whose papers this user may print: the own ones, or those who held a community of the own station."""
    found = Officer.objects.filter(bureau=bureau)
    if user.role == OFFICER:
        return found.filter(account=user)
    posts = within(Post.objects.filter(community__station=user.office_id), first, last)
    return found.filter(posts__in=posts).distinct().order_by("code")


def reads_rows(user):
    """Who sees works one by one, without notes; others see counts. An officer sees the own ones whole."""
    commands = user.role == DEPARTMENT and user.office_id is not None and user.office.known_as == COMMAND
    return user.role in (OFFICER, STATION, SUPERVISION) or commands
