"""Tables of the call and case system: brought, looked at, accepted or dropped, and undone."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.book.phrases import phrase
from linli.ground.accounts.doors import act, both, page
from linli.ground.accounts.roles import SUPERVISION
from linli.ground.trail.language import reader
from linli.ground.trail.listed import page_of
from linli.ground.trail.refusals import Stale, tried
from linli.work.incidents import actions, counted, kinds, who
from linli.work.incidents.forms import ImportForm, WhyForm
from linli.work.incidents.models import CountTable
from linli.work.incidents.views.shared import Asking, crumbs


def _command(request, bureau):
    return Asking(request.user, bureau).must(who.COUNTS)


@both(*who.WORKERS)
def bring(request, bureau):
    """A file, read and shown before anything of it counts."""
    _command(request, bureau)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said, file = form.cleaned_data, form.cleaned_data["table"]
        if file.size > actions.LARGEST_FILE:
            form.add_error("table", _("The file is larger than any table of counts."))
        else:
            beside = {name: said[name] for name in ("kind", "month", "year")}
            known = {"by": request.user, "bureau": bureau, "source": file.name}
            table = tried(form, actions.read_table, **known, upload=file.read(), **beside)
            if table:
                return redirect("incidents:table", bureau.code, table.number)
    context = {"form": form, "submit": _("Read the table"), "crumbs": crumbs(bureau)}
    return render(request, "incidents/import.html", context)


@page(*who.WORKERS, SUPERVISION)
def tables(request, bureau):
    """Every table that was brought or typed, newest first."""
    asking = Asking(request.user, bureau)
    if request.user.role != SUPERVISION:
        asking.must(who.COUNTS)
    found = CountTable.objects.filter(bureau=bureau).select_related("undoes", "undone_by").defer("rows", "covers")
    shown = page_of(request, found.order_by("-number"))
    context = {"page": shown, "enters": asking.does(who.COUNTS), "crumbs": crumbs(bureau)}
    context["rows"] = [(table, _state(table), ORIGINS[table.origin]()) for table in shown.object_list]
    return render(request, "incidents/tables.html", context)


STATES = {
    "read": ("now", lambda: _("waits to be accepted")),
    "accepted": ("done", lambda: _("accepted")),
    "dropped": ("", lambda: _("dropped")),
}
ORIGINS = {"file": lambda: _("file"), "typed": lambda: _("typed"), "undo": lambda: _("put back")}


def _state(table):
    sign, word = STATES[table.state]
    return sign, word()


def _found(bureau, number):
    linked = CountTable.objects.select_related("bureau", "undoes", "undone_by")
    return get_object_or_404(linked, bureau=bureau, number=number)


@page(*who.WORKERS, SUPERVISION)
def table(request, bureau, number):
    """One table: before it counts every number it would change; afterwards every number it changed."""
    asking = Asking(request.user, bureau)
    if request.user.role != SUPERVISION:
        asking.must(who.COUNTS)
    found = _found(bureau, number)
    waits = found.state == CountTable.State.READ
    rows = list(_would_change(bureau, found)) if waits else _changed(found)
    sign, word = _state(found)
    context = {
        "table": found, "rows": rows, "waits": waits, "same": len(found.rows) - len(rows) if waits else 0,
        "notes": [phrase(f"note.{code}", reader(), **facts) for code, facts in found.notes], "sign": sign, "word": word,
        "months": sorted(found.covers), "enters": asking.does(who.COUNTS), "why_form": WhyForm(),
        "undone": getattr(found, "undone_by", None), "crumbs": crumbs(bureau, ("tables", _("Tables"))),
        "undoable": found.state == "accepted" and found.origin != "undo",
    }  # fmt: skip
    return render(request, "incidents/table.html", context)


def _would_change(bureau, table):
    stands = counted.newest(bureau, {row[0] for row in table.rows})
    names = dict(bureau.communities.values_list("code", "name"))
    for month, code, kind, number, _seen in table.rows:
        there = stands.get((month, code, kind))
        before = there.number if there else None
        if before != number:
            yield _line(month, code, names.get(code, ""), kind, before, number)


def _changed(table):
    """What the table changed, with what stood there before; one more question whatever its size."""
    written = list(table.counts.select_related("community").order_by("month", "community__code", "kind"))
    months = {row.month for row in written}
    every = table.bureau.month_counts.filter(month__in=months)
    earlier = {(row.month, row.community_id, row.kind, row.revision): row.number for row in every}
    for row in written:
        before = earlier.get((row.month, row.community_id, row.kind, row.revision - 1))
        yield _line(row.month, row.community.code, row.community.name, row.kind, before, row.number)


def _line(month, code, name, kind, before, after):
    return {"month": month, "code": code, "name": name, "kind": kinds.NAMES[kind], "before": before, "after": after}


@act(*who.WORKERS)
def accept(request, bureau, number):
    """From now on the table counts."""
    _command(request, bureau)
    found = _found(bureau, number)
    try:
        done = actions.accept(by=request.user, bureau=bureau, table=found)
    except Stale as stale:
        actions.compare(by=request.user, table=found)
        messages.warning(request, f"{stale.message} {stale.remedy}")
    else:
        said = ngettext("%(n)s number is changed.", "%(n)s numbers are changed.", done.changed)
        messages.success(request, said % {"n": done.changed})
    return redirect("incidents:table", bureau.code, number)


@act(*who.WORKERS)
def drop(request, bureau, number):
    """The table is not taken."""
    _command(request, bureau)
    actions.drop(by=request.user, table=_found(bureau, number))
    messages.success(request, _("The table is dropped; nothing of it was kept."))
    return redirect("incidents:tables", bureau.code)


@act(*who.WORKERS)
def undo(request, bureau, number):
    """What the table changed is put back."""
    _command(request, bureau)
    form = WhyForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    back = actions.undo(by=request.user, table=_found(bureau, number), why=why)
    messages.success(request, _("What the table changed is put back; both stay on record."))
    return redirect("incidents:table", bureau.code, back.number)
