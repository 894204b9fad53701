"""Drawing and what is given out: the list with its cards once, the link of a community, a lost list thrown away."""

import base64
import io

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.book import qr
from linli.ground.accounts.doors import act, both
from linli.ground.accounts.roles import DEPARTMENT, PERSONNEL
from linli.ground.places.models import Community
from linli.ground.trail.language import reader, told
from linli.ground.trail.refusals import tried
from linli.work.surveys import actions, queries, tables
from linli.work.surveys.forms import DrawForm, WhyForm
from linli.work.surveys.questions import LETTERS
from linli.work.surveys.views.shared import form_page, of_wave, run_by

NEEDED = {
    "list": ("community", "label"),
    "route": ("community", "cell", "dwellings"),
    "symposium": ("community", "number"),
}


def address(request, bureau, token):
    """Where a card leads: the portal's page of this survey."""
    return request.build_absolute_uri(f"/p/{bureau.code}/s/{token}/")


@both(PERSONNEL, DEPARTMENT)
def draw(request, bureau, code):
    """Takes the list, draws, and answers with everybody drawn and their cards: this page is shown once."""
    wave = run_by(request.user, bureau, code)
    form = DrawForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        drawn = tried(form, _drawn, wave=wave, user=request.user, content=form.content())
        if drawn:
            return _given_out(request, wave, drawn, form.cleaned_data["cards"])
    context = {"form": form, "wave": wave, "crumbs": of_wave(wave), "heads": NEEDED.get(wave.sampling, ())}
    return render(request, "surveys/draw.html", context)


def _drawn(wave, user, content):
    frame = tables.rows_of(*content, needed=NEEDED.get(wave.sampling, ("community",)))
    return actions.draw_sample(by=user, wave=wave, frame=frame)


def _given_out(request, wave, drawn, cards):
    names = dict(Community.objects.filter(bureau=wave.bureau).values_list("code", "name"))
    lineups = queries.lineups(wave)
    rows = []
    for row in drawn:
        url = address(request, wave.bureau, row.token)
        shown = {"community": names[row.community], "label": row.label, "token": row.token, "url": url}
        shown["letters"] = queries.lettered(lineups.get(row.community), row.token)
        shown["svg"] = qr.svg(url) if cards else ""
        rows.append(shown)
    book = base64.b64encode(_workbook(rows)).decode()
    context = {
        "wave": wave, "rows": rows, "cards": cards, "book": book, "crumbs": of_wave(wave),
        "title": told(wave.questionnaire.title, reader()),
    }  # fmt: skip
    return render(request, "surveys/drawn.html", context)


def _workbook(rows):
    from openpyxl import Workbook

    from linli.book.safe import csv_text

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Drawn"))
    heads = (_("Community"), _("Whom to ask"), _("Letters on the card"), _("Address of the card"))
    sheet.append([*heads, *(letter.upper() for letter in LETTERS)])
    for row in rows:
        cells = [row["community"], row["label"], row["token"], row["url"], *(name for _letter, name in row["letters"])]
        sheet.append([csv_text(str(cell)) for cell in cells])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@both(PERSONNEL, DEPARTMENT)
def discard(request, bureau, code):
    """Throws a draw away whose list was lost."""
    wave = run_by(request.user, bureau, code)
    form = WhyForm(request.POST or None)
    sent = request.method == "POST" and form.is_valid()
    if sent and tried(form, actions.discard_draw, by=request.user, wave=wave, **form.cleaned_data):
        messages.success(request, _("The draw is thrown away; its cards open nothing any more."))
        return redirect("surveys:draw", bureau.code, wave.code)
    back = reverse("surveys:wave", args=[bureau.code, wave.code])
    lede = _("Only while nobody has answered. It stays counted, and the results say that it was drawn twice.")
    return form_page(request, form, _("Throw the draw away"), of_wave(wave), back, lede=lede, adverse=True)


@act(PERSONNEL, DEPARTMENT)
def link(request, bureau, code, community):
    """The open link of a community, shown once; a new one ends the old one."""
    wave = run_by(request.user, bureau, code)
    place = get_object_or_404(Community, bureau=bureau, code=community)
    token = actions.open_door(by=request.user, wave=wave, community=place)
    url = address(request, bureau, token)
    context = {"wave": wave, "place": place, "url": url, "svg": qr.svg(url), "crumbs": of_wave(wave)}
    return render(request, "surveys/link.html", context)
