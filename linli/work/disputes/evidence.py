"""The door upward: 調處率 of each community, and where the records that it counts are listed."""

from collections import Counter

from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.trail import clock
from linli.ground.trail.doors import Counted
from linli.ground.trail.listed import minute
from linli.work.disputes.counting import due_in, is_provisional, is_settled, is_timely
from linli.work.disputes.kinds import LEFT_OUT

RATE = "disputes"
RATES = (RATE,)


def figures(bureau, period):
    """A ``Counted`` for each community with a dispute due in the quarter; none where nothing was due."""
    by_community = {}
    for dispute in due_in(bureau, period):
        by_community.setdefault(dispute.community.code, []).append(dispute)
    for code, disputes in sorted(by_community.items()):
        counted = [dispute for dispute in disputes if dispute.state not in LEFT_OUT]
        if counted:
            yield Counted(
                community=code, rate=RATE, numerator=sum(map(is_settled, counted)), denominator=len(counted),
                source=_("mediation ledger: taken in and due in the quarter, settled and confirmed by both sides, "
                         "no relapse within 60 days"),
                revision=f"{len(disputes)} · {minute(max(dispute.changed_at for dispute in disputes))}",
                shown=_beside(disputes, counted),
                provisional=any(is_provisional(dispute, clock.today()) for dispute in counted),
            )  # fmt: skip


def _beside(disputes, counted):
    """What stands beside the rate and is not scored."""
    states = Counter(dispute.state for dispute in disputes)
    by_code = sum(side.confirmed_how == "code" for dispute in counted for side in dispute.sides.all())
    confirmed = sum(side.confirmed is True for dispute in counted for side in dispute.sides.all())
    followed = sum(bool(dispute.followed_up_by) for dispute in counted)
    by_others = sum(_by_another(dispute) for dispute in counted)
    return (
        (_("handled in time"), f"{sum(map(is_timely, counted))} / {len(counted)}"),
        (_("left out: a side declined"), str(states["refused"])),
        (_("left out: transferred by law"), str(states["transferred"])),
        (_("left out: struck out"), str(states["struck"])),
        (_("confirmed with a number of the side's own"), f"{by_code} / {confirmed}"),
        (_("followed up by somebody who did not mediate"), f"{by_others} / {followed}"),
    )


def _by_another(dispute):
    """Followed up by somebody who is known not to have mediated: of what was copied from paper nobody knows."""
    return dispute.mediator is not None and dispute.followed_up_by not in ("", dispute.mediator.username)


def path(bureau, period, community, rate):
    """The room's page that lists what was counted; "" of a rate that is not this room's."""
    if rate != RATE:
        return ""
    code = getattr(community, "code", community)
    return reverse("disputes:quarter", args=[bureau.code, period, code])
