"""The builder: a questionnaire written in three languages, looked at as a resident will see it, and published."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from linli.ground.accounts.doors import act, both, page
from linli.ground.accounts.roles import DEPARTMENT, PERSONNEL
from linli.ground.trail.language import told
from linli.ground.trail.refusals import tried
from linli.work.surveys import actions, lint, queries, questions
from linli.work.surveys.forms import ROWS, NewDraft, QuestionRows, TitleForm
from linli.work.surveys.models import Draft, Questionnaire
from linli.work.surveys.views.shared import crumbs, form_page

LANGUAGES = (("zh_Hant", "zh-hant"), ("zh_Hans", "zh-hans"), ("en", "en"))


@both(PERSONNEL)
def new(request, bureau):
    """A questionnaire begins with its code and title."""
    form = NewDraft(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        made = tried(form, actions.draft, by=request.user, bureau=bureau, code=code, title=form.title())
        if made:
            return redirect("surveys:draft", bureau.code, made.code)
    back = reverse("surveys:questionnaires", args=[bureau.code])
    return form_page(request, form, _("Write a questionnaire"), crumbs(bureau, (back, _("Questionnaires"))), back)


@both(PERSONNEL)
def draft(request, bureau, code):
    """Its questions, a row for each; below, what a careful reader would say."""
    sheet = get_object_or_404(Draft, bureau=bureau, code=code)
    title = TitleForm(request.POST or None, initial=sheet.title)
    rows = QuestionRows(request.POST or None, initial=_filled(sheet.questions), prefix="q")
    if request.method == "POST" and title.is_valid() and rows.is_valid():
        edition = request.POST.get("edition", "")
        wanted = {
            "title": title.cleaned_data,
            "questions": _written(rows.cleaned_data),
            "edition": int(edition) if edition.isdecimal() and len(edition) < 9 else 0,
        }
        if tried(title, actions.save, by=request.user, draft=sheet, **wanted):
            messages.success(request, _("The questionnaire is saved."))
            return redirect("surveys:draft", bureau.code, code)
    context = {
        "sheet": sheet, "title_form": title, "rows": rows, "faults": questions.faults(sheet.title, sheet.questions),
        "advice": lint.advice(sheet.questions), "crumbs": _way(bureau), "changed": sheet.edition != sheet.published,
    }  # fmt: skip
    return render(request, "surveys/draft.html", context)


def _way(bureau):
    return crumbs(bureau, (reverse("surveys:questionnaires", args=[bureau.code]), _("Questionnaires")))


def _filled(rows):
    """Initial values of the builder: every question, and room for more."""
    there = [
        {
            "key": row["key"], "kind": row["kind"], **row["text"],
            "choices": "\n".join(" | ".join(_texts(choice)) for choice in row.get("choices", ())),
        }
        for row in rows
    ]  # fmt: skip
    return there + [{} for _more in range(max(ROWS - len(there), 0))]


def _texts(choice):
    return [choice["text"].get(lang, "") for lang in ("zh_Hant", "en")]


def _written(rows):
    """Questions out of the builder's rows; a question keeps its key, a new one gets one that was never used."""
    kept = {row["key"] for row in rows if row.get("key")}
    found = []
    for row in rows:
        if not row.get("kind"):
            continue
        key = row["key"] or (row["kind"] if row["kind"] in questions.ONCE and row["kind"] not in kept else "")
        if not key:
            key = next(name for name in (f"q{number}" for number in range(1, 100)) if name not in kept)
        kept.add(key)
        text = {lang: row[lang].strip() for lang in questions.LANGUAGES if row.get(lang, "").strip()}
        asked = {"key": key, "kind": row["kind"], "text": text}
        if row["kind"] == "single":
            asked["choices"] = _choices(row["choices"])
        found.append(asked)
    return found


def _choices(text):
    found = []
    for number, line in enumerate((line for line in text.splitlines() if line.strip()), 1):
        parts = [part.strip() for part in line.replace("｜", "|").split("|")]
        found.append({"key": f"c{number}", "text": dict(zip(("zh_Hant", "en"), parts, strict=False))})
    return found


@act(PERSONNEL)
def publish(request, bureau, code):
    """The next version, which never changes."""
    sheet = get_object_or_404(Draft, bureau=bureau, code=code)
    edition = request.POST.get("edition", "")
    edition = int(edition) if edition.isdecimal() and len(edition) < 9 else 0
    made = actions.publish(by=request.user, draft=sheet, edition=edition)
    messages.success(request, _("Version %(version)s is published; its words stand.") % {"version": made.version})
    return redirect("surveys:version", bureau.code, code, made.version)


@page(PERSONNEL, DEPARTMENT)
def version(request, bureau, code, number):
    """A published version in three languages."""
    sheet = get_object_or_404(Questionnaire, bureau=bureau, code=code, version=number)
    return _preview(request, bureau, sheet, _("version %(number)s") % {"number": number})


@page(PERSONNEL)
def preview(request, bureau, code):
    """A draft in three languages, as a resident will see it."""
    return _preview(request, bureau, get_object_or_404(Draft, bureau=bureau, code=code), _("draft"))


def _preview(request, bureau, sheet, kicker):
    faces = []
    for lang, tag in LANGUAGES:
        with override(tag):
            names = [_("officer %(letter)s") % {"letter": letter.upper()} for letter in questions.LETTERS]
            asked = [
                (row, [(value, str(label)) for value, label in row.choices])
                for row in queries.asked(sheet.questions, lang, names)
            ]
            faces.append((tag, told(sheet.title, lang), asked))
    context = {"sheet": sheet, "faces": faces, "kicker": kicker, "crumbs": _way(bureau)}
    return render(request, "surveys/preview.html", context)
