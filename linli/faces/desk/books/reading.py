"""From what somebody sent to a book and a plan: read, checked together with what stands here, compared."""

import json
import tempfile

from linli.book import frozen
from linli.book.columns import nothing
from linli.book.problems import BadBook
from linli.book.read import read_book
from linli.faces.desk.books import standing
from linli.faces.desk.books.plan import plan_of
from linli.faces.desk.books.upload import lay_out
from linli.ground.trail import clock
from linli.quarter.indicators import queries

_CHECKED_TOGETHER = ("communities", "posts", "pairings")  # rows of these are checked against each other
_LACKING_FACTS = ("covariate", "covariate_known")  # the room of places names these; a file need not have them


def read_upload(bureau, files):
    """(``heng.evidence.Book``, ``Report``, SHA-256) of files as (name, bytes); ``BadBook`` with every problem."""
    version = queries.scheme_on(bureau, clock.today())
    scheme = queries.parsed(version) if version else None
    here, _left = standing.tables(bureau, whole=True)
    known = {sheet: here[sheet] if sheet in _CHECKED_TOGETHER else nothing(sheet) for sheet in here}
    with tempfile.TemporaryDirectory(prefix="linli-book-") as folder:
        path, sha256 = lay_out(files, folder)
        try:
            book, report = read_book(path, scheme=scheme, standing=known)
        except BadBook as bad:
            rest = [problem for problem in bad.problems if problem.code not in _LACKING_FACTS]
            if rest:
                raise BadBook(rest) from bad
            book, report = read_book(path, standing=known)
    return book, report, sha256


def plain(value):
    """As a JSON column gives it back."""
    return json.loads(json.dumps(value, ensure_ascii=False, default=str))


def fresh_plan(by, sent):
    """The plan of a previewed import as it would be now."""
    plan = plan_of(by, sent.bureau, frozen.loads(sent.book))
    return plain(plan.changes), plain(plan.left_out)
