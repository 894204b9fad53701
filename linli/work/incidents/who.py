"""Whose work is what here: by the office that the scheme in force names for a rate, else by the field's usual one."""

from django.utils.translation import gettext as _

from heng import periods
from linli.ground.accounts.roles import DEPARTMENT, LEADING, OFFICER, PERSONNEL, STATION, SUPERVISION
from linli.ground.officers.models import Post
from linli.ground.officers.queries import holders, officer_of, relatives_of, within
from linli.ground.places.asked import scheme_on
from linli.ground.places.models import Community
from linli.ground.trail import clock
from linli.ground.trail.refusals import NotAllowed

COUNTS, LEADS, CHECKS_LEADS, SITE, SIGHTINGS = "counts", "leads", "checks_leads", "site", "sightings"
_NAMED = {  # duty -> (rate whose office it is, supplier or verifier, the usual office)
    COUNTS: ("incidents", "supplier", "command centre"),
    LEADS: ("leads", "supplier", "investigation brigade"),
    CHECKS_LEADS: ("leads", "verifier", "command centre"),
    SITE: ("prevention", "supplier", "public-order brigade"),
    SIGHTINGS: ("", "", "command centre"),  # a scheme does not say who hears what was seen
}
WORKERS = (DEPARTMENT, PERSONNEL)  # whose offices may have one of these duties
READERS = (OFFICER, STATION, DEPARTMENT, *LEADING, SUPERVISION)


def duties(user, bureau):
    """The duties of an account's office; none without an office. One question for the scheme."""
    if user.role not in WORKERS or user.office_id is None or user.bureau_id != bureau.pk:
        return frozenset()
    scheme = scheme_on(bureau, clock.today())
    rates = {rate.id: rate for rate in scheme.rates} if scheme else {}
    office = user.office
    mine = {name.strip().casefold() for name in (office.known_as, office.code, office.name) if name}
    named = {
        duty: getattr(rates[rate], part) if rate in rates else usual for duty, (rate, part, usual) in _NAMED.items()
    }
    return frozenset(duty for duty, written in named.items() if written.strip().casefold() in mine)


def held(user, day):
    """Keys of the communities that an officer's account holds on a day."""
    officer = officer_of(user)
    if officer is None:
        return set()
    return set(within(Post.objects.filter(officer=officer), day, day).values_list("community", flat=True))


def barred(user, bureau, period):
    """Keys of the communities of which the account may say nothing in that quarter: its own and its relatives'."""
    if not hasattr(user, "pk"):
        return set()  # the program itself has no relatives
    first, last = periods.span_of(period)
    kin = relatives_of(user)
    return {post.community_id for post in holders(bureau, first, last) if post.officer_id in kin} if kin else set()


def must_be_free(user, bureau, period, communities):
    """``NotAllowed`` where one of the communities (keys) is among those the account is barred from."""
    if barred(user, bureau, period) & set(communities):
        raise NotAllowed(
            _("Somebody related to you held this community in this quarter (R-61)."),
            _("Let a colleague do it who is not related: this protects both of you (rule R-61)."),
        )


def places_of(user, bureau, mine):
    """The communities whose counts an account may see, by code; none for who has nothing to do with them.

    mine: the account's ``duties``.
    """
    places = Community.objects.filter(bureau=bureau).order_by("code")
    if user.role in (*LEADING, SUPERVISION) or mine:
        return places
    if user.role == OFFICER:
        return places.filter(pk__in=held(user, clock.today()))
    if user.role == STATION and user.office_id:
        return places.filter(station=user.office_id)
    return places.none()
