"""Complaints about police: supervision alone reads and answers them. The trail names their number and nothing else."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.ground.accounts.models import User
from linli.ground.accounts.roles import SUPERVISION
from linli.ground.trail import clock, workdays
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.work.requests import codes, terms
from linli.work.requests.actions.receiving import keyed, with_code
from linli.work.requests.actions.steps import text_of
from linli.work.requests.models import Complaint

State = Complaint.State
STATES = {
    State.RECEIVED: gettext_lazy("received"),
    State.TAKEN_UP: gettext_lazy("taken up"),
    State.ANSWERED: gettext_lazy("answered"),
    State.CLOSED: gettext_lazy("case closed"),
}


@action
def complain(*, by="resident", bureau, words, contact="", about="", client_key="", again=False):
    """The ``Complaint``, with ``code`` for its sender; it goes to supervision and to nobody else.

    again: ``client_key`` is a secret, as with ``receive``; the same again gives the same row and its code.
    """
    words = text_of(words, _("Write in a few words what it is about."))
    client_key, code = keyed(bureau, client_key, again, "complaint")
    if client_key and (known := Complaint.objects.filter(bureau=bureau, client_key=client_key).first()):
        return with_code(known, code, "complaint")
    now = clock.now()
    day = localtime(now).date()
    made = Complaint(
        bureau=bureau, number=codes.new_number("C"), client_key=client_key, words=words,
        contact=text_of(contact)[:200], about=text_of(about)[:300], opened_at=now,
        acknowledge_by=workdays.after(day, terms.COMPLAINT_ACKNOWLEDGED),
        answer_by=workdays.after(day, terms.COMPLAINT_ANSWERED),
        erase_contact_on=day + timedelta(days=terms.CONTACT_KEPT_AT_MOST),
        erase_words_on=day + timedelta(days=2 * terms.COMPLAINT_WORDS_KEPT),
    )  # fmt: skip
    made.code = code or codes.new_code()
    made.code_hash = codes.hash_of(made.code, "complaint")
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        return with_code(Complaint.objects.get(bureau=bureau, client_key=client_key), code, "complaint")
    _recorded("linli", made, "complain")  # not even who brought it
    return made


@action
def take_up(*, by, complaint, note="", version=None):
    """Supervision has read it, and its sender sees so."""
    changes = {"note": text_of(note)} if note else {}
    return _stepped(by, complaint, version, (State.RECEIVED,), State.TAKEN_UP, "take_up", **changes)


@action
def answer(*, by, complaint, text, version=None):
    """The answer, which the sender reads by the code; a later one takes its place."""
    text = text_of(text, _("Write the answer: the sender reads it."))
    since = (State.RECEIVED, State.TAKEN_UP, State.ANSWERED)
    return _stepped(by, complaint, version, since, State.ANSWERED, "answer", answer=text)


@action
def close_complaint(*, by, complaint, version=None):
    """Nothing more will come: its words are kept for their time and then erased. Only what was answered is closed."""
    day = clock.today()
    kept = {"erase_contact_on": day + timedelta(days=terms.COMPLAINT_CONTACT_KEPT)}
    kept["erase_words_on"] = day + timedelta(days=terms.COMPLAINT_WORDS_KEPT)
    return _stepped(by, complaint, version, (State.ANSWERED,), State.CLOSED, "close_complaint", **kept)


@action
def note_complaint_read(*, by, complaint):
    """Leaves in the trail that somebody of supervision read it."""
    _allowed(by, complaint)
    _recorded(by, complaint, "read_complaint")


def _stepped(by, complaint, version, allowed, after, step, **changes):
    _allowed(by, complaint)
    stands = Complaint.objects.select_for_update(no_key=True).get(pk=complaint.pk)
    if version is not None and version != stands.version:
        rows = [(_("State"), STATES[complaint.state], STATES[stands.state])]
        rows.append((_("Answer"), changes.get("answer", ""), stands.answer))
        raise Stale(_("A colleague has written first."), rows, stands.version)
    if stands.state not in allowed:
        raise Refused(
            _("The complaint is %(state)s: this step cannot be taken now.") % {"state": STATES[stands.state]},
            _("Look at the complaint as it is now."),
        )
    moments = {State.TAKEN_UP: ["taken_up_at"], State.ANSWERED: ["answered_at"], State.CLOSED: ["closed_at"]}[after]
    moments += ["taken_up_at"] if stands.taken_up_at is None and "taken_up_at" not in moments else []
    changes |= dict.fromkeys(moments, clock.now()) | {"state": after}
    Complaint.objects.filter(pk=stands.pk).update(**changes, version=F("version") + 1)
    _recorded(by, stands, step)
    complaint.refresh_from_db()
    return complaint


def _allowed(by, complaint):
    if isinstance(by, User) and (by.role != SUPERVISION or by.bureau_id != complaint.bureau_id):
        raise NotAllowed(_("Supervision alone reads complaints."))


def _recorded(by, complaint, step):
    subject = f"complaint:{complaint.number}"
    record(by=by, action=f"requests.{step}", subject=subject, bureau=complaint.bureau)
