"""Answers that staff take down: by telephone and at the door, one at a time; from paper, a stack at a time."""

import io

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import both, page
from linli.ground.accounts.roles import DEPARTMENT, PERSONNEL
from linli.ground.trail.language import reader, told
from linli.ground.trail.refusals import Refused, tried
from linli.work.surveys import actions, queries, tables
from linli.work.surveys.forms import CardForm
from linli.work.surveys.questions import LETTERS, choices_of
from linli.work.surveys.views.shared import of_wave, run_by

A_SHEET = 10  # forms of the grid
SPOKEN = ("phone", "tablet")


@both(PERSONNEL, DEPARTMENT)
def ask(request, bureau, code):
    """The interviewer reads the card's letters, then the questions one by one; the answer is sent and forgotten."""
    wave = run_by(request.user, bureau, code)
    modes = [mode for mode in SPOKEN if mode in wave.modes]
    if not modes:
        messages.error(request, _("This wave does not take answers this way."))
        return redirect("surveys:wave", bureau.code, wave.code)
    form = CardForm(request.POST or None, modes=modes)
    context = {"form": form, "wave": wave, "crumbs": of_wave(wave)}
    if request.method == "POST" and form.is_valid():
        opened = queries.question_form(form.cleaned_data["token"])
        if opened is None or opened.state != "open" or opened.wave != wave.code:
            form.add_error("token", _("This card cannot be used: it is unknown, has been used, or the survey is over."))
        elif "read" in request.POST:
            return render(request, "surveys/ask.html", {**context, "opened": opened})
        elif tried(form, _answer, request=request, opened=opened, said=form.cleaned_data):
            messages.success(request, _("The answer is taken down."))
            return redirect("surveys:ask", bureau.code, wave.code)
        else:
            return render(request, "surveys/ask.html", {**context, "opened": opened, "given": request.POST})
    return render(request, "surveys/ask.html", context)


def _answer(request, opened, said):
    answers = {question.key: request.POST.get(f"a-{question.key}", "")[:2000] for question in opened.questions}
    return actions.answer(by=request.user, token=said["token"], answers=answers, mode=said["mode"])


@both(PERSONNEL, DEPARTMENT)
def paper(request, bureau, code):
    """A grid of ten forms, or a workbook of as many as there are; all of them are taken or none."""
    wave = run_by(request.user, bureau, code)
    columns, given = _columns(wave), []
    if request.method == "POST":
        try:
            given = _sent(request, wave, columns)
            taken = actions.answer_on_paper(by=request.user, wave=wave, rows=given)
            messages.success(request, _("%(count)s forms are taken in.") % {"count": taken})
            return redirect("surveys:paper", bureau.code, wave.code)
        except Refused as refusal:
            if type(refusal) is not Refused:
                raise
            for line in str(refusal.message).splitlines():
                messages.error(request, line)
            messages.info(request, str(refusal.remedy))
    rows = given[:A_SHEET] + [{}] * (A_SHEET - len(given[:A_SHEET]))
    grid = [
        [(f"{column['key']}-{number}", column, row.get(column["key"], "")) for column in columns]
        for number, row in enumerate(rows)
    ]
    context = {"wave": wave, "columns": columns, "grid": grid, "crumbs": of_wave(wave)}
    return render(request, "surveys/paper.html", context)


def _columns(wave):
    """The grid's columns: the card, the community of a meeting, then a column for each question."""
    found = [{"key": "token", "label": _("Letters on the card"), "choices": None}]
    if not wave.probability:
        places = [(t.community.code, f"{t.community.code} {t.community.name}") for t in queries.tallies(wave)]
        found.append({"key": "community", "label": _("Community"), "choices": places})
    letters = [letter.upper() for letter in LETTERS]
    for question in wave.questionnaire.questions:
        label = told(question["text"], reader())
        choices = None if question["kind"] == "open" else choices_of(question, reader(), letters)
        found.append({"key": question["key"], "label": label, "choices": choices})
    return found


def _sent(request, wave, columns):
    file = request.FILES.get("sheet")
    if file:
        heads = {column["key"]: column["key"] for column in columns} | {c["label"]: c["key"] for c in columns}
        rows = tables.rows_of(file.name, file.read(), heads=heads, needed=("token",) if wave.probability else ())
        found = [_read(row, columns) for row in rows]
    else:
        found = [
            {c["key"]: text for c in columns if (text := request.POST.get(f"{c['key']}-{number}", "").strip()[:500])}
            for number in range(A_SHEET)
        ]
    found = [row for row in found if set(row) - {"community"}]
    if not found:
        raise Refused(_("Nothing is answered yet."), _("Fill in a form or send a workbook."))
    return found


def _read(row, columns):
    """A row of a workbook: an answer may stand there as it is shown or as its code."""
    read = {}
    for column in columns:
        text = str(row.get(column["key"], "")).strip()
        if text and column["choices"]:
            text = next((value for value, label in column["choices"] if text in (value, str(label))), text)
        if text:
            read[column["key"]] = text
    return read


@page(PERSONNEL, DEPARTMENT)
def paper_form(request, bureau, code):
    """An empty workbook for a stack of forms, with the answers that may be chosen in each column."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    wave = run_by(request.user, bureau, code)
    book = Workbook()
    sheet = book.active
    sheet.title = wave.code[:31]
    for place, column in enumerate(_columns(wave), 1):
        sheet.cell(1, place, column["label"])
        sheet.column_dimensions[get_column_letter(place)].width = 20
        words = [str(label).replace(",", "，") for _value, label in column["choices"] or ()]
        if words and len(",".join(words)) <= 250:  # Excel keeps no longer list in a cell's rule
            rule = DataValidation(type="list", formula1='"' + ",".join(words).replace('"', "”") + '"', allow_blank=True)
            sheet.add_data_validation(rule)
            rule.add(f"{get_column_letter(place)}2:{get_column_letter(place)}1000")
    written = io.BytesIO()
    book.save(written)
    answer = HttpResponse(
        written.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    answer["Content-Disposition"] = f'attachment; filename="{wave.code}-forms.xlsx"'
    return answer
