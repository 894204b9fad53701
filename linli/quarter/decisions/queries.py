"""Reading proposals, what stands in their way, decisions, talk records and the pool."""

from collections import defaultdict
from types import SimpleNamespace

from linli.book import reasons
from linli.ground.accounts.roles import LEADING, Role
from linli.ground.trail import clock
from linli.quarter.appraisal import queries as appraisal
from linli.quarter.appraisal.models import Cycle, Objection, PublishedScore
from linli.quarter.decisions import blocks as standing
from linli.quarter.decisions.models import Decision, PoolMember, Proposal, Remedy, Taken, TalkRecord
from linli.quarter.decisions.rights import is_own


def files(bureau):
    """The bureau's proposals with all that a list shows, without the weighty texts."""
    found = Proposal.objects.filter(cycle__bureau=bureau).defer("computation__quarter")
    return found.select_related("cycle__bureau", "computation", "officer__account", "community", "decision")


def listed(found, bureau):
    """The same rows as a list, with no more than a list says of each; all are the bureau's."""
    found = found.select_related(None).select_related("cycle", "officer", "community", "decision")
    rows = list(found.order_by("community__code", "officer__code", "pk"))
    for row in rows:
        row.cycle.bureau = bureau  # known: nothing to ask for
    return rows


def file_of(bureau, period, officer, kind):
    """The one proposal that stands for an officer's code and a kind in a quarter; None if there never was one."""
    found = files(bureau).filter(cycle__period=period, officer__code=officer, kind=kind).order_by("-pk")
    return min(found, key=lambda one: one.state == Proposal.State.SUPERSEDED, default=None)


def older(proposal):
    """The proposals that this one took the place of, newest first."""
    same = Proposal.objects.filter(cycle=proposal.cycle, officer=proposal.officer, kind=proposal.kind)
    same = same.exclude(pk=proposal.pk).select_related("computation__revision")
    return same.defer("computation__quarter", "computation__revision__book").order_by("-pk")


def blocks(proposal, today):
    """[(code, text)] of what still stands in the way, each with what, why and what to do."""
    return [(block.code, block.text) for block in full_blocks([proposal], today)[proposal.pk]]


def full_blocks(proposals, today):
    """pk -> list of ``blocks.Block`` with everything, the missing minute too; two queries for however many."""
    waiting = [one for one in proposals if one.state == Proposal.State.WAITING]
    objections, remedies = _by_officer(Objection, waiting), _by_officer(Remedy, waiting)
    found = {one.pk: [] for one in proposals}
    for one in waiting:
        key = one.cycle_id, one.officer_id
        of_file = standing.of_file(one, today, objections[key], remedies[key])
        found[one.pk] = of_file + standing.of_decision(one)
    return found


def _by_officer(model, proposals):
    found = defaultdict(list)
    cycles = {one.cycle_id: one.cycle for one in proposals}
    officers = {one.officer_id: one.officer for one in proposals}
    if proposals:
        for row in model.objects.filter(cycle__in=cycles, officer__in=officers).order_by("number"):
            row.cycle, row.officer = cycles[row.cycle_id], officers[row.officer_id]  # at hand: no join
            found[row.cycle_id, row.officer_id].append(row)
    return found


def overdue_answer(proposal, today):
    """The officer's objection whose answer is overdue, or None: it suspends what follows for him (R-71)."""
    waiting = Objection.objects.filter(cycle=proposal.cycle_id, officer=proposal.officer_id, due_on__lt=today)
    return waiting.filter(state=Objection.State.WAITING).select_related("cycle", "officer").first()


def suspension(decision, today=None):
    """Why a decision may not be carried out now, as text; "" when nothing suspends it.

    A suspension is entered, or follows by itself from an answer that is overdue.
    """
    if decision.suspended_because:
        return decision.suspended_because
    if decision.proposal.is_adverse:
        late = overdue_answer(decision.proposal, today or clock.today())
        if late:
            return standing.overdue_text(late)
    return ""


def may_see(user, proposal):
    """Whoever leads the bureau, and the officer himself."""
    return user.role in LEADING or is_own(user, proposal.officer)


def may_see_talk(user, decision, record=None):
    """The officer, the talker and the personnel office alone (R-35)."""
    if user.role == Role.PERSONNEL or is_own(user, decision.proposal.officer):
        return True
    return record is not None and record.talker_id == user.pk


def shown_case(proposal, lang, names):
    """What the rules say of one proposal in one language: reason and doubt as texts, and the officer's score line.

    names: whether colleagues are named or only counted.
    """
    shown = appraisal.shown(proposal.computation, lang)
    row = next(
        one
        for one in shown.proposals
        if (one.officer, one.kind, one.rule) == (proposal.officer.code, proposal.kind, proposal.rule)
    )
    line = next((one for one in shown.scores if one.officer == proposal.officer.code), None)
    return SimpleNamespace(
        reason=reasons.reason(shown, row, names), doubt=reasons.doubt(shown, row, names), line=line, shown=shown
    )


def renewable(cycle):
    """Whether the proposals of the cycle's current computation are still to be taken over."""
    return cycle.current_id is not None and not Taken.objects.filter(computation=cycle.current_id).exists()


def renewable_cycles(bureau):
    """Computed cycles of a bureau whose proposals are still to be taken over, the latest first."""
    found = Cycle.objects.filter(bureau=bureau, current__isnull=False, current__taken=None)
    return list(found.order_by("-period"))


def to_review(bureau):
    """Decisions that a correction has made doubtful."""
    marked = files(bureau).exclude(review_because="").filter(state=Proposal.State.DECIDED)
    return marked.filter(decision__outcome=Decision.Outcome.APPROVED)


def years(bureau):
    """Years of which something was published, newest first."""
    periods = PublishedScore.objects.filter(bureau=bureau).order_by().values_list("period", flat=True).distinct()
    return sorted({int(period[:4]) for period in periods}, reverse=True)


def pool(bureau):
    """Everybody who is or was in the reserve talent pool, those in it first."""
    found = PoolMember.objects.filter(officer__bureau=bureau).select_related("officer", "decision__proposal__cycle")
    return sorted(found, key=lambda one: (one.left_on is not None, one.since, one.officer.code))


def talks_to_hold(bureau):
    """Approved talks of which there is no record yet, oldest decision first."""
    talks = Decision.objects.filter(proposal__cycle__bureau=bureau, proposal__kind="talk", talk_record=None)
    found = talks.filter(outcome=Decision.Outcome.APPROVED)
    return found.select_related("proposal__officer", "proposal__cycle__bureau").order_by("decided_at")


def follow_ups(bureau, today):
    """Records of talks whose follow-up day has come."""
    found = TalkRecord.objects.filter(decision__proposal__cycle__bureau=bureau, followed_up_at=None)
    found = found.filter(follow_up_on__lte=today).order_by("follow_up_on")
    return found.select_related("decision__proposal__officer", "decision__proposal__cycle__bureau")
