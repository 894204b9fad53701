"""What residents are told: each officer's card, and bulletins with what was asked, done and achieved."""

from datetime import timedelta

from linli.faces.demo.work.chance import evening, officer_of
from linli.faces.portal import actions
from linli.ground.trail import clock

HOURS = ("週二、週五 18:00–21:00", "週一、週四 15:00–18:00", "週三、週六 9:00–12:00")
NOTICES = (
    ("C02", 9, "夜市收攤時間", "夜市音響到半夜。", "與市場管理方、攤主代表開了兩次會。",
     "自本月起二十二時後不用音響，請互相提醒。"),
    ("C08", 20, "單元門口的電線", "電線垂到小孩夠得着的地方。", "電力公司已到場，先拉起，正在改線。",
     "改線月底完工；看到鬆脫請告訴我們。"),
    ("C04", 30, "西園路燈", "河堤步道三盞路燈不亮。", "居委會報修，十月三日修好兩盞。", "餘下一盞等配件。"),
)  # fmt: skip


def begin(county):
    """Nobody has been told anything yet."""


def play(county, period):
    """What was told in earlier quarters has been taken down."""


def now(county):
    """Cards of everybody in post, three bulletins of communities, and one of the bureau."""
    today = clock.today()
    for number, code in enumerate(county.communities):
        account = officer_of(county, code, today)
        with evening(today - timedelta(days=60), 9):
            actions.write_card(
                by=account, officer=account.officer, hours=HOURS[number % len(HOURS)],
                phone=f"0000-000 00{number + 1:02d}（虛構）", room=f"{county.communities[code].name}警務室",
            )  # fmt: skip
    for code, ago, title, asked, did, text in NOTICES:
        with evening(today - timedelta(days=ago), 17):
            actions.publish(
                by=officer_of(county, code, today), bureau=county.bureau, community=county.communities[code],
                **{name: {"zh_Hant": said} for name, said in zip(
                    ("title", "asked", "did", "text"), (title, asked, did, text), strict=True)},
            )  # fmt: skip
    with evening(today - timedelta(days=4), 10):
        actions.publish(
            by=county.user("personnel"), bureau=county.bureau, title={"zh_Hant": "本季問卷開始了"},
            text={"zh_Hant": "居委會隨機走訪，問卷不記名。收到卡片的住戶請抽五分鐘回答；沒有收到也可以隨時反映情況。"},
        )  # fmt: skip
