"""What waits for an account in this room, gathered under five headings."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.ground.accounts.items import Item
from linli.work.disputes.kinds import OPEN
from linli.work.disputes.models import CONFIDENTIAL, Dispute
from linli.work.disputes.queries import NEAR, UNCONFIRMED, appointments_of, concerns


def waiting(user, bureau, today):
    """An ``Item`` for each heading under which something waits."""
    where = concerns(user)
    if where is None:
        return []
    asked = Q(state__in=OPEN, due__lte=today + timedelta(days=NEAR)) | Q(state="settled")
    rows = list(
        Dispute.objects.filter(where & asked, bureau=bureau)
        .annotate(unconfirmed=UNCONFIRMED)
        .defer(*CONFIDENTIAL)
        .order_by("due")
    )
    return list(_items(bureau, today, rows, appointments_of(where, bureau, today)))


def _items(bureau, today, rows, meetings):
    if meetings:
        text = ngettext("A mediation today", "%(count)s mediations today", len(meetings)) % {"count": len(meetings)}
        hours = ", ".join(localtime(meeting.at).strftime("%H:%M") for meeting in meetings[:5])
        yield Item(text, reverse("disputes:week", args=[bureau.code]), today, hours, len(meetings))
    open_ones = [dispute for dispute in rows if dispute.state in OPEN]
    late, near = _split(open_ones, lambda dispute: dispute.due < today)
    due = [dispute for dispute in rows if dispute.state == "settled" and dispute.follow_up_due <= today]
    missing = [dispute for dispute in rows if dispute.state == "settled" and dispute.unconfirmed]
    headings = (
        (late, "late", _("Mediation limit passed"), "due"),
        (near, "near", _("Mediation limit near"), "due"),
        (due, "follow_up", _("Follow-up due after sixty days"), "follow_up_due"),
        (missing, "unconfirmed", _("A side has not confirmed the agreement"), "follow_up_due"),
    )
    for found, what, text, day in headings:
        if found:
            yield _item(bureau, found, what, text, min(getattr(dispute, day) for dispute in found))


def _item(bureau, found, what, text, due):
    if len(found) == 1:
        return Item(text, reverse("disputes:dispute", args=[bureau.code, found[0].number]), due, found[0].number, 1)
    return Item(text, f"{reverse('disputes:list', args=[bureau.code])}?what={what}", due, "", len(found))


def _split(rows, is_so):
    yes = [row for row in rows if is_so(row)]
    return yes, [row for row in rows if row not in yes]
