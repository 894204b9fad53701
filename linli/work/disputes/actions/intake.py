"""A dispute is taken in, put right, or struck out because it was entered by mistake."""

from django.db.models import Max
from django.utils.translation import gettext as _

from linli.ground.accounts.models import User
from linli.ground.places.models import Bureau
from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.work.disputes import days
from linli.work.disputes.actions.moves import allowed, moved, noted, within_limit
from linli.work.disputes.kinds import KINDS, OPEN, SCALES, URGENCIES
from linli.work.disputes.models import Dispute, Side
from linli.work.disputes.plain_words import checked, confidential
from linli.work.disputes.rights import is_committee, may_take_in

TITLE, LABEL, KEY, WHY = 120, 60, 64, 1000  # characters at most


@action
def take_in(
    *, by, bureau, community, kind, title, scale, taken_in_on=None, client_key="", urgency="", sides=("", ""),
    from_ledger=False,
):  # fmt: skip
    """A new dispute with its two sides; the same ``client_key`` again gives the same dispute and writes nothing.

    taken_in_on: today, or up to 60 days back (any day with ``from_ledger``: the committee reads an old ledger in, and
    what is read in counts in 90 days); sides: what the mediator calls 甲方 and 乙方, encrypted. An account that takes
    in mediates, until somebody else is named.
    """
    if from_ledger:
        keeps_ledger(by)
    _check_place(by, bureau, community)
    today = clock.today()
    taken_in_on = _day(taken_in_on or today, today, from_ledger)
    values = checked_values(kind=kind, title=title, scale=scale, urgency=urgency)
    client_key = str(client_key or "")
    if len(client_key) > KEY:
        raise Refused(_("The key of this record is too long."))
    Bureau.objects.select_for_update(no_key=True).get(pk=bureau.pk)  # numbers are given one by one
    known = Dispute.objects.filter(bureau=bureau, client_key=client_key).first() if client_key else None
    if known:
        return known
    last = Dispute.objects.filter(bureau=bureau, year=taken_in_on.year).aggregate(last=Max("serial"))["last"] or 0
    dispute = Dispute.objects.create(
        bureau=bureau, community=community, year=taken_in_on.year, serial=last + 1,
        number=f"{taken_in_on.year}-{last + 1:04d}", taken_in_on=taken_in_on, due=days.limit_of(taken_in_on),
        counts_on=_counts_on(taken_in_on, today, from_ledger), mediator=by if isinstance(by, User) else None,
        taken_in_by=name_of(by), client_key=client_key, changed_at=clock.now(), **values,
    )  # fmt: skip
    for letter, label in zip("ab", sides, strict=True):
        Side.objects.create(dispute=dispute, letter=letter, label=confidential(label, _("A side"), LABEL, needed=False))
    noted(by, dispute, "take_in")
    return dispute


def keeps_ledger(by):
    """Refuses whoever is not of the mediation committee."""
    if not isinstance(by, str) and not is_committee(by):
        raise NotAllowed(_("The mediation committee keeps the ledger."), _("Take a new matter in by itself."))


def _counts_on(taken_in_on, today, from_ledger):
    """An open matter of an old ledger is mediated from today on: its own day may lie in a quarter long frozen."""
    return days.counts_first(max(taken_in_on, today) if from_ledger else taken_in_on)


def _check_place(by, bureau, community):
    if community is None:
        raise Refused(_("The community is missing."), _("Choose the community where the dispute is."))
    if community.bureau_id != bureau.pk:
        raise Refused(_("%(community)s belongs to another bureau.") % {"community": community.name})
    if not may_take_in(by, community):
        raise NotAllowed(
            _("You do not take in disputes of %(community)s.") % {"community": community.name},
            _("Its officer, its cadre or the mediation committee does."),
        )


def _day(day, today, from_ledger):
    if day > today:
        raise Refused(_("%(date)s is still to come.") % {"date": day.isoformat()})
    if (today - day).days > days.TAKEN_BACK and not from_ledger:
        raise Refused(
            _("%(date)s is more than 60 days ago.") % {"date": day.isoformat()},
            _("The mediation committee reads old matters in with the ledger."),
        )
    return day


def checked_values(*, kind, title, scale, urgency):
    for code, words in ((kind, KINDS), (scale, SCALES), (urgency, URGENCIES)):
        if code not in words:
            raise Refused(_("“%(code)s” is not one of the choices.") % {"code": str(code)[:40]})
    title = checked(title, _("What the dispute is about"), TITLE)
    return {"kind": kind, "title": title, "scale": scale, "urgency": urgency}


@action
def read_in(*, by, bureau, rows):
    """Takes in the rows of an old ledger (``ledger_in.read_ledger``); a row that was read in before stays as it is.

    The mediation committee alone; what is read in counts in 90 days, or sooner if it is settled.
    """
    keeps_ledger(by)
    return [take_in(by=by, bureau=bureau, from_ledger=True, **row) for row in rows]


@action
def change(*, by, dispute, version, kind, title, scale, urgency=""):
    """Puts right what was entered at the intake."""
    allowed(by, dispute)
    values = checked_values(kind=kind, title=title, scale=scale, urgency=urgency)
    labels = {
        "kind": _("Kind"),
        "title": _("What the dispute is about"),
        "scale": _("How many people"),
        "urgency": _("Urgency"),
    }
    words = {"kind": KINDS.get, "title": str, "scale": SCALES.get, "urgency": URGENCIES.get}
    rows = [(label, words[name](values[name]), name, words[name]) for name, label in labels.items()]
    return moved(by, dispute, "change", [*OPEN, "settled", "not_settled"], version, rows, **values)


@action
def name_side(*, by, dispute, side, label):
    """What the mediator calls a side, so as to tell the two apart; encrypted."""
    allowed(by, dispute)
    label = confidential(label, _("A side"), LABEL, needed=False)
    if not Side.objects.filter(dispute=dispute, letter=side).update(label=label):
        raise Refused(_("There is no such side."))
    noted(by, dispute, "name_side")
    return dispute


@action
def strike(*, by, dispute, why, version=None):
    """The matter was entered by mistake or twice: it stays in the ledger, struck out, and counts nowhere.

    why: encrypted. How many were struck out stands beside the rate.
    """
    allowed(by, dispute)
    within_limit(dispute)
    why = confidential(why, _("Why"), WHY)
    return moved(by, dispute, "strike", ["taken_in", "consented"], version, state="struck", ended_because=why,
                 written_by=name_of(by))  # fmt: skip
