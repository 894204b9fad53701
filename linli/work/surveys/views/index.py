"""The list of waves and of questionnaires."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import page
from linli.ground.accounts.roles import DEPARTMENT, OFFICER, PERSONNEL, STATION
from linli.ground.trail.listed import csv_answer, page_of
from linli.work.surveys import queries
from linli.work.surveys.models import Wave
from linli.work.surveys.views.shared import READERS, crumbs
from linli.work.surveys.wording import SHORT, STATES, percent

HEADER = ("wave", "quarter", "questionnaire", "office", "sampling", "state", "drawn", "answered", "opened", "closed")


@page(*READERS)
def index(request, bureau):
    """Waves, the newest quarter first; an officer and a station see those that are closed."""
    asked = {name: request.GET.get(name, "")[:20].replace("\0", "") for name in ("period", "state", "sampling")}
    rows = queries.waves(bureau, **asked)
    if request.user.role in (OFFICER, STATION):
        rows = rows.filter(state=Wave.State.CLOSED)
    if request.user.role == DEPARTMENT:
        rows = rows.filter(office=request.user.office_id)
    if request.GET.get("format") == "csv":
        return csv_answer(f"surveys-{bureau.code}", HEADER, map(_row, rows))
    shown = page_of(request, rows)
    for wave in shown.object_list:
        wave.tag_text, wave.tag_kind = STATES[wave.state]
        wave.how = SHORT[wave.sampling]
        wave.rate = percent(wave.answered / wave.drawn if wave.drawn and wave.probability else None)
    quarters = Wave.objects.filter(bureau=bureau).order_by("-period").values_list("period", flat=True).distinct()
    context = {
        "page": shown, "asked": asked, "periods": list(quarters), "samplings": SHORT.items(),
        "states": [(state, word) for state, (word, _kind) in STATES.items()],
        "opens": request.user.role in (PERSONNEL, DEPARTMENT), "writes": request.user.role == PERSONNEL,
        "crumbs": [{"url": "", "label": _("Surveys")}],
    }  # fmt: skip
    return render(request, "surveys/index.html", context)


def _row(wave):
    return (
        *(wave.code, wave.period, str(wave.questionnaire), wave.office.name, wave.sampling, wave.state),
        *(wave.drawn, wave.answered, wave.opened_on, wave.closed_on),
    )


@page(PERSONNEL, DEPARTMENT)
def questionnaires(request, bureau):
    """Drafts, and every version that was published."""
    from linli.ground.trail.language import reader, told

    drafts, versions = list(queries.drafts(bureau)), list(queries.published(bureau))
    for sheet in [*drafts, *versions]:
        sheet.called = told(sheet.title, reader())
    context = {"drafts": drafts, "versions": versions, "writes": request.user.role == PERSONNEL}
    return render(request, "surveys/questionnaires.html", {**context, "crumbs": crumbs(bureau)})
