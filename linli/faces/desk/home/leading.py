"""What waits for those who lead: leaders, the secretary, the personnel office. Broken promises stand first."""

from django.db.models import Count, Min, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.faces.desk.home import cycles
from linli.faces.desk.home.leader_days import of_month
from linli.ground.accounts.items import Item
from linli.ground.officers.queries import leader_of, unsigned
from linli.quarter.appraisal.models import Cycle, SchemeComment
from linli.quarter.appraisal.queries import overdue_answers
from linli.quarter.appraisal.steps import calendar
from linli.quarter.appraisal.wording import period_name
from linli.quarter.decisions.models import Proposal
from linli.quarter.notices.models import Notice
from linli.quarter.notices.queries import visible_to
from linli.quarter.payments.queries import due, overdue, waiting


def promises(bureau, today):
    """What was promised and is not paid: on every leader's first page until it is (R-53)."""
    found = overdue(bureau, today).aggregate(n=Count("pk"), fen=Sum("amount_fen"), first=Min("due_on"))
    if found["n"]:
        text = ngettext("%(n)d promise is overdue", "%(n)d promises are overdue", found["n"]) % {"n": found["n"]}
        url = reverse("payments:overdue", args=[bureau.code])
        yield Item(text, url, found["first"], f"{found['fen'] / 100:,.2f} " + _("yuan"), found["n"])


def leader(user, bureau, today):
    """``Item``s of a bureau leader."""
    yield from promises(bureau, today)
    person = leader_of(user)
    if person is not None:
        yield from _days(person, bureau, today)
    yield from unread(user, bureau, today)


def _days(person, bureau, today):
    counted, needed = of_month(person, bureau, today)
    if needed and counted < needed:
        text = _("%(have)g of %(due)g days in your community this month") % {"have": counted, "due": needed}
        yield Item(text, reverse("officers:my_days", args=[bureau.code]))


def unread(user, bureau, today):
    """Circulars that were sent to this reader and not opened yet."""
    unread = visible_to(user).filter(bureau=bureau, state=Notice.State.ISSUED).exclude(receipts__reader=user).count()
    if unread:
        text = ngettext("%(n)d circular to read", "%(n)d circulars to read", unread) % {"n": unread}
        yield Item(text, reverse("notices:index", args=[bureau.code]), count=unread)


def secretary(user, bureau, today):
    """``Item``s of the Party committee's secretary."""
    yield from promises(bureau, today)
    found = Proposal.objects.filter(cycle__bureau=bureau, state="waiting").count()
    if found:
        text = ngettext("%(n)d proposal waits for a decision", "%(n)d proposals wait for a decision", found)
        yield Item(text % {"n": found}, reverse("decisions:index", args=[bureau.code]), count=found)
    drafts = Notice.objects.filter(bureau=bureau, state=Notice.State.DRAFT).count()
    if drafts:
        text = ngettext("%(n)d circular to sign", "%(n)d circulars to sign", drafts) % {"n": drafts}
        yield Item(text, reverse("notices:index", args=[bureau.code]), count=drafts)
    yield from unread(user, bureau, today)


def personnel(user, bureau, today):
    """``Item``s of the political and personnel office."""
    yield from _answers(bureau, today)
    yield from _next_steps(bureau, today)
    yield from promises(bureau, today)
    yield from _money(bureau)
    comments = SchemeComment.objects.filter(scheme__bureau=bureau, answer="").select_related("scheme")
    for comment in comments.exclude(scheme__state__in=("dropped", "in_force")):
        args = [bureau.code, comment.scheme.name, comment.scheme.version]
        yield Item(_("A comment on the draft scheme waits for an answer"), reverse("appraisal:comments", args=args))
    open_days = unsigned(bureau).count()
    if open_days:
        text = ngettext("%(n)d leader day nobody counter-signed", "%(n)d leader days nobody counter-signed", open_days)
        yield Item(text % {"n": open_days}, reverse("officers:months_now", args=[bureau.code]), count=open_days)


def _answers(bureau, today):
    found = bureau.cycles.filter(objections__state="waiting")
    found = found.values("period", "objections__due_on").annotate(n=Count("objections")).order_by("objections__due_on")
    for row in found:
        text = ngettext("%(n)d objection to answer", "%(n)d objections to answer", row["n"]) % {"n": row["n"]}
        url = reverse("appraisal:objections", args=[bureau.code, row["period"]])
        yield Item(text, url, row["objections__due_on"], period_name(row["period"]), row["n"])
    if late := overdue_answers(bureau, today).count():
        text = ngettext("%(n)d answer is overdue: what follows is suspended",
                        "%(n)d answers are overdue: what follows is suspended", late)  # fmt: skip
        yield Item(text % {"n": late}, reverse("decisions:index", args=[bureau.code]), count=late)


def _next_steps(bureau, today):
    for cycle in (one for one in reversed(cycles.of(bureau)) if one.state != Cycle.State.PUBLISHED):
        step = next((step for step in calendar(cycle, today) if step.state in ("late", "now")), None)
        if step:
            text = _("%(period)s: %(step)s") % {"period": period_name(cycle.period), "step": step.label}
            yield Item(text, reverse("appraisal:cycle", args=[bureau.code, cycle.period]), step.last)


def _money(bureau):
    url = reverse("payments:ledger", args=[bureau.code])
    if count := waiting(bureau).count():
        text = ngettext("%(n)d promise to approve", "%(n)d promises to approve", count) % {"n": count}
        yield Item(text, f"{url}?state=promised", count=count)
    if count := due(bureau).count():
        text = ngettext("%(n)d promise to pay", "%(n)d promises to pay", count) % {"n": count}
        yield Item(text, f"{url}?state=due", due(bureau).aggregate(day=Min("due_on"))["day"], count=count)


def supervision(user, bureau, today):
    """``Item``s of supervision beside its own rates: objections it may answer."""
    yield from _answers(bureau, today)
