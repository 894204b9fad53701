"""Blocks in the pages that come from a real run, so that no page can tell of numbers the program no longer gives.

A block stands between two remarks. ``make readme`` writes it; ``test_docs`` fails when it is not what a run gives now.
"""

from functools import cache

from benchmarks.calibration.page import kept_block
from heng import quarter
from heng.periods import default_seed
from linli.book.read import read_book
from linli.book.scheme import read_scheme
from linli.book.write import printed
from tests.house import blocks, by_hand, worked
from tests.house.tree import ROOT

COUNTY, PERIOD, DRAWS = ROOT / "examples" / "county", "2026Q3", 20_000
OFFICER = "O06"


@cache
def county():
    """The invented county and its latest quarter: (book, quarter)."""
    book, _ = read_book(COUNTY)
    scheme = read_scheme(COUNTY / "scheme.toml")
    return book, quarter.appraise(book, scheme, PERIOD, seed=default_seed(PERIOD), draws=DRAWS)


def printed_quarter(lang):
    """The first parts of what ``make demo`` prints: head, table, proposals."""
    book, appraised = county()
    parts = printed(appraised, book, lang).strip("\n").split("\n\n")
    return "```text\n{}\n```".format("\n\n".join(parts[:3]))


def worked_table(name):
    book, appraised = county()
    return getattr(worked, name)(by_hand.File(book, appraised, OFFICER))


PAGES = {
    "README.md": lambda name: printed_quarter("en"),
    "README.zh-Hant.md": lambda name: printed_quarter("zh_Hant"),
    "docs/methods/score.md": worked_table,
    "docs/methods/calibration.md": kept_block,
}


def filled(page):
    """The page's text with every block as a run gives it now."""
    return blocks.filled((ROOT / page).read_text(encoding="utf-8"), PAGES[page])
