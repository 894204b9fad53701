"""``linli scheme check FILE`` and ``linli scheme calibrate BOOK``: a scheme looked at before it is signed."""

from linli.book.phrases import LANGUAGES


def register(subparsers):
    """Adds ``scheme`` with its two commands."""
    scheme = subparsers.add_parser("scheme", help="check a scheme; propose its points tables")
    commands = scheme.add_subparsers(dest="scheme_command", required=True, metavar="COMMAND")
    checking = commands.add_parser("check", help="what is wrong or unwise in a scheme, and what luck does under it")
    checking.add_argument("scheme", metavar="FILE", help="a scheme, .toml")
    checking.set_defaults(run=_check)
    calibrating = commands.add_parser("calibrate", help="propose points tables from last year's places in a book")
    calibrating.add_argument("book", metavar="BOOK", help="a folder of CSVs or an .xlsx workbook")
    calibrating.add_argument("--scheme", metavar="FILE", help="default: scheme.toml in or beside the book")
    calibrating.add_argument(
        "--year", type=int, help="the year to learn from (default: the last whole one in the book)"
    )
    calibrating.set_defaults(run=_calibrate)
    for command in (checking, calibrating):
        command.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0])


def _check(args):
    from linli.scheme_check import check  # SciPy is loaded by the command that needs it, not by every command

    return check(args.scheme, args.lang)


def _calibrate(args):
    from linli.scheme_calibrate import calibrate

    return calibrate(args.book, args.scheme, args.year, args.lang)
