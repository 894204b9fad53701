"""The ranks each officer may truly hold: a bar from the best to the worst possible, a dot where they stand."""

from typing import NamedTuple

from linli.faces.desk.charts import drawing as d

_LEFT, _WIDTH, _TOP, _ROW = 0.31, 0.55, 26, 26
_LABEL_ROOM = 104  # pixels beside the bars on a phone


class Standing(NamedTuple):
    """One officer. rank, low, high: ranks, None when not ranked; score: as written; alike: cannot be told apart from
    the chosen one; chosen: whom the reader looks at; note: said in place of a bar when there is no rank."""

    label: str
    rank: float | None
    low: float | None
    high: float | None
    score: str = ""
    alike: bool = False
    chosen: bool = False
    note: str = ""


def draw(standings, *, words, ranks=None):
    """SVG of possible ranks, one row per officer in the order given. standings: Standing rows.

    ranks: how many ranks there are (default: the largest possible one). words: title, description, rank and score
    (heads of the columns), nothing. Rows alike to the chosen one stand on a shaded ground.
    """
    standings = [Standing(*row) for row in standings]
    if not standings:
        return d.nothing(words)
    last = ranks or max((int(v) for row in standings for v in (row.rank, row.high) if d.known(v)), default=1)
    across = d.Scale(0.5, last + 0.5)
    height = _TOP + _ROW * len(standings) + 6
    marks = [*_head(across, last, height, words)]
    for position, row in enumerate(standings):
        marks += _row(row, across, _TOP + _ROW * position)
    return d.picture(words["title"], words["description"], height, *marks)


def _head(across, last, height, words):
    yield d.text(0, 14, words["rank"], "heading")
    yield d.text(1, 14, words["score"], "heading end")
    for rank in _ranks_named(last):
        yield d.text(_at(across, rank), 14, str(rank), "tick mid")
        yield d.upright(_at(across, rank), _TOP - 6, height - 4, "grid-line")


def _ranks_named(last):
    """All ranks of a county; of many the first, the last and round ones that do not touch them."""
    if last <= 12:
        return list(range(1, last + 1))
    return [1, *(int(tick) for tick in d.ticks(1, last) if 0.1 * last < tick < 0.9 * last), last]


def _row(row, across, top):
    middle = top + _ROW / 2
    own = " own" if row.chosen else ""
    if row.alike or row.chosen:
        yield d.bar(0, 1, top + 1, _ROW - 2, "alike")
    yield d.text(0.012, middle + 4, d.shortened(row.label, _LABEL_ROOM), own.strip())
    yield d.text(0.988, middle + 4, row.score, f"end{own}")
    if not d.known(row.rank):
        yield d.text(_LEFT + 0.01, middle + 4, row.note, "faint")
        return
    if d.known(row.low, row.high):
        left, right = (_at(across, row.low - 0.35), _at(across, row.high + 0.35))
        yield d.named(d.bar(left, right, middle - 5, 10, "band" if row.chosen else "band other"), _said(row))
    yield d.dot(_at(across, row.rank), middle, "dot" if row.chosen else "dot other", 6 if row.chosen else 5)


def _said(row):
    return f"{row.label} {row.low:g}–{row.high:g}"


def _at(across, rank):
    return _LEFT + _WIDTH * across(rank)
