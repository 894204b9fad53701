"""The officers' days: hours in the beat, evenings and weekends too, calls away, spot checks, today's round."""

from datetime import date, datetime, time, timedelta

from heng import periods
from linli.faces.demo.work.chance import days, drawn_for, evening, figures
from linli.ground.officers.models import Post
from linli.ground.trail import clock
from linli.work.worklog import actions, grid, kinds, queries

STARTS = (time(9), time(14, 30), time(19))  # morning, afternoon, evening
LENGTH = 140  # minutes of an ordinary work, about
STEP = 5
OFTEN = {"visit": 8, "patrol": 6, "publicity": 2, "inspection": 3, "dispute": 2, "information": 2, "service": 3}
NOTES = {
    "visit": "走訪樓棟，記下路燈兩處不亮，轉物業。",
    "patrol": "與紅袖標隊一起走夜市一圈。",
    "publicity": "在廣場講防騙，散傳單約六十份。",
    "inspection": "查看出租樓消防通道，有雜物，限三日清理。",
    "service": "替老人預約身份證上門辦理。",
}
FLOOD = (date(2026, 8, 3), 12)  # O08 was on flood duty, so he says; the station says it was his own beat


def begin(county):
    """Nothing stands before the first day."""


def play(county, period):
    """The works of a quarter: as many hours of what was due as the county book says."""
    due = _due(county, period)
    for community, counted, of in figures(county, period, "visibility"):
        posts = Post.objects.filter(community=county.communities[community]).select_related("officer")
        _written(county, period, posts, round(counted / of * due[community] * 60 / STEP) * STEP)
    if period == "2026Q3":
        _flood_duty(county)


def _due(county, period):
    with evening(days(period)[-1], 23):
        return {code: round(hours, 1) for code, hours in queries.due_hours(county.bureau, period).items()}


def _written(county, period, posts, minutes, until=None):
    """Each officer copies the own log on the last evening; the minutes are shared by the days of each post."""
    held = {post: [day for day in days(period, until) if _holds(post, day)] for post in posts}
    total = sum(map(len, held.values()))
    left = minutes
    for post, mine in held.items():
        if not mine:
            continue
        share = left if post == list(held)[-1] else round(minutes * len(mine) / total / STEP) * STEP
        left -= share
        rows = _rows(drawn_for(period, post.officer.code, post.community_id), post, mine, share)
        with evening(mine[-1], 22):
            actions.copy(by=post.officer.account, officer=post.officer, rows=rows)


def _holds(post, day):
    return post.start <= day and (post.end is None or day <= post.end)


def _rows(rng, post, mine, minutes):
    return list(_works(rng, post, mine, minutes))


def _works(rng, post, mine, minutes):
    count = max(1, min(round(minutes / LENGTH), len(mine) * len(STARTS)))
    slots = sorted(rng.sample([(day, start) for day in mine for start in STARTS], count))
    length, more = divmod(minutes // STEP, count)
    for number, (day, start) in enumerate(slots):
        begins = datetime.combine(day, start)
        kind = rng.choices(list(OFTEN), OFTEN.values())[0]
        note = NOTES.get(kind, "") if rng.random() < 0.2 else ""
        yield {
            "community": post.community, "kind": kind, "started_at": begins,
            "ended_at": begins + timedelta(minutes=STEP * (length + (number < more))), "note": note,
            "cell": rng.choice(grid.cells()), "topics": [rng.choice(list(kinds.TOPICS))],
            "client_key": f"{day}-{start:%H%M}",
        }  # fmt: skip


def _flood_duty(county):
    """Twelve days that O08 entered as called away, and that the station disputes: somebody has to decide."""
    first, count = FLOOD
    officer = county.officers["O08"]
    for i in range(count):
        day = first + timedelta(days=i)
        with evening(day, 20):
            call = actions.call_away(
                by=officer.account, officer=officer, kind="station duty", started_at=datetime.combine(day, time(8)),
                ended_at=datetime.combine(day, time(16)), ordered_by="派出所值班室", why="防汛值守",
            )  # fmt: skip
        with evening(day + timedelta(days=1), 9):
            actions.answer_call(
                by=county.user("station"), call=call, confirms=False, note="防汛值守點就在新城社區，屬本社區工作。"
            )


def now(county):
    """The running quarter so far; what is planned today, and a spot check that is drawn."""
    today = clock.today()
    due = queries.due_hours(county.bureau, periods.period_of(today))
    for community, hours in due.items():
        posts = Post.objects.filter(community=county.communities[community], end=None).select_related("officer")
        rng = drawn_for("now", community)
        _written(county, periods.period_of(today), posts, round(hours * rng.uniform(0.7, 0.95) * 60 / STEP) * STEP,
                 today - timedelta(days=1))  # fmt: skip
    for code in ("O04", "O08"):
        officer = county.officers[code]
        with evening(today - timedelta(days=1), 21):
            actions.draw_round(
                by=officer.account, officer=officer, day=today,
                places=[(officer.posts.get(end=None).community, cell) for cell in ("B2", "C4", "E5", "D1")],
                begins=time(15), ends=time(21), seed=7,
            )  # fmt: skip
    actions.draw_checks(by=county.user("supervision"), bureau=county.bureau, seed=11, size=2)
