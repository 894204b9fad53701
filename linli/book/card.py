"""An officer's card (個人考評卡): one self-contained page with every number behind the own score, in plain words.

Colleagues appear as positions only, by name once the quarter is published. Officers without a score get a card too:
it says why.
"""

import math
from functools import cache
from importlib import resources

from heng.results import RANKED, SHORT_POST
from linli.book import card_rate, reasons
from linli.book.card_chart import scores_chart
from linli.book.figures import chance, fixed, significant, span, whole, yuan
from linli.book.page import document, el
from linli.book.terminal import cut

_HTML_LANG = {"zh_Hant": "zh-Hant", "zh_Hans": "zh-Hans", "en": "en"}


def of_officer(shown, row, published=False):
    """The page of one line of scores, as bytes."""
    title = f"{shown.words('card.title', period=shown.words.period(shown.period))} {shown.name(row.officer)}"
    body = el("main", _header(shown, row), *sections(shown, row, published))
    return document(_HTML_LANG[shown.words.lang], title, css(), body)


def sections(shown, row, published=False):
    """The card's parts below its heading, as elements: for a page that has a frame of its own."""
    parts = [_headline(shown, row), _everybody(shown, row, published)]
    if row.status != SHORT_POST:
        parts.append(_rates(shown, row))
    return [
        *parts,
        _proposals(shown, row, published),
        _allowance(shown, row),
        _limits(shown),
        _rights(shown),
        _made(shown),
    ]


@cache
def css():
    """The card's style sheet."""
    return (resources.files("linli.book") / "card.css").read_text(encoding="utf-8")


def _header(shown, row):
    words = shown.words
    return el(
        "header",
        el("p", words("card.title", period=words.period(shown.period)), cls="kicker"),
        el("h1", shown.name(row.officer), el("small", row.officer)),
        el("p", f"{words('card.community')} {shown.place(row.community)}", cls="place"),
    )


def _headline(shown, row):
    facts = el("div", *_big(shown, row), cls="big")
    return el("section", facts, *(el("p", text) for text in _sentences(shown, row)), cls="headline")


def _big(shown, row):
    """Score, rank and the ranks that are possible, in large type."""
    words = shown.words
    if math.isnan(row.score):
        return [_fact(words("card.score"), words("card.no_score"), "")]
    between = span(row.low, row.high)
    note = words("card.score_range", range=between) if between else ""
    found = [_fact(words("card.score"), fixed(row.score, 2), note, "first")]
    if row.status == RANKED:
        among = words("card.rank_among", ranked=shown.ranked_posts)
        found.append(_fact(words("card.rank"), words("card.rank_of", rank=whole(row.rank)), among))
    if not math.isnan(row.rank_low):
        possible = words("card.rank_range_of", low=whole(row.rank_low), high=whole(row.rank_high))
        found.append(_fact(words("card.rank_range"), possible, words("card.sure")))
    return found


def _fact(name, value, note, cls=""):
    return el("div", el("span", name, cls="name"), el("strong", value), el("span", note, cls="note"), cls=f"fact {cls}")


def _sentences(shown, row):
    words, ranking = shown.words, shown.scheme.ranking
    if row.status == SHORT_POST:
        return [words("card.headline_short_post", days=ranking.min_days)]
    if row.status != RANKED:
        weight, needed = significant(row.present_weight), significant(ranking.min_weight)
        return [words("card.headline_little_evidence", weight=weight, needed=needed)]
    return [words("card.headline_post")] * shown.shares_post(row) + _doubts(shown, row)


def _doubts(shown, row):
    words, said = shown.words, []
    if not math.isnan(row.rank_low):
        key = "headline_exact" if row.rank_low == row.rank_high else "headline_range"
        said.append(words(f"card.{key}", low=whole(row.rank_low), high=whole(row.rank_high)))
    alike = shown.quarter.alike.get(row.officer)
    if alike is not None:
        said.append(words("card.headline_alike", count=len(alike)) if alike else words("card.headline_apart"))
    if not math.isnan(row.p_last):
        line = significant(shown.scheme.bottom.below)
        odds = {"p_last": chance(row.p_last), "p_below": chance(row.p_below)}
        said.append(words("card.headline_odds", line=line, **odds))
    return said


