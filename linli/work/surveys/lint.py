"""What a careful reader would say about a questionnaire before it is published: advice, never a refusal."""

import re

from django.utils.translation import gettext as _

LEADING = {
    "zh_Hant": ("難道", "是不是都", "您一定", "你一定", "應該", "當然", "優秀", "眾所周知", "大家都", "積極", "不覺得"),
    "en": ("don't you", "surely", "of course", "everybody knows", "excellent", "isn't it", "would you agree", "should"),
}
DOUBLE = {"zh_Hant": ("並且", "以及", "而且"), "en": (" and ", " as well as ")}
LONG = {"zh_Hant": 40, "en": 120}
_NEGATIVE = {"zh_Hant": re.compile("不.{0,6}(不|沒有|未)"), "en": re.compile(r"\bnot\b.{0,20}\b(un\w+|not)\b", re.I)}
_PERSONAL = {
    "zh_Hant": re.compile("姓名|電話|手機|身份證|門牌|住址"),
    "en": re.compile(r"\b(your name|phone|address|id number)\b", re.I),
}


def advice(questions):
    """(number of the question, what to think about) in order; 0 is the questionnaire as a whole.

    >>> advice([{"key": "q1", "kind": "yesno", "text": {"en": "Surely you feel safe?"}}])[0][0]
    1
    """
    found = []
    for number, question in enumerate(questions, 1):
        for lang, text in question.get("text", {}).items():
            lang = "zh_Hant" if lang == "zh_Hans" else lang
            found += [(number, line) for line in _of_text(lang, str(text), question["kind"])]
    kinds = [question["kind"] for question in questions]
    if "satisfaction" in kinds and "screen" not in kinds:
        found.append((0, _("Without a screening question, children and visitors are counted among the residents.")))
    if "familiarity" in kinds and "seen" in kinds and kinds.index("seen") < kinds.index("familiarity"):
        found.append((0, _("Ask who the officer is before asking whether the officer was seen.")))
    if {"age", "sex"} & set(kinds) and kinds[-1] not in ("age", "sex", "open"):
        found.append((0, _("Age and sex belong at the end: asked first, they make people careful.")))
    return list(dict.fromkeys(found))


def _of_text(lang, text, kind):
    low = text.lower()
    for word in LEADING.get(lang, ()):
        if word in low:
            yield _("“%(word)s” leads to an answer.") % {"word": word}
    if kind != "screen" and any(word in low for word in DOUBLE.get(lang, ())):  # who screens asks both at once
        yield _("This may be two questions in one.")
    if len(text) > LONG.get(lang, 120):
        yield _("A long question: read it aloud once.")
    if lang in _NEGATIVE and _NEGATIVE[lang].search(text):
        yield _("Two negatives: nobody knows what yes means.")
    if lang in _PERSONAL and _PERSONAL[lang].search(text):
        yield _("It asks who somebody is; the survey is anonymous.")
