"""Matters that are over, copied from a ledger on paper: all of them or none, one entry of the trail."""

from django.db.models import Max
from django.utils.translation import gettext as _

from linli.ground.places.models import Bureau
from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of, record
from linli.ground.trail.refusals import Refused
from linli.work.disputes import days
from linli.work.disputes.actions.intake import checked_values, keeps_ledger
from linli.work.disputes.models import Dispute, Side

OVER = ("closed", "relapsed", "not_settled", "refused")


@action
def copy(*, by, bureau, rows):
    """The ``Dispute``s made. Only the mediation committee copies, and only what can no longer change.

    rows: dicts of community, kind, title, scale, taken_in_on, state (one of ``OVER``), ended_on, signed (whether 甲方
    and 乙方 signed the agreement) and, of a relapse, relapsed_on. client_key: a row whose key is
    there already is left out.
    """
    keeps_ledger(by)
    Bureau.objects.select_for_update(no_key=True).get(pk=bureau.pk)  # numbers are given one by one
    known = set(Dispute.objects.filter(bureau=bureau).exclude(client_key="").values_list("client_key", flat=True))
    serials = dict(Dispute.objects.filter(bureau=bureau).order_by().values_list("year").annotate(last=Max("serial")))
    made, sides = [], []
    for row in rows:
        if row.get("client_key") in known:
            continue
        year = row["taken_in_on"].year
        serials[year] = serials.get(year, 0) + 1
        made.append(_dispute(by, bureau, row, serials[year]))
        sides += [
            Side(dispute=made[-1], letter=letter, **_said(row, signed))
            for letter, signed in zip("ab", row.get("signed", (False, False)), strict=True)
        ]
    Dispute.objects.bulk_create(made, batch_size=500)
    Side.objects.bulk_create(sides, batch_size=500)
    record(by=by, action="disputes.copy", subject=f"bureau:{bureau.code}", bureau=bureau, disputes=len(made))
    return made


def _dispute(by, bureau, row, serial):
    day, ended, state = row["taken_in_on"], row["ended_on"], row["state"]
    today, settled = clock.today(), state in ("closed", "relapsed")
    counts_on = days.counts_first(day)
    counts_on = days.counts_after_settling(counts_on, ended, ended) if settled else counts_on
    if row["community"].bureau_id != bureau.pk or state not in OVER:
        raise Refused(_("A ledger holds matters of this bureau that are over."))
    _check_days(row, today, settled, counts_on)
    values = checked_values(kind=row["kind"], title=row["title"], scale=row["scale"], urgency="")
    values |= {"settled_on": ended, "follow_up_due": days.watched_until(ended)} if settled else {}
    if settled:
        values |= {"followed_up_on": days.watched_until(ended), "followed_up_by": name_of(by)}
    return Dispute(
        bureau=bureau, community=row["community"], year=day.year, serial=serial, number=f"{day.year}-{serial:04d}",
        taken_in_on=day, due=days.limit_of(day), state=state, ended_on=ended, counts_on=counts_on,
        relapsed_on=row.get("relapsed_on"), taken_in_by=name_of(by), changed_at=clock.now(),
        client_key=row.get("client_key", ""), **values,
    )  # fmt: skip


def _check_days(row, today, settled, counts_on):
    """The days are those that the matter would have had if it had been entered as it went."""
    day, ended, state = row["taken_in_on"], row["ended_on"], row["state"]
    if not day <= ended <= today or (settled and days.watched_until(ended) > today):
        raise Refused(_("A matter is copied when it can no longer change."), _("Take it in by itself."))
    if state == "refused" and ended > days.limit_of(day):
        raise Refused(
            _("A side that declines after the limit leaves a matter that is not settled."), _("Copy it as not settled.")
        )
    relapsed_on = row.get("relapsed_on")
    if (state == "relapsed") != (relapsed_on is not None):
        raise Refused(_("A matter that relapsed has the day on which it did, and no other has one."))
    if relapsed_on and not ended <= relapsed_on <= days.watched_until(ended):
        raise Refused(_("A relapse lies within sixty days of the settlement."), _("Put the day right."))
    if counts_on < days.quarter_before(today):
        raise Refused(
            _("The quarter that counts this matter is long over: it would count nowhere."),
            _("A matter is copied in the quarter that counts it, or in the next."),
        )


def _said(row, signed):
    now = clock.now()
    said = {"consented": row["state"] != "refused", "consent_at": now}
    return said | ({"confirmed": True, "confirmed_at": now, "confirmed_how": "paper"} if signed else {})
