"""The year's end at a glance (R-52): published quarters, their mean, and what the rules propose of it."""

from dataclasses import dataclass, field

from heng.ranking import standing
from heng.standings import published_mean
from linli.ground.officers.models import Officer
from linli.quarter.appraisal.models import PublishedScore
from linli.quarter.decisions.models import REWARDS, Proposal

LEAST = 3  # ranked quarters without which there is no mean, as the default scheme has it


@dataclass
class Line:
    """One officer's year. ``rank`` is by the mean alone: the tie-break stands in the proposal."""

    officer: str
    name: str
    scores: dict = field(default_factory=dict)  # period -> published score of a ranked quarter
    mean: float | None = None
    rank: int | None = None
    proposed: list = field(default_factory=list)


def of(bureau, year, least=LEAST):
    """A ``Line`` for every officer with a ranked quarter in the year, best first, then those without a mean."""
    lines = {}
    names = dict(Officer.objects.filter(bureau=bureau).values_list("code", "name"))
    for row in PublishedScore.objects.filter(bureau=bureau, period__startswith=str(year), ranked=True):
        line = lines.setdefault(row.officer, Line(row.officer, names.get(row.officer, row.officer)))
        line.scores[row.period] = float(row.score)
    ranked = [line for line in lines.values() if len(line.scores) >= least]
    for line in ranked:
        line.mean = published_mean(line.scores.values())
    for line, rank in zip(ranked, standing([line.mean for line in ranked]) if ranked else (), strict=True):
        line.rank = int(rank)
    for one in _proposals(bureau, year):
        if one.officer.code in lines:
            decided = one.state == Proposal.State.DECIDED
            state = one.decision.get_outcome_display() if decided else one.get_state_display()
            lines[one.officer.code].proposed.append(f"{one.kind_name} ({state})")
    return sorted(lines.values(), key=lambda line: (line.rank is None, line.rank or 0, line.officer))


def _proposals(bureau, year):
    found = Proposal.objects.filter(cycle__bureau=bureau, cycle__period=f"{year}Q4", kind__in=REWARDS)
    return found.exclude(state=Proposal.State.SUPERSEDED).select_related("officer", "decision")
