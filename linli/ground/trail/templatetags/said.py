"""Codes as people say them: ``{% load said %}``, then ``{{ period|quarter }}``, ``{{ month|month }}`` and so on."""

from datetime import date

from django import template
from django.utils.formats import date_format

from linli.book.words import Words
from linli.ground.trail.language import reader

register = template.Library()


@register.filter
def quarter(period):
    """A quarter in words; what is no quarter stays as it is.

    >>> from django.utils.translation import override
    >>> with override("zh-hant"):
    ...     print(quarter("2026Q3"), quarter("2026"))
    2026年第三季度 2026
    """
    text = str(period or "")
    if len(text) != 6 or text[4] != "Q":
        return text
    return _words().period(text)


@register.filter
def month(text):
    """A month such as 2026-10 in words.

    >>> from django.utils.translation import override
    >>> with override("zh-hant"):
    ...     print(month("2026-10"))
    2026年10月
    """
    year, number = map(int, str(text).split("-"))
    return date_format(date(year, number, 1), "YEAR_MONTH_FORMAT")


@register.filter
def fact(name):
    """A place fact by its name; one that the default scheme does not know stays as it was written.

    >>> from django.utils.translation import override
    >>> with override("zh-hant"):
    ...     print(fact("rental_share"), fact("street_lamps"))
    出租房屋佔比 street_lamps
    """
    words, key = _words(), f"facts.{name}"
    return words(key) if key in words else name


@register.filter
def written(office):
    """A department or a source as the scheme writes it, in the reader's language where it is one of the default scheme.

    >>> from django.utils.translation import override
    >>> with override("zh-hant"):
    ...     print(written("command centre"), written("氣象局"))
    指揮中心 氣象局
    """
    return _words().office(office or "")


def _words():
    return Words(reader())
