"""Posts through time, and what is vacant or doubtful today."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import act, both, page
from linli.ground.accounts.roles import BUREAU, PERSONNEL
from linli.ground.officers import actions
from linli.ground.officers.forms import STAFFING, EndForm, PostForm, StaffingForm, WhyForm
from linli.ground.officers.gaps import gaps
from linli.ground.officers.models import Post
from linli.ground.officers.views.people import day_of
from linli.ground.officers.views.shared import crumbs_of, form_page
from linli.ground.trail import clock
from linli.ground.trail.listed import csv_answer, page_of
from linli.ground.trail.refusals import tried

HEADER = ("officer", "name", "community", "start", "end", "staffing")
SORTS = {"community": "community__code", "officer": "officer__code", "start": "-start"}


@page(*BUREAU)
def posts(request, bureau):
    """Every post, held and past, by community; vacancies and missing approvals above."""
    asked = request.GET
    rows = Post.objects.filter(community__bureau=bureau).select_related("officer", "community")
    if asked.get("community"):
        rows = rows.filter(community__code=asked["community"][:40])
    if not asked.get("past"):
        rows = rows.filter(end=None) | rows.filter(end__gte=clock.today())
    rows = rows.order_by(SORTS.get(asked.get("sort"), "community__code"), "start", "officer__code")
    if asked.get("format") == "csv":
        lines = ((r.officer.code, r.officer.name, r.community.code, r.start, r.end, r.staffing) for r in rows)
        return csv_answer(f"posts-{bureau.code}", HEADER, lines)
    shown = page_of(request, rows)
    for row in shown.object_list:
        row.called = dict(STAFFING)[row.staffing]
    found = [gap for gap in gaps(bureau, clock.today()) if gap.code in ("vacant", "approval", "closed")]
    context = {"page": shown, "gaps": found, "asked": asked, "may_edit": request.user.role == PERSONNEL}
    return render(request, "officers/posts.html", {**context, "crumbs": crumbs_of(bureau)})


@both(PERSONNEL)
def hold_post(request, bureau):
    """An officer takes a post."""
    there = {name: request.GET.get(name) for name in ("officer", "community") if request.GET.get(name)}
    form = PostForm(request.POST or None, bureau=bureau, initial={"start": clock.today(), **there})
    if request.method == "POST" and form.is_valid():
        post = tried(form, actions.hold_post, by=request.user, **form.cleaned_data)
        if post:
            said = {"officer": post.officer.name, "community": post.community.name}
            messages.success(request, _("%(officer)s holds %(community)s.") % said)
            if any(gap.code == "approval" and gap.community == post.community for gap in gaps(bureau, post.start)):
                messages.warning(request, _("The approval for two related officers is not entered yet (R-61)."))
            return redirect("officers:posts", bureau.code)
    return form_page(request, bureau, form, _("Fill a post"), reverse("officers:posts", args=[bureau.code]))


@page(PERSONNEL)
def post(request, bureau, officer, community, start):
    """One post with what can be done about it."""
    one = _found(bureau, officer, community, start)
    one.called = dict(STAFFING)[one.staffing]
    forms = {
        "end_form": EndForm(initial={"end": clock.today()}, auto_id="end_%s"),
        "staffing_form": StaffingForm(
            initial={"staffing": one.staffing, "law_approval": one.law_approval}, auto_id="staffing_%s"
        ),
        "why_form": WhyForm(auto_id="why_%s"),
    }
    crumbs = crumbs_of(bureau, (reverse("officers:posts", args=[bureau.code]), _("Posts")))
    return render(request, "officers/post.html", {"post": one, "crumbs": crumbs, **forms})


@act(PERSONNEL)
def leave_post(request, bureau, officer, community, start):
    """The officer leaves the post."""
    one = _found(bureau, officer, community, start)
    done = _("%(officer)s leaves %(community)s.")
    return _done(request, bureau, one, EndForm(request.POST), actions.leave_post, done)


@act(PERSONNEL)
def restaff(request, bureau, officer, community, start):
    """Another staffing, or the approval that came later."""
    one = _found(bureau, officer, community, start)
    done = _("The staffing of %(community)s is changed.")
    return _done(request, bureau, one, StaffingForm(request.POST), actions.restaff, done)


@act(PERSONNEL)
def reopen_post(request, bureau, officer, community, start):
    """The end was entered wrongly: the post goes on."""
    one = _found(bureau, officer, community, start)
    done = _("%(officer)s holds %(community)s.")
    return _done(request, bureau, one, WhyForm(request.POST), actions.reopen_post, done)


@act(PERSONNEL)
def remove_post(request, bureau, officer, community, start):
    """A post that was entered by mistake."""
    one = _found(bureau, officer, community, start)
    done = _("The post of %(officer)s in %(community)s is taken back.")
    return _done(request, bureau, one, WhyForm(request.POST), actions.remove_post, done)


def _found(bureau, officer, community, start):
    posts = Post.objects.filter(officer__bureau=bureau).select_related("officer__account", "community__bureau")
    return get_object_or_404(posts, officer__code=officer, community__code=community, start=day_of(start))


def _done(request, bureau, one, form, action, done):
    said = {"officer": one.officer.name, "community": one.community.name}
    if form.is_valid():
        action(by=request.user, post=one, **form.cleaned_data)
        messages.success(request, done % said)
        return redirect("officers:posts", bureau.code)
    back = reverse("officers:post", args=[bureau.code, one.officer.code, one.community.code, one.start.isoformat()])
    return form_page(request, bureau, form, _("Post of %(officer)s in %(community)s") % said, back, submit="")
