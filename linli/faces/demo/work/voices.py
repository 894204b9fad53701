"""What residents said: earlier quarters brought in from the paper register, the last one lived through in Linli."""

from datetime import datetime, time, timedelta

from django.utils.timezone import make_aware

from linli.faces.demo.county import boundary
from linli.faces.demo.work.chance import days, drawn_for, evening, officer_of
from linli.ground.trail import clock, workdays
from linli.work.requests import actions, kinds
from linli.work.requests.actions import Historical

LIVED = "2026Q3"  # the first quarter in which requests came through Linli itself
A_QUARTER = (12, 30)  # requests of one community in the paper register
OFTEN = {"noise": 6, "hazard": 5, "lost": 3, "help": 5, "parking": 5, "praise": 2, "lighting": 4, "rubbish": 3,
         "advice": 4, "water": 2, "other": 2}  # fmt: skip
SAID = {
    "noise": "樓下夜市到半夜還在放音響，老人睡不著。", "hazard": "單元門口電線垂下來了，小孩夠得著。",
    "lost": "在菜市場撿到一個黑色錢包，已交警務室。", "help": "老人獨居，想請人上門看看門鎖。",
    "parking": "消防通道被車堵住。", "praise": "謝謝民警幫忙找回走失的老人。",
    "lighting": "河堤步道路燈三盞不亮。",
    "rubbish": "垃圾堆在樓道裏。", "advice": "居住證怎麼續？", "water": "水管漏水漫到路上。",
    "other": "想參加巡邏隊，找誰報名？",
}  # fmt: skip
CONTACT = "（虛構）resident@example.org"
DONE = "已到現場處理，並告知物業值班。"


def begin(county):
    """Nothing stands before the first word."""


def play(county, period):
    """The paper register of a quarter, or the quarter itself."""
    if period == LIVED:
        _lived(county, period)
    else:
        _brought_in(county, period)


def _brought_in(county, period):
    rows, every = [], days(period)
    for code, community in county.communities.items():
        rng = drawn_for("register", period, code)
        for number in range(rng.randint(*A_QUARTER)):
            opened = make_aware(datetime.combine(rng.choice(every), time(rng.randint(8, 21), 15)))
            kind = rng.choices(list(OFTEN), OFTEN.values())[0]
            due = workdays.after(opened.date(), kinds.KINDS[kind].days)
            closed = opened + timedelta(days=rng.randint(0, 9), hours=2)
            rows.append(Historical(
                reference=f"{period}-{code}-{number:03d}", kind=kind, opened_at=opened, closed_at=closed,
                due_at=make_aware(datetime.combine(due, time(18))), community=community, position=_somewhere(rng, code),
            ))  # fmt: skip
    with evening(every[-1], 20):
        actions.bring_in(by=county.user("station"), bureau=county.bureau, rows=rows)


def _somewhere(rng, code, spread=1.0):
    """A point inside an invented community, (latitude, longitude)."""
    ring = boundary(int(code[1:]) - 1)["coordinates"][0]
    west, south = max(ring[0][0], ring[3][0]), max(ring[0][1], ring[1][1])
    east, north = min(ring[1][0], ring[2][0]), min(ring[2][1], ring[3][1])
    across, up = (0.5 + spread * (rng.random() - 0.5) for _ in range(2))
    return round(south + (north - south) * up, 5), round(west + (east - west) * across, 5)


def _lived(county, period):
    for code in county.communities:
        rng = drawn_for("voices", period, code)
        for on in sorted(rng.sample(days(period)[:-12], 6)):
            _followed(county, rng, code, on)


def _followed(county, rng, code, on):
    """One request from its first word to the sender's last; some are handed on, a few come back."""
    kind = rng.choices(list(OFTEN), OFTEN.values())[0]
    with evening(on, rng.randint(8, 20)):
        made = actions.receive(
            by="resident", bureau=county.bureau, kind=kind, words=SAID[kind], position=_somewhere(rng, code),
            community=county.communities[code], contact=CONTACT if rng.random() < 0.3 else "",
        )  # fmt: skip
        sender = made.code
    later = on + timedelta(days=1)
    officer = officer_of(county, code, later)
    with evening(later, 10):
        actions.acknowledge(by=officer, request=made, answer="收到，今天去看。")
        if not kinds.KINDS[kind].police:
            actions.hand_on(
                by=officer,
                request=made,
                to=county.offices["社區居民委員會"],
                why="屬市政維修",
                remember=rng.random() < 0.5,
            )
    if not kinds.KINDS[kind].police:
        with evening(later + timedelta(days=1), 9):
            actions.take(by=county.user("committee"), request=made)
    done = later + timedelta(days=rng.randint(1, 4))
    solver = officer_of(county, code, done) if kinds.KINDS[kind].police else county.user("committee")
    with evening(done, 17):
        actions.solve(by=solver, request=made, what_was_done=DONE)
    if rng.random() < 0.6:
        with evening(later + timedelta(days=6), 12):
            actions.sender_says(bureau=county.bureau, code=sender, solved=True)


def now(county):
    """These weeks: the night market is loud, one request is back, one late, one just in; a complaint waits."""
    today, rng = clock.today(), drawn_for("voices now")
    for ago in (2, 3, 5, 6, 8, 10, 12, 13):
        _heard(county, rng, "C02", "noise", today - timedelta(days=ago), spread=0.1)
    for code, kind, ago in (("C04", "hazard", 0), ("C08", "parking", 1), ("C01", "lighting", 9), ("C06", "lost", 4)):
        _heard(county, rng, code, kind, today - timedelta(days=ago))
    _came_back(county, rng, today)
    with evening(today - timedelta(days=1), 21):
        actions.complain(
            bureau=county.bureau, words="窗口辦事時態度生硬，沒有說明要帶什麼材料。（虛構）", about="辦事窗口"
        )


def _heard(county, rng, code, kind, on, spread=1.0):
    with evening(on, min(20, 9 if on == clock.today() else 19)):
        return actions.receive(
            by="resident", bureau=county.bureau, kind=kind, words=SAID[kind], position=_somewhere(rng, code, spread),
            community=county.communities[code],
        )  # fmt: skip


def _came_back(county, rng, today):
    made = _heard(county, rng, "C08", "hazard", today - timedelta(days=7))
    officer = officer_of(county, "C08", today)
    with evening(today - timedelta(days=6), 10):
        actions.solve(by=officer, request=made, what_was_done=DONE)
    with evening(today - timedelta(days=1), 18):
        actions.sender_says(
            bureau=county.bureau, code=made.code, solved=False, words="電線又垂下來了，只是用膠帶纏了一下。"
        )