def _everybody(shown, row, published):
    """All scores with their intervals: the own one marked, the others numbered, or named once published."""
    words = shown.words
    rows = [other for other in shown.by_rank if not math.isnan(other.score)]
    if not rows:
        return None
    drawn = [(_label(shown, row, other, published), other.score, other.low, other.high, other is row) for other in rows]
    chart = scores_chart(words("card.chart_scores"), drawn, shown.scheme.bottom.below)
    return el("section", el("h2", words("card.all_scores")), chart, _legend(shown), cls="everybody")


def _label(shown, row, other, published):
    words = shown.words
    place = words("card.position", rank=whole(other.rank)) if other.status == RANKED else words("card.unplaced")
    if other is row:
        return f"{place} {words('card.you')}"
    return cut(f"{place} {shown.name(other.officer)}", 16) if published else place


def _legend(shown, expected=False):
    words = shown.words
    line = significant(shown.scheme.bottom.below)
    signs = [("dot", words("card.legend_dot")), ("band", words("card.legend_band"))]
    signs.append(("line", words("card.legend_line", line=line)))
    signs += [("expected", words("card.legend_expected"))] if expected else []
    return el("p", *(el("span", text, cls=f"sign {sign}") for sign, text in signs), cls="legend")


def _rates(shown, row):
    words = shown.words
    sections = [card_rate.section(shown, row, rate) for rate in shown.scheme.rates]
    head = [el("h2", words("card.rates")), el("p", words("card.how"), cls="how"), _legend(shown, expected=True)]
    return el("div", *head, *sections, cls="rates")


def _proposals(shown, row, published):
    words = shown.words
    cases = [case for case in reasons.cases(shown) if case[0].officer == row.officer]
    head = el("h2", words("card.proposals"))
    if not cases:
        return el("section", head, el("p", words("card.nothing_proposed")), cls="proposals")
    parts = [part for case in cases for part in _case(shown, case, published)]
    return el("section", head, el("p", words("card.proposed")), *parts, cls="proposals")


def _case(shown, case, published):
    words, first = shown.words, case[0]
    yield el("h3", words.listed([reasons.kind(shown, one) for one in case]), el("small", first.rule))
    yield el("p", reasons.reason(shown, first, names=published))
    yield el("p", words.sentence(reasons.doubt(shown, first, names=published)), cls="doubt")
    if first.blocked_by:
        yield el("p", words("card.waits", blocks=reasons.blocks(shown, first)), cls="waits")
    if first.kind == "notice":
        yield el("p", words("card.named", names=[*first.leaders, *first.offices]))


def _allowance(shown, row):
    words, line, rule = shown.words, shown.allowance.get(row.officer), shown.scheme.allowance
    if line is None:
        return None
    lines = shown.allowance.values()
    pot = yuan(sum(other.amount_fen for other in lines))
    months = fixed(sum(other.months for other in lines), 2)
    claims = f"{sum(other.score * other.months for other in lines):,.2f}"
    per_month = yuan(rule.per_month_fen)
    own = {"score": fixed(line.score, 2), "own": fixed(line.months, 2), "amount": yuan(line.amount_fen)}
    said = [
        el("p", words("card.allowance_sum", pot=pot, per_month=per_month, months=months)),
        el("p", words("card.allowance_own", pot=pot, all=claims, **own), cls="sum") if own["score"] else None,
        el("p", words("card.allowance_mean", score=own["score"])) if math.isnan(row.score) and own["score"] else None,
        el("p", words("card.allowance_waits"), cls="waits") if rule.needs_funding_approval else None,
    ]
    head = el("h2", words("card.allowance"), el("strong", f"{own['amount']}{words('card.yuan')}"))
    return el("section", head, *(part for part in said if part is not None), cls="allowance")


def _limits(shown):
    words = shown.words
    said = (el("p", words(f"card.{key}")) for key in ("cannot", "cannot_noise"))
    return el("section", el("h2", words("card.limits")), *said, cls="limits")


def _rights(shown):
    words = shown.words
    said = (el("p", words(f"card.{key}")) for key in ("object", "object_law"))
    return el("section", el("h2", words("card.rights")), *said, cls="rights")


def _made(shown):
    scheme, quarter = shown.scheme, shown.quarter
    facts = {"name": scheme.name, "version": scheme.version, "seed": quarter.seed, "draws": f"{quarter.draws:,}"}
    return el("footer", el("p", shown.words("card.made", **facts)))
