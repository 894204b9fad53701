"""What stands in the way of a proposal (R-34, R-54, R-61, R-71), each with what, why and what to do, in plain words."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from linli.quarter.appraisal import queries as appraisal
from linli.quarter.appraisal.models import Objection
from linli.quarter.decisions.models import ADVERSE, Decision, Proposal

MINUTED = ("transfer_review", "nomination")  # with an admonition and what the rules name, for these
LAWFUL = ("transfer_review", "nomination")


@dataclass(frozen=True)
class Block:
    """One thing still in the way. ``code`` is stable; the texts are in the reader's language."""

    code: str
    what: str
    why: str
    remedy: str

    @property
    def text(self):
        return f"{self.what} {self.why} {self.remedy}"


def admonition_effect():
    """What an admonition does, said before anybody chooses it."""
    return _(
        "An admonition is a formal measure of Party and personnel, not a mere talk: while it has effect the officer "
        "is not considered for awards, selection or promotion, and it goes into the personnel file. It needs the "
        "Party committee secretary and a minute number. A reminder talk has no effect beyond the talk itself."
    )


def of_file(proposal, today, objections, remedies):
    """Everything that stands but what the decision itself brings along (its minute number).

    objections, remedies: the officer's in this cycle, as lists.
    """
    found = [_recomputed(proposal)]
    if proposal.kind in ADVERSE:
        found += [_period(proposal, objections, today), *_objections(objections, today)]
        found += [_remedies(remedies), _statement(proposal, today)]
    found += [_evidence(proposal), _law(proposal), _funding(proposal)]
    return [block for block in found if block]


def of_decision(proposal, minute_number="", talk=""):
    """What the decision must bring along: a minute number."""
    admonition = talk == Decision.Talk.ADMONITION
    needed = proposal.kind in MINUTED or "minute_number" in proposal.blocked_by or admonition
    if not needed or minute_number.strip():
        return []
    why = (
        _("An admonition is the Party committee's measure, not one person's.")
        if admonition
        else _("This is the Party committee's to decide, not one person's (rule R-34).")
    )
    remedy = _("Enter the number of the minute in which it was decided, together with the decision.")
    return [Block("minute_number", _("A minute number is missing."), why, remedy)]


def _recomputed(proposal):
    if proposal.state != Proposal.State.WAITING or proposal.computation_id == proposal.cycle.current_id:
        return None
    return Block(
        "recomputed",
        _("The quarter was computed anew."),
        _("This proposal rests on figures that were corrected since."),
        _("The personnel office takes over the proposals of the new computation; this one is renewed or drops out."),
    )


def _period(proposal, objections, today):
    cycle = proposal.cycle
    if cycle.noticed_at is None or cycle.objections_until is None:
        return Block(
            "objection_period",
            _("The officers have not been told their scores."),
            _("Nothing adverse is decided before the officer could object."),
            _("Give notice of the quarter and wait until the objection period is over."),
        )
    until = last_day(proposal, objections)
    if today > until:
        return None
    return Block(
        "objection_period",
        _("The objection period runs until %(day)s, midnight.") % {"day": shown(until)},
        _("Until then the officer may still object (rule R-71)."),
        _("Wait until the day after."),
    )


def last_day(proposal, objections):
    """The last day on which this officer may object.

    The cycle's; later for whom a correction moved there (five working days after it), and where a clarification that
    was answered late may still become an objection.
    """
    ends = [proposal.cycle.objections_until, proposal.own_objections_until or proposal.cycle.objections_until]
    became = {one.from_clarification_id for one in objections}
    answered = (one for one in objections if one.state == Objection.State.ANSWERED and one.pk not in became)
    return max([*ends, *(appraisal.after_an_answer(one.answered_at) for one in answered)])


def _objections(objections, today):
    for one in objections:
        if one.state != Objection.State.WAITING:
            continue
        if one.due_on < today:
            yield Block(
                "answer_overdue",
                overdue_text(one),
                _("A missed answer suspends what would follow for the officer (rule R-71)."),
                _("Whoever answers objections answers it with reasons; until then nothing moves."),
            )
        else:
            name = {"reference": one.reference, "day": shown(one.due_on)}
            yield Block(
                "objection_open",
                _("%(reference)s waits for its answer, due on %(day)s.") % name,
                _("An adverse step waits for the end of every objection (rule R-34)."),
                _("Wait for the answer, or have it given now."),
            )


def overdue_text(objection):
    """That an answer is overdue, and to what."""
    name = {"reference": objection.reference, "day": shown(objection.due_on)}
    return _("The answer to %(reference)s was due on %(day)s and is missing.") % name


def _remedies(remedies):
    open_ones = [one for one in remedies if one.closed_on is None]
    if not open_ones:
        return None
    return Block(
        "review_open",
        _("A review or appeal by statute is open: %(references)s.")
        % {"references": ", ".join(one.reference for one in open_ones)},
        _("The bureau's own adverse steps wait for its end (rules R-34, R-72)."),
        _("Enter its end and what came of it once it is known."),
    )


def _statement(proposal, today):
    if proposal.kind != "transfer_review" or proposal.officer_statement or proposal.statement_declined_at:
        return None
    why = _("What the officer says belongs into the file of a transfer (rule R-34).")
    if proposal.statement_asked_at is None:
        remedy = _("Ask the officer for a statement and give a day until which it may be written.")
        return Block("statement", _("The officer was not asked for a statement."), why, remedy)
    if today > proposal.statement_due_on:
        return None
    until = {"day": shown(proposal.statement_due_on)}
    return Block(
        "statement",
        _("The officer was asked for a statement and has until %(day)s.") % until,
        why,
        _("Wait for the statement, or until the day is past."),
    )


def _evidence(proposal):
    if "evidence" not in proposal.blocked_by:
        return None
    return Block(
        "evidence",
        _("The evidence is not strong enough."),
        _("The scheme in force asks for more certainty before this may be decided."),
        _("It cannot be approved. Reject it, with that as the reason."),
    )


def _law(proposal):
    if proposal.law_check or (proposal.kind not in LAWFUL and "law_check" not in proposal.blocked_by):
        return None
    return Block(
        "law_check",
        _("The law was not checked."),
        _("Posts, rank and treatment are governed by the Civil Servant Law, relatives by its article 74 (rule R-61)."),
        _("The personnel office enters who checked what, and what was found."),
    )


def _funding(proposal):
    if "funding_approval" not in proposal.blocked_by or proposal.funding_approval:
        return None
    return Block(
        "funding_approval",
        _("The money is not approved."),
        _("A bureau may not grant money on its own (Civil Servant Law, article 84; rule R-54)."),
        _("Enter the number of the funding approval."),
    )


def shown(day):
    """A day as the reader's language writes it."""
    return date_format(day, "DATE_FORMAT")
