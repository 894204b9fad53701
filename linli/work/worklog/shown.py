"""How hours, shares and times are said on the pages of this room, in its papers and through its door."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from heng.shares import wilson
from linli.work.worklog.kinds import TOPICS, WORKS
from linli.work.worklog.models import SpotCheck

FOUND, NOT_FOUND = SpotCheck.Result.FOUND, SpotCheck.Result.NOT_FOUND
WAITING, COULD_NOT = SpotCheck.Result.WAITING, SpotCheck.Result.COULD_NOT


def hours_said(hours):
    """Hours to a tenth; "—" for what is not known.

    >>> hours_said(12.34), hours_said(None)
    ('12.3', '—')
    """
    return "—" if hours is None else f"{hours:.1f}"


def share_said(part, whole):
    """A share in whole percents; "—" of nothing.

    >>> share_said(1, 3), share_said(0, 0)
    ('33 %', '—')
    """
    return f"{100 * part / whole:.0f} %" if whole else "—"


def checks_said(checks):
    """Found out of looked for, with Wilson's limits; results set aside and unanswered ones are not counted."""
    done = [check.result for check in checks if check.result in (FOUND, NOT_FOUND) and not check.lifted_because]
    if not done:
        return _("nobody has looked yet")
    found = done.count(FOUND)
    low, high = wilson(found, len(done))
    facts = {"found": found, "looked": len(done), "low": f"{100 * low:.0f}", "high": f"{100 * high:.0f}"}
    return _("%(found)d of %(looked)d (%(low)s–%(high)s %%)") % facts


def drawn_said(checks):
    """How many were drawn, and of how many nothing is known: a share of those that suited somebody is no share."""
    results = [check.result for check in checks]
    facts = {"drawn": len(results), "waiting": results.count(WAITING), "not_looked": results.count(COULD_NOT)}
    return _("%(drawn)d; waiting %(waiting)d, could not look %(not_looked)d") % facts


def clock_said(moment):
    """A time of the day; "" of none."""
    return f"{localtime(moment):%H:%M}" if moment else ""


def moment_said(moment):
    """A day and a time; "" of none."""
    return date_format(localtime(moment), "DATETIME_FORMAT") if moment else ""


def day_said(day):
    """A day with its weekday."""
    return f"{date_format(day, 'DATE_FORMAT')} {date_format(day, 'D')}"


def kind_said(kind):
    """One of the seven, in the reader's language."""
    return str(WORKS.get(kind, kind))


def topics_said(topics):
    """What it was about, in the reader's language."""
    return " · ".join(str(TOPICS.get(topic, topic)) for topic in topics)
