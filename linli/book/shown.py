"""A quarter as its readers see it: rows joined by id, names beside ids, words in one language. Writes nothing."""

from functools import cached_property
from types import SimpleNamespace

from heng.binding import joint_names
from heng.periods import first_day, last_day
from heng.results import LITTLE_EVIDENCE, RANKED, SHORT_POST
from linli.book.safe import clean

# Notes of one code that differ in this fact alone are said once, with all of them.
_TOGETHER = {
    **dict.fromkeys(("late_supply", "provisional", "falsified", "no_leader", "vacant"), "community"),
    **dict.fromkeys(("low_confidence", "current"), "rate"),
    "recomputed": "period",
    "spared": "officer",
}
_MANY = {"community": "communities", "rate": "rates", "period": "periods", "officer": "officers"}
_ONE = {many: one for one, many in _MANY.items()}


def records(columns):
    """The rows of a table of columns, each with its columns as attributes."""
    names = list(columns.__dataclass_fields__)
    found = (getattr(columns, name) for name in names)
    return [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in zip(*found, strict=True)]


class Shown:
    """One quarter with the book behind it and the wording of one language."""

    def __init__(self, quarter, book, words):
        self.quarter, self.book, self.words = quarter, book, words
        self.scheme, self.period = quarter.scheme, quarter.period
        places = book.communities
        self._places = {c: clean(name) for c, name in zip(places.community, places.name, strict=True)}
        self._people = {o: clean(name) for o, name in zip(book.posts.officer, book.posts.name, strict=True)}
        self._people |= {row.officer: clean(row.name) for row in self.scores}

    @cached_property
    def scores(self):
        """One row per officer, in the quarter's order (community, officer)."""
        return records(self.quarter.scores)

    @cached_property
    def by_rank(self):
        """The same with the ranked first, best first; those without a rank after them."""
        return sorted(self.scores, key=lambda row: (row.status != RANKED, row.rank if row.status == RANKED else 0))

    @cached_property
    def proposals(self):
        return records(self.quarter.proposals)

    @cached_property
    def allowance(self):
        return {row.officer: row for row in records(self.quarter.allowance)}

    @cached_property
    def ranked_posts(self):
        """How many posts were ranked: officers who share one count once."""
        return len({row.community for row in self.scores if row.status == RANKED})

    @cached_property
    def figures(self):
        """(community, rate id) -> row of indicators."""
        return {(row.community, row.rate): row for row in records(self.quarter.indicators)}

    @cached_property
    def evidence(self):
        """(community, rate id) -> this quarter's row of the book's evidence sheet."""
        rows = self.book.evidence.rows(self.book.evidence.period == self.period)
        return {(row.community, row.rate): row for row in records(rows)}

    @cached_property
    def paired(self):
        """community -> (leaders, offices) as a notice must name them (R-43)."""
        return {place: self._paired(place) for place in self._places}

    def _paired(self, place):
        return joint_names(self.book.pairings, place, first_day(self.period), last_day(self.period))

    def place(self, community):
        return self._places.get(community, community)

    def name(self, officer):
        return self._people.get(officer, officer)

    def person(self, officer):
        """Name and id: 周文清（O01）."""
        return self.words("common.person", name=self.name(officer), officer=officer)

    def rate(self, rate_id):
        return clean(self.words.rate(self.scheme.rate(rate_id)))

    def department(self, written):
        return clean(self.words.office(written))

    def status(self, row):
        """Why somebody has no rank, or that they have one."""
        key = {RANKED: "ranked", SHORT_POST: "short_post", LITTLE_EVIDENCE: "little_evidence"}[row.status]
        return self.words(f"common.{key}", days=self.scheme.ranking.min_days)

    def is_everybody_else(self, officers):
        """Whether these are all the ranked officers but those of one post."""
        left = {row.community for row in self.scores if row.status == RANKED and row.officer not in officers}
        return len(left) == 1

    def shares_post(self, row):
        """Whether a colleague was appraised for the same post."""
        return sum(o.community == row.community and o.status == row.status for o in self.scores) > 1

    def present_rates(self, community):
        """The rates that carry weight in a community's score; a false one does, with 0 points."""
        rates = (self.figures[community, rate.id] for rate in self.scheme.rates)
        return [self.scheme.rate(f.rate) for f in rates if f.status not in ("thin", "no_evidence")]

    def missing_rates(self, community):
        present = self.present_rates(community)
        return [rate for rate in self.scheme.rates if rate not in present]

    @cached_property
    def notes(self):
        """What the reader must be told, as sentences; notes alike but for a place or a rate are one sentence."""
        grouped = {}
        for code, facts in self.quarter.notes:
            apart = _TOGETHER.get(code)
            key = (code, tuple(sorted((k, str(v)) for k, v in facts.items() if k != apart)))
            grouped.setdefault(key, (code, []))[1].append(facts)
        return [self._note(code, facts) for code, facts in grouped.values()]

    def _note(self, code, all_facts):
        said = {name: self._said(name, value) for name, value in all_facts[0].items()}
        apart = _TOGETHER.get(code)
        if apart:
            many = [facts[apart] for facts in all_facts]
            said[_MANY[apart]] = self._said(_MANY[apart], many)
        key = f"notes.{code}"
        return self.words(key, **said) if key in self.words else self.words("notes.other", code=code, facts=str(said))

    def _said(self, name, value):
        """A fact of a note as a reader names it."""
        if name == "periods":
            return self.words.quarters(value)
        if name in _ONE:
            return [self._said(_ONE[name], item) for item in value]
        naming = {
            "community": self.place,
            "officer": self.person,
            "rate": self.rate,
            "supplier": self.department,
        }
        return naming.get(name, lambda plain: plain)(value)
