"""``linli pool fit``: fits a pool over the places of several books and writes it down."""

import sys
from pathlib import Path

from heng import pool
from linli.book.words import Words
from linli.chosen import books_and_scheme
from linli.pool_text import text


def fit(paths, scheme, out, name, lang):
    """Prints the pool, or writes it to ``out``; gives 2 when these books make none, else 0."""
    words = Words(lang)
    books, chosen = books_and_scheme(paths, scheme, pool=False)
    try:
        made = pool.fit(books, chosen, name)
    except ValueError as reason:
        print(words("scheme.not_fitted", reason=str(reason)), file=sys.stderr)
        return 2
    if made.low_confidence:
        enough, sd = str(pool.ENOUGH), chosen.complexity.prior_sd
        print(words("scheme.pool_low", enough=enough, sd=sd), file=sys.stderr)
    written = text(made, chosen, len(books), words)
    if out is None:
        print(written, end="")
    else:
        Path(out).write_text(written, encoding="utf-8", newline="\n")
        print(words("scheme.pool_written", path=out))
    return 0
