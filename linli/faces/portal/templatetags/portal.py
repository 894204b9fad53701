"""Links that keep the chosen language in the address, the switch between languages, and QR codes."""

from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from linli.book import qr as codes

register = template.Library()
KEPT = ("lang", "via")  # what is carried from page to page: the language, and that somebody came by a card
MOST = 40


@register.simple_tag(takes_context=True)
def to(context, name, *args, **asked):
    """The address of a page of this face, in the language that was chosen; asked: more of its query, "" left out."""
    given = context["request"].GET
    query = {key: given[key][:MOST] for key in KEPT if given.get(key)} | {k: v for k, v in asked.items() if v}
    return reverse(f"portal:{name}", args=args) + (f"?{urlencode(query)}" if query else "")


@register.simple_tag(takes_context=True)
def tongues(context):
    """The languages this page can be read in, each with its address and whether it is the one."""
    request, now = context["request"], get_language()
    query = {key: value[:MOST] for key, value in request.GET.items() if key in ("c", "via")}
    return [
        {"code": code, "name": name, "current": code == now, "url": f"?{urlencode(query | {'lang': code})}"}
        for code, name in settings.LANGUAGES
    ]


@register.simple_tag
def qr(address, label="", quick=False):
    """The QR code of an address, drawn into the page."""
    return mark_safe(codes.svg(str(address), str(label), quick))
