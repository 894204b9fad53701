"""An invented questionnaire, a list of invented houses, and answers in bulk: what tests of this room begin with."""

from random import Random

from linli.work.surveys import actions, queries

QUESTIONS = [
    {"key": "screen", "kind": "screen", "text": {"zh_Hant": "您是否年滿18歲並在此居住滿半年？", "en": "Are you 18 or older and here for half a year?"}},
    {"key": "satisfied", "kind": "satisfaction", "text": {"zh_Hant": "您對社區民警的工作滿意嗎？", "en": "Are you satisfied?"}},
    {"key": "officer", "kind": "familiarity", "text": {"zh_Hant": "哪一位是您的社區民警？", "en": "Which one is your officer?"}},
    {"key": "seen", "kind": "seen", "text": {"zh_Hant": "上個月您見過社區民警嗎？", "en": "Did you see your officer last month?"}},
    {"key": "safe", "kind": "scale", "text": {"zh_Hant": "您覺得這裡安全嗎？", "en": "How safe do you feel?"}},
    {"key": "sex", "kind": "sex", "text": {"zh_Hant": "您的性別", "en": "Sex"}},
    {"key": "said", "kind": "open", "text": {"zh_Hant": "還想說什麼？", "en": "Anything else?"}},
]  # fmt: skip
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
