"""``linli national EVIDENCE.parquet``: one quarter of a province or the country, county by county."""

import argparse
import sys
from pathlib import Path

from linli.book.phrases import LANGUAGES, phrase

WRONG = 2


def register(subparsers):
    """Adds ``national`` to the command line."""
    command = subparsers.add_parser("national", help="appraise one quarter of many counties")
    command.add_argument("evidence", metavar="EVIDENCE", type=Path, help="a Parquet file, a row per community and rate")
    command.add_argument("--scheme", metavar="FILE", type=Path, required=True)
    command.add_argument("--out", metavar="DIR", type=Path, required=True, help="a folder that is new or empty")
    command.add_argument("--period", metavar="2026Q3", help="default: the latest in the file")
    command.add_argument("--workers", metavar="N", type=_workers, help="processes, default: one a core")
    command.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0])
    command.set_defaults(run=run)


def _workers(text):
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 1024):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to 1024")
    return int(text)


def run(args):
    """Reads, appraises and writes; 2 and nothing written when the file, the scheme or the folder is wrong."""
    try:
        from national import evidence as national_evidence
    except ImportError as lacking:
        print(f"linli national needs the extra: pip install linli[national]  ({lacking})", file=sys.stderr)
        return WRONG
    from linli.book.scheme import read_scheme
    from linli.folders import in_the_making, put

    scheme = read_scheme(args.scheme)
    if args.out.exists() and (not args.out.is_dir() or any(args.out.iterdir())):
        print(f"--out {args.out}: expected a folder that is new or empty", file=sys.stderr)
        return WRONG
    try:
        evidence = national_evidence.read(args.evidence, scheme, args.period)
    except national_evidence.BadEvidence as bad:
        print("\n".join(f"{args.evidence.name}: {problem}" for problem in bad.problems), file=sys.stderr)
        return WRONG
    with in_the_making(args.out) as made:
        places = _appraised(args, evidence, scheme, made)
        put(made, args.out)
    print(f"{evidence.period}: {places:,} communities in {evidence.counties():,} counties")
    print(phrase("note.files", args.lang, folder=f"{args.out}/"), file=sys.stderr)
    return 0


def _appraised(args, evidence, scheme, made):
    """Every table and the manifest in the folder ``made``; the number of communities."""
    import datetime

    from linli.progress import counted
    from national import manifest
    from national import run as national
    from national.crew import crew

    started = datetime.datetime.now(datetime.UTC)

    def watched(steps, total):
        return counted(steps, sys.stderr, total)

    with crew(national.workers_for(evidence, len(scheme.rates), args.workers)) as mapped:
        found = national.coefficients(evidence, scheme, mapped)
        places = national.run(evidence, scheme, found, made, mapped, watched)
    finished = datetime.datetime.now(datetime.UTC)
    manifest.write(made, args.evidence, args.scheme, scheme, evidence, found, places, started, finished)
    return places
