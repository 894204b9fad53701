"""A resident's form on its way: its token, the trap for programs, how often one may knock, and one answer for each."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from linli.faces.portal import tokens
from linli.ground.accounts import limits
from linli.ground.trail.refusals import tried

QUICKEST = 3.0  # seconds: nobody has read a form sooner
WINDOW = 600  # seconds in which knocks are counted
TRAP = "website"  # a field that people do not see


def sent(request, files=False):
    """What a form is bound to: nothing where a page is only looked at, even an empty form where one was sent."""
    if request.method != "POST":
        return ()
    return (request.POST, request.FILES) if files else (request.POST,)


def filled(request, *, name, form, do, page, done, most, quickest=QUICKEST, repeats=False, **context):
    """A form's page, and what is answered to it. do(mark, age) gives the context of ``done`` or raises ``Refused``.

    most: sendings from one address in ten minutes. Sent again by a double click, it is answered alike and done once.
    repeats: do knows its mark again, and may be asked once more when nobody remembers what was answered.
    """
    purpose = f"{name}:{request.bureau.code}"
    context |= {"form": form, "token": request.POST.get("form", ""), "trap": TRAP}
    if request.method != "POST":
        return render(request, page, context | {"token": tokens.issued(purpose)})
    good = form.is_valid()
    status, mark, age = _wrong(request, form, purpose, name, most, quickest)
    if status == 400:
        context["token"] = tokens.issued(purpose)
    if status or not good:
        return render(request, page, context, status=status or 200)
    context["fresh"] = tokens.issued(purpose)  # for a form on the page that answers
    if not tokens.first(mark):
        known = tokens.answer(mark)
        if known or not repeats:
            return render(request, done, context | (known or {"again": True}))
    return _sent(request, form, do, mark, age, page, done, context)


def _sent(request, form, do, mark, age, page, done, context):
    try:
        given = tried(form, do, mark=mark, age=age)
    except BaseException:
        tokens.again(mark)
        raise
    if given is None:
        tokens.again(mark)
        return render(request, page, context)
    tokens.keep(mark, given)
    return render(request, done, context | given)


def _wrong(request, form, purpose, name, most, quickest):
    """(status, mark, age): status 0 when nothing is wrong, else what is wrong stands on the form."""
    mark, age = "", 0.0
    if not limits.allowed(f"portal.{name}", request, most, WINDOW):
        form.add_error(None, too_often())
        return 429, mark, age
    try:
        mark, age = tokens.opened(purpose, request.POST.get("form", ""))
    except tokens.Unfit:
        form.add_error(None, _("This page was open for a long time. All you wrote is still here: send it once more."))
        return 400, mark, age
    if request.POST.get(TRAP):
        form.add_error(None, _("One field must stay empty, and was filled in by a program. Send it once more."))
        return 400, mark, age
    if age < quickest:
        form.add_error(None, _("That was very quick. Look at it once more, then send it."))
        return 400, mark, age
    return 0, mark, age


def too_often():
    """What is said to whoever knocks too often."""
    return _("Too many were sent from this connection. Wait ten minutes, then send it once more; nothing is lost.")
