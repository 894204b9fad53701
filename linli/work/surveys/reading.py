"""Reads what somebody answered: which ticks are kept, which words, and whether they were to be asked at all."""

from django.utils.translation import gettext as _

from linli.book.safe import clean
from linli.ground.trail.refusals import Refused
from linli.work.surveys import tokens
from linli.work.surveys.questions import FIXED, LETTERS, LONGEST_WORDS, UNKNOWN

MODES = ("qr", "phone", "tablet", "paper")


def read(questions, answers, token="", lineup=None):
    """(ticks, words, eligible): question key -> value kept; question key -> text; False: screened out.

    answers: question key -> value as the form gave it, "" or absent = not answered. lineup: (right code, codes of all
    four) where the officer is asked for. Refuses what is no answer to the question, and a form with nothing on it.
    """
    ticks, words = {}, {}
    for question in questions:
        given = str(answers.get(question["key"], "") or "").strip()
        if not given:
            continue
        if question["kind"] == "open":
            words[question["key"]] = clean(given)[:LONGEST_WORDS]
        else:
            ticks[question["key"]] = _tick(question, given, token, lineup)
    screen = next((question["key"] for question in questions if question["kind"] == "screen"), None)
    if screen and ticks.get(screen) == "no":
        return {}, {}, False
    ticks.pop(screen, None)
    if not ticks and not words:
        raise Refused(_("Nothing is answered yet."), _("Answer at least one question; others may stay open."))
    return ticks, words, True


def _tick(question, given, token, lineup):
    kind = question["kind"]
    if kind == "familiarity":
        return _recognised(question, given, token, lineup)
    allowed = FIXED.get(kind) or {choice["key"] for choice in question.get("choices", ())} | {UNKNOWN}
    if given not in allowed:
        raise Refused(
            _("“%(given)s” is no answer to the question “%(key)s”.") % {"given": given[:40], "key": question["key"]},
            _("Choose one of the answers shown."),
        )
    return given


def _recognised(question, given, token, lineup):
    """right, wrong or unknown: which name was picked is not kept, so that nobody can read a card's order out of it."""
    if given == UNKNOWN:
        return UNKNOWN
    right, codes = lineup or ("", ())
    code = tokens.picked(token, codes, given.lower()) if given.lower() in LETTERS else None
    if code is None:
        raise Refused(
            _("“%(given)s” is no answer to the question “%(key)s”.") % {"given": given[:40], "key": question["key"]},
            _("Choose one of the answers shown."),
        )
    return "right" if code == right else "wrong"
