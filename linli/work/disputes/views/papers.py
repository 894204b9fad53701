"""Files for the office: the ledger, the month's report, and the agreement, which its mediator alone prints."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import page
from linli.ground.trail import clock
from linli.ground.trail.actions import record
from linli.ground.trail.refusals import Refused
from linli.work.disputes import agreement as paper
from linli.work.disputes import ledger as sheets
from linli.work.disputes import queries
from linli.work.disputes.rights import COUNTERS, TAKERS, may_read
from linli.work.disputes.views.figures import counted_for, month_of
from linli.work.disputes.views.shared import dispute_of, places_for

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST = 5000  # rows of one ledger


@page(*TAKERS)
def ledger(request, bureau):
    """A year's ledger of one's communities, without anything confidential; ?year=2026."""
    places_for(request.user, bureau)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else clock.today().year
    rows = queries.seen_by(request.user, bureau).filter(year=year).prefetch_related("sides")
    rows = list(rows.order_by("serial")[:MOST])
    record(by=request.user, action="disputes.export", subject=f"ledger:{year}", bureau=bureau)
    title = _("Ledger of disputes %(year)s") % {"year": year}
    return _sent(sheets.ledger(bureau, title, rows, clock.today()), XLSX, f"disputes-{bureau.code}-{year}.xlsx")


@page(*COUNTERS)
def month(request, bureau, month):
    """The month's report: counts by community, and prominent matters by number."""
    first, last = month_of(month)
    rows = counted_for(request.user, bureau, first, last)
    there = {row.pk for row in rows}
    prominent = [one for one in queries.prominent(bureau, first, last) if one.community_id in there]
    record(by=request.user, action="disputes.export", subject=f"month:{month}", bureau=bureau)
    title = _("Report on prominent disputes %(month)s") % {"month": month}
    return _sent(sheets.month(bureau, title, rows, prominent, last), XLSX, f"disputes-{bureau.code}-{month}.xlsx")


@page(*TAKERS)
def agreement(request, bureau, number):
    """The agreement for both sides to sign: the parties' names are written on it by hand."""
    found = dispute_of(request.user, bureau, number)
    if not may_read(request.user, found):
        raise PermissionDenied("confidential")
    if not found.agreement:
        raise Refused(_("There is no agreement yet."), _("Enter it first."))
    written_by_another = found.written_by != request.user.username
    action = "file.read" if written_by_another else "disputes.print"
    record(by=request.user, action=action, subject=f"dispute:{found.number}", bureau=bureau, state=found.state)
    return _sent(paper.as_docx(found), DOCX, f"agreement-{found.number}.docx")


def _sent(content, kind, name):
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
