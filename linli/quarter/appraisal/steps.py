"""The calendar of a quarter (rules J): what is due on which working day after its end, and how far it is."""

from dataclasses import dataclass
from datetime import date
from functools import cache

import holidays
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from heng.periods import last_day
from linli.ground.trail import clock, workdays
from linli.quarter.appraisal.models import Cycle

STEPS = (  # code, first and last working day after the quarter's end, what is done
    ("window", 0, 0, _("freeze window opens")),
    ("supply", 0, 3, _("data in, departments verify")),
    ("freeze", 3, 5, _("freeze")),
    ("score", 5, 7, _("score, officers see own file")),
    ("notice", 8, 12, _("notice and objection")),
    ("answers", 13, 17, _("answers")),
    ("group", 18, 18, _("leading group")),
    ("publication", 19, 20, _("publication and circular")),
    ("talks", 21, 25, _("talks held")),
    ("payments", 21, 30, _("payments made")),
    ("review", 31, 45, _("review of the scheme")),
)
ABOVE = ("talks", "payments", "review")  # whether these are done is known in rooms above this one
ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Step:
    """One step: planned from ``first`` to ``last``; ``state`` done, now, late, ahead, or elsewhere: its day is over and
    another room knows whether it was done; ``on`` when it was done; ``behind`` working days done after, or waiting
    since, its last day; ``estimated``: its year is not announced."""

    code: str
    label: str
    first: date
    last: date
    state: str
    on: date | None
    behind: int
    estimated: bool

    @property
    def date(self):
        return self.last


def calendar(cycle, today=None, done=()):
    """The ``Step``s of a cycle, in order. done: codes of ABOVE that the caller knows to be done.

    "now" is the first step that is neither done nor late. A step of ABOVE that nobody reports is never called late.
    """
    today = today or clock.today()
    moments = _moments(cycle, today, done)
    found, current = [], False
    for code, first, last, label in STEPS:
        first, last = day_of(cycle.period, first), day_of(cycle.period, last)
        finished, on = moments.get(code, (False, None))
        begun = today >= first or code != "window"  # any later step may be taken early
        past = today > last and (ELSEWHERE if code in ABOVE else "late")
        state = _state(finished, past, current or not begun)
        current = current or state == "now"
        reached = on if finished else today
        behind = max(workdays.between(last, reached), 0) if reached and state in ("done", "late") else 0
        estimated = not (announced(first.year) and announced(last.year))
        found.append(Step(code, label, first, last, state, on, behind, estimated))
    return found


def _state(finished, past, current):
    if finished:
        return "done"
    if past:
        return past
    return "ahead" if current else "now"


def day_of(period, number):
    """The ``number``-th working day after the quarter's last day; 0: that day itself."""
    end = last_day(period).item()
    return workdays.after(end, number) if number else end


def _moments(cycle, today, done):
    """code -> (whether it is done, when)."""
    reached = list(Cycle.State.values).index(cycle.state)
    frozen, computed, noticed, published = (reached >= at for at in (1, 2, 3, 4))
    over = noticed and today > cycle.objections_until
    answered = published or (over and not _waiting(cycle))
    end = last_day(cycle.period).item()
    return {
        "window": (frozen or today > end, end),
        "supply": (frozen, _day(cycle.frozen_at)),
        "freeze": (frozen, _day(cycle.frozen_at)),
        "score": (computed, _day(cycle.computed_at)),
        "notice": (published or over, cycle.objections_until),
        "answers": (answered, _last_answer(cycle) if answered else None),
        "group": (published, _day(cycle.published_at)),
        "publication": (published, _day(cycle.published_at)),
        **dict.fromkeys(done, (True, None)),
    }


def _waiting(cycle):
    if hasattr(cycle, "waiting"):  # counted with the list, so that a page of cycles asks once
        return cycle.waiting
    return cycle.objections.filter(state="waiting").exists()


def _last_answer(cycle):
    return None if hasattr(cycle, "waiting") else _day(cycle.objections.order_by("-answered_at").values_list(
        "answered_at", flat=True).exclude(answered_at=None).first())  # fmt: skip


def _day(moment):
    return localtime(moment).date() if moment else None


def announced(year):
    """Whether the State Council's calendar of that year is known to us; other years are estimated (R-73)."""
    return year in _known_years()


@cache
def _known_years():
    return frozenset(holidays.country_holidays("CN").special_public_holidays)
