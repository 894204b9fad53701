"""Which books and which scheme a command means: the scheme named, else the one beside the first book, else the default
one as far as the books allow."""

from pathlib import Path

from linli.book.read import known_facts, read_book
from linli.book.scheme import default_scheme, read_scheme


def books_and_scheme(paths, scheme=None, pool=True):
    """(books, scheme), every book checked against the scheme; ``BadBook`` for whatever is wrong with them.

    The default scheme adjusts for those of its covariates that every place of every book has. ``pool`` False: the
    scheme's own pool is not read (it may not exist yet).
    """
    path = Path(scheme) if scheme is not None else beside(Path(paths[0]))
    if path is None:
        bare = [read_book(one)[0] for one in paths]
        chosen = default_scheme(set.intersection(*(set(known_facts(book)) for book in bare)))
    else:
        chosen = read_scheme(path, pool=pool)
    return [read_book(one, scheme=chosen)[0] for one in paths], chosen


def beside(book):
    """scheme.toml in the book's folder, or beside the workbook; None when there is none."""
    found = (book if book.is_dir() else book.parent) / "scheme.toml"
    return found if found.is_file() else None
