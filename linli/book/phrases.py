"""Sentences of the readers in three languages, from ``phrases.csv``: one row per code."""

import csv
from functools import cache
from importlib import resources

LANGUAGES = ("zh_Hant", "zh_Hans", "en")


@cache
def _all():
    with (resources.files("linli.book") / "phrases.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row for row in csv.DictReader(lines)}


def phrase(code, lang, **facts):
    """The sentence with that code, its blanks filled from ``facts``; KeyError for a code or language nobody wrote.

    >>> phrase("expected.id", "en")
    'an id of 1 to 40 letters, digits, _ or -'
    """
    shown = {name: _listed(value, lang) for name, value in facts.items()}
    return _all()[code][lang].format_map(shown)


def _listed(value, lang):
    if isinstance(value, list | tuple | set | frozenset):
        return (", " if lang == "en" else "、").join(str(item) for item in value)
    return value
