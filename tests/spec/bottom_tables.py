"""Examples of what follows for the last (R-30 to R-34) and of what a proposal waits for."""

from heng.rules import blocks, bottom_findings, passes_gate
from tests.spec.reading import posts, said, scheme_with, story
from tests.spec.table import Table


def _proposed(findings):
    return said(f"{one.kind} {one.rule}" for one in findings)


def _of_quarter(scores, settings):
    scheme = scheme_with(settings)
    found = bottom_findings("2026Q3", {"2026Q3": posts(scores, "", settings)}.get, scheme)
    return (said(f"{one.officer} {one.kind} {one.rule}" for one in found),)


FIRST = Table(
    rule="R-30",
    given=("published scores", "setting"),
    then=("proposed",),
    outcome=_of_quarter,
    rows=(
        ("the last of four", "A 91.20 · B 85.00 · C 84.00 · D 79.10", "", "D notice R-30 · D talk R-30"),
        ("a good score does not help, as in the report", "A 99.20 · B 98.00 · C 97.00 · D 95.00", "",
         "D notice R-30 · D talk R-30"),
        ("unless the bureau spares good scores", "A 99.20 · B 98.00 · C 97.00 · D 95.00",
         "bottom.spare_from = 90.0", ""),
        ("three are too few (vector 5)", "A 91.20 · B 85.00 · C 70.00", "", ""),
        ("a bureau may ask for more than four", "A 91.20 · B 85.00 · C 84.00 · D 79.10", "ranking.min_ranked = 5", ""),
        ("two tied last, nobody is proposed (vector 4)", "A 90.00 · B 85.00 · C 78.40 · D 78.40", "", ""),
        ("two tied last, the bureau counts all", "A 90.00 · B 85.00 · C 78.40 · D 78.40", 'ranking.bottom_tie = "all"',
         "C notice R-30 · C talk R-30 · D notice R-30 · D talk R-30"),
        ("a pair shares what follows", "A 91.20 · B+C 70.00 · D 84.00 · E 79.10", "",
         "B notice R-30 · B talk R-30 · C notice R-30 · C talk R-30"),
    ),
)  # fmt: skip


def _of_story(quarters, settings):
    period = quarters.split(" · ")[-1].split()[0]
    found = bottom_findings(period, story(quarters), scheme_with(settings))
    return (str(found[0].streak) if found else "", _proposed(found))


CRITICISED, REPEATED = "notice R-30 · talk R-30", "notice R-32 · talk R-32"
TRANSFER = f"{REPEATED} · transfer_review R-31"

TWICE = Table(
    rule="R-31, R-32, R-33",
    given=("quarters of one officer", "setting"),
    then=("streak", "proposed"),
    outcome=_of_story,
    rows=(
        ("last twice, both below 80, over the year's end (vector 1)", "2025Q4 last 79.99 · 2026Q1 last 79.99",
         "", "2", TRANSFER),
        ("80.00 is not below 80 (vector 2)", "2025Q4 last 80.00 · 2026Q1 last 70.00", "", "2", REPEATED),
        ("one of the two is enough for `either` (vector 2)", "2025Q4 last 80.00 · 2026Q1 last 70.00",
         'bottom.quarters = "either"', "2", TRANSFER),
        ("`either` looks at the second quarter too",
         "2026Q1 last 70.00 · 2026Q2 last 84.00", 'bottom.quarters = "either"',
         "2", TRANSFER),
        ("`second` looks at the second quarter alone", "2026Q1 last 84.00 · 2026Q2 last 70.00",
         'bottom.quarters = "second"', "2", TRANSFER),
        ("`second` does not look at the first", "2026Q1 last 70.00 · 2026Q2 last 84.00", 'bottom.quarters = "second"',
         "2", REPEATED),
        ("`mean`: 79.75 is below", "2026Q1 last 82.00 · 2026Q2 last 77.50", 'bottom.quarters = "mean"', "2", TRANSFER),
        ("`mean`: 79.995 is published as 80.00", "2026Q1 last 80.00 · 2026Q2 last 79.99", 'bottom.quarters = "mean"',
         "2", REPEATED),
        ("`inclusive`: 80.00 counts as 80分以下", "2026Q1 last 80.00 · 2026Q2 last 80.00", "bottom.inclusive = true",
         "2", TRANSFER),
        ("the line is the scheme's", "2026Q1 last 76.00 · 2026Q2 last 76.00", "bottom.below = 75.0", "2", REPEATED),
        ("a streak that may not cross the year", "2025Q4 last 79.99 · 2026Q1 last 79.99", "bottom.across_years = false",
         "1", CRITICISED),
        ("within the year it counts all the same", "2026Q1 last 79.99 · 2026Q2 last 79.99",
         "bottom.across_years = false", "2", TRANSFER),
        ("a quarter on leave in between resets (vector 3)", "2026Q1 last 75.00 · 2026Q2 unranked · 2026Q3 last 74.00",
         "", "1", CRITICISED),
        ("... or pauses (vector 3)", "2026Q1 last 75.00 · 2026Q2 unranked · 2026Q3 last 74.00",
         'bottom.unranked = "pause"', "2", TRANSFER),
        ("a pause does not carry over the year's end where streaks end there",
         "2025Q3 last 75.00 · 2025Q4 unranked · 2026Q1 last 74.00",
         'bottom.unranked = "pause" · bottom.across_years = false', "1", CRITICISED),
        ("a quarter of which nothing is known ends the streak", "2026Q1 last 75.00 · 2026Q3 last 74.00",
         'bottom.unranked = "pause"', "1", CRITICISED),
        ("a new post is a new streak", "2026Q1 last 75.00 in C02 · 2026Q2 last 74.00 in C01", "", "1", CRITICISED),
        ("so is a later return to the old one",
         "2026Q1 last 75.00 · 2026Q2 unranked · 2026Q3 last 74.00 since 2026-07-01",
         'bottom.unranked = "pause"', "1", CRITICISED),
        ("bottoms that are not in a row (R-33)", "2026Q1 last 75.00 · 2026Q2 safe 85.00 · 2026Q3 last 74.00",
         "", "1", CRITICISED),
        ("twice last with good scores (R-32)", "2026Q1 last 86.00 · 2026Q2 last 85.00", "", "2", REPEATED),
        ("a third time fires again", "2026Q1 last 75.00 · 2026Q2 last 74.00 · 2026Q3 last 73.00", "", "3", TRANSFER),
        ("the third looks at the second, not at the first", "2026Q1 last 75.00 · 2026Q2 last 81.00 · 2026Q3 last 73.00",
         "", "3", REPEATED),
        ("having shared the last rank is not having been last", "2026Q1 shared 75.00 · 2026Q2 last 74.00", "",
         "1", CRITICISED),
        ("sharing it now is not being last", "2026Q1 last 75.00 · 2026Q2 shared 74.00", "", "", ""),
        ("sparing takes away notice and talk, not the review", "2026Q1 last 76.00 · 2026Q2 last 76.00",
         "bottom.spare_from = 75.0", "2", "transfer_review R-31"),
    ),
)  # fmt: skip


