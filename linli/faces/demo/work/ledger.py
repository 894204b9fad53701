"""The mediation ledger: most matters copied from paper when they are over, a few taken in and mediated in Linli."""

from datetime import timedelta

from linli.faces.demo.work.chance import days, drawn_for, evening, figures, officer_of
from linli.ground.trail import clock
from linli.work.disputes import actions, kinds

TITLES = {
    "neighbours": "樓道堆物爭執", "family": "贍養老人意見不一", "labour": "工地拖欠工資", "debt": "小額借款未還",
    "property": "物業收費與電梯維修", "consumption": "家電退換", "land": "宅基地邊界", "traffic": "電動車擦碰賠償",
    "other": "噪音擾民",
}  # fmt: skip
OFTEN = dict(zip(TITLES, (9, 5, 4, 3, 6, 2, 2, 3, 3), strict=True))
WATCH, LIMIT = timedelta(days=60), timedelta(days=30)


def begin(county):
    """The ledger begins with its first matter."""


def play(county, period):
    """What comes due in the quarter, as the county book counts it."""
    rows = []
    for community, settled, of in figures(county, period, "disputes"):
        rng = drawn_for("disputes", period, community)
        for number in range(int(of)):
            row = _row(rng, period, number < settled)
            rows.append(row | {"community": county.communities[community]})
    rows.sort(key=lambda row: row["taken_in_on"])
    with evening(days(period)[-1], 17):
        actions.copy(by=county.user("mediation"), bureau=county.bureau, rows=rows)


def _row(rng, period, settled):
    """A matter whose counting day lies in the quarter: sixty days after it was settled, or after its limit."""
    counts_on = rng.choice(days(period))
    kind = rng.choices(list(OFTEN), OFTEN.values())[0]
    row = {"kind": kind, "title": TITLES[kind], "scale": rng.choices(list(kinds.SCALES), (14, 5, 1, 0))[0]}
    ended = counts_on - WATCH
    if settled:
        taken = ended - timedelta(days=rng.randint(1, 26))
        return row | {"taken_in_on": taken, "ended_on": ended, "state": "closed", "signed": (True, True)}
    taken = counts_on - WATCH - LIMIT
    fate = rng.choice(("not_settled", "relapsed", "unsigned"))
    if fate == "not_settled":
        return row | {"taken_in_on": taken, "ended_on": taken + timedelta(days=rng.randint(10, 30)), "state": fate}
    row |= {"taken_in_on": ended - timedelta(days=rng.randint(1, 26)), "ended_on": ended}
    if fate == "relapsed":
        return row | {"state": fate, "relapsed_on": ended + timedelta(days=20), "signed": (True, True)}
    return row | {"state": "closed", "signed": (True, False)}


def now(county):
    """Under way: one with an appointment this week, one settled and watched, one without the consent of a side."""
    today = clock.today()
    for code, ago, steps in (("C04", 9, "appoint"), ("C08", 25, "settle"), ("C02", 3, ""), ("C04", 70, "follow")):
        officer = officer_of(county, code, today)
        with evening(today - timedelta(days=ago), 16):
            made = actions.take_in(
                by=officer, bureau=county.bureau, community=county.communities[code], kind="neighbours",
                title=TITLES["neighbours"], scale="two",
            )  # fmt: skip
            for side in "ab" if steps else "a":
                made = actions.consent(by=officer, dispute=made, side=side, given=True)
        if steps == "appoint":
            with evening(today - timedelta(days=2), 10):
                actions.appoint(
                    by=officer, dispute=made, at=clock.now() + timedelta(days=3, hours=9), place="社區警務室"
                )
        elif steps:
            with evening(today - timedelta(days=ago - 5), 17):
                actions.settle(
                    by=officer, dispute=made, agreement="雙方同意三日內清走雜物，今後不再堆放。",
                    sides_confirm=(True, steps == "follow"),
                )  # fmt: skip
