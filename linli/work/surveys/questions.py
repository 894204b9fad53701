"""What a question is, what may be answered to it, and what a questionnaire must not hold.

A question is a dict: ``key`` (stable from version to version), ``kind``, ``text`` (language -> text) and, of a single
choice, ``choices``: dicts of ``key`` and ``text``. The kinds that go up to a rate have fixed answers, so that nobody
can make them easier in a later version.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from linli.ground.trail.language import told

MOST_CLOSED, MOST_OPEN = 10, 1
LONGEST, LONGEST_WORDS = 200, 500  # of a question; of an open answer
LANGUAGES = ("zh_Hant", "zh_Hans", "en")  # Simplified may be left out: it is made from Traditional
MUST = ("zh_Hant", "en")
UNKNOWN = "unknown"
KINDS = {
    "screen": gettext_lazy("screening: adult, and living here long enough"),
    "satisfaction": gettext_lazy("satisfaction with the police here (scored)"),
    "familiarity": gettext_lazy("pick out your officer among four (scored)"),
    "seen": gettext_lazy("saw the officer last month"),
    "yesno": gettext_lazy("yes, no, don't know"),
    "single": gettext_lazy("one of several"),
    "scale": gettext_lazy("scale from 1 to 5"),
    "age": gettext_lazy("age band (for the weights)"),
    "sex": gettext_lazy("sex (for the weights)"),
    "open": gettext_lazy("in one's own words"),
}
ONCE = ("screen", "satisfaction", "familiarity", "seen", "age", "sex", "open")
SCORES = {"satisfied": 1.0, "fairly": 0.75, "not": 0.0}  # of satisfaction; don't know is left out
GUESS = 0.25  # who cannot tell would be right once in four; the scheme's correction takes that away again
LETTERS = ("a", "b", "c", "d")
_YES_NO = {"yes": gettext_lazy("Yes"), "no": gettext_lazy("No"), UNKNOWN: gettext_lazy("Don't know")}
FIXED = {
    "screen": {"yes": gettext_lazy("Yes"), "no": gettext_lazy("No")},
    "satisfaction": {
        "satisfied": gettext_lazy("Satisfied"),
        "fairly": gettext_lazy("Fairly satisfied"),
        "not": gettext_lazy("Not satisfied"),
        UNKNOWN: gettext_lazy("Don't know"),
    },
    "seen": _YES_NO,
    "yesno": _YES_NO,
    "scale": {
        "1": pgettext_lazy("scale", "1 (lowest)"),
        **{str(step): str(step) for step in (2, 3, 4)},
        "5": pgettext_lazy("scale", "5 (highest)"),
        UNKNOWN: gettext_lazy("Don't know"),
    },
    "age": {
        "18-29": gettext_lazy("18 to 29"),
        "30-44": gettext_lazy("30 to 44"),
        "45-59": gettext_lazy("45 to 59"),
        "60+": gettext_lazy("60 or older"),
        UNKNOWN: gettext_lazy("Rather not say"),
    },
    "sex": {
        "female": gettext_lazy("Female"),
        "male": gettext_lazy("Male"),
        UNKNOWN: gettext_lazy("Rather not say"),
    },
}
CANNOT_TELL = gettext_lazy("I cannot tell")
MARGINS = {kind: tuple(value for value in FIXED[kind] if value != UNKNOWN) for kind in ("sex", "age")}


def choices_of(question, lang, names=()):
    """(value, label) of what may be ticked; [] of an open question. names: of the lineup, in their order."""
    kind = question["kind"]
    if kind == "familiarity":
        return [*zip(LETTERS, names, strict=False), (UNKNOWN, CANNOT_TELL)]
    if kind == "single":
        own = [(choice["key"], told(choice["text"], lang)) for choice in question.get("choices", ())]
        return [*own, (UNKNOWN, FIXED["yesno"][UNKNOWN])]
    return list(FIXED.get(kind, {}).items())


def kept(kind):
    """Values that an answer of a kind with fixed answers may have in the table: of a lineup, whether it was right."""
    return ("right", "wrong", UNKNOWN) if kind == "familiarity" else tuple(FIXED.get(kind, ()))


def faults(title, questions):
    """What keeps a questionnaire from being published, in words; [] when nothing does."""
    found = []
    if not all(str(title.get(lang, "")).strip() for lang in MUST):
        found.append(_("The title is needed in Traditional Chinese and in English."))
    kinds = [question["kind"] for question in questions]
    if not questions:
        found.append(_("There is no question."))
    if len(kinds) - kinds.count("open") > MOST_CLOSED:
        found.append(_("More than %(most)s closed questions: people stop answering.") % {"most": MOST_CLOSED})
    for kind in ONCE:
        if kinds.count(kind) > 1:
            found.append(_("“%(kind)s” may be asked once.") % {"kind": KINDS[kind]})
    if len({question["key"] for question in questions}) < len(questions):
        found.append(_("Two questions have the same key."))
    for number, question in enumerate(questions, 1):
        found += [
            _("Question %(number)s: %(fault)s") % {"number": number, "fault": fault} for fault in _faults(question)
        ]
    return found


def _faults(question):
    if question["kind"] not in KINDS:
        yield _("there is no such kind of question.")
        return
    texts = question.get("text", {})
    if not all(str(texts.get(lang, "")).strip() for lang in MUST):
        yield _("its text is needed in Traditional Chinese and in English.")
    if any(len(str(text)) > LONGEST for text in texts.values()):
        yield _("longer than %(most)s characters.") % {"most": LONGEST}
    if question["kind"] == "single":
        choices = question.get("choices", ())
        if not 2 <= len(choices) <= 8:
            yield _("2 to 8 choices are needed.")
        if not all(str(choice["text"].get(lang, "")).strip() for choice in choices for lang in MUST):
            yield _("each choice is needed in Traditional Chinese and in English.")
