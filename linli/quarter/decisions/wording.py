"""Sentences of a room's Chinese documents, from the ``wording.toml`` beside its code; Simplified is made from them.

A document's language is Chinese whatever the reader's screen speaks. Names of people, places and offices stay in the
script in which the bureau writes them.
"""

import re
import tomllib
from functools import cache
from importlib import resources


class Wording:
    """The sentences of one room.

    >>> Wording("linli.quarter.decisions")("title", kind="談話提醒")
    '談話提醒記錄'
    """

    def __init__(self, package):
        self._sentences = _read(package)

    def __call__(self, key, **facts):
        """The sentence with that key, its blanks filled; lists are joined with 、."""
        return self._sentences[key].format_map({name: _listed(value) for name, value in facts.items()})


@cache
def _read(package):
    return tomllib.loads((resources.files(package) / "wording.toml").read_text(encoding="utf-8"))


def _listed(value):
    return "、".join(str(item) for item in value) if isinstance(value, list | tuple) else value


def simplified(text, names=()):
    """The text in Simplified Chinese, the names in it as they were.

    >>> simplified("民警義建平，得分82分", names=["義建平"])
    '民警義建平，得分82分'
    """
    names = sorted({name for name in names if name}, key=len, reverse=True)
    if not names:
        return _simplifier()(text)
    parts = re.split("(" + "|".join(map(re.escape, names)) + ")", text)
    return "".join(part if part in names else _simplifier()(part) for part in parts)


@cache
def _simplifier():
    from opencc import OpenCC  # loads its dictionaries: only who reads Simplified waits for them

    return OpenCC("tw2s").convert


def dated(day):
    """A day as documents write it: 2026年11月5日; blank places where there is none yet."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "　　　　年　　月　　日"
