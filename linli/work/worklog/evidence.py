"""The door upward: the visibility rate (見警率), counted hours in the beat over due hours.

A community in which nobody has written down any work gives no figure: missing is not zero.
"""

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from heng.periods import span_of
from linli.book.words import Words
from linli.ground.trail import clock
from linli.ground.trail.doors import Counted
from linli.ground.trail.language import reader
from linli.work.worklog.kinds import WORKS
from linli.work.worklog.queries import of_quarter
from linli.work.worklog.shown import checks_said, drawn_said, hours_said, share_said

RATE = "visibility"
RATES = (RATE,)
# Hours of one officer are not independent of one another: who has a good week has it every day. A quarter of 260 due
# hours is taken to say as much as some forty independent ones, as in the county book this rate came from.
DESIGN_EFFECT = 6.0


def figures(bureau, period):
    """A ``Counted`` for each community with hours due and a work neither struck nor running; up to today if it runs."""
    running = clock.today() <= span_of(period)[1]
    for code, quarter in of_quarter(bureau, period).items():
        if quarter.is_written and quarter.due > 0:
            yield _figure(code, quarter, running)


def _figure(code, quarter, running):
    # A share cannot be above 1: who was there longer than due has been there as long as due.
    due = round(quarter.due, 1)
    counted = min(round(quarter.counted, 1), due)
    return Counted(
        community=code, rate=RATE, numerator=counted, denominator=due, source=_source(quarter, due),
        revision=_revision(quarter), design_effect=DESIGN_EFFECT, shown=_shown(quarter), provisional=running,
    )  # fmt: skip


def _source(quarter, due):
    said = [_("hours of the log")]
    if taken := quarter.left_out("not found"):
        said.append(_("%(count)d works taken out by spot checks") % {"count": taken})
    if quarter.counted > due:
        said.append(_("more than due, counted as due"))
    return Words(reader()).aside(*said)[:200]


def _revision(quarter):
    newest = max(localtime(work.changed_at) for work, _hours, _why in quarter.works)
    return f"{len(quarter.works)} · {len(quarter.checks)} · {newest:%Y-%m-%d %H:%M}"


def _shown(quarter):
    pairs = [
        (_("hours counted"), hours_said(quarter.counted)),
        (_("found at spot checks"), checks_said(quarter.checks)),
        (_("spot checks drawn"), drawn_said(quarter.checks)),
        (_("hours written down or changed more than 2 days later"), share_said(quarter.late, quarter.counted)),
    ]
    if quarter.away:
        pairs.append((_("hours the station called away (its breach, R-03)"), hours_said(quarter.away)))
    if quarter.leave:
        pairs.append((_("due hours taken off for leave"), hours_said(quarter.leave)))
    kinds = {work.kind for work, _hours, why in quarter.works if why != "struck"}
    pairs.append((_("kinds of work"), f"{len(kinds)} / {len(WORKS)}"))
    return tuple(pairs)


def path(bureau, period, community, rate):
    """The page of the works behind a figure; "" for another room's rate."""
    return reverse("worklog:community", args=[bureau.code, period, community]) if rate == RATE else ""
