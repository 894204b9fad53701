"""The quarter that runs now, for links."""

from django import template

from heng.periods import period_of
from linli.ground.trail import clock

register = template.Library()


@register.simple_tag
def now_period():
    """Such as 2026Q3."""
    return period_of(clock.today())