def _said_of_story(quarters, settings):
    period = quarters.split(" · ")[-1].split()[0]
    return (bottom_findings(period, story(quarters), scheme_with(settings))[-1].reason,)


REASON = Table(
    rule="R-34",
    given=("quarters of one officer", "setting"),
    then=("the reason, as every proposal prints it",),
    outcome=_said_of_story,
    rows=(
        ("a first bottom", "2026Q3 last 76.40", "",
         "Last of 10 ranked posts in 2026Q3 with 76.40. First time in a row."),
        ("a repeat with a good score", "2026Q2 last 84.00 · 2026Q3 last 76.40", "",
         "Last of 10 ranked posts in 2026Q3 with 76.40. Last 2 quarters in a row (repeat): 2026Q2 84.00, 2026Q3 76.40. "
         "No transfer review: not below 80.00 in both quarters."),
        ("a transfer review by the mean", "2026Q2 last 82.00 · 2026Q3 last 77.50", 'bottom.quarters = "mean"',
         "Last of 10 ranked posts in 2026Q3 with 77.50. Last 2 quarters in a row (repeat): 2026Q2 82.00, 2026Q3 77.50. "
         "Below 80.00 in the mean of the two quarters. The mean is 79.75."),
    ),
)  # fmt: skip


def _waiting(kind, staffing, settings, probabilities):
    scheme = scheme_with(settings)
    known = dict(part.split(" ") for part in probabilities.split(" · ")) if probabilities else {}
    passes = passes_gate(kind, scheme, **{name: float(value) for name, value in known.items()})
    return (said(blocks(kind, scheme, staffing, passes)),)


WAITING = Table(
    rule="R-34, R-54, R-61",
    given=("kind", "staffing", "setting", "probabilities"),
    then=("waits for",),
    outcome=_waiting,
    rows=(
        ("a notice waits for objections", "notice", "single", "", "", "objection_period"),
        ("so does a talk", "talk", "single", "", "", "objection_period"),
        ("a transfer review waits for a minute too", "transfer_review", "single", "", "",
         "objection_period · minute_number"),
        ("money waits for its approval", "award", "single", "", "", "funding_approval"),
        ("unless the scheme has it", "award", "single", "allowance.needs_funding_approval = false", "", ""),
        ("a nomination waits for the Party committee", "nomination", "single", "", "", "minute_number"),
        ("the talent pool too", "talent_pool", "single", "", "", "minute_number"),
        ("a couple's post waits for the law check", "notice", "couple", "", "", "objection_period · law_check"),
        ("a brothers' post too", "award", "brother", "", "", "funding_approval · law_check"),
        ("several officers who are not related do not", "notice", "multi", "", "", "objection_period"),
        ("twinned communities do not", "notice", "twinned", "", "", "objection_period"),
        ("the gate `require`, strong evidence", "notice", "single", 'gate.evidence = "require"',
         "p_below 0.80 · p_bottom3 0.85", "objection_period"),
        ("one of the two is not enough", "notice", "single", 'gate.evidence = "require"',
         "p_below 0.90 · p_bottom3 0.79", "objection_period · evidence"),
        ("unknown is not enough", "talk", "single", 'gate.evidence = "require"', "p_below 0.90",
         "objection_period · evidence"),
        ("a transfer needs more", "transfer_review", "single", 'gate.evidence = "require"', "p_pooled 0.94",
         "objection_period · minute_number · evidence"),
        ("and gets it", "transfer_review", "single", 'gate.evidence = "require"', "p_pooled 0.95",
         "objection_period · minute_number"),
        ("the gate asks nothing of rewards", "award", "single", 'gate.evidence = "require"', "", "funding_approval"),
        ("`warn` holds nothing up", "notice", "single", 'gate.evidence = "warn"', "p_below 0.10", "objection_period"),
        ("nor does `off`", "notice", "single", 'gate.evidence = "off"', "p_below 0.10", "objection_period"),
    ),
)  # fmt: skip
