"""Whether the time a phone gives can be true. A phone's clock may be wrong; the server's says when a record came in."""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from linli.ground.trail import clock
from linli.ground.trail.refusals import Refused

AHEAD = timedelta(minutes=5)


def in_time(sent):
    """Refuses a record written later than now."""
    not_ahead(sent.at)


def not_ahead(moment):
    """Refuses a moment that has not come yet."""
    now = clock.now()
    if moment > now + AHEAD:
        told = {"then": shown(moment), "now": shown(now)}
        raise Refused(
            _("This happens later than now: %(then)s, and it is %(now)s.") % told,
            _("Look at the phone's clock, put the time right and send it again."),
        )
    return moment


def shown(moment):
    """A moment as people read it."""
    return date_format(localtime(moment), "DATETIME_FORMAT")
