"""``linli pool fit BOOK…``: complexity coefficients from many books, as a pool.toml for their schemes."""

from linli.book.phrases import LANGUAGES


def register(subparsers):
    """Adds ``pool`` with its one command."""
    pool = subparsers.add_parser("pool", help="complexity coefficients from many places")
    commands = pool.add_subparsers(dest="pool_command", required=True, metavar="COMMAND")
    fitting = commands.add_parser("fit", help="fit the coefficients of the adjusted rates over the places of all books")
    fitting.add_argument("books", metavar="BOOK", nargs="+", help="folders of CSVs or .xlsx workbooks")
    fitting.add_argument("--scheme", metavar="FILE", help="default: scheme.toml in or beside the first book")
    fitting.add_argument("--out", metavar="FILE", help="where to write it (default: the screen)")
    fitting.add_argument("--name", default="pool", help="what the pool is called")
    fitting.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0])
    fitting.set_defaults(run=_fit)


def _fit(args):
    from linli.pool_fit import fit  # SciPy is loaded by the command that needs it, not by every command

    return fit(args.books, args.scheme, args.out, args.name, args.lang)
