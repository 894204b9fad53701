"""The file of a proposal (R-34): the officer's statement, the law, the money, remedies by statute."""

from django.db.models import F, Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.ground.accounts.roles import OFFICER, PERSONNEL
from linli.ground.trail import clock, workdays
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.quarter.decisions.models import Proposal, Remedy
from linli.quarter.decisions.rights import is_own, must_be, must_be_unrelated

STATEMENT_DAYS = 5  # working days that an officer is given for a statement unless more is said
LONGEST = 10_000  # characters of a statement
_LABELS = {
    "officer_statement": gettext_lazy("Statement of the officer"),
    "statement_due_on": gettext_lazy("Statement until"),
    "law_check": gettext_lazy("Check of the law"),
    "funding_approval": gettext_lazy("Number of the funding approval"),
}


@action
def ask_statement(*, by, proposal, due_on=None, version=None):
    """Ask the officer what he says to it; after ``due_on`` silence is taken for none. Five working days at least."""
    _prepare(by, proposal)
    least = workdays.after(clock.today(), STATEMENT_DAYS)
    due_on = due_on or least
    if due_on < least:
        raise Refused(
            _("The day is too near."),
            _("Give the officer at least %(count)s working days: until %(day)s.")
            % {"count": STATEMENT_DAYS, "day": least.isoformat()},
        )
    if proposal.statement_asked_at is not None:
        raise Refused(_("The officer was already asked."), _("Wait for the statement, or until the day is past."))
    _write(proposal, version, statement_asked_at=clock.now(), statement_due_on=due_on)
    _record(by, "decisions.ask_statement", proposal, due_on=due_on)


@action
def state(*, by, proposal, text, version=None):
    """What the officer says goes into the file, in his own words. By himself; for one without an account by personnel.

    It may be written and changed until the decision; the trail says that it was, not what.
    """
    text = _filled(text, _("The statement is blank."), _("Write what you want to say, or decline."))
    if len(text) > LONGEST:
        raise Refused(_("The statement is longer than %(count)s characters.") % {"count": LONGEST}, _("Shorten it."))
    _by_officer(by, proposal)
    _write(proposal, version, officer_statement=text, statement_declined_at=None)
    _record(by, "decisions.state", proposal, characters=len(text))


@action
def decline_statement(*, by, proposal, version=None):
    """The officer does not want to say anything: written down, so that nobody waits."""
    _by_officer(by, proposal)
    if proposal.officer_statement:
        raise Refused(_("A statement stands in the file."), _("Change it instead."))
    _write(proposal, version, statement_declined_at=clock.now())
    _record(by, "decisions.decline_statement", proposal)


@action
def check_law(*, by, proposal, text, version=None):
    """Who checked the law and what was found (R-61); the account that enters it is named before it."""
    _prepare(by, proposal)
    text = _filled(text, _("What was found is blank."), _("Write which articles were checked and with what result."))
    _write(proposal, version, law_check=f"{by.get_full_name()}: {text}"[:200])
    _record(by, "decisions.check_law", proposal, found=text)


@action
def enter_funding(*, by, proposal, number, version=None):
    """The number of the approval of the money (R-54)."""
    _prepare(by, proposal)
    number = _filled(number, _("The number is blank."), _("Enter the number of the funding approval."))
    _write(proposal, version, funding_approval=number[:120])
    _record(by, "decisions.enter_funding", proposal, number=number)


@action
def open_remedy(*, by, cycle, officer, kind, reference, opened_on=None):
    """The officer asked for a review or an appeal by statute (R-72): adverse steps of the quarter wait for its end."""
    must_be(by, cycle.bureau, PERSONNEL)
    must_be_unrelated(by, officer)
    reference = _filled(reference, _("The reference is blank."), _("Enter the number of the paper."))
    if kind not in Remedy.Kind.values:
        raise Refused(_("This is neither a review nor an appeal."))
    last = Remedy.objects.filter(cycle=cycle, officer=officer).aggregate(last=Max("number"))["last"] or 0
    made = Remedy.objects.create(
        cycle=cycle, officer=officer, number=last + 1, kind=kind, reference=reference[:120],
        opened_on=opened_on or clock.today(),
    )  # fmt: skip
    record(
        by=by, action="decisions.open_remedy", subject=f"officer:{officer.code}", bureau=cycle.bureau,
        period=cycle.period, kind=kind, reference=reference,
    )  # fmt: skip
    return made


@action
def close_remedy(*, by, remedy, outcome, closed_on=None):
    """Its end, and what came of it."""
    cycle, officer = remedy.cycle, remedy.officer
    must_be(by, cycle.bureau, PERSONNEL)
    must_be_unrelated(by, officer)
    outcome = _filled(outcome, _("What came of it is blank."), _("Write what was decided."))
    changed = Remedy.objects.filter(pk=remedy.pk, closed_on=None).update(
        closed_on=closed_on or clock.today(), outcome=outcome[:200]
    )
    if not changed:
        raise Refused(_("It is closed already."), _("Look at the file again."))
    record(
        by=by, action="decisions.close_remedy", subject=f"officer:{officer.code}", bureau=cycle.bureau,
        period=cycle.period, reference=remedy.reference, outcome=outcome,
    )  # fmt: skip


def _prepare(by, proposal):
    must_be(by, proposal.cycle.bureau, PERSONNEL)
    must_be_unrelated(by, proposal.officer)


def _by_officer(by, proposal):
    account = proposal.officer.account
    if account is not None and account.is_active:
        if not is_own(by, proposal.officer):
            raise NotAllowed(_("Only %(officer)s may say this.") % {"officer": proposal.officer.name})
        must_be(by, proposal.cycle.bureau, OFFICER)
    else:  # on paper: the personnel office copies it
        _prepare(by, proposal)


def _filled(text, missing, remedy):
    text = (text or "").strip()
    if not text:
        raise Refused(missing, remedy)
    return text


def _write(proposal, version, **values):
    """Change the file where it still is as the writer saw it, and still waits."""
    found = Proposal.objects.filter(pk=proposal.pk, state=Proposal.State.WAITING)
    if version is not None:
        found = found.filter(version=version)
    if found.update(version=F("version") + 1, **values) != 1:
        raise_stale(proposal, values)
    proposal.refresh_from_db(fields=[*values, "version"])


def raise_stale(proposal, values):
    """Say what stands there now beside what was to be written."""
    now = Proposal.objects.get(pk=proposal.pk)
    if now.state != Proposal.State.WAITING:
        raise Refused(
            _("This proposal is no longer open: %(state)s.") % {"state": now.get_state_display()},
            _("Look at its file as it stands now."),
        )
    shown = [(name, value) for name, value in values.items() if name in _LABELS]
    rows = [(_LABELS[name], _text(value), _text(getattr(now, name))) for name, value in shown]
    raise Stale(_("Somebody else wrote into this file first."), rows, now.version, _("Look at it and send again."))


def _text(value):
    return value.isoformat() if hasattr(value, "isoformat") else value or ""


def _record(by, verb, proposal, **facts):
    record(
        by=by, action=verb, subject=f"officer:{proposal.officer.code}", bureau=proposal.cycle.bureau,
        period=proposal.cycle.period, kind=proposal.kind, **facts,
    )  # fmt: skip
