"""What departments keep registers of: monthly counts of incidents, leads, and checks on the spot."""

from datetime import date, datetime, time, timedelta

from linli.faces.demo.work.chance import days, drawn_for, evening, figures, officer_of, parts
from linli.ground.trail import clock
from linli.work.incidents import actions, kinds
from linli.work.incidents.models import SiteCheck

POINTS = (
    ("people", "人", "巡邏班次", 18),
    ("physical", "物", "單元門鎖、路燈", 14),
    ("technical", "技", "攝像頭、門禁", 14),
)
PLACES = ("菜市場東門", "河堤步道", "車站廣場", "城南小學旁", "夜市街口", "停車場")


def begin(county):
    """Each community's own plan of what can be checked."""
    by = county.user("publicorder")
    with evening(date(2025, 3, 3), 10):
        for community in county.communities.values():
            for weight_class, mark, what, count in POINTS:
                for number in range(1, count + 1):
                    actions.add_check_point(
                        by=by, community=community, code=f"{mark}{number:02d}",
                        weight_class=weight_class, what=f"{what} {number}",
                    )  # fmt: skip


def play(county, period):
    """A quarter of all three registers, as the county book has it."""
    _checked(county, period)
    _counted(county, period)
    for community, useful, _of in figures(county, period, "leads"):
        _leads(county, period, county.communities[community], int(useful))


def _checked(county, period):
    """Checks drawn on the quarter's first day; those beyond the book's number could not be made."""
    wanted = {code: (int(passed), int(of)) for code, passed, of in figures(county, period, "prevention")}
    by = county.user("publicorder")
    with evening(days(period)[0], 9):
        draw = actions.draw_site_checks(
            by=by, bureau=county.bureau, period=period, size=max(of for _, of in wanted.values()), seed=20_260_000
        )
    rng, rows = drawn_for("checks", period), []
    checks = list(
        SiteCheck.objects.filter(draw=draw).select_related("community", "draw").order_by("community", "number")
    )
    for code, (passed, of) in wanted.items():
        mine = [check for check in checks if check.community.code == code]
        findings = ["passed"] * passed + ["failed"] * (of - passed)
        rng.shuffle(findings)
        findings += ["could_not"] * (len(mine) - len(findings))
        rows += [(check, found, check.due_on) for check, found in zip(mine, findings, strict=True)]
    with evening(days(period)[-1], 17):
        actions.record_sheet(by=by, draw=draw, rows=rows)


def _counted(county, period):
    """A table of the call and case system on the first of each month; some of a month's reports come a month late."""
    months = sorted({f"{day:%Y-%m}" for day in days(period)})
    rng, tables = drawn_for("incidents", period), [[], [], []]
    for community, counted, _of in figures(county, period, "incidents"):
        for i, of_month in enumerate(parts(int(counted), 3, rng)):
            by_kind = dict(zip(kinds.COUNTED, parts(of_month, len(kinds.COUNTED), rng), strict=True))
            by_kind |= {"fraud": rng.randint(1, 6), "other": rng.randint(3, 15)}
            tables[i] += [(months[i], community, kind, number) for kind, number in by_kind.items()]
    for i, rows in enumerate(tables):
        late = {row for row in rows if i < 2 and row[3] > 2 and rng.random() < 0.08}
        _table(county, months[i], [(*row[:3], row[3] - (row in late)) for row in rows], 1, hour=9)
        # A month later the reports that came late are in; the last month is looked through again before the freeze.
        _table(county, months[i], rows, 2 if i < 2 else 1, hour=16)


def _table(county, month, rows, months_later, hour):
    year, number = int(month[:4]), int(month[5:]) + months_later
    on = date(year + (number > 12), (number - 1) % 12 + 1, 1)
    with evening(on, hour):
        table = actions.read_table(
            by=county.user("command"), bureau=county.bureau, source=f"{month} 警情月報", rows=rows
        )
        actions.accept(by=county.user("command"), bureau=county.bureau, table=table)


def _leads(county, period, community, useful):
    rng, every = drawn_for("leads", period, community.code), days(period)
    others = rng.randint(0, 2)
    for number in range(useful + max(others, useful == 0)):  # of a community without any lead nothing goes up
        on = every[rng.randrange(len(every) - 4)]
        kind = rng.choice(list(kinds.LEAD_KINDS))
        with evening(on, 20):
            lead = actions.receive_lead(
                by=officer_of(county, community.code, on), bureau=county.bureau, community=community, kind=kind,
                source=rng.choice(("officer", "team", "resident")), received_on=on, place_note=rng.choice(PLACES),
            )  # fmt: skip
        with evening(on + timedelta(days=3), 10):
            found = "useful" if number < useful else "not"
            result = rng.choice(("prevented", "mended", "known")) if found == "useful" else "none"
            actions.verify_lead(by=county.user("investigation"), lead=lead, verified=found, result=result)


def now(county):
    """The running quarter: checks drawn, some leads not yet verified, something that was seen."""
    today, rng = clock.today(), drawn_for("registers now")
    with clock.at(datetime.combine(today.replace(month=10, day=1), time(9))):
        actions.draw_site_checks(
            by=county.user("publicorder"), bureau=county.bureau, period=f"{today.year}Q4", size=30, seed=4
        )
    for code in ("C01", "C04", "C08"):
        with evening(today - timedelta(days=2), 19):
            actions.receive_lead(
                by=officer_of(county, code, today), bureau=county.bureau, community=county.communities[code],
                kind="vehicle", source="team", place_note=rng.choice(PLACES),
            )  # fmt: skip
    with evening(today - timedelta(days=1), 22):
        actions.sighting(
            by="resident", bureau=county.bureau, community=county.communities["C02"], kind="vehicle",
            place_note="夜市街口",
        )  # fmt: skip
