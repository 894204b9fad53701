"""What becomes of a record: each type goes to the room it belongs to, as if its page had been filled in there.

A step gives (subject, answer): what the record became, and what the phone shows of it. The key by which a room knows
the sender is made of the account and the phone's key, so that nobody can ask for another's.
"""

from datetime import timedelta
from uuid import uuid5

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.faces.desk.round import forms
from linli.ground.officers.models import Post
from linli.ground.officers.queries import officer_of, within
from linli.ground.trail import clock
from linli.ground.trail.language import reader
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.work.disputes import actions as disputes
from linli.work.requests import actions as requests
from linli.work.worklog import actions as worklog
from linli.work.worklog.models import Work

LONGEST = timedelta(hours=16)


def held(officer, day):
    """code -> ``Community`` of those whose post an officer holds on a day."""
    posts = within(Post.objects.filter(officer=officer), day, day).select_related("community__bureau")
    return {post.community.code: post.community for post in posts.order_by("community__code")}


def client_key(by, sent):
    """The key by which a room knows this account's record."""
    return str(uuid5(sent.key, f"account {by.pk}"))


def _officer(by):
    officer = officer_of(by)
    if officer is None:
        raise NotAllowed(_("No officer stands behind this account."), _("Ask the political and personnel office."))
    return officer


def _filled(form, by, sent):
    officer = _officer(by)
    communities = held(officer, localdate(sent.at))
    told = forms.checked(form, sent.fields, communities)
    if "community" in told:
        told["community"] = communities[told["community"]]
    if told.get("started_at") and told["ended_at"] - told["started_at"] > LONGEST:
        raise Refused(_("Nothing lasts longer than 16 hours."), _("Put the end right and send it again."))
    return officer, told


def _work(by, bureau, sent):
    officer, told = _filled(forms.Work, by, sent)
    files = {"photo": sent.photo or None, "voice": sent.voice or None}
    made = worklog.record(by=by, officer=officer, client_key=client_key(by, sent), **told, **files)
    return f"work:{officer.code}:{made.client_key}", {}


def _change(by, bureau, sent):
    officer, told = _filled(forms.Change, by, sent)
    work = Work.objects.filter(officer=officer, client_key=told.pop("work")).select_related("officer").first()
    if work is None:
        raise Refused(_("This work is not there."), _("Look at your day in the log."))
    files = {"photo": sent.photo or None, "voice": sent.voice or None}
    worklog.change(by=by, work=work, **told, **files)
    return f"work:{officer.code}:{work.client_key}", {}


def _request(by, bureau, sent):
    _holder, told = _filled(forms.Request, by, sent)
    made = requests.receive(
        by=by, bureau=bureau, channel="round", photo=sent.photo or None, client_key=client_key(by, sent),
        language=reader(), **told,
    )  # fmt: skip
    return f"request:{made.public_id}", {"number": made.public_id, "code": made.code}


def _dispute(by, bureau, sent):
    _holder, told = _filled(forms.Dispute, by, sent)
    day = min(localdate(sent.at), clock.today())
    made = disputes.take_in(by=by, bureau=bureau, taken_in_on=day, client_key=client_key(by, sent), **told)
    return f"dispute:{made.number}", {"number": made.number}


def _call(by, bureau, sent):
    officer, told = _filled(forms.Call, by, sent)
    made = worklog.call_away(by=by, officer=officer, client_key=client_key(by, sent), **told)
    return f"call:{officer.code}:{made.client_key}", {}


STEPS = {"work": _work, "change": _change, "request": _request, "dispute": _dispute, "call": _call}
