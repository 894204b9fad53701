"""What residents answered: a questionnaire, and each quarter a wave of random walks by the residents' committee."""

from collections import defaultdict
from datetime import date

from linli.faces.demo.work.chance import days, drawn_for, evening, figures
from linli.ground.trail import clock
from linli.work.surveys import actions, tokens
from linli.work.surveys.models import Lineup
from linli.work.surveys.questions import LETTERS

CODE = "residents"
TITLE = {"zh_Hant": "社區治安問卷", "en": "Safety in your community"}
QUESTIONS = (
    ("adult", "screen", "您年滿十八歲，並在本社區住滿半年嗎？", "Are you 18 or older, living here for six months?"),
    ("satisfied", "satisfaction", "您對本社區的警務工作滿意嗎？", "Are you satisfied with the police work here?"),
    ("officer", "familiarity", "下面哪一位是您社區的民警？", "Which of these is your community officer?"),
    ("seen", "seen", "上個月您見到過社區民警嗎？", "Did you see your community officer last month?"),
    ("night", "scale", "晚上獨自在社區走動，您覺得安全嗎？", "How safe do you feel walking alone here at night?"),
    ("helped", "yesno", "遇到糾紛時，您知道找誰調解嗎？", "Would you know whom to ask to mediate a dispute?"),
    ("age", "age", "您的年齡段是？", "Which age band are you in?"),
    ("sex", "sex", "您的性別是？", "Are you female or male?"),
    ("more", "open", "還有什麼想說的？", "Anything else you would like to say?"),
)  # fmt: skip
AGES = ("18-29", "30-44", "45-59", "60+")
WORDS = ("路燈壞了很久。", "希望晚上多巡邏。", "民警很熱心。", "電動車充電不安全。", "夜市太吵。")


def begin(county):
    """The questionnaire, published once: quarters are compared by the same words."""
    with evening(date(2025, 3, 10), 10):
        draft = actions.draft(
            by=county.user("personnel"), bureau=county.bureau, code=CODE, title=TITLE,
            questions=[{"key": key, "kind": kind, "text": {"zh_Hant": zh, "en": en}} for key, kind, zh, en in QUESTIONS]
        )  # fmt: skip
        county.questionnaire = actions.publish(by=county.user("personnel"), draft=draft, edition=draft.edition)


def play(county, period):
    """One wave: opened, drawn, answered on paper, closed."""
    every = days(period)
    wave, drawn = _opened(county, period, every[40])
    wanted = {code: (int(n), int(of)) for code, n, of in figures(county, period, "satisfaction")}
    knew = {code: int(n) for code, n, _of in figures(county, period, "familiarity")}
    lineups = {
        one.community.code: one for one in Lineup.objects.filter(wave=wave).select_related("community", "officer")
    }
    by = county.user("committee")
    with evening(every[-12], 17):
        for code, (satisfied, of) in wanted.items():
            rng = drawn_for("answers", period, code)
            forms = list(_forms(rng, drawn[code][:of], lineups[code], satisfied, knew[code]))
            actions.answer_on_paper(by=by, wave=wave, rows=forms)
            left = len(drawn[code]) - of
            refused = rng.randint(0, left)
            actions.count_missed(
                by=by, wave=wave, community=county.communities[code], refused=refused, unreached=left - refused
            )
    with evening(every[-5], 17):
        actions.close_wave(by=by, wave=wave)


def _opened(county, period, on):
    """(wave, community code -> tokens of its cards)."""
    by, drawn = county.user("committee"), defaultdict(list)
    with evening(on, 9):
        wave = actions.open_wave(
            by=by, bureau=county.bureau, questionnaire=county.questionnaire, period=period, sampling="route",
            office=county.offices["社區居民委員會"], modes=("paper", "qr"), half_width=0.09, answer_rate=0.7,
        )  # fmt: skip
        frame = [
            {"community": code, "cell": f"{column}{row}", "dwellings": 120}
            for code in county.communities
            for column in "ABCDEF"
            for row in range(1, 7)
        ]
        for one in actions.draw_sample(by=by, wave=wave, frame=frame, seed=20_260_101):
            drawn[one.community].append(one.token)
    return wave, drawn


def _forms(rng, cards, lineup, satisfied, knew):
    """One form for each card, so that the counts come to what the county book says: 4 fairly satisfied weigh as 3."""
    of = len(cards)
    fairly = min(int((of - satisfied) * 0.6), satisfied // 3)
    ticks = ["satisfied"] * (satisfied - 3 * fairly) + ["fairly"] * 4 * fairly
    ticks += ["not"] * (of - len(ticks))
    known = [True] * knew + [False] * (of - knew)
    rng.shuffle(ticks)
    rng.shuffle(known)
    for card, tick, right in zip(cards, ticks, known, strict=True):
        yield {
            "token": card, "adult": "yes", "satisfied": tick, "officer": _letter(rng, card, lineup, right),
            "seen": "yes" if right and rng.random() < 0.8 else "no",
            "night": str(min(5, max(1, round(rng.gauss(3.6, 1))))),
            "helped": rng.choice(("yes", "yes", "no", "unknown")), "age": rng.choice(AGES),
            "sex": rng.choice(("female", "male")), "more": rng.choice(WORDS) if rng.random() < 0.06 else "",
        }  # fmt: skip


def _letter(rng, card, lineup, right):
    order = tokens.order(card, [lineup.officer.code, *lineup.decoys])
    own = order.index(lineup.officer.code)
    return LETTERS[own] if right else rng.choice([letter for i, letter in enumerate(LETTERS) if i != own])


def now(county):
    """The wave of the running quarter, open: cards are out and a few forms have come back."""
    today = clock.today()
    wave, drawn = _opened(county, f"{today.year}Q4", today)
    lineup = Lineup.objects.select_related("officer").get(wave=wave, community=county.communities["C01"])
    forms = list(_forms(drawn_for("answers now"), drawn["C01"][:20], lineup, 15, 12))
    actions.answer_on_paper(by=county.user("committee"), wave=wave, rows=forms)
