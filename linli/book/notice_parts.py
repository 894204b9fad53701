"""What the circular says, part by part, as text: nothing in here knows about paper."""

import math

from heng.results import RANKED
from linli.book import reasons
from linli.book.figures import fixed, significant, yuan

_NUMERALS = "一二三四五六七八九十"


def numeral(number):
    """A Chinese numeral from 1 to 99.

    >>> numeral(3), numeral(10), numeral(12), numeral(20), numeral(45)
    ('三', '十', '十二', '二十', '四十五')
    """
    tens, ones = divmod(number, 10)
    if number <= 10:
        return _NUMERALS[number - 1]
    return (_NUMERALS[tens - 1] if tens > 1 else "") + "十" + (_NUMERALS[ones - 1] if ones else "")


def facts(shown):
    """How many were ranked, and how the scores lie. A post that several share is one score."""
    words, line = shown.words, shown.scheme.bottom
    posts = {row.community: row.score for row in shown.scores if row.status == RANKED}
    if not posts:
        return words("notice.facts_none")
    scores = list(posts.values())
    short = sum(score <= line.below if line.inclusive else score < line.below for score in scores)
    return words(
        "notice.facts",
        ranked=len(scores),
        mean=fixed(sum(scores) / len(scores), 2),
        highest=fixed(max(scores), 2),
        lowest=fixed(min(scores), 2),
        line=significant(line.below),
        reached=len(scores) - short,
        short=short,
    )


def why_not_ranked(shown, row):
    """Nothing for somebody who is ranked."""
    return "" if row.status == RANKED else shown.status(row)


def doubt(shown):
    """How many pairs of posts nobody can order, and what that means for whoever is last."""
    words, at = shown.words, {row.officer: row.community for row in shown.scores}
    posts = sorted({row.community for row in shown.scores if row.status == RANKED})
    if len(posts) < 2:
        return ""
    alike = {tuple(sorted((at[a], at[b]))) for a, others in shown.quarter.alike.items() for b in others}
    said = words("notice.doubt_pairs", pairs=len(posts) * (len(posts) - 1) // 2, alike=len(alike))
    return said + "".join(_last(shown, case[0]) for case in reasons.cases(shown) if case[0].kind == "notice")


def _last(shown, proposal):
    place, person = shown.place(proposal.community), shown.name(proposal.officer)
    return shown.words("notice.doubt_last", place=place, person=person, doubt=reasons.doubt(shown, proposal))


def rates(shown):
    """Where the county as a whole is strong and weak; "" when there is nothing to compare."""
    places = sorted({row.community for row in shown.scores if row.status == RANKED})
    means = {}
    for rate in shown.scheme.rates:
        points = [shown.figures[p, rate.id].points for p in places if rate in shown.present_rates(p)]
        if points:
            means[rate.id] = sum(points) / len(points)
    if len(means) < 2:
        return ""
    best, worst = max(means, key=means.get), min(means, key=means.get)
    of = {"best": shown.rate(best), "worst": shown.rate(worst)}
    return shown.words("notice.rates", best_points=fixed(means[best], 1), worst_points=fixed(means[worst], 1), **of)


def evidence(shown):
    """What is missing and who owes it, and every other note on the quarter."""
    return "".join(shown.notes) or shown.words("notice.no_notes")


def cases(shown):
    """(opening, text) for every group of proposals about one officer."""
    return [(_opening(shown, case), "".join(_case(shown, case[0]))) for case in reasons.cases(shown)]


def _opening(shown, case):
    first = case[0]
    kinds = [reasons.kind(shown, proposal) for proposal in case]
    who = {"place": shown.place(first.community), "person": shown.name(first.officer)}
    return shown.words("notice.case", kinds=kinds, rule=first.rule, **who)


def _case(shown, proposal):
    words = shown.words
    yield words("notice.why", reason=reasons.reason(shown, proposal))
    yield words("notice.sure", doubt=reasons.doubt(shown, proposal))
    if proposal.kind == "notice":
        key = "together" if proposal.leaders else "together_without_leader"
        yield words(f"notice.{key}", leaders=list(proposal.leaders), offices=list(proposal.offices))
    if proposal.blocked_by:
        yield words("notice.waits", blocks=reasons.blocks(shown, proposal))


def leaders(shown):
    """Who kept the days due in the community (R-41), and who has no leader."""
    found, words = shown.quarter.leader_months, shown.words
    said = words("notice.leaders_none")
    if len(found):
        met = sum(found.days >= found.due)
        due = significant(shown.scheme.leader_days.per_month)
        said = words("notice.leaders", due=due, months=len(found), met=met, short=len(found) - met)
    alone = _without_leader(shown)
    return said + (words("notice.without_leader", places=alone) if alone else "")


def _without_leader(shown):
    return [shown.place(facts["community"]) for code, facts in shown.quarter.notes if code == "no_leader"]


def money(shown):
    """The pot and what it waits for."""
    words, lines, rule = shown.words, shown.quarter.allowance, shown.scheme.allowance
    months = fixed(math.fsum(lines.months), 2)
    facts = {"total": yuan(lines.amount_fen.sum()), "per_month": yuan(rule.per_month_fen), "months": months}
    return words("notice.money", **facts) + (words("notice.money_waits") if rule.needs_funding_approval else "")


def demands(shown):
    """What is asked of whom, most urgent first."""
    words, owed = shown.words, {}
    for code, facts in shown.quarter.notes:
        if code == "late_supply":
            owed.setdefault((facts["supplier"], facts["rate"]), []).append(shown.place(facts["community"]))
    for (supplier, rate), places in owed.items():
        who = {"supplier": shown.department(supplier), "rate": shown.rate(rate)}
        yield words("notice.demand_supply", places=places, **who)
    if _without_leader(shown):
        yield words("notice.demand_leader", places=_without_leader(shown))
    if any(shown.quarter.leader_months.days < shown.quarter.leader_months.due):
        yield words("notice.demand_days")
    yield words("notice.demand_object")
    yield words("notice.demand_use")
