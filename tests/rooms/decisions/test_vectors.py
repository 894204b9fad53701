"""Part K of the rules, 1 to 5: what waits in this room when the core has read these quarters."""

from dataclasses import replace

import pytest

from heng.results import Proposals
from heng.rules import blocks, bottom_findings
from linli.quarter.decisions import actions
from linli.quarter.decisions.models import Proposal
from tests.rooms.quarters import columns, laid
from tests.spec.reading import posts, scheme_with, story

BOTH, AGAIN = ["notice", "talk"], ["notice", "talk", "transfer_review"]


def proposed(cast, findings, scheme):
    """Kinds that wait after a quarter with these findings was taken over."""

    def change(quarter):
        rows = [
            (one.facts["period"], "O08", "C08", one.kind, one.rule, one.reason, False, 0.5,
             blocks(one.kind, scheme), (), ("後勤股",), one.facts)
            for one in findings
        ]  # fmt: skip
        return replace(quarter, proposals=Proposals(*columns(rows, 12)))

    cycle = laid(cast, change=change)
    actions.propose(by="linli", cycle=cycle)
    return sorted(Proposal.objects.filter(state="waiting").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("quarters", "settings", "kinds"),
    [
        ("2026Q2 last 79.99 · 2026Q3 last 79.99", "", AGAIN),
        ("2026Q2 last 80.00 · 2026Q3 last 70.00", "", BOTH),
        ("2026Q2 last 80.00 · 2026Q3 last 70.00", 'bottom.quarters = "either"', AGAIN),
        ("2026Q1 last 75.00 · 2026Q2 unranked · 2026Q3 last 74.00", "", BOTH),
        ("2026Q1 last 75.00 · 2026Q2 unranked · 2026Q3 last 74.00", 'bottom.unranked = "pause"', AGAIN),
        ("2026Q2 last 79.99 · 2026Q3 shared 79.99", "", []),
    ],
)
def test_who_was_last_twice(cast, quarters, settings, kinds):
    scheme = scheme_with(settings)
    assert proposed(cast, bottom_findings("2026Q3", story(quarters), scheme), scheme) == kinds


@pytest.mark.parametrize("scores", ["A 90.00 · B 85.00 · C 78.40 · D 78.40", "A 90.00 · B 85.00 · C 78.40"])
def test_tie_at_the_bottom_and_three_posts_propose_nothing(cast, scores):
    scheme = scheme_with("")
    found = bottom_findings("2026Q3", {"2026Q3": posts(scores)}.get, scheme)
    assert proposed(cast, found, scheme) == []
