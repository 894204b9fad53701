"""An invented questionnaire, a list of invented houses, and answers in bulk: what tests of this room begin with."""

from random import Random

from linli.work.surveys import actions, queries


def question(key, kind, zh_hant, english):
    return {"key": key, "kind": kind, "text": {"zh_Hant": zh_hant, "en": english}}


QUESTIONS = [
    question("screen", "screen", "您是否年滿18歲並在此居住滿半年？", "Are you 18 or older, and here for half a year?"),
    question("satisfied", "satisfaction", "您對社區民警的工作滿意嗎？", "Are you satisfied?"),
    question("officer", "familiarity", "哪一位是您的社區民警？", "Which one is your officer?"),
    question("seen", "seen", "上個月您見過社區民警嗎？", "Did you see your officer last month?"),
    question("safe", "scale", "您覺得這裡安全嗎？", "How safe do you feel?"),
    question("sex", "sex", "您的性別", "Sex"),
    question("said", "open", "還想說什麼？", "Anything else?"),
]
TITLE = {"zh_Hant": "居民問卷", "en": "Residents"}


def published(cast, questions=QUESTIONS, code="residents"):
    draft = actions.draft(by=cast.user("personnel"), bureau=cast.bureau, code=code, title=TITLE, questions=questions)
    return actions.publish(by=cast.user("personnel"), draft=draft, edition=1)


def opened(cast, questionnaire, codes=("C01", "C02"), sampling="list", **more):
    committee = cast.user("committee")
    return actions.open_wave(
        by=committee, bureau=cast.bureau, questionnaire=questionnaire, period="2026Q3", sampling=sampling,
        office=committee.office, communities=[cast.community(code) for code in codes], **more,
    )  # fmt: skip


def houses(codes=("C01", "C02"), number=60):
    return [
        {"community": code, "label": f"{house}棟", "stratum": "old" if house % 3 else "new"}
        for code in codes
        for house in range(1, number + 1)
    ]


def right_letter(token, wave, community):
    """The letter of the right officer on this card."""
    from linli.ground.officers.models import Post

    name = Post.objects.get(community__code=community, community__bureau=wave.bureau, end=None).officer.name
    question = next(q for q in queries.question_form(token).questions if q.kind == "familiarity")
    return next(value for value, label in question.choices if label == name)


def answer_all(wave, drawn, seed=1, **more):
    """Everybody drawn answers something."""
    rng = Random(seed)
    for row in drawn:
        answers = {
            "screen": "yes", "satisfied": rng.choice(["satisfied", "fairly", "not", "unknown"]),
            "officer": right_letter(row.token, wave, row.community) if rng.random() < 0.6 else "unknown",
            "seen": rng.choice(["yes", "no"]), "safe": rng.choice("12345"), "sex": rng.choice(["female", "male"]),
        }  # fmt: skip
        actions.answer(token=row.token, answers=answers, device=row.token, seconds=60, **more)
