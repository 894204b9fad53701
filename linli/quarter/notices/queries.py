"""Reading circulars: who sees which, who has read them, what speaks for withdrawing one, and the Word document."""

from django.db.models import Q

from heng.binding import joint_names
from heng.periods import first_day, last_day
from linli.ground.accounts.models import User
from linli.ground.accounts.roles import DEPARTMENT, LEADER, OFFICER, PERSONNEL, SECRETARY, STATION, SUPERVISION
from linli.ground.trail import clock
from linli.quarter.appraisal.models import Objection
from linli.quarter.decisions.models import Decision, Proposal
from linli.quarter.indicators.queries import book_of
from linli.quarter.notices.document import docx, recipients
from linli.quarter.notices.models import Notice
from linli.quarter.notices.paper import KIND_OF

__all__ = ["docx", "recipients"]


def visible_to(user):
    """Circulars that an account may read.

    The personnel office and the secretary: all, drafts too. The officer: those about him. Leaders: all while they are
    posted, those that name them for good. Station, offices: those sent to them, while posted. Nobody else any.
    """
    found = Notice.objects.select_related("officer", "community__station", "cycle", "bureau")
    if user.bureau_id is None:
        return found.none()
    found = found.filter(bureau=user.bureau_id)
    if user.role in (PERSONNEL, SECRETARY):
        return found
    sent, posted = found.exclude(state=Notice.State.DRAFT), Q(stays_until__gte=clock.today())
    if user.role == OFFICER:
        return sent.filter(officer__account=user)
    if user.role == LEADER:
        return sent.filter(posted | Q(named_leaders__account=user)).distinct()
    if user.role in (STATION, DEPARTMENT, SUPERVISION) and user.office_id:
        return sent.filter(posted, reader_offices=user.office_id).distinct()
    return found.none()


def readers_of(notice):
    """[(account, when it was read or None)] of everybody the circular was sent to but its drafters; by name."""
    about = Q(pk=notice.officer.account_id) | Q(role=LEADER)
    offices = Q(role__in=(STATION, DEPARTMENT, SUPERVISION), office__in=notice.reader_offices.all())
    accounts = User.objects.filter(bureau=notice.bureau_id, is_active=True).filter(about | offices)
    read = dict(notice.receipts.values_list("reader", "read_at"))
    return [(account, read.get(account.pk)) for account in accounts.order_by("role", "username").distinct()]


def due_names(notice):
    """(leaders, offices) that a circular must name: paired on most of the quarter's days, as frozen (R-43)."""
    pairings = book_of(notice.decision.proposal.computation.revision).pairings
    period = notice.cycle.period
    return joint_names(pairings, notice.community.code, first_day(period), last_day(period))


def to_draft(bureau):
    """Approved decisions whose circular is still to be drafted."""
    standing = Notice.objects.exclude(kind=Notice.Kind.CORRECTION).exclude(state=Notice.State.WITHDRAWN)
    found = Decision.objects.filter(
        proposal__cycle__bureau=bureau, proposal__kind__in=KIND_OF, outcome=Decision.Outcome.APPROVED,
        suspended_because="", proposal__review_because="",
    ).exclude(pk__in=standing.filter(decision__isnull=False).values("decision"))  # fmt: skip
    withdrawn = Notice.objects.filter(state=Notice.State.WITHDRAWN).values("decision")
    found = found.exclude(pk__in=withdrawn)  # what was taken back is not drafted again by itself
    return found.select_related("proposal__cycle", "proposal__officer", "proposal__community").order_by("pk")


def questions(notice):
    """Codes of what speaks for withdrawing an issued circular: "upheld", "revoked", "review", "suspended"."""
    if notice.state != Notice.State.ISSUED or notice.kind == Notice.Kind.CORRECTION:
        return []
    decision = notice.decision
    upheld = Objection.objects.filter(
        cycle=notice.cycle_id, officer=notice.officer_id, state=Objection.State.UPHELD,
        answered_at__gte=notice.issued_at,
    )  # fmt: skip
    found = ["upheld"] if upheld.exists() else []
    found += ["revoked"] if decision.outcome == Decision.Outcome.REVOKED else []
    found += ["review"] if decision.proposal.review_because == Proposal.Review.NO_LONGER_HOLDS else []
    return found + (["suspended"] if decision.suspended_because else [])
