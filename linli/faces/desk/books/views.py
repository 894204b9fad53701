"""County books on the desk: take one along, send one, look at what it changes, say yes or no, undo the last."""

from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.book.phrases import phrase
from linli.book.problems import MOST_SAID, BadBook
from linli.faces.desk import actions
from linli.faces.desk.books.forms import BookForm
from linli.faces.desk.books.reading import fresh_plan
from linli.faces.desk.books.wording import DOES, REASONS, SHEETS, STATES, columns_of
from linli.faces.desk.models import BookImport
from linli.ground.accounts.doors import act, both, page
from linli.ground.accounts.roles import DEPARTMENT, LEADING, PERSONNEL, STATION, SUPERVISION
from linli.ground.trail.language import reader
from linli.ground.trail.listed import csv_answer, page_of

SENDERS = (PERSONNEL, DEPARTMENT, STATION, SUPERVISION)  # the last three: figures of their own rates alone
TYPES = {"zip": "application/zip", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@both(*SENDERS)
def books(request, bureau):
    """Imports so far, and the form for the next."""
    form, problems = BookForm(request.POST, request.FILES) if request.method == "POST" else BookForm(), []
    if request.method == "POST" and form.is_valid() and (files := form.files_sent()):
        try:
            sent = actions.preview(by=request.user, bureau=bureau, files=files)
        except BadBook as bad:
            problems = _said(bad)
        else:
            return redirect("desk:book", bureau.code, sent.number)
    shown = page_of(request, _seen_by(request.user, bureau).defer("book", "changes"))
    for one in shown.object_list:
        one.called, one.tag = STATES[one.state]
    context = {"form": form, "page": shown, "problems": problems, "may_export": request.user.role in LEADING}
    return render(request, "desk/books/books.html", context, status=422 if problems else 200)


def _said(bad):
    """Every problem with its place, as a person reads it."""
    found = [
        {"where": p.where, "row": p.row, "column": p.column, "found": p.found, "expected": p.expected(reader())}
        for p in bad.problems[:MOST_SAID]
    ]
    return {"rows": found, "more": len(bad.problems) - len(found)}


def _seen_by(user, bureau):
    """A department sees what it sent itself; the personnel office everything."""
    found = BookImport.objects.filter(bureau=bureau)
    return found if user.role == PERSONNEL else found.filter(sent_by=user.username)


@page(*LEADING)
def export(request, bureau, kind):
    """The bureau's whole book as a zip of CSVs or a workbook."""
    if kind not in TYPES:
        raise Http404
    content, left = actions.export(by=request.user, bureau=bureau, kind=kind)
    answer = HttpResponse(content, content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{bureau.code}.{kind}"'
    if left:
        messages.warning(request, _("Left out for want of published facts: %(codes)s.") % {"codes": ", ".join(left)})
    return answer


@page(*SENDERS)
def book(request, bureau, number):
    """One import: every change before and after, what is left out and why."""
    sent = _found(request, bureau, number)
    if request.GET.get("format") == "csv":
        lines = (
            (change["sheet"], change["do"], change["label"], *row)
            for change in sent.changes
            for row in change["rows"] or [("", "", "")]
        )
        header = ("sheet", "change", "what", "column", "before", "after")
        return csv_answer(f"book-{bureau.code}-{number}", header, lines)
    waits = sent.state == BookImport.State.PREVIEWED
    stale = waits and _may_work(request.user, sent) and fresh_plan(request.user, sent)[0] != sent.changes
    sent.called, sent.tag = STATES[sent.state]
    counts = {sheet: len(list(group)) for sheet, group in groupby(sent.changes, key=lambda change: change["sheet"])}
    shown = page_of(request, sent.changes, 100)
    context = {
        "sent": sent, "page": shown, "groups": _groups(shown.object_list), "stale": stale,
        "counts": [(SHEETS[sheet], count) for sheet, count in counts.items()],
        "left_out": [(SHEETS[sheet], REASONS[reason], count, some) for sheet, reason, count, some in sent.left_out],
        "notes": [phrase(f"note.{code}", reader(), **facts) for code, facts in sent.notes[:50]],
        "may_work": _may_work(request.user, sent), "waits": waits,
        "may_undo": sent.state == BookImport.State.APPLIED and _is_last(sent),
        "crumbs": [{"url": reverse("desk:books", args=[bureau.code]), "label": _("County book")}],
    }  # fmt: skip
    return render(request, "desk/books/book.html", context)


def _groups(changes):
    """[(sheet, [{what, label, rows}])] for the page."""
    found = []
    for sheet, group in groupby(changes, key=lambda change: change["sheet"]):
        rows = [{"what": DOES[c["do"]], "label": c["label"], "rows": columns_of(c["rows"])} for c in group]
        found.append((SHEETS[sheet], rows))
    return found


def _is_last(sent):
    return not BookImport.objects.filter(
        bureau=sent.bureau, state=BookImport.State.APPLIED, applied_at__gt=sent.applied_at
    ).exists()


def _may_work(user, sent):
    return user.username == sent.sent_by or user.role == sent.sent_as == PERSONNEL


def _found(request, bureau, number):
    sent = get_object_or_404(BookImport.objects.select_related("bureau"), bureau=bureau, number=number)
    if request.user.role != PERSONNEL and sent.sent_by != request.user.username:
        raise PermissionDenied("somebody else's import")
    return sent


@act(*SENDERS)
def renew(request, bureau, number):
    """The preview, made anew."""
    actions.renew(by=request.user, sent=_found(request, bureau, number))
    messages.success(request, _("The preview is made anew."))
    return redirect("desk:book", bureau.code, number)


@act(*SENDERS)
def apply(request, bureau, number):
    """Every change, or none."""
    sent = actions.apply(by=request.user, sent=_found(request, bureau, number))
    messages.success(request, _("%(count)s changes are saved.") % {"count": len(sent.changes)})
    return redirect("desk:book", bureau.code, number)


@act(*SENDERS)
def discard(request, bureau, number):
    """Not wanted."""
    actions.discard(by=request.user, sent=_found(request, bureau, number))
    messages.success(request, _("Discarded; nothing was changed, and what was sent is forgotten."))
    return redirect("desk:books", bureau.code)


@act(*SENDERS)
def undo(request, bureau, number):
    """As it was before."""
    actions.undo(by=request.user, sent=_found(request, bureau, number))
    messages.success(request, _("Undone: everything is as it was before this import."))
    return redirect("desk:book", bureau.code, number)
