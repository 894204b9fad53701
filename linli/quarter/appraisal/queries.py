"""Reads of this room. What stands above it (decisions, payments, notices, the faces) asks here and nowhere else."""

import numpy as np
from django.db.models import Count, Max, Q
from django.utils.timezone import localtime

from heng.evidence import History, numbers, text
from heng.periods import span_of
from heng.results import LITTLE_EVIDENCE, RANKED
from linli.book.shown import Shown
from linli.book.words import Words
from linli.ground.accounts.roles import BUREAU, LEADING
from linli.ground.officers.models import Post
from linli.ground.trail import workdays
from linli.ground.trail.language import of_book
from linli.quarter.appraisal.comparison import diff  # noqa: F401  read from here by the rooms above
from linli.quarter.appraisal.models import Cycle, Objection, PublishedScore, SchemeComment, Score
from linli.quarter.appraisal.steps import calendar  # noqa: F401
from linli.quarter.appraisal.whole import quarter_of
from linli.quarter.indicators.models import FrozenValue, Revision, SchemeVersion
from linli.quarter.indicators.queries import book_of, latest

AFTER_AN_ANSWER = 2  # working days in which an answered clarification may still become an objection
WAITING = Objection.State.WAITING


def cycles_of(bureau):
    """The bureau's cycles, newest first, each with ``waiting``: how many objections and clarifications wait."""
    waiting = Count("objections", filter=Q(objections__state=WAITING))
    found = Cycle.objects.filter(bureau=bureau).select_related("bureau", "scheme", "current__revision")
    return found.defer("current__quarter", "current__revision__book").annotate(waiting=waiting).order_by("-period")


# The whole result


def shown(computation, lang):
    """The quarter as its readers see it, a ``linli.book.shown.Shown``. lang: Django's code (zh-hant) or the book's."""
    words = Words(of_book(lang))
    return Shown(quarter_of(computation), book_of(computation.revision), words)


def distribution(computation):
    """Scores of the ranked posts without names, best first: what everybody may see before publication (R-70)."""
    rows = Score.objects.filter(computation=computation, status=RANKED).order_by("community", "officer")
    posts = {}
    for community, score in rows.values_list("community", "score"):
        posts.setdefault(community, score)
    return sorted(posts.values(), reverse=True)


# Who may see what


def may_see_names(user, cycle):
    """Whether scores of named officers may be shown: to those who run the quarter at once, to the other police staff
    of the bureau after publication, to nobody else."""
    if user.bureau_id != cycle.bureau_id:
        return False
    return user.role in LEADING or (user.role in BUREAU and cycle.state == Cycle.State.PUBLISHED)


def own_lines(cycle, officer):
    """The officer's ``Score`` lines of the quarter (more than one after a change of posts); none before computed."""
    return Score.objects.filter(computation=cycle.current_id, officer=officer.code)


def own_figures(cycle, officer):
    """The frozen figures behind the officer's own file, from the freeze on (R-70): ``FrozenValue`` rows."""
    revision = latest(cycle.bureau, cycle.period)
    if revision is None:
        return FrozenValue.objects.none()
    places = [post.community.code for post in posts_in(cycle, officer)]
    return FrozenValue.objects.filter(revision=revision, community__in=places)


def posts_in(cycle, officer):
    """The officer's posts that reach into the quarter."""
    first, last = span_of(cycle.period)
    held = Post.objects.filter(officer=officer, start__lte=last).select_related("community")
    return list(held.exclude(end__lt=first))


# Objections


def open_objections(cycle):
    """Objections and clarifications of a quarter that wait for an answer; while one does, nothing is published."""
    return cycle.objections.filter(state=WAITING).select_related("cycle", "officer").order_by("due_on", "pk")


def objections_of(cycle):
    """Everything sent in a quarter, in order of officers."""
    return cycle.objections.select_related("cycle__bureau", "officer", "correction").defer("correction__book")


def overdue_answers(bureau, today):
    """What should have been answered by yesterday: the consequence is suspended until it is (R-71)."""
    found = Objection.objects.filter(cycle__bureau=bureau, state=WAITING, due_on__lt=today)
    return found.select_related("cycle", "officer", "cycle__bureau").order_by("due_on", "pk")


def objections_end(cycle):
    """Last day on which anybody may still object, to its midnight; later than ``objections_until`` only where a
    clarification sent in time was answered at the period's end. None before the notice."""
    ends = [cycle.objections_until]
    if cycle.objections_until is None:
        return None
    answered = cycle.objections.filter(state=Objection.State.ANSWERED, became=None)
    latest_answer = answered.aggregate(at=Max("answered_at"))["at"]
    if latest_answer is not None:
        ends.append(after_an_answer(latest_answer))
    return max(ends)


def after_an_answer(moment):
    """Last day to object out of a clarification that was answered at ``moment``."""
    return workdays.after(localtime(moment).date(), AFTER_AN_ANSWER)


def corrections_of(cycle):
    """``Revision``s after the freeze, newest first (R-74)."""
    found = Revision.objects.filter(bureau=cycle.bureau_id, period=cycle.period, number__gt=1)
    return found.defer("book").order_by("-number")


# A scheme before the officers


def consulted(bureau):
    """Schemes that lie or have lain before the officers, newest first."""
    state = SchemeVersion.State
    shown = SchemeVersion.objects.filter(bureau=bureau, state__in=(state.CONSULTING, state.IN_FORCE))
    return shown.select_related("bureau").order_by("-in_force_from", "-pk")


def comments_on(scheme):
    """What was said of a scheme, in order."""
    return SchemeComment.objects.filter(scheme=scheme)


def unanswered(scheme):
    """Comments that wait for an answer; while there is one the scheme is not in force."""
    return comments_on(scheme).filter(answer="")


# History


def history_of(bureau, before=None):
    """``heng.evidence.History``: every quarter as published. before: only quarters earlier than that period, which is
    what a quarter itself is computed with, or its own published ranks would decide it."""
    found = PublishedScore.objects.filter(bureau=bureau).order_by("period", "community", "officer")
    if before is not None:
        found = found.filter(period__lt=before)
    rows = list(found.values_list("period", "officer", "community", "score", "rank", "ranked"))
    period, officer, community, score, rank, ranked = zip(*rows, strict=True) if rows else [()] * 6
    score = [None if value is None else float(value) for value in score]
    columns = text(period), text(officer), text(community), numbers(score), numbers(rank)
    return History(*columns, np.array(ranked, dtype=bool))


def published_rows(cycle, computation):
    """``PublishedScore`` rows of a computation, not yet saved; an officer of two posts stands with the one that
    was ranked, or else with the one that has a score."""
    order, best = (RANKED, LITTLE_EVIDENCE), {}
    for row in Score.objects.filter(computation=computation).order_by("officer", "community"):
        place = order.index(row.status) if row.status in order else len(order)
        if row.officer not in best or place < best[row.officer][0]:
            best[row.officer] = (place, row)
    return [
        PublishedScore(
            bureau_id=cycle.bureau_id,
            period=cycle.period,
            officer=row.officer,
            community=row.community,
            score=row.score if row.status == RANKED else None,
            rank=row.rank,
            ranked=row.status == RANKED,
            computation=computation,
        )
        for _, row in best.values()
    ]
