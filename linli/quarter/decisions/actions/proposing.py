"""Taking over what the rules propose, and anew after each correction; doing it twice does no harm."""

import math

import numpy as np
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from linli.book.shown import records
from linli.ground.accounts.roles import PERSONNEL
from linli.ground.officers.models import Officer
from linli.ground.places.models import Community
from linli.ground.trail import clock, workdays
from linli.ground.trail.actions import action, name_of, record
from linli.ground.trail.refusals import Refused
from linli.quarter.appraisal.models import Computation, Cycle
from linli.quarter.appraisal.queries import quarter_of
from linli.quarter.decisions.models import ADVERSE, Decision, Proposal, Taken
from linli.quarter.decisions.rights import must_be

WAITING, DECIDED, SUPERSEDED = Proposal.State
OBJECTION_DAYS = 5  # working days in which whoever a correction moved there may object
_CARRIED = (
    *("officer_statement", "statement_asked_at", "statement_due_on", "statement_declined_at"),
    *("law_check", "funding_approval", "own_objections_until"),
)


@action
def propose(*, by, cycle):
    """Make a ``Proposal`` of everything the cycle's current computation proposes; gives those that stand.

    After a correction: what still holds is carried over with its file, what no longer holds is superseded, and what
    was decided stays decided but is marked for review. Adverse proposals that a correction brings after publication
    are recorded only (R-31: no retroactive notice).
    """
    must_be(by, cycle.bureau, PERSONNEL, system=True)
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    if cycle.current_id is None:
        raise Refused(_("The quarter is not computed yet."), _("Freeze it and wait for the computation."))
    made = _renew(cycle)
    Taken.objects.get_or_create(computation=cycle.current, defaults={"at": clock.now(), "by": name_of(by)})
    counts = {name: len(rows) for name, rows in made.items() if rows}
    if counts:
        record(
            by=by, action="decisions.propose", subject=f"cycle:{cycle.period}", bureau=cycle.bureau,
            revision=cycle.current.revision.number, **counts,
        )  # fmt: skip
    return list(Proposal.objects.filter(cycle=cycle).exclude(state=SUPERSEDED))


def _renew(cycle):
    """What was done, by name: new, carried, recorded, dropped, marked."""
    done = {"new": [], "carried": [], "recorded": [], "dropped": [], "marked": []}
    rows = records(quarter_of(cycle.current).proposals)
    standing = _standing(cycle)
    told, names = _told_before(cycle), _Names(cycle.bureau)
    for row in rows:
        old = standing.pop(_key(row), None)
        if old is None or old.state == SUPERSEDED or _was_revoked(old):
            _add(cycle, row, old, told, names, done)
        elif old.state == DECIDED:
            _mark(old, _changed(old, row), done)
        elif old.computation_id != cycle.current_id:
            _carry(cycle, row, old, names, done)
    for old in standing.values():
        _no_longer(old, cycle, done)
    return done


def _key(row):
    return row.officer, row.community, row.kind


def _standing(cycle):
    """key -> the proposal that stands for it: the newest, and never one that was superseded for another."""
    found = {}
    held = Proposal.objects.filter(cycle=cycle).select_related("officer", "community", "decision").order_by("pk")
    for one in held:
        found[one.officer.code, one.community.code, one.kind] = one
    return found


def _told_before(cycle):
    """Keys that any earlier computation of the quarter proposed; None for the first, by which nobody is surprised."""
    number = cycle.current.revision.number
    if number == 1:
        return None
    earlier = Computation.objects.filter(
        revision__bureau=cycle.bureau_id, revision__period=cycle.period, revision__number__lt=number
    )
    return {_key(row) for one in earlier for row in records(quarter_of(one).proposals)}


def _was_revoked(old):
    return old.state == DECIDED and old.decision.outcome == Decision.Outcome.REVOKED


def _add(cycle, row, old, told, names, done):
    current = cycle.current.revision.number
    if old is not None and (old.computation_id == cycle.current_id or old.reviewed_revision >= current):
        return  # known in this very computation: recorded only, or revoked by a person who had seen it
    brought = row.kind in ADVERSE and told is not None and _key(row) not in told
    recorded = old is not None and old.superseded_because == Proposal.Superseded.NO_RETROACTIVE_NOTICE
    made = _proposal(cycle, row, names)
    if (brought or recorded) and cycle.published_at is not None:
        made.state, made.superseded_because = SUPERSEDED, Proposal.Superseded.NO_RETROACTIVE_NOTICE
        made.save()
        done["recorded"].append(made)
        return
    if old is not None:
        _take_along(made, old)
    if brought:
        made.own_objections_until = workdays.after(localtime(cycle.current.made_at).date(), OBJECTION_DAYS)
    made.save()
    done["new"].append(made)


def _carry(cycle, row, old, names, done):
    made = _proposal(cycle, row, names)
    _take_along(made, old)
    _supersede(old, Proposal.Superseded.RENEWED)
    made.save()
    done["carried"].append(made)


def _take_along(made, old):
    for name in _CARRIED:
        setattr(made, name, getattr(old, name))


def _proposal(cycle, row, names):
    return Proposal(
        cycle=cycle, computation=cycle.current, officer=names.officer(row.officer),
        community=names.community(row.community), kind=row.kind, rule=row.rule, reason=row.reason,
        facts=plain(row.facts), distinguishable=bool(row.distinguishable), p=plain(row.p),
        blocked_by=plain(row.blocked_by), leaders=plain(row.leaders), offices=plain(row.offices),
    )  # fmt: skip


def _changed(old, row):
    same = (old.rule, old.facts) == (row.rule, plain(row.facts))
    return "" if same else Proposal.Review.OTHER_FACTS


def _no_longer(old, cycle, done):
    if old.state == WAITING:
        _supersede(old, Proposal.Superseded.CORRECTED)
        done["dropped"].append(old)
    elif old.state == DECIDED and old.decision.outcome == Decision.Outcome.APPROVED:
        _mark(old, Proposal.Review.NO_LONGER_HOLDS, done)


def _mark(old, because, done):
    """A decided proposal rests on another computation now; only what was not looked at since is marked."""
    if because == old.review_because or old.decision.outcome != Decision.Outcome.APPROVED:
        return
    if because and old.reviewed_revision == old.cycle.current.revision.number:
        return
    Proposal.objects.filter(pk=old.pk).update(review_because=because)
    done["marked"].append(old)


def _supersede(old, because):
    Proposal.objects.filter(pk=old.pk, state=WAITING).update(
        state=SUPERSEDED, superseded_because=because, version=old.version + 1
    )


class _Names:
    """The bureau's officers and communities by code; a code that nobody has is refused with what to do."""

    def __init__(self, bureau):
        self._officers = {one.code: one for one in Officer.objects.filter(bureau=bureau)}
        self._communities = {one.code: one for one in Community.objects.filter(bureau=bureau)}

    def officer(self, code):
        return self._found(self._officers, code)

    def community(self, code):
        return self._found(self._communities, code)

    def _found(self, known, code):
        if code not in known:
            raise Refused(
                _("%(code)s stands in the frozen book and is not known to the bureau.") % {"code": code},
                _("Add the officer or community with that code, then take over the proposals."),
            )
        return known[code]


def plain(value):
    """A fact as JSON keeps it: tuples as lists, NumPy's numbers as plain ones, unknown as null."""
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and math.isnan(value) else value
