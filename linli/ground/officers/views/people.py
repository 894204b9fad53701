"""Officers and leaders: the list, one officer, and who is related to whom."""

from datetime import date

from django.contrib import messages
from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import act, both, page
from linli.ground.accounts.roles import BUREAU, PERSONNEL
from linli.ground.officers import actions
from linli.ground.officers.forms import KIN, LEAVE, STAFFING, LeaderForm, NameForm, OfficerForm, RelationForm, WhyForm
from linli.ground.officers.models import Leader, Officer, Post, Relation
from linli.ground.officers.queries import pairings_in, within
from linli.ground.officers.views.shared import crumbs_of, form_page
from linli.ground.trail import clock
from linli.ground.trail.actions import record
from linli.ground.trail.listed import csv_answer, page_of
from linli.ground.trail.refusals import tried

SORTS = {"code": "code", "name": "name"}


@page(*BUREAU)
def people(request, bureau):
    """Every officer with the post held today; filtered, sorted, as .csv."""
    today, asked = clock.today(), request.GET
    held = within(Post.objects.select_related("community"), today, today)
    rows = bureau.officers.prefetch_related(Prefetch("posts", held, to_attr="held"))
    if asked.get("q"):
        rows = rows.filter(Q(name__icontains=asked["q"][:80]) | Q(code__icontains=asked["q"][:80]))
    if asked.get("post") in ("held", "none"):
        now = within(Post.objects.all(), today, today).values("officer")
        rows = rows.filter(pk__in=now) if asked["post"] == "held" else rows.exclude(pk__in=now)
    rows = rows.order_by(SORTS.get(asked.get("sort"), "code"), "code")
    if asked.get("format") == "csv":
        header = ("officer", "name", "community", "start", "staffing")
        return csv_answer(f"officers-{bureau.code}", header, (_row(one) for one in rows))
    shown = page_of(request, rows)
    context = {"page": shown, "asked": asked, "may_edit": request.user.role == PERSONNEL}
    return render(request, "officers/people.html", {**context, "staffing": dict(STAFFING)})


def _row(officer):
    post = officer.held[0] if officer.held else None
    return (officer.code, officer.name, *((post.community.code, post.start, post.staffing) if post else ("", "", "")))


@page(*BUREAU)
def officer(request, bureau, code):
    """One officer: posts through time; leave and relations for the personnel office and the officer alone."""
    one = get_object_or_404(Officer.objects.select_related("account"), bureau=bureau, code=code)
    own, kept = one.account_id == request.user.pk, request.user.role == PERSONNEL
    posts = list(one.posts.select_related("community").order_by("-start"))
    for post in posts:
        post.called = dict(STAFFING)[post.staffing]
    context = {"officer": one, "posts": posts, "own": own, "may_edit": kept, "crumbs": crumbs_of(bureau)}
    if own or kept:
        context |= _kept(one)
        if not own:
            record(by=request.user, action="file.read", subject=f"officer:{one.code}", bureau=bureau,
                   what="leave and relations")  # fmt: skip
    if kept:
        context |= {"relation_form": RelationForm(bureau=bureau), "why_form": WhyForm(auto_id="why_%s")}
    return render(request, "officers/officer.html", context)


def _kept(officer):
    """Leave with its reasons, and relations said from either side."""
    leave = list(officer.leave.order_by("-first"))
    for row in leave:
        row.called = dict(LEAVE).get(row.kind, row.kind)
    said = Q(officer=officer)
    if officer.account_id:
        said |= Q(relative=officer.account_id)
    relations = list(Relation.objects.filter(said).select_related("officer", "relative"))
    for relation in relations:
        relation.called = dict(KIN).get(relation.kind, relation.kind)
    return {"leave": leave, "relations": relations, "may_see": True}


@both(PERSONNEL)
def add_officer(request, bureau):
    """A new officer."""
    form = OfficerForm(request.POST or None, bureau=bureau)
    if request.method == "POST" and form.is_valid():
        made = tried(form, actions.add_officer, by=request.user, bureau=bureau, **form.cleaned_data)
        if made:
            messages.success(request, _("%(name)s is entered.") % {"name": made.name})
            return redirect("officers:officer", bureau.code, made.code)
    return form_page(request, bureau, form, _("Add an officer"), reverse("officers:people", args=[bureau.code]))


