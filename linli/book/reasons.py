"""Why a rule proposes something, in whole sentences of one language, from the facts that the rule gives."""

from itertools import groupby

from linli.book import figures
from linli.book.figures import fixed, yuan

_YEAR = ("award", "nomination", "talent_pool")


def kind(shown, proposal):
    """What is proposed."""
    return shown.words(f"proposals.kind_{proposal.kind}")


def blocks(shown, proposal):
    """What it waits for: a list, empty when for nothing."""
    return [shown.words(f"proposals.block_{block}") for block in proposal.blocked_by]


def chance(shown, proposal):
    """The probability behind it, in words; "" when it is not known."""
    key = {"transfer_review": "p_transfer", **dict.fromkeys(_YEAR, "p_rank")}.get(proposal.kind, "p_last")
    said = figures.chance(proposal.p)
    return shown.words(f"proposals.{key}", p=said) if said else ""


def doubt(shown, proposal, names=True):
    """The probability, and whether the evidence can tell this officer from the others."""
    said = [one for one in [chance(shown, proposal)] if one]
    alike = () if proposal.kind in _YEAR else shown.quarter.alike.get(proposal.officer, ())
    if proposal.distinguishable:
        said.append(shown.words("proposals.apart"))
    elif alike:
        said.append(shown.words("proposals.alike", others=others(shown, alike, names)))
    else:
        said.append(shown.words("proposals.not_apart"))
    return shown.words.between(*said)


def cases(shown):
    """The proposals in groups that share officer, rule, doubt and blocks, so that one reason is said once."""
    groups = groupby(shown.proposals, key=lambda one: (one.officer, one.rule, one.p, one.blocked_by))
    return [list(group) for _, group in groups]


def others(shown, officers, names):
    """Colleagues by name, or counted where a reader is not to know who they are; "all others" when it is all."""
    if len(officers) > 2 and shown.is_everybody_else(officers):
        return shown.words("proposals.everybody")
    if names:
        return [shown.person(officer) for officer in officers]
    return shown.words("proposals.others", count=len(officers))


def reason(shown, proposal, names=True):
    """The rule's arithmetic. Without ``names`` colleagues are counted, not named: for a card that one officer gets."""
    said = _Said(shown, names)
    sentences = said.year(proposal.facts) if proposal.kind in _YEAR else said.bottom(proposal.kind, proposal.facts)
    return shown.words("proposals.between").join(sentences)


class _Said:
    def __init__(self, shown, names):
        self._shown, self._names = shown, names
        self._words = lambda key, **facts: shown.words(f"proposals.{key}", **facts)

    def bottom(self, kind, facts):
        words = self._words
        yield words(
            "last", period=self._period(facts["period"]), ranked=facts["ranked"], score=fixed(facts["score"], 2)
        )
        if facts["shared_with"]:
            yield words("shared", others=self._others(facts["shared_with"]))
        if facts["parted_by"]:
            yield words("parted", points=self._points(facts["parted_by"]))
        yield self._streak(facts)
        yield from self._transfer(kind, facts)

    def _streak(self, facts):
        if facts["streak"] < 2:
            return self._words("first")
        run = [self._words("run", period=self._short(period), score=fixed(score, 2)) for period, score in facts["run"]]
        return self._words("repeat", streak=facts["streak"], run=run)

    def _transfer(self, kind, facts):
        if kind != "transfer_review":
            if facts["repeat"] and not facts["transfer_review"]:
                yield self._words("no_transfer")
            return
        yield self._words(
            f"line_{facts['quarters']}",
            side=self._words("side_inclusive" if facts["inclusive"] else "side_below"),
            below=fixed(facts["below"], 2),
            mean=fixed(facts.get("mean"), 2),
        )
        if facts["earlier_source"] == "history":
            yield self._words("history_only", earlier=self._period(facts["earlier"]))

    def year(self, facts):
        words = self._words
        quarters = [words("run", period=self._short(period), score=fixed(s, 2)) for period, s in facts["quarters"]]
        yield words(
            "year",
            year=facts["year"],
            mean=fixed(facts["mean"], 2),
            count=len(quarters),
            quarters=quarters,
            ranked=facts["ranked"],
            rank=facts["rank"],
        )
        if facts["parted_by"]:
            yield words("parted", points=self._points(facts["parted_by"]))
        if facts["tied_with"]:
            yield words("year_tied", others=self._others(facts["tied_with"]), ranks=list(facts["prize_ranks"]))
        if facts["shares_post_with"]:
            yield words("year_post", others=self._others(facts["shares_post_with"]))
        if facts["amount_fen"]:
            yield words("prize", amount=yuan(facts["amount_fen"]))

    def _period(self, period):
        return self._shown.words.period(period)

    def _short(self, period):
        return self._shown.words.short_period(period)

    def _others(self, officers):
        return others(self._shown, officers, self._names)

    def _points(self, parted_by):
        return [self._words("points", rate=self._shown.rate(rate), points=fixed(p, 2)) for rate, p in parted_by]
