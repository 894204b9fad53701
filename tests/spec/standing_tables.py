"""Examples of order, ties and the line of 80 (R-10 to R-25, R-62)."""

from heng.points import round_half_up
from heng.rules import is_below
from tests.spec.reading import posts, said, scheme_with
from tests.spec.table import Table


def _standing(scores, points, settings):
    found = posts(scores, points, settings)
    ranks = said(f"{one.officer} {one.rank:.0f}" for one in found if one.ranked)
    last = said(one.officer for one in found if one.last)
    return ranks, last, said(one.officer for one in found if one.shared_last)


ORDER = Table(
    rule="R-22",
    given=("published scores", "points on the chain", "setting"),
    then=("ranks", "last 末位", "tied last 並列末位"),
    outcome=_standing,
    rows=(
        ("ties share a rank, the next is skipped", "A 91.20 · B 85.00 · C 85.00 · D 79.10", "", "",
         "A 1 · B 2 · C 2 · D 4", "D", ""),
        ("a pair holds one post and takes one rank", "A 91.20 · B+C 85.00 · D 84.00 · E 79.10", "", "",
         "A 1 · B 2 · C 2 · D 3 · E 4", "E", ""),
        ("the pair is last together", "A 91.20 · B+C 70.00 · D 84.00 · E 79.10", "", "",
         "A 1 · B 4 · C 4 · D 2 · E 3", "B · C", ""),
        ("an officer who is not ranked holds no rank", "A 91.20 · B 85.00 · C 84.00 · D 79.10 · E unranked", "", "",
         "A 1 · B 2 · C 3 · D 4", "D", ""),
        ("with three ranked posts nobody is last (vector 5)", "A 91.20 · B 85.00 · C 70.00", "", "",
         "A 1 · B 2 · C 3", "", ""),
        ("two pairs and a single are three posts", "A+B 91.20 · C+D 85.00 · E 70.00", "", "",
         "A 1 · B 1 · C 2 · D 2 · E 3", "", ""),
        ("with everybody on one rank nobody is last", "A 80.00 · B 80.00 · C 80.00 · D 80.00", "",
         'ranking.bottom_tie = "all"', "A 1 · B 1 · C 1 · D 1", "", "A · B · C · D"),
    ),
)  # fmt: skip

TIES = Table(
    rule="R-23, R-25",
    given=("published scores", "points on the chain", "setting"),
    then=("ranks", "last 末位", "tied last 並列末位"),
    outcome=_standing,
    rows=(
        ("the first rate of the chain parts them", "A 90.00 · B 85.00 · C 78.40 · D 78.40",
         "C satisfaction 80.00 · D satisfaction 76.00", "", "A 1 · B 2 · C 3 · D 3", "D", ""),
        ("equal on the first, the second parts them", "A 90.00 · B 85.00 · C 78.40 · D 78.40",
         "C satisfaction 80.00, incidents 71.00 · D satisfaction 80.00, incidents 74.00", "",
         "A 1 · B 2 · C 3 · D 3", "C", ""),
        ("equal on the whole chain (vector 4)", "A 90.00 · B 85.00 · C 78.40 · D 78.40",
         "C satisfaction 80.00, incidents 71.00 · D satisfaction 80.00, incidents 71.00", "",
         "A 1 · B 2 · C 3 · D 3", "", "C · D"),
        ("the same where the bureau counts all tied", "A 90.00 · B 85.00 · C 78.40 · D 78.40",
         "C satisfaction 80.00, incidents 71.00 · D satisfaction 80.00, incidents 71.00",
         'ranking.bottom_tie = "all"', "A 1 · B 2 · C 3 · D 3", "C · D", "C · D"),
        ("a rate that one of them lacks cannot part them", "A 90.00 · B 85.00 · C 78.40 · D 78.40",
         "C satisfaction 80.00", "", "A 1 · B 2 · C 3 · D 3", "", "C · D"),
        ("the chain goes on to the next rate both have", "A 90.00 · B 85.00 · C 78.40 · D 78.40",
         "C satisfaction 80.00, disputes 90.00 · D disputes 85.00", "", "A 1 · B 2 · C 3 · D 3", "D", ""),
        ("three tied: two are left together below one", "A 90.00 · B 78.40 · C 78.40 · D 78.40",
         "B satisfaction 80.00 · C satisfaction 76.00 · D satisfaction 76.00", "",
         "A 1 · B 2 · C 2 · D 2", "", "C · D"),
        ("a rate outside the chain is not asked", "A 90.00 · B 85.00 · C 78.40 · D 78.40",
         "C leads 80.00 · D leads 60.00", "", "A 1 · B 2 · C 3 · D 3", "", "C · D"),
    ),
)  # fmt: skip


def _line(computed, settings):
    published = round_half_up(float(computed))
    return f"{published:.2f}", "yes" if is_below(published, scheme_with(settings).bottom) else "no"


LINE = Table(
    rule="R-31",
    given=("computed score", "setting"),
    then=("published", "below the line"),
    outcome=_line,
    rows=(
        ("half up, so on the line (vector 10)", "79.995", "", "80.00", "no"),
        ("just short of half", "79.9949", "", "79.99", "yes"),
        ("80 itself is not below 80", "80", "", "80.00", "no"),
        ("80 counts where the bureau says 以下 includes it", "80", "bottom.inclusive = true", "80.00", "yes"),
        ("another line", "74.996", "bottom.below = 75.0", "75.00", "no"),
    ),
)
