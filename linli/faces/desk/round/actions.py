"""The one write of the round: what a phone sent is taken once, whatever phone and server go through meanwhile."""

import json
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from linli.faces.desk.models import Sent
from linli.faces.desk.round.steps import STEPS
from linli.faces.desk.round.times import in_time
from linli.ground.trail import clock
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import Refused, Stale

Outcome = Sent.Outcome
REMEMBERED = timedelta(days=30)  # how long an answer can be asked for again


@action
def take(*, by, bureau, sent):
    """Does what a ``Record`` asks for, or refuses it, and keeps which; gives the ledger's row.

    The key is claimed first, so that of two senders one waits for the other and then hears the same. Whatever was
    refused has changed nothing but the ledger.
    """
    known = Sent.objects.filter(account=by, key=sent.key).first()
    if known:
        return known
    try:
        with transaction.atomic():
            row = Sent.objects.create(
                account=by, bureau=bureau, key=sent.key, number=sent.number, kind=sent.type, at=sent.at,
                phone_at=sent.phone_at, received_at=clock.now(),
            )  # fmt: skip
    except IntegrityError:
        return Sent.objects.get(account=by, key=sent.key)
    outcome, subject, answer = _done(by, bureau, sent)
    told = json.dumps(answer, ensure_ascii=False)
    Sent.objects.filter(pk=row.pk).update(outcome=outcome, subject=subject[:200], answer=told)
    if outcome != Outcome.DONE:  # what was done has its entry from the room that did it
        record(by=by, action="desk.refuse_record", subject=f"record:{sent.key}", bureau=bureau, kind=sent.type)
    row.refresh_from_db()
    return row


def _done(by, bureau, sent):
    """(outcome, subject, answer); everything a step wrote is taken back unless it was done."""
    try:
        with transaction.atomic():
            in_time(sent)
            subject, answer = STEPS[sent.type](by, bureau, sent)
            return Outcome.DONE, subject, answer
    except Stale as stale:
        rows = [[str(part) for part in row[:3]] for row in stale.rows]
        return Outcome.CONFLICT, "", _said(stale) | {"rows": rows, "version": stale.version}
    except Refused as refusal:
        return Outcome.REFUSED, "", _said(refusal)
    except PermissionDenied:
        from django.utils.translation import gettext as _

        return Outcome.REFUSED, "", {"message": _("This is not open to you."), "remedy": ""}


def _said(refusal):
    return {"message": str(refusal.message), "remedy": str(refusal.remedy)}


@action
def forget_answers(*, by, today):
    """What phones were told long ago is forgotten; that it was sent, and what it became, stays. Gives how many."""
    old = Sent.objects.filter(received_at__lt=clock.now() - REMEMBERED).exclude(answer="")
    forgotten = old.update(answer="")
    if forgotten:
        record(by=by, action="desk.forget_answers", subject=f"day:{today.isoformat()}", answers=forgotten)
    return forgotten
