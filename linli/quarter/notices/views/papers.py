"""The list of circulars and each as paper, for whoever it was sent to; receipts, withdrawal, Word document."""

from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import act, both, page
from linli.ground.accounts.roles import BUREAU, PERSONNEL, SECRETARY
from linli.ground.trail.actions import record
from linli.quarter.appraisal.views.around import Column, as_csv, quarter_cell, table
from linli.quarter.appraisal.wording import day, period_name
from linli.quarter.decisions.rights import is_own
from linli.quarter.notices import actions, forms, queries
from linli.quarter.notices.models import Notice

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TAGS = {"draft": "wait", "issued": "done", "withdrawn": "blocked"}


def address(notice, name="notice"):
    """Where a circular is: by its number once issued, before that by what it follows from."""
    if notice.state == Notice.State.DRAFT:
        args = [notice.bureau.code, notice.cycle.period, notice.officer.code, notice.decision.proposal.kind]
        return reverse(f"notices:{'draft' if name == 'notice' else name}", args=args)
    return reverse(f"notices:{name}", args=[notice.bureau.code, notice.number])


def way(bureau, *more):
    """The way down. more: (url, label)."""
    top = [(reverse("notices:index", args=[bureau.code]), _("Circulars"))]
    return [{"url": url, "label": label} for url, label in [*top, *more]]


@page(*BUREAU)
def index(request, bureau):
    """Circulars that concern the reader or were sent to him."""
    found = queries.visible_to(request.user).select_related("decision__proposal").order_by("-issued_at", "-pk")
    state = request.GET.get("state", "")
    notices = list(found.filter(state=state) if state in Notice.State.values else found)
    read = set(request.user.receipts.filter(notice__in=notices).values_list("notice", flat=True))
    columns = (
        Column(
            "number", _("Number"), lambda n: {"text": n.number or _("draft"), "url": address(n)}, lambda n: n.number
        ),
        Column("title", _("Title"), lambda n: n.title, lambda n: n.title),
        Column("kind", _("Kind"), lambda n: n.get_kind_display(), lambda n: n.kind),
        Column("period", _("Quarter"), lambda n: quarter_cell(n.cycle.period), lambda n: n.cycle.period),
        Column("issued", _("Issued"), lambda n: day(n.issued_at), lambda n: n.issued_at),
        Column("until", _("Posted until"), lambda n: day(n.stays_until), lambda n: n.stays_until),
        Column("state", _("State"), _state, lambda n: n.state),
        Column("read", _("Read by you"), lambda n: _("has been read") if n.pk in read else "—"),
    )
    shown = table(request, columns, notices)
    if request.GET.get("format") == "csv":
        return as_csv(f"circulars-{bureau.code}", shown)
    context = {"bureau": bureau, "table": shown, "states": Notice.State.choices, "state": state}
    context["to_draft"] = list(queries.to_draft(bureau)) if request.user.role == PERSONNEL else []
    return render(request, "notices/index.html", context)


def _state(notice):
    return {"text": notice.get_state_display(), "tag": TAGS[notice.state]}


def notice_or_404(request, number):
    """An issued circular by its number, for somebody it was sent to."""
    bureau = request.bureau
    if not Notice.objects.filter(bureau=bureau, number=number).exists():
        raise Http404
    notice = queries.visible_to(request.user).select_related("decision__proposal").filter(number=number).first()
    if notice is None:
        raise PermissionDenied("circular")
    return notice


@page(*BUREAU)
def paper(request, bureau, number):
    """One circular as it was issued; the personnel office sees who has read it."""
    notice = notice_or_404(request, number)
    _leave_trace(request, notice)
    is_office = request.user.role in (PERSONNEL, SECRETARY)
    context = {
        "bureau": bureau, "notice": notice, "recipients": queries.recipients(notice), "crumbs": way(bureau),
        "receipt": notice.receipts.filter(reader=request.user).first(), "is_office": is_office,
        "readers": queries.readers_of(notice) if is_office else [],
        "questions": queries.questions(notice) if is_office else [],
        "withdraws": notice.withdraws if notice.withdraws_id else None,
        "withdrawn_by": Notice.objects.filter(withdraws=notice).first(),
        "url": {name: address(notice, name) for name in ("read", "withdraw", "docx")},
    }  # fmt: skip
    return render(request, "notices/paper.html", context)


def _leave_trace(request, notice):
    if not is_own(request.user, notice.officer):
        record(
            by=request.user, action="file.read", subject=f"officer:{notice.officer.code}", bureau=notice.bureau,
            what="circular", number=notice.number,
        )  # fmt: skip


@act(*BUREAU)
def read(request, bureau, number):
    """The reader's receipt."""
    notice = notice_or_404(request, number)
    actions.read(by=request.user, notice=notice)
    messages.success(request, _("It is written down that you have read it."))
    return redirect(address(notice))


@both(SECRETARY)
def withdraw(request, bureau, number):
    """Withdraw it by a correction to the same readers."""
    notice = notice_or_404(request, number)
    form = forms.Withdraw(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = actions.withdraw(by=request.user, notice=notice, **form.cleaned_data)
        messages.success(request, _("Withdrawn by %(number)s.") % {"number": made.number})
        return redirect(address(made))
    title = _("Withdraw %(number)s") % {"number": notice.number}
    context = {
        "bureau": bureau, "form": form, "heading": title, "submit": title,
        "lede": _("A correction goes to the same readers and names the same persons."), "adverse": True,
        "cancel_url": address(notice), "crumbs": way(bureau, (address(notice), notice.number)),
    }  # fmt: skip
    return render(request, "form_page.html", context)


@page(*BUREAU)
def document(request, bureau, number):
    """The circular in Word; ?lang=zh_Hans for Simplified."""
    notice = notice_or_404(request, number)
    _leave_trace(request, notice)
    return word(request, notice, notice.number)


def word(request, notice, name):
    """The Word document as a download."""
    lang = "zh_Hans" if request.GET.get("lang") == "zh_Hans" else "zh_Hant"
    answer = HttpResponse(queries.docx(notice, lang), content_type=WORD)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.docx"
    return answer


def heading(notice):
    """Who and when a draft is about."""
    return f"{notice.officer.name} · {period_name(notice.cycle.period)}"
