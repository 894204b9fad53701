"""What the sender says to the answer: asked some days after solving, heard at any time, with the code alone."""

from datetime import timedelta

from django.utils.translation import gettext as _

from linli.ground.trail import clock
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import Refused
from linli.work.requests import codes, terms
from linli.work.requests.actions.answering import reopened
from linli.work.requests.actions.steps import locked, subject_of, text_of, written
from linli.work.requests.models import Request, Update
from linli.work.requests.states import OPEN, SOLVED, State

MOST_REOPENINGS = 5  # by code: whoever holds it may not keep two people busy for ever


@action
def sender_says(*, by="resident", bureau, code, solved, words=""):
    """Solved, or not: then the matter is open again, on the officer's list and the station's. None for a wrong code.

    The sender of a merged request speaks of the one it was merged into.
    """
    mine = Request.objects.filter(bureau=bureau, code_hash=codes.hash_of(code)).first()
    if mine is None:
        return None
    request = locked(mine.merged_into if mine.merged_into_id else mine)
    if request.state in OPEN:
        raise Refused(_("The matter is still open."), _("Wait for its answer, then say whether it is solved."))
    if request.erased_at or (not solved and request.reopened >= MOST_REOPENINGS):
        raise Refused(_("This matter can no longer be reopened by its code."), _("Send a new request."))
    words = text_of(words)
    said = {"sender_said": "solved" if solved else "not_solved", "sender_said_at": clock.now()}
    if not solved:
        request = reopened(by, request, "sender_not_solved", words)
        Request.objects.filter(pk=request.pk).update(**said)
        request.refresh_from_db()
        return request
    Request.objects.filter(pk=request.pk).update(**said)
    written(by, request, "sender_solved", request.state, request.state, said=words)
    record(by=by, action="requests.sender_solved", subject=subject_of(request), bureau=bureau)
    request.refresh_from_db()
    return request


@action
def ask_due(*, by="linli", today):
    """Marks what was solved some days ago: from now on the receipt asks its sender whether it is so. How many."""
    before = clock.now() - timedelta(days=terms.ASK_AFTER)
    waiting = Request.objects.filter(state__in=SOLVED, asked_at=None, sender_said="", ended_at__lte=before)
    waiting = list(waiting.exclude(channel=Request.Channel.IMPORT).select_for_update().order_by("pk"))
    now = clock.now()
    Update.objects.bulk_create(
        Update(request=r, step="ask", state_before=State.SOLVED, state_after=State.SOLVED, by="linli", at=now)
        for r in waiting
    )
    Request.objects.filter(pk__in=[r.pk for r in waiting]).update(asked_at=now)
    if waiting:
        record(by=by, action="requests.ask", subject=f"day:{today.isoformat()}", count=len(waiting))
    return len(waiting)
