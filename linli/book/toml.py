"""TOML read strictly: every key known, every value of its kind, every slip with its line and its path in the file."""

import datetime
import re
import tomllib
from dataclasses import dataclass, field
from difflib import get_close_matches

from linli.book.cells import LARGEST
from linli.book.files import decoded, read_bytes
from linli.book.problems import BadBook, Problem

LARGEST_FILE = 4 * 2**20
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]#]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*([\w.\"' -]+?)\s*=")
_LINE = re.compile(r"at line (\d+)")


class Refused(Exception):
    """A value that is not what its key needs: the code of a phrase and its facts."""

    def __init__(self, code, **facts):
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass
class Document:
    """A parsed file and what is wrong with it so far; a path is ("ranking", "min_days") or ("rate", 2, "weight")."""

    where: str
    content: dict
    lines: dict
    problems: list = field(default_factory=list)

    def refuse(self, code, path, found="", **facts):
        """Notes a problem at a path."""
        row = next((self.lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.lines), None)
        self.problems.append(Problem(code, self.where, row, _spelled(path), _found(found), facts))

    def section(self, raw, path, keys, needed=()):
        """The values of one table by key, read by ``keys`` (key -> reader); what is refused is left out.

        An unknown key is a problem, and so is a needed one that is absent.
        """
        if not isinstance(raw, dict):
            self.refuse("table", path, raw)
            return {}
        for key in raw:
            if key not in keys:
                self._unknown((*path, key), raw[key], keys)
        for key in needed:
            if key not in raw:
                self.refuse("needed", (*path, key))
        return {key: value for key in keys if key in raw for value in self.value((*path, key), raw[key], keys[key])}

    def value(self, path, raw, read):
        """[the value], or [] after noting why it was refused."""
        try:
            return [read(raw)]
        except Refused as why:
            self.refuse(why.code, path, raw, **why.facts)
            return []

    def _unknown(self, path, raw, keys):
        like = get_close_matches(path[-1], keys, n=1)
        if like:
            self.refuse("key_like", path, f"{path[-1]} = {_found(raw)}", like=like[0])
        else:
            self.refuse("key", path, f"{path[-1]} = {_found(raw)}", known=list(keys))


def _spelled(path):
    """rate[3].weight for ("rate", 2, "weight"): people count from 1."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def _found(value):
    return "" if value is None else f"{value}".strip()


def read_toml(path, largest=LARGEST_FILE):
    """The ``Document`` of a file; ``BadBook`` when it cannot be read or is no TOML."""
    return parsed(path.name, decoded(path.name, read_bytes(path, largest)))


def parsed(where, text):
    """The ``Document`` of a text."""
    try:
        return Document(where, tomllib.loads(text), _lines(text))
    except (ValueError, RecursionError) as broken:
        line = _LINE.search(str(broken))
        why = str(broken) if isinstance(broken, tomllib.TOMLDecodeError) else "too deep or too large"
        row = int(line[1]) if line else None
        raise BadBook([Problem("toml", where, row, found="…", facts={"why": why})]) from broken


def _lines(text):
    """Line of every key and table header, as far as a glance tells: good enough to point at."""
    found, table, counts = {}, (), {}
    for row, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _parts(header[2])
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            found.setdefault(table, row)
        elif key := _KEY.match(line):
            found.setdefault((*table, *_parts(key[1])), row)
    return found


def _parts(dotted):
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def number(low=-LARGEST, high=LARGEST, above=None):
    """A reader of finite numbers from low to high, or strictly above ``above``."""

    def read(raw):
        if isinstance(raw, bool) or not isinstance(raw, int | float) or raw != raw:
            raise Refused("number")
        if above is not None and raw <= above:
            raise Refused("above", above=above)
        if not low <= raw <= high:
            raise Refused("range", low=f"{low:,.12g}", high=f"{high:,.12g}")
        return float(raw)

    return read


def whole(low, high=LARGEST):
    """A reader of whole numbers from low to high."""

    def read(raw):
        if isinstance(raw, bool) or not isinstance(raw, int) or not low <= raw <= high:
            raise Refused("whole", low=f"{low:,}", high=f"{high:,.12g}")
        return raw

    return read


def choice(*words):
    """A reader of a few words."""

    def read(raw):
        if not isinstance(raw, str) or raw not in words:
            raise Refused("word", words=words)
        return raw

    return read


def switch(raw):
    """true or false."""
    if not isinstance(raw, bool):
        raise Refused("true_false")
    return raw


def words(raw):
    """Some text that can be printed: not blank, no control characters, up to 200 characters."""
    if not isinstance(raw, str) or not raw.strip():
        raise Refused("some_text")
    if len(raw) > 200 or not raw.isprintable():
        raise Refused("text", longest=200)
    return raw.strip()


def listing(read, once=False):
    """A reader of lists, each item by ``read``; ``once``: no item twice. Gives a tuple."""

    def read_all(raw):
        if not isinstance(raw, list):
            raise Refused("list")
        found = tuple(read(item) for item in raw)
        if once and len(set(found)) < len(found):
            raise Refused("once")
        return found

    return read_all


def date(raw):
    """A day, as a TOML date or as text; gives ISO text."""
    if isinstance(raw, datetime.date) and not isinstance(raw, datetime.datetime):
        return raw.isoformat()
    try:
        return datetime.date.fromisoformat(raw).isoformat()
    except (TypeError, ValueError) as wrong:
        raise Refused("date") from wrong
