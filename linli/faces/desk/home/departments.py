"""What waits for a department, a station, a cadre: figures to supply, figures to verify."""

from django.urls import reverse
from django.utils.translation import ngettext

from linli.faces.desk.home import cycles
from linli.ground.accounts.items import Item
from linli.quarter.appraisal.models import Cycle
from linli.quarter.appraisal.wording import period_name
from linli.quarter.indicators import owners, queries


def items(user, bureau, today):
    """``Item``s of whoever supplies or verifies rates."""
    for cycle in (one for one in cycles.of(bureau) if one.state == Cycle.State.OPEN):
        yield from _figures(user, bureau, cycle)


def _figures(user, bureau, cycle):
    for duty in queries.sheet(bureau, cycle.period).duties:
        mine = owners.supplies(user, duty.rate) if duty.part == "supply" else owners.verifies(user, duty.rate)
        owed = [cell for cell in duty.owed if owners.reaches(user, cell.community)] if mine else ()
        if owed:
            yield _duty(duty, len(owed), bureau, cycle.period)


def _duty(duty, owed, bureau, period):
    if duty.part == "supply":
        text = ngettext("%(rate)s: %(n)d figure to supply", "%(rate)s: %(n)d figures to supply", owed)
    else:
        text = ngettext("%(rate)s: %(n)d figure to verify", "%(rate)s: %(n)d figures to verify", owed)
    url = reverse(f"indicators:{duty.part}", args=[bureau.code, period, duty.rate.id])
    return Item(text % {"rate": queries.rate_name(duty.rate), "n": owed}, url, duty.due, period_name(period), owed)
