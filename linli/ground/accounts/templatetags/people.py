"""Accounts by the names of those they belong to: ``{% load people %}``, then ``{{ decision.decided_by|named }}``."""

from django import template

from linli.ground.accounts.models import User

register = template.Library()


@register.filter
def named(account):
    """The name of whoever the account belongs to; the account itself where nobody has it. Asks the database."""
    found = User.objects.filter(username=account).only("username", "display_name").first() if account else None
    return found.get_full_name() if found else account
