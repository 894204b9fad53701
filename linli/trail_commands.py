"""``linli trail verify`` and ``linli trail anchor``: whether the chain of entries holds, asked from outside the web."""

import argparse
import os
import sys
from pathlib import Path

from linli.book.phrases import LANGUAGES

BROKEN = 2


def register(subparsers):
    """Adds ``trail`` to the command line."""
    command = subparsers.add_parser("trail", help="check the trail: nothing altered, removed or reordered")
    commands = command.add_subparsers(dest="what", required=True, metavar="WHAT")
    verify = commands.add_parser("verify", help="read the whole chain; exit status 0 it holds, 2 it does not")
    verify.add_argument(
        "--anchor", metavar="NUMBER:HASH|FILE", type=_anchors, default=[],
        help="a line written down before, or a file of such lines: shows an end that was cut off and written anew",
    )  # fmt: skip
    _with_language(verify).set_defaults(run=run_verify)
    anchor = commands.add_parser("anchor", help="add the chain's end as a line to a file kept elsewhere")
    anchor.add_argument("file", metavar="FILE", type=Path, help="made if it is not there; - prints the line")
    _with_language(anchor).set_defaults(run=run_anchor)


def _with_language(command):
    command.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0])
    return command


def _anchors(text):
    """(number, hash) of every line; an ArgumentTypeError for what is neither a line nor a file of them."""
    from linli.ground.trail.verified import anchor_of

    path = Path(text)
    lines = path.read_text(encoding="utf-8").split() if path.is_file() else [text]
    found = [anchor_of(line) for line in lines]
    if not found or None in found:
        raise argparse.ArgumentTypeError(f"{text!r} is not NUMBER:HASH, nor a file of such lines")
    return found


def run_verify(args):
    """Prints every fault with its entry's number, then the chain's end as an anchor; 0 when there is none, else 2."""
    _django()
    from django.utils.translation import override

    from linli.ground.trail import queries, verified

    with override(args.lang.replace("_", "-").lower()):
        broken = 0
        for number, what in _faults(queries, args.anchor):
            broken += 1
            print(verified.line(number, what))
        end = queries.head()
        if broken:
            print(verified.broken(broken), file=sys.stderr)
            return BROKEN
        print(verified.holds(end[0]))
        print(verified.anchor_text(end))
    return 0


def _faults(queries, anchors):
    """The chain is read once; anchors beyond the first are looked up one by one."""
    yield from queries.faults(anchor=anchors[0] if anchors else None)
    for number, digest in anchors[1:]:
        if queries.hash_at(number) != digest:
            yield number, "anchor"


def run_anchor(args):
    """Appends ``NUMBER:HASH`` of the last entry to a file, or prints it."""
    _django()
    from linli.ground.trail import queries, verified

    line = verified.anchor_text(queries.head()) + "\n"
    if str(args.file) == "-":
        print(line, end="")
    else:
        with args.file.open("a", encoding="utf-8") as kept:
            kept.write(line)
    return 0


def _django():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.settings")
    import django

    django.setup()
