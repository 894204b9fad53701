"""What every page needs to know about its reader: the form token and the installation's clock."""

from django.utils.formats import date_format
from django.utils.timezone import localtime

from linli.ground.accounts.doors import new_token
from linli.ground.trail import clock


def page(request):
    """Context of every template."""
    moment = localtime(clock.now())
    shown = date_format(moment, "DATETIME_FORMAT") if clock.offset() else ""
    return {"once": new_token(), "clock": shown, "today": moment.date()}
