"""What a closed wave found: shares with their intervals, by community; as a page, .csv and .xlsx."""

import io

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import page
from linli.ground.accounts.roles import DEPARTMENT, OFFICER, PERSONNEL, STATION
from linli.ground.trail.actions import record
from linli.ground.trail.language import reader, told
from linli.ground.trail.listed import csv_answer
from linli.work.surveys import queries, small
from linli.work.surveys.models import Wave
from linli.work.surveys.views.shared import READERS, crumbs, found, of_wave, own, readable, run_by
from linli.work.surveys.wording import MODES, SHORT, SIGNS, interval, percent

HEADER = ("community", "question", "answer", "answers", "share", "low", "high", "design_effect", "withheld")


@page(*READERS)
def results(request, bureau, code):
    """The scored shares of every community, and reasons to look; ?format=csv or xlsx takes every answer along."""
    wave = found(bureau, code)
    places = readable(request.user, wave)
    if wave.state != Wave.State.CLOSED:
        return redirect("surveys:wave", bureau.code, wave.code)
    figures = queries.results(wave, places)
    if request.GET.get("format") in ("csv", "xlsx"):
        return _taken_along(wave, figures, request.GET["format"], _hidden(request.user, figures))
    gone = _hidden(request.user, figures)
    tallies = [t for t in queries.tallies(wave) if places is None or t.community_id in places]
    context = {
        "wave": wave, "how": SHORT[wave.sampling], "crumbs": crumbs(bureau) if places is not None else of_wave(wave),
        "rows": [_line(wave, t, figures.get(t.community.code, {}), gone.get(t.community.code, ())) for t in tallies],
        "scored": _scored(wave), "signs": [_signs(tally) for tally in tallies] if places is None else [],
        "sign_names": list(SIGNS.values()), "whole": places is None,
        "modes": _ways(wave) if places is None else [],
        "writes": request.user.role in (PERSONNEL, DEPARTMENT) and request.user.office_id == wave.office_id,
    }  # fmt: skip
    return render(request, "surveys/results.html", context)


def _hidden(user, figures):
    """Community code -> {(question, value)} that an account does not see: small cells, of those who are scored."""
    scored = user.role in (OFFICER, STATION)
    return {code: small.hidden(rows) for code, rows in figures.items()} if scored else {}


def _scored(wave):
    """The questions of the table's columns: the two that go up, and who saw the officer."""
    kinds = ("satisfaction", "familiarity", "seen")
    names = {"satisfaction": _("Satisfaction"), "familiarity": _("Picked the officer"), "seen": _("Saw the officer")}
    return [
        (question["key"], names[question["kind"]], "yes" if question["kind"] == "seen" else "score")
        for question in wave.questionnaire.questions
        if question["kind"] in kinds
    ]


def _line(wave, tally, figures, gone):
    shown = []
    for key, _name, value in _scored(wave):
        row = figures.get((key, value))
        if row is None or row.answers == 0:
            shown.append({"share": "—", "interval": "", "answers": 0})
        elif row.answers < queries.SMALL or (key, value) in gone:
            shown.append({"share": _("withheld"), "interval": "", "answers": row.answers})
        else:
            shown.append({"share": percent(row.share), "interval": interval(row.low, row.high), "answers": row.answers})
    rate = percent(queries.response_rate(tally)) if wave.probability else "—"
    return {"community": tally.community, "tally": tally, "rate": rate, "shares": shown}


def _ways(wave):
    return [(MODES[mode], number) for mode, number in sorted(queries.modes(wave).items())]


def _signs(tally):
    return {
        "community": tally.community,
        "answered": tally.answered,
        "counts": [getattr(tally, name) for name in SIGNS],
    }


def _rows(wave, figures, hidden):
    texts = {question["key"]: told(question["text"], reader()) for question in wave.questionnaire.questions}
    for code, rows in figures.items():
        for (key, value), row in rows.items():
            few, gone = row.answers < queries.SMALL, (key, value) in hidden.get(code, ())
            blank = few or gone
            numbers = ("", "", "") if blank else (_number(row.share), _number(row.low), _number(row.high))
            effect = "" if blank else f"{row.design_effect:.3f}"
            yield (
                code,
                texts.get(key, key),
                value,
                row.answers,
                *numbers,
                effect,
                _("fewer than five") if few else _("withheld") if gone else "",
            )


