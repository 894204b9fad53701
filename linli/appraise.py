"""``linli appraise BOOK --period 2026Q3``: a county book in, a whole quarter out."""

import argparse
import datetime
import hashlib
import sys
from pathlib import Path

from linli.book.asked import LATEST
from linli.book.phrases import LANGUAGES, phrase
from linli.book.problems import BadBook
from linli.chosen import beside
from linli.folders import check_free, in_the_making, put
from linli.progress import shown

DRAWS = 20_000
FEWEST, MOST = 100, 1_000_000
_SAID_BY_THE_QUARTER = ("no_leader", "no_post")


def register(subparsers):
    """Adds ``appraise`` to the command line."""
    command = subparsers.add_parser("appraise", help="appraise a quarter of a county book")
    command.add_argument("book", metavar="BOOK", type=Path, help="a folder of CSVs or an .xlsx workbook")
    command.add_argument("--period", required=True, help=f"2026Q3, 2026Q1..2026Q3, or {LATEST}")
    command.add_argument("--scheme", metavar="FILE", type=Path, help="default: scheme.toml in or beside the book")
    command.add_argument("--out", metavar="DIR", type=Path, help="default: BOOK-PERIOD/ beside the book")
    command.add_argument("--seed", metavar="N", type=_seed, help="default: the period's last day, 20260930")
    command.add_argument("--draws", metavar="N", type=_draws, default=DRAWS, help=f"default {DRAWS}")
    command.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0])
    command.add_argument("--published", action="store_true", help="name colleagues on the cards")
    command.add_argument("--json", action="store_true", help="print JSON instead of a table")
    command.add_argument("--force", action="store_true", help="write into a folder that holds something else")
    command.set_defaults(run=run)


def _seed(text):
    return _whole(text, 0, 2**63 - 1)


def _draws(text):
    return _whole(text, FEWEST, MOST)


def _whole(text, low, high):
    value = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else -1
    if not low <= value <= high:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {low} to {high}")
    return value


def run(args):
    """Reads, appraises, writes, prints; ``BadBook`` with every problem before anything is written."""
    started = datetime.datetime.now(datetime.UTC)
    scheme, book, report, inputs = read(args.book, args.scheme, args.period)
    folders = _folders(args, report.periods)
    for period, folder in folders.items():
        check_free(folder, period, inputs_name(args.book), args.force)
    _tell(report, scheme, args)
    quarters = [_appraised(args, book, scheme, period) for period in shown(report.periods, sys.stderr)]
    _write(args, quarters, book, folders, inputs, started)
    _show(args, quarters, book, folders)


def read(path, scheme_path, period):
    """(scheme, book, report, inputs: file -> SHA-256) of a command, or ``BadBook`` with the problems of all of them."""
    from linli.book.read import known_facts, read_book
    from linli.book.scheme import default_scheme, read_scheme

    scheme_path = scheme_path or beside(path)
    scheme, problems = None, []
    try:
        scheme = read_scheme(scheme_path) if scheme_path else default_scheme()
    except BadBook as bad:
        problems.extend(bad.problems)
    try:
        book, report = read_book(path, scheme=scheme, period=period)
    except BadBook as bad:
        problems.extend(bad.problems)
    if problems:
        raise BadBook(problems)
    if scheme_path is None:
        scheme = default_scheme(known_facts(book))
    named = {f"{inputs_name(path)}/{name}": digest for name, digest in report.inputs.items()}
    return scheme, book, report, named | _scheme_inputs(scheme, scheme_path)


def inputs_name(path):
    """What a book is called: its folder's or workbook's name."""
    return path.absolute().resolve().name


def _scheme_inputs(scheme, path):
    if path is None:
        return {}
    files = [path]
    if scheme.complexity.pool is not None:
        import tomllib

        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        files.append(path.parent / raw["complexity"].get("pool", "pool.toml"))
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def _folders(args, periods):
    """Period -> folder of its files."""
    book = args.book.absolute().resolve()
    ranged = ".." in args.period
    asked = args.period if ranged else periods[0]
    out = args.out or book.parent / f"{book.stem if book.is_file() else book.name}-{asked}"
    return {period: out / period if ranged else out for period in periods}


def _tell(report, scheme, args):
    """What was left out of the book, and what is unusual about the scheme."""
    said = zip(report.notes, report.said(args.lang), strict=True)
    lines = [line for (code, _), line in said if code not in _SAID_BY_THE_QUARTER]
    if args.scheme is None and beside(args.book) is None:
        covariates = list(scheme.complexity.covariates) or "—"
        lines.append(phrase("note.default_scheme", args.lang, covariates=covariates))
    if len(scheme.rates) < 7:
        lines.append(phrase("note.few_rates", args.lang, rates=len(scheme.rates)))
    for line in lines:
        print(line, file=sys.stderr)


def _appraised(args, book, scheme, period):
    from heng import quarter
    from heng.periods import default_seed

    seed = default_seed(period) if args.seed is None else args.seed
    return quarter.appraise(book, scheme, period, seed, args.draws)


def _write(args, quarters, book, folders, inputs, started):
    """All files of all quarters in the making first; only then is any put in place."""
    from linli.book.write import write_quarter

    with in_the_making(next(iter(folders.values()))) as made:
        finished = datetime.datetime.now(datetime.UTC)
        for quarter in quarters:
            out = made / quarter.period
            how = {"lang": args.lang, "published": args.published, "inputs": inputs}
            write_quarter(quarter, book, out, **how, started=started, finished=finished)
        for period, folder in folders.items():
            put(made / period, folder)


def _show(args, quarters, book, folders):
    from linli.book import write

    if args.json:
        pages = [write.as_json(quarter, book).strip() for quarter in quarters]
        print(pages[0] if ".." not in args.period else "[\n" + ",\n".join(pages) + "\n]")
    else:
        print("\n".join(write.printed(quarter, book, args.lang) for quarter in quarters))
    for folder in folders.values():
        print(phrase("note.files", args.lang, folder=f"{folder}/"), file=sys.stderr)