@both(PERSONNEL)
def edit_officer(request, bureau, code):
    """The name put right, or the account given that was opened later."""
    one = get_object_or_404(Officer.objects.select_related("account"), bureau=bureau, code=code)
    there = {"name": one.name, "account": one.account.username if one.account else None}
    form = NameForm(request.POST or None, bureau=bureau, initial=there)
    if request.method == "POST" and form.is_valid() and _changed(request.user, one, form):
        messages.success(request, _("%(name)s is changed.") % {"name": form.cleaned_data["name"]})
        return redirect("officers:officer", bureau.code, code)
    back = reverse("officers:officer", args=[bureau.code, code])
    return form_page(request, bureau, form, _("Change %(name)s") % {"name": one.name}, back, submit="")


def _changed(by, officer, form):
    name, account = form.cleaned_data["name"], form.cleaned_data["account"]
    if name != officer.name and not tried(form, actions.rename_officer, by=by, officer=officer, name=name):
        return False
    if account and account.pk != officer.account_id:
        return bool(tried(form, actions.give_account, by=by, officer=officer, account=account))
    return True


@act(PERSONNEL)
def relate(request, bureau, code):
    """Somebody is related to this officer."""
    one = get_object_or_404(Officer, bureau=bureau, code=code)
    form, back = RelationForm(request.POST, bureau=bureau), reverse("officers:officer", args=[bureau.code, code])
    if form.is_valid() and tried(form, actions.relate, by=request.user, officer=one, **form.cleaned_data):
        messages.success(request, _("Noted: neither will score, verify, approve or hear the other."))
        return redirect(back)
    return form_page(request, bureau, form, _("Relations of %(name)s") % {"name": one.name}, back, submit="")


@act(PERSONNEL)
def unrelate(request, bureau, code, relative):
    """A relation that was entered by mistake."""
    relation = get_object_or_404(Relation, officer__bureau=bureau, officer__code=code, relative__username=relative)
    form, back = WhyForm(request.POST), reverse("officers:officer", args=[bureau.code, code])
    if form.is_valid():
        actions.unrelate(by=request.user, relation=relation, why=form.cleaned_data["why"])
        messages.success(request, _("The relation is taken back."))
        return redirect(back)
    return form_page(request, bureau, form, _("Take back a relation"), back, adverse=True)


@page(*BUREAU)
def leaders(request, bureau):
    """Bureau leaders with the community each is paired with today."""
    today = clock.today()
    paired = {}
    for pairing in pairings_in(bureau, today, today):
        paired.setdefault(pairing.leader_id, []).append(pairing.community)
    rows = list(Leader.objects.filter(bureau=bureau).select_related("account").order_by("code"))
    for one in rows:
        one.paired = paired.get(one.pk, [])
    if request.GET.get("format") == "csv":
        lines = ((one.code, one.name, "|".join(place.code for place in one.paired)) for one in rows)
        return csv_answer(f"leaders-{bureau.code}", ("leader", "name", "community"), lines)
    context = {"page": page_of(request, rows), "may_edit": request.user.role == PERSONNEL}
    return render(request, "officers/leaders.html", {**context, "crumbs": crumbs_of(bureau)})


@both(PERSONNEL)
def add_leader(request, bureau):
    """A new leader."""
    form = LeaderForm(request.POST or None, bureau=bureau)
    if request.method == "POST" and form.is_valid():
        made = tried(form, actions.add_leader, by=request.user, bureau=bureau, **form.cleaned_data)
        if made:
            messages.success(request, _("%(name)s is entered.") % {"name": made.name})
            return redirect("officers:leaders", bureau.code)
    return form_page(request, bureau, form, _("Add a leader"), reverse("officers:leaders", args=[bureau.code]))


def day_of(text):
    """A date in an address; 404 for what is none."""
    from django.http import Http404

    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise Http404 from wrong
