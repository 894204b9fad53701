"""A named person decides; a missed answer suspends; a correction lets a person keep or revoke what was decided."""

from django.db.models import F
from django.utils.translation import gettext as _

from linli.ground.accounts.roles import PERSONNEL, SECRETARY
from linli.ground.trail import clock
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import Refused, Stale
from linli.quarter.appraisal.models import Cycle
from linli.quarter.decisions import blocks as standing
from linli.quarter.decisions import queries
from linli.quarter.decisions.models import Decision, PoolMember, Proposal
from linli.quarter.decisions.rights import must_be, must_be_unrelated

APPROVED, REJECTED, REVOKED = Decision.Outcome


@action
def decide(*, by, proposal, outcome, reason, minute_number="", talk="", version=None):
    """The secretary's decision on a proposal; a reminder talk may be the personnel office's too.

    Approving is refused while anything stands in the way; rejecting never is, and both need a reason. version: that
    of the file the person saw; when it has changed since, nothing is decided (``Stale``).
    """
    proposal = queries.files(proposal.cycle.bureau).get(pk=proposal.pk)
    reason, minute_number = reason.strip(), minute_number.strip()
    _check_person(by, proposal, outcome, talk)
    _check_form(proposal, outcome, reason, talk)
    _check_open(proposal, version, outcome, reason)
    if outcome == APPROVED:
        _check_blocks(proposal, minute_number, talk)
    _close(proposal)
    decision = Decision.objects.create(
        proposal=proposal, outcome=outcome, talk=talk if outcome == APPROVED else "", minute_number=minute_number,
        reason=reason, decided_by=by.username, decided_at=clock.now(),
    )  # fmt: skip
    if outcome == APPROVED and proposal.kind == "talent_pool":
        PoolMember.objects.create(decision=decision, officer=proposal.officer, since=clock.today())
    _record(by, "decisions.decide", decision, reason, outcome=outcome, minute=minute_number, talk=decision.talk)
    return decision


@action
def suspend(*, by, decision, why):
    """Stop what follows from an approved decision for the time being, with a reason (R-71)."""
    _check_approved(decision)
    must_be(by, decision.proposal.cycle.bureau, PERSONNEL, SECRETARY, system=True)
    must_be_unrelated(by, decision.proposal.officer)
    why = _reasoned(why)
    if not Decision.objects.filter(pk=decision.pk, suspended_because="", outcome=APPROVED).update(
        suspended_because=why[:200], version=F("version") + 1
    ):
        raise Refused(_("It is suspended already."), _("Look at the file again."))
    decision.refresh_from_db()
    _record(by, "decisions.suspend", decision, why)


@action
def resume(*, by, decision, why):
    """Let it follow again; refused while an answer is still overdue."""
    must_be(by, decision.proposal.cycle.bureau, SECRETARY)
    must_be_unrelated(by, decision.proposal.officer)
    why = _reasoned(why)
    late = queries.overdue_answer(decision.proposal, clock.today())
    if late:
        raise Refused(standing.overdue_text(late), _("Have it answered first."))
    if (
        not Decision.objects.filter(pk=decision.pk)
        .exclude(suspended_because="")
        .update(suspended_because="", version=F("version") + 1)
    ):
        raise Refused(_("It is not suspended."), _("Look at the file again."))
    decision.refresh_from_db()
    _record(by, "decisions.resume", decision, why)


@action
def keep(*, by, decision, why):
    """After a correction: the secretary looked at it again and lets the decision stand."""
    _review(by, decision, why)
    _record(by, "decisions.keep", decision, why)


@action
def revoke(*, by, decision, why):
    """Take an approved decision back, after a correction or for another reason: nothing more follows from it."""
    _check_approved(decision)
    why = _review(by, decision, why)
    now = clock.now()
    if not Decision.objects.filter(pk=decision.pk, outcome=APPROVED).update(
        outcome=REVOKED, revoked_because=why[:300], revoked_at=now, version=F("version") + 1
    ):
        raise Refused(_("It was revoked already."), _("Look at the file again."))
    PoolMember.objects.filter(decision=decision, left_on=None).update(left_on=clock.today(), left_because=why[:200])
    decision.refresh_from_db()
    _record(by, "decisions.revoke", decision, why)


