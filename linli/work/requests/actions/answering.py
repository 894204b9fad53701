"""What staff do with a request: acknowledge, visit, place, solve, decline, close, reopen, merge."""

from django.db.models import F
from django.utils.translation import gettext as _

from linli.ground.accounts.models import User
from linli.ground.trail import clock, workdays
from linli.ground.trail.actions import action
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.work.requests import terms
from linli.work.requests.actions.steps import locked, locked_in_order, stepped, text_of, written
from linli.work.requests.models import Request
from linli.work.requests.rights import is_local
from linli.work.requests.states import WITHOUT_SOLVING, State


@action
def acknowledge(*, by, request, answer="", version=None):
    """Somebody has read it and says so; ``answer`` is read by the sender."""
    return stepped(by, request, "acknowledge", version=version, said=answer, to_sender=True)


@action
def visit(*, by, request, note, version=None):
    """Somebody went there; the note is for the staff."""
    note = text_of(note, _("Write in a few words what you saw."))
    return stepped(by, request, "visit", version=version, said=note)


@action
def place(*, by, request, community, version=None):
    """Puts a request into the community it belongs to: whoever took it in did not know, or was wrong."""
    if community.bureau_id != request.bureau_id:
        raise Refused(_("That community is of another bureau."), _("Choose one of this bureau."))
    return stepped(by, request, "place", version=version, why=community.code, community=community)


@action
def solve(*, by, request, what_was_done, version=None):
    """Solved, with what was done for the sender to read; after some days the sender is asked whether it is so."""
    said = text_of(what_was_done, _("Write what was done: the sender reads it."))
    fresh = {"asked_at": None, "sender_said": "", "sender_said_at": None}
    return stepped(by, request, "solve", version=version, said=said, to_sender=True, **fresh)


@action
def decline(*, by, request, reason, version=None):
    """Not done, and why, for the sender to read: closed, not solved."""
    said = text_of(reason, _("Write why: the sender reads it."))
    return stepped(by, request, "decline", version=version, said=said, to_sender=True)


@action
def close(*, by, request, how, note, version=None):
    """Closed without being solved. how: "outside" (no answer from there), "silent" (none from the sender), "ended"."""
    if how not in WITHOUT_SOLVING:
        raise Refused(_("There is no such way to close a request."), _("Choose one of the list."))
    said = text_of(note, _("Write why: the sender reads it."))
    return stepped(by, request, "close", version=version, to=State(how), said=said, to_sender=True)


@action
def reopen(*, by, request, why, version=None):
    """Open again, on the officer's list and the station's, with a new deadline; the first promise stays as it was."""
    why = text_of(why, _("Say why."))
    return reopened(by, request, "reopen", why, version=version)


def reopened(by, request, step, said, version=None):
    """The request open again, with no office. step: the officer's, or the sender's who says that it is not solved."""
    fresh = {"ended_at": None, "asked_at": None, "office_id": None, "office_due_on": None}
    fresh |= {"due_on": workdays.after(clock.today(), terms.REOPENED), "reopened": F("reopened") + 1}
    return stepped(by, request, "reopen", called=step, version=version, said=said, **fresh)


@action
def merge(*, by, request, into, version=None):
    """Two senders wrote of one matter: the answer to ``into`` is from now on the answer to both."""
    locked_in_order(request, into)
    target = locked(into)
    if target.pk == request.pk or target.bureau_id != request.bureau_id:
        raise Refused(_("A request cannot be merged into that one."), _("Choose another request of this bureau."))
    if target.state == State.MERGED or target.channel == Request.Channel.IMPORT:
        raise Refused(_("That request was itself merged into another."), _("Choose the one it was merged into."))
    if isinstance(by, User) and not is_local(by, target):
        raise NotAllowed(_("The other request is not of your community."), _("Ask the station to merge the two."))
    done = stepped(by, request, "merge", version=version, why=target.public_id, merged_into=target)
    Request.objects.filter(merged_into=request).update(merged_into=target)  # nobody has to follow a chain
    written(by, target, "merged_here", target.state, target.state)
    return done
