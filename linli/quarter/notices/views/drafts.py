"""A circular before it is issued: drafted, edited, names added and left out, then numbered by the secretary."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import act, both, page
from linli.ground.accounts.roles import PERSONNEL, SECRETARY
from linli.ground.trail.actions import record
from linli.quarter.decisions.models import Decision, Proposal
from linli.quarter.notices import actions, forms, paper, queries
from linli.quarter.notices.models import Notice
from linli.quarter.notices.views.papers import address, heading, way, word


def _draft(bureau, period, officer, kind):
    found = Notice.objects.select_related("bureau", "cycle", "officer", "community__station", "decision__proposal")
    return get_object_or_404(
        found, bureau=bureau, state=Notice.State.DRAFT, cycle__period=period, officer__code=officer,
        decision__proposal__kind=kind,
    )  # fmt: skip


@act(PERSONNEL)
def new(request, bureau, period, officer, kind):
    """Draft the circular of an approved decision."""
    proposal = Proposal.objects.filter(
        cycle__bureau=bureau, cycle__period=period, officer__code=officer, kind=kind, state=Proposal.State.DECIDED
    ).order_by("-pk")  # fmt: skip
    decision = Decision.objects.select_related("proposal__cycle__bureau").filter(proposal__in=proposal[:1]).first()
    if decision is None:
        raise Http404
    made = actions.draft(by=request.user, decision=decision)
    messages.success(request, _("Drafted. It names whoever is paired with the community."))
    return redirect(address(made))


@page(PERSONNEL, SECRETARY)
def draft(request, bureau, period, officer, kind):
    """The draft as paper, with what may still be changed."""
    notice = _draft(bureau, period, officer, kind)
    record(by=request.user, action="file.read", subject=f"officer:{officer}", bureau=bureau, what="draft circular")
    leaders, offices = queries.due_names(notice)
    names = [
        {"code": code, "name": name, "paired": code in leaders + offices,
         "url": address(notice, "leave_out") + f"?code={code}"}
        for code, name in notice.leaders + notice.offices
    ]  # fmt: skip
    context = {
        "bureau": bureau, "notice": notice, "recipients": queries.recipients(notice), "crumbs": way(bureau),
        "names": names, "is_writer": request.user.role == PERSONNEL,
        "url": {name: address(notice, name) for name in ("edit", "name_also", "drop", "issue", "draft_docx")},
    }  # fmt: skip
    return render(request, "notices/draft.html", context)


@both(PERSONNEL)
def edit(request, bureau, period, officer, kind):
    """Change title, opening and demands."""
    notice = _draft(bureau, period, officer, kind)
    first = {"version": notice.version, "title": notice.title}
    first |= {part: paper.text_of(notice.paragraphs, part) for part in paper.FREE}

    def act(said):
        paragraphs = paper.rewritten(notice.paragraphs, said["opening"], said["demands"])
        actions.edit(
            by=request.user, notice=notice, title=said["title"], paragraphs=paragraphs, version=said["version"]
        )

    return _asked(request, notice, forms.Edit, first, _("Edit the draft"), act, submit="")


@both(PERSONNEL)
def name_also(request, bureau, period, officer, kind):
    """Name somebody else too."""
    notice = _draft(bureau, period, officer, kind)

    def act(said):
        actions.name_also(by=request.user, notice=notice, **said)

    def form(*sent, **more):
        return forms.NameAlso(notice, *sent, **more)

    return _asked(request, notice, form, {"version": notice.version}, _("Name somebody else too"), act)


@both(PERSONNEL)
def leave_out(request, bureau, period, officer, kind):
    """Take off a name that is not paired."""
    notice, code = _draft(bureau, period, officer, kind), request.GET.get("code", "")

    def act(said):
        actions.leave_out(by=request.user, notice=notice, code=code, **said)

    title = _("Leave %(name)s out") % {"name": dict(notice.leaders + notice.offices).get(code, code)}
    lede = _("Whoever is paired with the community cannot be left out (rule R-43). The reason stays.")
    return _asked(request, notice, forms.LeaveOut, {"version": notice.version}, title, act, lede=lede)


@both(PERSONNEL)
def drop(request, bureau, period, officer, kind):
    """Give the draft up."""
    notice = _draft(bureau, period, officer, kind)

    def act(said):
        actions.drop(by=request.user, notice=notice, **said)

    back = way(bureau)[0]["url"]
    return _asked(request, notice, forms.Drop, {}, _("Drop the draft"), act, adverse=True, led_to=back)


@both(SECRETARY)
def issue(request, bureau, period, officer, kind):
    """Number it and issue it: from then on it is never changed."""
    notice = _draft(bureau, period, officer, kind)

    def act(said):
        actions.issue(by=request.user, notice=notice, **said)

    lede = _("It goes to the officer, the station, the offices and leaders it names. It is never changed afterwards.")
    return _asked(request, notice, forms.Issue, {"version": notice.version}, _("Issue the circular"), act, lede=lede)


@page(PERSONNEL, SECRETARY)
def document(request, bureau, period, officer, kind):
    """The draft in Word, for signature."""
    notice = _draft(bureau, period, officer, kind)
    record(by=request.user, action="file.read", subject=f"officer:{officer}", bureau=bureau, what="draft circular")
    return word(request, notice, f"draft-{period}-{officer}-{kind}")


def _asked(request, notice, form_class, first, title, act, **more):
    form = form_class(request.POST) if request.method == "POST" else form_class(initial=first)
    back = address(notice)
    if request.method == "POST" and form.is_valid():
        act(form.cleaned_data)
        messages.success(request, _("Done."))
        return redirect(more.get("led_to") or address(notice))
    context = {
        "bureau": request.bureau, "form": form, "heading": title, "lede": heading(notice), "cancel_url": back,
        "submit": title, "crumbs": way(request.bureau, (back, _("Draft"))), **more,
    }  # fmt: skip
    return render(request, "form_page.html", context)
