"""The record of a talk (R-35): written, signed by both in the application, followed up a month later."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.ground.accounts.roles import LEADER, PERSONNEL, SECRETARY
from linli.ground.officers import queries as officers
from linli.ground.trail import clock
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.quarter.decisions import queries
from linli.quarter.decisions.models import Decision, TalkRecord
from linli.quarter.decisions.rights import is_own, must_be, must_be_unrelated

TALKERS = (LEADER, SECRETARY, PERSONNEL)
FOLLOW_UP = timedelta(days=30)
_LABELS = {
    "place": gettext_lazy("Place"),
    "headings": gettext_lazy("What was talked about"),
    "plan": gettext_lazy("Plan to improve"),
}


@action
def record_talk(*, by, decision, date, place, talker, recorder, headings, plan, follow_up_on=None):
    """Write down a talk that was held: by the personnel office, or by who held it."""
    bureau = decision.proposal.cycle.bureau
    must_be(by, bureau, *TALKERS)
    must_be_unrelated(by, decision.proposal.officer)
    if by.role != PERSONNEL and by.pk != talker.pk:
        raise NotAllowed(_("The record is written by who held the talk, or by the personnel office."))
    _check_decision(decision)
    _check_talk(decision, date, talker, recorder)
    values = _texts(place=place, headings=headings, plan=plan)
    follow_up_on = follow_up_on or date + FOLLOW_UP
    if follow_up_on <= date:
        raise Refused(_("The follow-up lies before the talk."), _("Choose a later day."))
    try:
        with transaction.atomic():
            made = TalkRecord.objects.create(
                decision=decision, date=date, talker=talker, recorder=recorder.strip()[:150],
                follow_up_on=follow_up_on, **values,
            )  # fmt: skip
    except IntegrityError as exists:
        raise Refused(_("The talk has its record already."), _("Open it, and change it there.")) from exists
    _record(by, "decisions.record_talk", made, date=date, talker=talker.username, follow_up=follow_up_on)
    return made


@action
def amend_talk(*, by, record, place, headings, plan, version):
    """Change what the record says, as long as nobody has signed it."""
    must_be(by, record.decision.proposal.cycle.bureau, *TALKERS)
    if by.role != PERSONNEL and by.pk != record.talker_id:
        raise NotAllowed(_("The record is written by who held the talk, or by the personnel office."))
    must_be_unrelated(by, record.decision.proposal.officer)
    values = _texts(place=place, headings=headings, plan=plan)
    unsigned = TalkRecord.objects.filter(pk=record.pk, signed_by_officer_at=None, signed_by_talker_at=None)
    if not unsigned.filter(version=version).update(version=F("version") + 1, **values):
        now = TalkRecord.objects.get(pk=record.pk)
        if not unsigned.exists():
            raise Refused(_("The record is signed."), _("What was signed stays as it is."))
        rows = [(_LABELS[name], value, getattr(now, name), name) for name, value in values.items()]
        raise Stale(_("Somebody else changed the record first."), rows, now.version)
    record.refresh_from_db()
    _record(by, "decisions.amend_talk", record)


@action
def sign_talk(*, by, record, view=""):
    """The officer or the talker signs what stands there; the officer adds his own view, which nobody changes."""
    moment, officer = clock.now(), record.decision.proposal.officer
    if is_own(by, officer):
        name, values = "signed_by_officer_at", {"officer_view": view.strip()}
    elif by.pk == record.talker_id:
        must_be(by, record.decision.proposal.cycle.bureau, *TALKERS)
        if view.strip():
            raise Refused(_("The view in the record is the officer's own."), _("Sign without it."))
        name, values = "signed_by_talker_at", {}
    else:
        raise NotAllowed(_("Only the officer and the talker sign."))
    if not TalkRecord.objects.filter(pk=record.pk, **{name: None}).update(**{name: moment}, **values):
        raise Refused(_("You have signed already."), _("Nothing more is to be done."))
    record.refresh_from_db()
    _record(by, "decisions.sign_talk", record, as_officer=name == "signed_by_officer_at")


@action
def follow_up(*, by, record, found=""):
    """The follow-up was held: what has become of the plan."""
    must_be(by, record.decision.proposal.cycle.bureau, *TALKERS)
    if by.role != PERSONNEL and by.pk != record.talker_id:
        raise NotAllowed(_("The follow-up is entered by who held the talk, or by the personnel office."))
    must_be_unrelated(by, record.decision.proposal.officer)
    if clock.today() <= record.date:
        raise Refused(_("The talk was only just held."), _("Come back on the day of the follow-up."))
    if not TalkRecord.objects.filter(pk=record.pk, followed_up_at=None).update(
        followed_up_at=clock.now(), follow_up_found=found.strip()
    ):
        raise Refused(_("The follow-up is entered already."), _("Nothing more is to be done."))
    record.refresh_from_db()
    _record(by, "decisions.follow_up", record)


def _check_decision(decision):
    if decision.proposal.kind != "talk" or decision.outcome != Decision.Outcome.APPROVED:
        raise Refused(_("No talk was decided here."), _("A record belongs to an approved talk."))
    suspended = queries.suspension(decision)
    if suspended:
        raise Refused(_("The talk is suspended: %(why)s") % {"why": suspended}, _("Wait until it is resumed."))


def _check_talk(decision, date, talker, recorder):
    bureau, officer = decision.proposal.cycle.bureau, decision.proposal.officer
    if talker.bureau_id != bureau.pk or talker.role not in TALKERS or not talker.is_active:
        raise Refused(_("The talk is held by a leader, the secretary or the personnel office."), _("Choose another."))
    if officers.related(talker, officer):
        raise Refused(_("The talker is related to the officer (rule R-61)."), _("Choose another."))
    recorder = (recorder or "").strip()
    if not recorder:
        raise Refused(_("Who wrote it down is blank."), _("Enter the recorder's name."))
    if recorder in (talker.username, talker.get_full_name(), officer.name):
        raise Refused(_("The recorder is neither the talker nor the officer."), _("Enter a third person."))
    if date > clock.today():
        raise Refused(_("The talk lies in the future."), _("Enter it after it was held."))
    if date < localtime(decision.decided_at).date():
        raise Refused(_("The talk lies before its decision."), _("Correct the day."))


def _texts(**texts):
    texts = {name: (text or "").strip() for name, text in texts.items()}
    for name, text in texts.items():
        if not text:
            raise Refused(_("“%(field)s” is blank.") % {"field": _LABELS[name]}, _("Fill it in."))
    return {**texts, "place": texts["place"][:120]}


def _record(by, verb, talk, **facts):
    proposal = talk.decision.proposal
    record(
        by=by, action=verb, subject=f"officer:{proposal.officer.code}", bureau=proposal.cycle.bureau,
        period=proposal.cycle.period, **facts,
    )  # fmt: skip
