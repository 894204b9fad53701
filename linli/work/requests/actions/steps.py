"""How every step is taken: the row is changed only while it stands as it was seen, then the step is written once."""

from datetime import timedelta

from django.db.models import F, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from linli.ground.accounts.models import User
from linli.ground.trail import clock
from linli.ground.trail.actions import name_of, record
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.work.requests import terms
from linli.work.requests.models import Request, Said, Update
from linli.work.requests.rights import may_do
from linli.work.requests.states import ANSWERED, DONE, FRESH, STEPS, State

LONGEST = 2000


def stepped(
    by, request, step, *, version=None, to=None, called="", said="", to_sender=False, why="", office=None, **changes
):
    """The request after one step, with its ``Update``; ``Refused``, ``NotAllowed`` or ``Stale`` when it may not be.

    to: another state than the step's own; called: another name; said: words, read by the sender where ``to_sender``.
    """
    stands = locked(request)
    if isinstance(by, User) and not may_do(by, stands, step):
        raise NotAllowed(_("This step is not yours to take."), _("It is for whoever the matter lies with now."))
    if version is not None and version != stands.version:
        raise stale(request, stands)
    if stands.state not in STEPS[step][0]:
        raise Refused(
            _("The request is %(state)s: this step cannot be taken now.") % {"state": stands.get_state_display()},
            _("Look at the request as it is now."),
        )
    if step == "reopen" and stands.erased_at:
        raise Refused(_("What the sender wrote was erased after its time."), _("A new request is needed."))
    said = text_of(said)
    after = to or _after(stands.state, step)
    changes |= _times(stands, after) | {"state": after}
    seen = Request.objects.filter(pk=stands.pk, version=stands.version)
    if not seen.update(**changes, version=F("version") + 1):
        raise stale(request, locked(request))
    written(by, stands, called or step, stands.state, after, office=office, said=said, to_sender=to_sender)
    facts = {"before": str(stands.state), "after": str(after)} | ({"office": office.code} if office else {})
    record(
        by=by, action=f"requests.{called or step}", subject=subject_of(stands), why=why, bureau=stands.bureau, **facts
    )
    request.refresh_from_db()
    return request


def locked(request):
    """The row as it stands, with what rights are asked of; nobody else writes it until the transaction ends."""
    rows = Request.objects.select_for_update(of=("self",), no_key=True).select_related("bureau", "community", "office")
    return rows.get(pk=request.pk)


def locked_in_order(request, into):
    """Locks both rows of a merging, and what leads to the first, in the order of their keys: nobody waits crosswise."""
    rows = Request.objects.filter(Q(pk__in=[request.pk, into.pk]) | Q(merged_into=request.pk))
    return list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))


def written(by, request, step, before, after, *, office=None, said="", to_sender=False):
    """The ``Update`` of a step, and what was said with it."""
    update = Update.objects.create(
        request=request, step=step, state_before=before, state_after=after, office=office, by=name_of(by)[:150],
        at=clock.now(),
    )  # fmt: skip
    if said:
        Said.objects.create(update=update, text=said, to_sender=to_sender)
    return update


def subject_of(request):
    """What the trail calls a request."""
    return f"request:{request.public_id}"


def text_of(text, needed=""):
    """What somebody wrote, trimmed; ``needed``: what to say where nothing is written."""
    found = str(text or "").replace("\0", "").encode(errors="replace").decode().strip()
    if len(found) > LONGEST:
        raise Refused(
            _("The text is longer than %(most)s characters.") % {"most": LONGEST}, _("Shorten it, and send it again.")
        )
    if needed and not found:
        raise Refused(_("Nothing is written."), needed)
    return found


def stale(seen, stands):
    """Somebody was quicker: what the page showed, and what stands there now."""
    rows = [(_("State"), seen.get_state_display(), stands.get_state_display())]
    rows.append((_("Lies with"), str(seen.office or "—"), str(stands.office or "—")))
    return Stale(_("Somebody else has taken a step with this request."), rows, stands.version)


def _after(state, step):
    to = STEPS[step][1]
    if to == ANSWERED:
        return State.ACKNOWLEDGED if state in FRESH else state
    return to or state


def _times(stands, after):
    """The moments and terms that go with the new state; nothing is kept past the day that was promised when it came."""
    now = clock.now()
    unread = stands.acknowledged_at is None and after not in (*FRESH, State.MERGED)
    changes = {"acknowledged_at": now} if unread else {}
    if after not in DONE and stands.state not in DONE:
        return changes
    day, came = localtime(now).date(), localtime(stands.opened_at).date()
    contact, words = (came + timedelta(days=most) for most in (terms.CONTACT_KEPT_AT_MOST, terms.WORDS_KEPT_AT_MOST))
    later = day + timedelta(days=terms.WORDS_KEPT)
    if after in DONE:
        changes |= {"ended_at": now, "arrive_by": None}
        changes["erase_contact_on"] = min(day + timedelta(days=terms.CONTACT_KEPT), contact)
        changes["erase_words_on"] = min(later, words)
    else:  # open again
        changes |= {"erase_contact_on": contact, "erase_words_on": min(max(stands.erase_words_on, later), words)}
    return changes
