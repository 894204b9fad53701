"""Pairings: a leader (or nobody) and an office bound to a community (R-40)."""

from datetime import date

from django.utils.translation import gettext as _

from linli.ground.officers.models import Leader, Pairing
from linli.ground.officers.queries import within
from linli.ground.places.models import Office
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import Refused


@action
def pair(*, by, community, leader, office, start, end=None):
    """Binds leader and office to a community. leader: None = the community has an office and no leader, for now.

    A leader and an office are each bound to one community on any day; a community may have several of both.
    """
    if end is not None and end < start:
        raise Refused(_("The last day lies before the first, %(start)s.") % {"start": start.isoformat()})
    if community.bureau_id != office.bureau_id or (leader and leader.bureau_id != community.bureau_id):
        raise Refused(_("%(community)s belongs to another bureau.") % {"community": community.name})
    Office.objects.select_for_update(no_key=True).get(pk=office.pk)
    if leader:
        Leader.objects.select_for_update(no_key=True).get(pk=leader.pk)
        _check_free(leader.pairings.exclude(community=community), leader.name, start, end)
    _check_free(office.pairings.exclude(community=community), office.name, start, end)
    same = Pairing.objects.filter(community=community, leader=leader, office=office)
    if within(same, start, end or date.max).exists():
        raise Refused(_("This pairing is already there."), _("Look at the list again."))
    pairing = Pairing.objects.create(community=community, leader=leader, office=office, start=start, end=end)
    _record(by, pairing, "pair", end=end)
    return pairing


def _check_free(pairings, name, start, end):
    clash = within(pairings.select_related("community"), start, end or date.max).order_by("start").first()
    if clash:
        raise Refused(
            _("%(name)s is already paired with %(community)s from %(start)s on.")
            % {"name": name, "community": clash.community.name, "start": clash.start.isoformat()},
            _("End that pairing first: one community at a time (R-40)."),
        )


@action
def end_pairing(*, by, pairing, end):
    """``end`` is the last day of the pairing."""
    if end < pairing.start:
        raise Refused(_("The last day lies before the first, %(start)s.") % {"start": pairing.start.isoformat()})
    if not Pairing.objects.filter(pk=pairing.pk, end=None).update(end=end):
        raise Refused(_("This pairing has already ended."), _("Look at the list again."))
    _record(by, pairing, "end_pairing", end=end)
    pairing.refresh_from_db()
    return pairing


@action
def reopen_pairing(*, by, pairing, why, end=None):
    """The end of a pairing was entered wrongly: it goes on, or ends on another day."""
    if not str(why).strip():
        raise Refused(_("Say why the pairing's end changes."))
    if pairing.leader:
        _check_free(
            pairing.leader.pairings.exclude(community=pairing.community), pairing.leader.name, pairing.start, end
        )
    _check_free(pairing.office.pairings.exclude(community=pairing.community), pairing.office.name, pairing.start, end)
    if not Pairing.objects.filter(pk=pairing.pk, end=pairing.end).update(end=end):
        raise Refused(_("Somebody else has just changed this pairing."), _("Look at the list again."))
    _record(by, pairing, "reopen_pairing", why=str(why), end=end)
    pairing.refresh_from_db()
    return pairing


@action
def remove_pairing(*, by, pairing, why):
    """Takes back a pairing that was entered by mistake."""
    if not str(why).strip():
        raise Refused(_("Say why the pairing is taken back."))
    if not Pairing.objects.filter(pk=pairing.pk).delete()[0]:
        raise Refused(_("Somebody else has already taken it back."))
    _record(by, pairing, "remove_pairing", why=str(why))


def _record(by, pairing, verb, why="", **facts):
    leader = pairing.leader.code if pairing.leader else None
    record(by=by, action=f"officers.{verb}", subject=f"community:{pairing.community.code}", why=why,
           bureau=pairing.community.bureau, leader=leader, office=pairing.office.code, start=pairing.start,
           **facts)  # fmt: skip
