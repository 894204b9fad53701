"""Reading budget lines and promises: what is left, what waits, what is overdue, and why a line cannot be paid yet."""

from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _

from linli.ground.accounts.roles import Role
from linli.ground.officers.models import Officer, Relation
from linli.ground.trail.queries import of_subject
from linli.quarter.decisions.models import Decision
from linli.quarter.payments.models import BudgetLine, Promise

COMMITTED = (Promise.State.DUE, Promise.State.PAID)
OPEN = (Promise.State.PROMISED, Promise.State.DUE)
DUE_FIRST = F("due_on").asc(nulls_last=True)  # on every database: what has no day yet stands last
ORDERS = {
    "due": (DUE_FIRST, "payee", "pk"),
    "period": ("-period", "payee", "pk"),
    "payee": ("payee", "-period", "pk"),
    "amount": ("-amount_fen", "payee", "pk"),
    "state": ("state", "payee", "pk"),
}


def subject_of(promise):
    """What the trail calls a promise."""
    return f"promise:{promise.reference}"


def year_of(promise):
    """The year whose money it is: of its quarter, or of its day where there is no quarter."""
    if promise.period:
        return int(promise.period[:4])
    return (promise.due_on or promise.promised_at.date()).year


def budget_lines(bureau, years=None):
    """Lines with what is committed (due or paid), ``committed_fen``, and what is left, ``left_fen``."""
    lines = BudgetLine.objects.filter(bureau=bureau, **({"year__in": years} if years else {}))
    lines = lines.annotate(spoken_for=Sum("promises__amount_fen", filter=Q(promises__state__in=COMMITTED)))
    for line in lines.order_by("-year", "purpose"):
        line.committed_fen = line.spoken_for or 0
        line.left_fen = line.amount_fen - line.committed_fen
        yield line


def budget_left(line):
    """Fen of a line that no due or paid promise has taken; below 0 never."""
    taken = line.promises.filter(state__in=COMMITTED).aggregate(fen=Sum("amount_fen"))["fen"] or 0
    return line.amount_fen - taken


def waiting(bureau):
    """What is promised and that nobody has approved yet, oldest first."""
    return Promise.objects.filter(bureau=bureau, state=Promise.State.PROMISED).order_by("promised_at", "payee", "pk")


def due(bureau):
    """What is approved and not yet paid, the soonest first."""
    return Promise.objects.filter(bureau=bureau, state=Promise.State.DUE).order_by(DUE_FIRST, "payee", "pk")


def overdue(bureau, today):
    """What should have been paid before ``today`` (a day ends at its midnight), oldest first; held awards are not."""
    late = Promise.objects.filter(bureau=bureau, state__in=OPEN, due_on__lt=today, held_because="")
    late = late.filter(Q(decision=None) | Q(decision__suspended_because=""))
    return late.select_related("decision__proposal").order_by(DUE_FIRST, "payee", "pk")


def ledger(bureau, *, state="", kind="", period="", payee="", order="due"):
    """Promises of a bureau, filtered; payee: part of a code or a name."""
    found = Promise.objects.filter(bureau=bureau).select_related("bureau", "payment", "decision__proposal", "corrects")
    for name, value in (("state", state), ("kind", kind), ("period", period)):
        if value:
            found = found.filter(**{name: value})
    if payee:
        found = found.filter(Q(payee__icontains=payee) | Q(payee_name__icontains=payee))
    return found.order_by(*ORDERS.get(order, ORDERS["due"]))


def sheet_lines(bureau, period, kind):
    """What stands on the sign-off sheet of a quarter: every line that still counts, by payee."""
    lines = Promise.objects.filter(bureau=bureau, period=period, kind=kind).exclude(state=Promise.State.CANCELLED)
    return lines.select_related("payment", "corrects").order_by("payee", "pk")


def awards_to_promise(cycle):
    """Approved awards of a published quarter that nobody has promised yet."""
    if cycle.state != "published":
        return []
    approved = Decision.objects.filter(proposal__cycle=cycle, proposal__kind="award", outcome="approved")
    approved = approved.filter(suspended_because="", promises=None).order_by("proposal__officer__code", "pk")
    return list(approved.select_related("proposal__cycle", "proposal__officer", "proposal__community"))


def fallen_awards(cycle):
    """Open award lines whose decision no longer stands: recalculating cancels them."""
    lines = Promise.objects.filter(bureau=cycle.bureau_id, period=cycle.period, kind="award", state__in=OPEN)
    gone = ~Q(decision__outcome="approved") | Q(decision__proposal__state="superseded")
    return lines.filter(gone, decision__isnull=False).order_by("payee", "pk")


def history(promise):
    """What was done to a promise, newest first."""
    return of_subject(subject_of(promise)).filter(bureau=promise.bureau.code)


def kin_of(user, bureau):
    """Codes of officers whom this account may not approve or pay (R-61): its own and its relatives'."""
    own = Officer.objects.filter(bureau=bureau, account=user).values_list("code", flat=True)
    related = Relation.objects.filter(officer__bureau=bureau, relative=user).values_list("officer__code", flat=True)
    others = Relation.objects.filter(officer__account=user, relative__officer__bureau=bureau)
    return {*own, *related, *others.values_list("relative__officer__code", flat=True)}


def may_see(user, promise):
    """An officer sees the own lines alone, supervision awards alone; the doors keep everybody else out."""
    if user.role == Role.OFFICER:
        officer = getattr(user, "officer", None)
        return officer is not None and promise.payee == officer.code and promise.kind != Promise.Kind.OTHER
    return user.role != Role.SUPERVISION or promise.kind == Promise.Kind.AWARD


def blocks(promises):
    """pk -> [(code, text)] of what stands between each open promise and its money; a few queries for any number."""
    promises = list(promises)
    if not promises:
        return {}
    years = {year_of(promise) for promise in promises}
    lines = {(line.year, line.purpose): line for line in budget_lines(promises[0].bureau_id, years)}
    return {promise.pk: list(_blocks(promise, lines.get((year_of(promise), promise.kind)))) for promise in promises}


def doubt_of(promise):
    """Why the decision behind an award does not carry it now, "" if it does."""
    decision = promise.decision
    if decision is None:
        return ""
    if decision.outcome != "approved":
        return _("the decision behind this award no longer stands")
    if decision.suspended_because:
        return _("the decision behind this award is suspended")
    return _("a correction made the decision behind this award doubtful") if decision.proposal.review_because else ""


def said_state(promise):
    """The state in a word."""
    words = {"promised": _("promised"), "due": _("due"), "paid": _("paid"), "cancelled": _("cancelled")}
    return words[promise.state]


def _blocks(promise, line):
    if promise.state not in OPEN:
        return
    if promise.held_because:
        yield "held", _("the payee is under investigation")
    if why := doubt_of(promise):
        yield "decision", why
    if line is None:
        yield "no_budget", _("there is no budget line of that year and purpose")
    elif not line.approval_number:
        yield "funding_approval", _("the funding approval number has not been entered")
    elif promise.state == Promise.State.PROMISED:
        if line.left_fen < promise.amount_fen:
            yield "budget_left", _("too little is left in the budget line")
        yield "approval", _("a leader has not yet approved the payment")
