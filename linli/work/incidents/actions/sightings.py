"""What residents say they have seen: kept without them, looked at by the command centre, passed on or closed."""

from datetime import UTC, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of, record
from linli.ground.trail.refusals import Refused
from linli.work.incidents import kinds
from linli.work.incidents.actions import leads
from linli.work.incidents.actions.numbers import _next_number
from linli.work.incidents.models import Sighting
from linli.work.incidents.worded import one_of, place_words

LONGEST = timedelta(days=366)  # nobody remembers the hour of what was seen before that
GRACE = timedelta(days=1)  # a telephone's clock may be another zone's


@action
def sighting(*, by, bureau, community=None, kind, at=None, place_note="", client_key=""):
    """The register number of something that was seen. Whoever said it is not kept, not even in the trail.

    client_key: the sender's own mark of what is sent, once in a bureau; sent again it gives the number it got.
    """
    kind = one_of(kinds.SEEN, kind, _("kind of sighting"))
    if community is not None and community.bureau_id != bureau.pk:
        raise Refused(_("%(community)s belongs to another bureau.") % {"community": community.name})
    at, note, key = _moment(at), place_words(place_note), str(client_key)[:80].replace("\0", "")
    number = _next_number(Sighting.objects, bureau, clock.today().year)
    there = Sighting.objects.filter(bureau=bureau, client_key=key).first() if key else None
    if there:
        return there.number
    Sighting.objects.create(
        bureau=bureau, number=number, received_at=clock.now(), seen_at=at, community=community, kind=kind,
        place_note=note, client_key=key,
    )  # fmt: skip
    record(by=_nobody(by), action="incidents.sighting", subject=f"sighting:{number}", bureau=bureau, kind=kind)
    return number


def _moment(at):
    """The moment in UTC, as any database keeps it; a year ago at most, and not yet to come."""
    if at is None:
        return None
    now, at = clock.now(), timezone.make_aware(at) if timezone.is_naive(at) else at
    if at > now + GRACE:
        raise Refused(_("That time has not come yet."), _("Leave the time blank if you are not sure."))
    if at < now - LONGEST:
        raise Refused(_("That was more than a year ago."), _("Leave the time blank if you are not sure."))
    return at.astimezone(UTC)


def _nobody(by):
    """A resident stays nobody; staff who enter what they were told do so under their name."""
    return name_of(by) if hasattr(by, "username") else "resident"


@action
def pass_on(*, by, sighting, community=None):
    """The ``Lead`` that a sighting becomes; it needs a community."""
    place = community or sighting.community
    if place is None:
        raise Refused(_("A lead needs a community."), _("Choose the community in which it was seen."))
    _settle(by, sighting, Sighting.State.PASSED)
    lead = leads._entered(
        by, sighting.bureau, received_on=timezone.localdate(sighting.received_at), source="sighting", community=place,
        kind=kinds.AS_LEAD.get(sighting.kind, "other"), place_note=sighting.place_note, sighting=sighting,
    )  # fmt: skip
    record(by=by, action="incidents.pass_on", subject=f"sighting:{sighting.number}", bureau=sighting.bureau,
           lead=lead.number)  # fmt: skip
    return lead


@action
def close_sighting(*, by, sighting):
    """Nothing follows from it."""
    _settle(by, sighting, Sighting.State.CLOSED)
    record(by=by, action="incidents.close_sighting", subject=f"sighting:{sighting.number}", bureau=sighting.bureau)


def _settle(by, sighting, state):
    still = Sighting.objects.filter(pk=sighting.pk, state=Sighting.State.NEW)
    if not still.update(state=state, settled_by=name_of(by), settled_at=clock.now()):
        raise Refused(_("Somebody else has already dealt with this sighting."), _("Look at the list as it is now."))
    sighting.refresh_from_db()
