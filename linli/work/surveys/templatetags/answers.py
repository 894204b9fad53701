"""What somebody has already ticked, for a form that comes back: ``{% load answers %}``, ``{{ given|given:key }}``."""

from django import template

register = template.Library()


@register.filter
def given(sent, key):
    """The answer to a question in what was sent; "" where nothing was."""
    return sent.get(f"a-{key}", "") if hasattr(sent, "get") else ""
