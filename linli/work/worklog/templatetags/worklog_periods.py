"""The quarter that runs now, for links."""

from django import template

from linli.ground.trail import clock
from linli.work.worklog.spans import period_of

register = template.Library()


@register.simple_tag
def now_period():
    """Such as 2026Q3."""
    return period_of(clock.today())
