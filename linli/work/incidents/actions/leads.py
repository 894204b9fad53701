"""The register of leads: entered once, verified by those who can tell, the verification looked at by somebody else."""

from django.db.models import F
from django.utils.translation import gettext as _

from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of, record
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.work.incidents import kinds, months, who
from linli.work.incidents.actions.numbers import _next_number
from linli.work.incidents.models import Lead
from linli.work.incidents.worded import one_of, place_words


@action
def receive_lead(*, by, bureau, community, kind, source="officer", received_on=None, cell="", place_note=""):
    """A lead in the register: place and kind, never a name."""
    lead = _entered(
        by, bureau, community=community, kind=kind, source=source, received_on=received_on, cell=cell,
        place_note=place_note,
    )  # fmt: skip
    record(by=by, action="incidents.receive_lead", subject=f"lead:{lead.number}", bureau=bureau,
           community=community.code, kind=kind, source=source)  # fmt: skip
    return lead


def _entered(by, bureau, *, community, kind, source, received_on=None, cell="", place_note="", sighting=None):
    one_of(kinds.LEAD_KINDS, kind, _("kind of lead"))
    one_of(kinds.SOURCES, source, _("source of leads"))
    if community.bureau_id != bureau.pk:
        raise Refused(_("%(community)s belongs to another bureau.") % {"community": community.name})
    day = received_on or clock.today()
    if day > clock.today():
        raise Refused(_("That day has not come yet."), _("Enter the day on which the lead came."))
    number = _next_number(Lead.objects, bureau, day.year)
    return Lead.objects.create(
        bureau=bureau, number=number, received_on=day, source=source, community=community, kind=kind,
        cell=place_words(cell, 40), place_note=place_words(place_note), sighting=sighting, entered_by=name_of(by),
        entered_at=clock.now(),
    )  # fmt: skip


@action
def verify_lead(*, by, lead, verified, result="", version=None):
    """Useful or not, and what came of it for the place; not by whoever entered it."""
    if verified not in ("useful", "not"):
        raise Refused(_("Say whether the lead was useful."))
    one_of(kinds.RESULTS, result, _("result"))
    if lead.entered_by == name_of(by):
        raise NotAllowed(_("Whoever entered a lead does not verify it."), _("Ask a colleague."))
    _must_be_free(by, lead)
    _change(
        lead, version, verified=verified, result=result, verified_by=name_of(by), verified_at=clock.now(),
        checked_by="", checked_at=None, returned_because="",
    )  # fmt: skip
    record(by=by, action="incidents.verify_lead", subject=f"lead:{lead.number}", bureau=lead.bureau,
           verified=verified, result=result)  # fmt: skip
    return lead


def _must_be_free(by, lead):
    """Nobody says of a lead of a relative's community whether it was useful."""
    who.must_be_free(by, lead.bureau, months.quarter_of(months.month_of(lead.received_on)), [lead.community_id])


@action
def check_lead(*, by, lead, agrees, why="", version=None):
    """The command centre looks at a verification: it stands, or goes back with a reason."""
    if lead.verified == "open":
        raise Refused(_("This lead is not verified yet."), _("The investigation brigade verifies it first."))
    if name_of(by) in (lead.verified_by, lead.entered_by):
        raise NotAllowed(_("Whoever entered or verified a lead does not check it."), _("Ask a colleague."))
    _must_be_free(by, lead)
    why = place_words(why, 200)
    if not agrees and not why:
        raise Refused(_("Say why the lead goes back."))
    if agrees:
        _change(lead, version, checked_by=name_of(by), checked_at=clock.now(), returned_because="")
    else:
        _change(lead, version, verified="open", result="", checked_by="", checked_at=None, returned_because=why)
    record(by=by, action="incidents.check_lead", subject=f"lead:{lead.number}", bureau=lead.bureau, agrees=agrees,
           why=why)  # fmt: skip
    return lead


@action
def merge_lead(*, by, lead, into, version=None):
    """The same thing entered twice counts once: ``lead`` becomes a duplicate of ``into``."""
    into = Lead.objects.select_for_update(no_key=True).get(pk=into.pk)
    if into.bureau_id != lead.bureau_id or into.pk == lead.pk:
        raise Refused(_("A lead is merged into another lead of the same bureau."))
    if into.merged_into_id:
        raise Refused(_("%(number)s is itself a duplicate.") % {"number": into.number}, _("Merge into the one kept."))
    if Lead.objects.filter(merged_into=lead).exists():
        raise Refused(_("Other leads were merged into this one."), _("Merge the other way round."))
    _change(lead, version, merged_into=into)
    record(by=by, action="incidents.merge_lead", subject=f"lead:{lead.number}", bureau=lead.bureau, into=into.number)
    return lead


def _change(lead, version, **values):
    seen = lead.version if version is None else version
    still = Lead.objects.filter(pk=lead.pk, version=seen, merged_into=None)
    changed = still.update(version=F("version") + 1, **values)
    there = Lead.objects.get(pk=lead.pk)
    if not changed and there.merged_into_id:
        raise Refused(_("This lead was merged into another."), _("Look at the one that was kept."))
    if not changed:
        words = {"verified": (_("Verified"), kinds.VERIFIED), "result": (_("Result"), kinds.RESULTS)}
        rows = [
            (label, str(known[values[name]]), str(known[getattr(there, name)]), name)
            for name, (label, known) in words.items()
            if name in values
        ]
        raise Stale(_("Somebody else has changed this lead."), rows, there.version)
    lead.refresh_from_db()
