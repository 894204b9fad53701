"""The ranks that every ward team may hold, drawn as an SVG: two bars from best to worst, a dot where it stands."""

from html import escape

import numpy as np

LEFT, STEP, ROW, TOP = 190, 15, 17, 76
INK, GREY, ALL, OWN, DOT = "#1f2933", "#5c6875", "#dfe8f1", "#8fb4d9", "#174a7c"
KEY = ((12, ALL, "all teams at once, 90 %"), (200, OWN, "this team alone, 90 %"))


def ranks(scores, alone, names, title):
    """SVG text. ``scores`` as `heng.results.Scores`, ``names`` parallel to it, ``alone`` officer -> (best, worst) rank.

    Teams without a rank are left out.
    """
    order = [i for i in np.argsort(scores.rank, kind="stable") if np.isfinite(scores.rank[i])]
    width, height = LEFT + STEP * len(order) + 30, TOP + ROW * len(order) + 14
    teams = [
        _team(names[i], scores.rank[i], (scores.rank_low[i], scores.rank_high[i]), alone[scores.officer[i]], row)
        for row, i in enumerate(order)
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
            f'font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="{escape(title)}">',
            f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
            f'<text x="12" y="20" font-size="14" font-weight="600" fill="{INK}">{escape(title)}</text>',
            *(_key(x, colour, words) for x, colour, words in KEY),
            _axis(len(order), height),
            *teams,
            "</svg>\n",
        ]
    )


def _key(x, colour, words):
    return (
        f'<rect x="{x}" y="32" width="22" height="10" rx="5" fill="{colour}"/>'
        f'<text x="{x + 28}" y="41" fill="{GREY}">{escape(words)}</text>'
    )


def _axis(n, height):
    marks = [m for m in (1, *range(5, n + 1, 5), n) if m == n or n - m > 1]
    return "\n".join(
        f'<line x1="{_at(m):.1f}" y1="{TOP - 6}" x2="{_at(m):.1f}" y2="{height - 10}" stroke="#e4e8ec"/>'
        f'<text x="{_at(m):.1f}" y="{TOP - 11}" fill="{GREY}" text-anchor="middle">{m}</text>'
        for m in marks
    )


def _team(name, rank, together, alone, row):
    y = TOP + ROW * row + ROW / 2
    return (
        f'<text x="{LEFT - 10}" y="{y + 4:.1f}" fill="{INK}" text-anchor="end">{escape(name)}</text>'
        + _bar(*together, y, ALL)
        + _bar(*alone, y, OWN)
        + f'<circle cx="{_at(rank):.1f}" cy="{y:.1f}" r="4" fill="{DOT}"/>'
    )


def _bar(best, worst, y, colour):
    left, right = _at(best) - 5, _at(worst) + 5
    return f'<rect x="{left:.1f}" y="{y - 5:.1f}" width="{right - left:.1f}" height="10" rx="5" fill="{colour}"/>'


def _at(rank):
    """Where a rank stands from the left; 1 is best."""
    return LEFT + STEP * (rank - 0.5)
