"""Surveys: the letters of a card, its questions, thanks, and apart from them a number to be called on again."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.faces.portal.doors import said, taken
from linli.faces.portal.forms import ContactForm, LettersForm, SurveyForm
from linli.faces.portal.sending import WINDOW, filled, sent, too_often
from linli.ground.accounts import addresses, limits
from linli.work.surveys import actions, tokens
from linli.work.surveys.queries import question_form

MOST = 60  # from one connection in ten minutes: a meeting answers together


@taken
def letters(request, bureau):
    """The letters as typed; they lead to the card's own page."""
    form = LettersForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        if not limits.allowed("portal.survey", request, MOST, WINDOW):
            form.add_error(None, too_often())
            return render(request, "portal/letters.html", {"form": form}, status=429)
        token = tokens.typed(form.cleaned_data["code"])
        if token and question_form(token) is not None:
            query = f"?{request.GET.urlencode()}" if request.GET else ""
            return redirect(reverse("portal:survey", args=[bureau.code, token]) + query)
        form.add_error("code", _unusable())
    return render(request, "portal/letters.html", {"form": form})


def _unusable():
    return _("This card cannot be used: it is unknown, has been used, or the survey is over.")


@taken
def survey(request, bureau, token):
    """The questions of a card, answered once."""
    if request.method == "GET" and not limits.allowed("portal.card", request, 2 * MOST, WINDOW):
        return said(request, 429, _("Too many at once"), too_often())
    sheet = question_form(token)
    if sheet is None or sheet.bureau.pk != bureau.pk or (sheet.state != "open" and request.method != "POST"):
        return said(request, 404, _("This card cannot be used"), _unusable())
    form = SurveyForm(*sent(request), questions=sheet.questions)

    def send(mark, age):
        actions.answer(
            token=token, answers=form.answers(), language=get_language(), device=_device(request), seconds=age,
            mode="qr", by="resident",
        )  # fmt: skip
        return {"answered": True}

    return filled(
        request, name="survey", form=form, do=send, page="portal/survey.html", done="portal/thanks.html", most=MOST,
        quickest=0, sheet=sheet, letters=tokens.typed(token), contact=ContactForm(),
    )  # fmt: skip


@taken
def contact(request, bureau, token):
    """A number left for a call, apart from the answers, erased after thirty days."""
    form = ContactForm(*sent(request))

    def send(mark, age):
        actions.leave_contact(token=token, contact=form.cleaned_data["contact"], by="resident")
        return {"left": True}

    return filled(
        request, name="survey", form=form, do=send, page="portal/contact.html", done="portal/contact_done.html",
        most=MOST, quickest=0, letters=tokens.typed(token),
    )  # fmt: skip


def _device(request):
    """What tells one device from another while the wave is open: hashed with the wave's salt where it is looked at."""
    return f"{addresses.of(request)}|{request.META.get('HTTP_USER_AGENT', '')[:300]}"
