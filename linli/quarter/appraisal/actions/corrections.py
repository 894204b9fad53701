"""A correction is a new revision with reason, approver and difference, recomputed at once (R-74)."""

from django.utils.translation import gettext as _

from heng.periods import span_of
from linli.ground.accounts.models import User
from linli.ground.accounts.roles import LEADER, PERSONNEL, SECRETARY, SUPERVISION
from linli.ground.officers.models import Post
from linli.ground.officers.queries import related
from linli.ground.trail.actions import action, name_of, record
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.quarter.appraisal.actions.checks import locked, only, said
from linli.quarter.appraisal.actions.cycle import compute
from linli.quarter.appraisal.models import Cycle, PublishedScore
from linli.quarter.appraisal.queries import history_of, published_rows
from linli.quarter.indicators import actions as indicators
from linli.quarter.indicators.queries import latest

APPROVING = (PERSONNEL, SUPERVISION, LEADER, SECRETARY)


@action
def correct(*, by, cycle, changes, reason, approved_by, objection=None):
    """The ``Computation`` of the corrected quarter. changes: (community, rate) -> {"numerator": …, "denominator": …}
    or None for a figure that is taken out; approved_by: another account than ``by``.

    A published quarter's scores change with it, and later quarters are computed again with the corrected history, so
    that every streak is what it should have been (R-31).
    """
    only(by, cycle.bureau, PERSONNEL, SUPERVISION)
    cycle, reason = locked(cycle), said(reason, _("Say why the figures are corrected."))
    if cycle.current_id is None:
        raise Refused(
            _("%(period)s is not computed yet.") % {"period": cycle.period},
            _("In an open sheet the department corrects its own figure; after the freeze, wait for the score."),
        )
    if not changes:
        raise Refused(_("Nothing is corrected."), _("Enter the figures as they have to be."))
    approver = _approver(by, cycle, approved_by)
    _no_relations(cycle, changes, by, approver)
    revision = indicators.correct(
        by=by,
        bureau=cycle.bureau,
        period=cycle.period,
        changes=changes,
        reason=reason,
        approved_by=approver,
        history=history_of(cycle.bureau, before=cycle.period),
    )
    computation = _computed(by, revision)
    record(
        by=by,
        action="appraisal.correct",
        subject=f"cycle:{cycle.period}",
        why=reason,
        bureau=cycle.bureau,
        revision=revision.number,
        approved_by=approver.username,
        objection=objection.reference if objection else "",
        sha256=computation.sha256,
    )
    if cycle.state == Cycle.State.PUBLISHED and _republished(by, cycle, computation):
        _later_quarters(cycle, approver)
    return computation


def _computed(by, revision):
    try:
        return compute(by=by, revision=revision)
    except ValueError as fault:
        raise Refused(
            _("The quarter cannot be computed with these figures: %(fault)s") % {"fault": fault},
            _("Look at the figures again."),
        ) from fault


def _approver(by, cycle, approved_by):
    found = User.objects.filter(username=approved_by).first() if isinstance(approved_by, str) else approved_by
    allowed = found and found.is_active and found.role in APPROVING and found.bureau_id == cycle.bureau_id
    if not allowed:
        raise Refused(
            _("The approver has to be a person of this bureau."),
            _("Choose somebody of the personnel office or supervision, a leader, or the secretary."),
        )
    if found.username == name_of(by):
        raise Refused(_("Nobody approves the own correction."), _("Have somebody else approve it."))
    return found


def _no_relations(cycle, changes, by, approver):
    """R-61: related persons can neither correct nor approve."""
    first, last = span_of(cycle.period)
    places = {place for place, _rate in changes}
    held = Post.objects.filter(community__bureau=cycle.bureau, community__code__in=places, start__lte=last)
    for post in held.exclude(end__lt=first).select_related("officer"):
        for person in (by, approver):
            if not isinstance(person, str) and related(person, post.officer):
                raise NotAllowed(_("Related persons cannot correct or approve each other's figures."))


def _republished(by, cycle, computation):
    """Whether a published line is no longer what it was; the lines are brought to the new computation."""
    stood = {row.officer: row for row in PublishedScore.objects.filter(bureau=cycle.bureau, period=cycle.period)}
    lines = ("community", "score", "rank", "ranked")
    moved = []
    for row in published_rows(cycle, computation):
        values = {name: getattr(row, name) for name in lines}
        old = stood.get(row.officer)
        if old is None or any(getattr(old, name) != value for name, value in values.items()):
            moved.append(row.officer)
        PublishedScore.objects.update_or_create(
            bureau=cycle.bureau,
            period=cycle.period,
            officer=row.officer,
            defaults=values | {"computation": computation},
        )
    record(
        by=by,
        action="appraisal.republish",
        subject=f"cycle:{cycle.period}",
        bureau=cycle.bureau,
        moved=sorted(moved),
        sha256=computation.sha256,
    )
    return moved


def _later_quarters(cycle, approver):
    """Every later quarter that is already frozen, computed again with the history as it now stands."""
    later = Cycle.objects.filter(bureau=cycle.bureau, period__gt=cycle.period).exclude(state=Cycle.State.OPEN)
    for one in later.select_related("bureau", "scheme").order_by("period"):
        revision = indicators.correct(
            by="linli",
            bureau=one.bureau,
            period=one.period,
            changes=_as_it_stands(one),
            reason=_("The history of %(period)s was corrected.") % {"period": cycle.period},
            approved_by=approver,
            history=history_of(one.bureau, before=one.period),
        )
        computation = compute(by="linli", revision=revision)
        if one.state == Cycle.State.PUBLISHED:
            _republished("linli", one, computation)


def _as_it_stands(cycle):
    """One figure put as it already is: the new revision differs from the last in its history alone."""
    value = latest(cycle.bureau, cycle.period).values.first()
    return {(value.community, value.rate): {"status": value.status}}
