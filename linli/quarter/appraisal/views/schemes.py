"""A draft scheme before the officers: their comments, an answer to each, and putting it in force."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import act, both, page
from linli.ground.accounts.models import User
from linli.ground.accounts.roles import LEADER, OFFICER, PERSONNEL, SECRETARY, STATION
from linli.quarter.appraisal import actions
from linli.quarter.appraisal.forms import Comment, CommentAnswer, Publish
from linli.quarter.appraisal.models import SchemeComment
from linli.quarter.appraisal.queries import comments_on, consulted
from linli.quarter.appraisal.views.around import crumbs
from linli.quarter.indicators.models import SchemeVersion

CONSULTED = (OFFICER, STATION, PERSONNEL, LEADER, SECRETARY)


@page(*CONSULTED)
def schemes(request, bureau):
    """Schemes that lie or have lain before the officers."""
    context = {"bureau": bureau, "schemes": consulted(bureau), "crumbs": crumbs(bureau)}
    return render(request, "appraisal/schemes.html", context)


@both(*CONSULTED)
def comments(request, bureau, name, version):
    """What was said of one scheme and what was answered; officers and stations add theirs."""
    scheme, user = _scheme(bureau, name, version), request.user
    consulting = scheme.state == SchemeVersion.State.CONSULTING
    may_say = consulting and user.role in (OFFICER, STATION)
    form = Comment(request.POST or None) if may_say or request.method == "POST" else None
    if request.method == "POST" and form.is_valid():
        actions.comment_on_scheme(by=user, scheme=scheme, text=form.cleaned_data["text"])
        messages.success(request, _("Your comment has been sent; it will be answered here."))
        return redirect(_url(scheme))
    said = list(comments_on(scheme))
    names = _names(user, said)
    for one in said:
        one.own, one.name = one.by == user.username, names.get(one.by, "")
    context = {
        "bureau": bureau,
        "scheme": scheme,
        "said": said,
        "waiting": sum(not one.answer for one in said),
        "form": form,
        "answers": consulting and user.role == PERSONNEL,
        "decides": consulting and user.role == SECRETARY,
        "in_force": Publish(),
        "crumbs": crumbs(bureau, None, (reverse("appraisal:schemes", args=[bureau.code]), _("Schemes"))),
    }
    return render(request, "appraisal/comments.html", context)


def _names(user, said):
    """Who said it is shown to the personnel office alone, and to whoever said it."""
    if user.role != PERSONNEL:
        return {}
    wrote = {one.by for one in said}
    return {person.username: person.get_full_name() for person in User.objects.filter(username__in=wrote)}


def _scheme(bureau, name, version):
    return get_object_or_404(consulted(bureau), name=name, version=version)


def _url(scheme):
    return reverse("appraisal:comments", args=[scheme.bureau.code, scheme.name, scheme.version])


@both(PERSONNEL)
def answer_comment(request, bureau, name, version, number):
    """The personnel office answers one comment."""
    scheme = _scheme(bureau, name, version)
    comment = get_object_or_404(SchemeComment, scheme=scheme, pk=number)
    form = CommentAnswer(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.answer_comment(by=request.user, comment=comment, answer=form.cleaned_data["answer"])
        messages.success(request, _("Answered."))
        return redirect(_url(scheme))
    way = crumbs(bureau, None, (reverse("appraisal:schemes", args=[bureau.code]), _("Schemes")), (_url(scheme), scheme))
    context = {"bureau": bureau, "scheme": scheme, "comment": comment, "form": form, "crumbs": way}
    return render(request, "appraisal/answer_comment.html", context | {"cancel_url": _url(scheme)})


@act(SECRETARY)
def put_in_force(request, bureau, name, version):
    """The Party committee has decided; refused while a comment has no answer."""
    scheme, form = _scheme(bureau, name, version), Publish(request.POST)
    if not form.is_valid():
        context = {"bureau": bureau, "form": form, "crumbs": crumbs(bureau), "url": request.path}
        return render(request, "appraisal/publish.html", context, status=422)
    actions.put_in_force(by=request.user, scheme=scheme, minute_number=form.cleaned_data["minute_number"])
    messages.success(request, _("The scheme is in force from its first day on."))
    return redirect(_url(scheme))