def _number(share):
    return "" if share is None else f"{share:.6g}"


def _taken_along(wave, figures, ending, hidden):
    rows = list(_rows(wave, figures, hidden))
    if ending == "csv":
        return csv_answer(f"survey-{wave.code}", HEADER, rows)
    from openpyxl import Workbook

    from linli.book.safe import csv_text

    book = Workbook(write_only=True)
    sheet = book.create_sheet(wave.code[:31])
    sheet.append(list(HEADER))
    for row in rows:
        sheet.append([csv_text(cell) if isinstance(cell, str) else cell for cell in row])
    written = io.BytesIO()
    book.save(written)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = HttpResponse(written.getvalue(), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="survey-{wave.code}.xlsx"'
    return answer


@page(*READERS)
def community(request, bureau, code, community):
    """Every question of one community: what the figure in the officer's file was counted from."""
    wave = found(bureau, code)
    if wave.state != Wave.State.CLOSED:
        raise Http404
    tally = get_object_or_404(wave.tallies.select_related("community"), community__code=community)
    if not _may_see(request.user, wave, tally.community_id):
        raise PermissionDenied("community")
    figures = queries.results(wave, [tally.community_id]).get(community, {})
    gone = _hidden(request.user, {community: figures}).get(community, ())
    context = {
        "wave": wave, "tally": tally, "questions": _questions(wave, figures, gone), "how": SHORT[wave.sampling],
        "rate": percent(queries.response_rate(tally)) if wave.probability else "—",
        "weighing": tally.weighing, "cut": percent(tally.weighing.get("gap"), 1),
        "crumbs": crumbs(bureau, (reverse("surveys:results", args=[bureau.code, wave.code]), wave.code)),
    }  # fmt: skip
    return render(request, "surveys/community.html", context)


def _may_see(user, wave, community):
    """The scored see their own; a department what it asked itself."""
    if user.role in (OFFICER, STATION):
        return community in own(user, wave)
    return user.role != DEPARTMENT or user.office_id == wave.office_id


def _questions(wave, figures, gone):
    lang = reader()
    for question in queries.asked(wave.questionnaire.questions, lang, ()):
        if question.kind in ("open", "screen"):
            continue
        rows = [(value, row) for (key, value), row in figures.items() if key == question.key]
        answers = max((row.answers for value, row in rows if value != "score"), default=0)
        if answers < queries.SMALL:
            yield {"text": question.text, "answers": answers, "withheld": answers > 0, "rows": []}
            continue
        names = dict(question.choices) | {"right": _("picked the officer"), "wrong": _("picked another")}
        names["score"] = _("goes up to the rate")
        shown = [_choice(value, row, names.get(value, value), (question.key, value) in gone) for value, row in rows]
        yield {"text": question.text, "answers": answers, "withheld": False, "rows": shown}


def _choice(value, row, label, gone):
    shares = {"share": percent(row.share), "interval": interval(row.low, row.high)}
    if gone:
        shares = {"share": _("withheld"), "interval": ""}
    return {"label": label, "score": value == "score", **shares}


@page(PERSONNEL, DEPARTMENT)
def words(request, bureau, code):
    """What residents wrote, for the office that asked, once the wave is closed; the reading is recorded."""
    wave = run_by(request.user, bureau, code)
    if wave.state != Wave.State.CLOSED:
        return redirect("surveys:wave", bureau.code, wave.code)
    rows = queries.words(wave)
    record(by=request.user, action="surveys.read_words", subject=f"wave:{wave.code}", bureau=bureau, read=len(rows))
    small = {t.community_id for t in queries.tallies(wave) if t.answered < queries.SMALL}
    for row in rows:
        row.place = _("withheld") if row.community_id in small else row.community.name
    return render(request, "surveys/words.html", {"wave": wave, "rows": rows, "crumbs": of_wave(wave)})