def _check_person(by, proposal, outcome, talk):
    reminder = proposal.kind == "talk" and outcome == APPROVED and talk == Decision.Talk.REMINDER
    roles = (SECRETARY, PERSONNEL) if reminder else (SECRETARY,)
    must_be(by, proposal.cycle.bureau, *roles)
    must_be_unrelated(by, proposal.officer)


def _check_form(proposal, outcome, reason, talk):
    if outcome not in (APPROVED, REJECTED):
        raise Refused(_("Approve it or reject it."))
    if not reason:
        raise Refused(_("The reason is blank."), _("Write why, in a sentence: the officer reads it."))
    if outcome == APPROVED and proposal.kind == "talk" and talk not in Decision.Talk.values:
        raise Refused(_("Choose which talk it is: a reminder or an admonition."), standing.admonition_effect())
    if proposal.kind != "talk" and talk:
        raise Refused(_("Only a talk is a reminder or an admonition."))


def _check_open(proposal, version, outcome, reason):
    if proposal.state == Proposal.State.DECIDED:
        theirs = proposal.decision
        rows = [
            (_("Outcome"), Decision.Outcome(outcome).label, theirs.get_outcome_display()),
            (_("Reason"), reason, theirs.reason),
        ]
        raise Stale(_("This was decided already."), rows, proposal.version, _("A decision is made once."))
    if proposal.state == Proposal.State.SUPERSEDED:
        raise Refused(proposal.get_superseded_because_display(), _("Look at the proposals that stand now."))
    if version is not None and version != proposal.version:
        rows = [
            (_("Outcome"), Decision.Outcome(outcome).label, ""),
            (_("Reason"), reason, ""),
            (_("Statement of the officer"), "", proposal.officer_statement),
        ]
        raise Stale(
            _("The file has changed since you opened it."), rows, proposal.version, _("Read it again, then decide.")
        )


def _check_blocks(proposal, minute_number, talk):
    found = [block for block in queries.full_blocks([proposal], clock.today())[proposal.pk]
             if block.code != "minute_number"]  # fmt: skip
    found += standing.of_decision(proposal, minute_number, talk)
    if found:
        raise Refused(
            _("It cannot be approved yet: %(what)s") % {"what": " ".join(block.what for block in found)},
            " ".join(block.remedy for block in found),
            blocks=[block.code for block in found],
        )


def _close(proposal):
    changed = Proposal.objects.filter(pk=proposal.pk, state=Proposal.State.WAITING, version=proposal.version).update(
        state=Proposal.State.DECIDED, version=F("version") + 1
    )
    if changed != 1:
        now = Proposal.objects.get(pk=proposal.pk)
        raise Stale(_("Somebody else wrote into this file first."), [], now.version, _("Look at it and send again."))


def _check_approved(decision):
    if decision.outcome != APPROVED:
        raise Refused(_("Only an approved decision has something to stop."), _("Look at the file again."))


def _review(by, decision, why):
    proposal = decision.proposal
    must_be(by, proposal.cycle.bureau, SECRETARY)
    must_be_unrelated(by, proposal.officer)
    why = _reasoned(why)
    number = Cycle.objects.values_list("current__revision__number", flat=True).get(pk=proposal.cycle_id)
    Proposal.objects.filter(pk=proposal.pk).update(
        review_because="", reviewed_revision=number, version=F("version") + 1
    )
    return why


def _reasoned(why):
    why = (why or "").strip()
    if not why:
        raise Refused(_("The reason is blank."), _("Write why, in a sentence."))
    return why


def _record(by, verb, decision, why, **facts):
    proposal = decision.proposal
    record(
        by=by, action=verb, subject=f"officer:{proposal.officer.code}", why=why, bureau=proposal.cycle.bureau,
        period=proposal.cycle.period, kind=proposal.kind, rule=proposal.rule, **facts,
    )  # fmt: skip
