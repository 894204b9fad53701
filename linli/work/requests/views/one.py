"""One request: what it says, where it stands, what may be done with it; its photo, its contact, and every step."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.ground.accounts.doors import act, page
from linli.ground.accounts.models import User
from linli.ground.accounts.roles import CADRE, DEPARTMENT, OFFICER, STATION
from linli.ground.trail import clock
from linli.ground.trail.actions import record
from linli.ground.trail.encrypted import lock
from linli.ground.trail.refusals import tried
from linli.work.requests import actions, forms, queries, terms
from linli.work.requests.kinds import KINDS
from linli.work.requests.models import Request
from linli.work.requests.rights import LOCAL, may_do, may_read, may_read_contact
from linli.work.requests.states import FRESH, STEP_NAMES, STEPS
from linli.work.requests.views.frame import READERS, crumbs, short
from linli.work.requests.wording import CHANNELS, kind_name, state_cell, times_reopened

ASKED = {  # step -> (its form, what its button says), in the order in which a page shows them
    "acknowledge": (forms.AcknowledgeForm, gettext_lazy("Acknowledge")),
    "take": (forms.TakeForm, gettext_lazy("Take it")),
    "visit": (forms.VisitForm, gettext_lazy("Note a visit")),
    "solve": (forms.SolveForm, gettext_lazy("Mark as solved")),
    "hand_on": (forms.HandOnForm, gettext_lazy("Hand on")),
    "take_back": (forms.TakeBackForm, gettext_lazy("Take back")),
    "merge": (forms.MergeForm, gettext_lazy("Merge")),
    "place": (forms.PlaceForm, gettext_lazy("Put into a community")),
    "decline": (forms.DeclineForm, gettext_lazy("Decline")),
    "close": (forms.CloseForm, gettext_lazy("Close without solving")),
    "reopen": (forms.WhyForm, gettext_lazy("Reopen")),
}
ADVERSE = ("decline", "close")


def row_of(user, bureau, number):
    """The request with that number, if this user may read its words."""
    linked = ("bureau", "community", "office", "merged_into", "photo")
    rows = Request.objects.select_related(*linked).defer("photo__locked")
    row = get_object_or_404(rows, bureau=bureau, public_id=number)
    if not may_read(user, row):
        raise PermissionDenied("request")
    return row


@page(*READERS)
def one(request, bureau, number):
    """One request."""
    return _shown(request, bureau, row_of(request.user, bureau, number))


def _shown(request, bureau, row, bound=None, status=200):
    user = request.user
    others = queries.near(row, among=queries.visible(user, bureau)) if user.role in LOCAL else []
    today = clock.today()
    context = {
        "row": row, "kind": kind_name(row.kind), "state": state_cell(row, today), "again": times_reopened(row),
        "channel": CHANNELS[row.channel], "number": short(row.public_id), "crumbs": crumbs(bureau),
        "steps": _steps(row, user), "forms": list(_forms(user, row, others, bound or {})),
        "near": [_neighbour(bureau, other) for other in others],
        "merged": [{"number": short(m.public_id), "url": _url(bureau, m)} for m in queries.merged_into(row)],
        "may_read_contact": bool(row.contact) and may_read_contact(user, row),
        "not_ours": not_ours(user, row),
        "has_photo": hasattr(row, "photo"), "near_metres": terms.NEAR_METRES, "near_days": terms.NEAR_DAYS,
    }  # fmt: skip
    if row.merged_into:
        context["into"] = {"number": short(row.merged_into.public_id), "url": _url(bureau, row.merged_into)}
    return render(request, "requests/one.html", context, status=status)


def not_ours(user, row):
    """Whether this is somebody else's work, and nobody has it yet whose it is."""
    elsewhere = row.kind in KINDS and not KINDS[row.kind].police
    return elsewhere and row.state in (*FRESH, "acknowledged") and user.role in LOCAL


def _url(bureau, row):
    return reverse("requests:one", args=[bureau.code, row.public_id])


def _steps(row, user):
    """What was done. Whoever is no staff reads what the sender reads, and no word between colleagues."""
    steps = list(queries.steps_of(row))
    people = User.objects.filter(username__in={step.by for step in steps})
    names = {person.username: person.get_full_name() for person in people}
    others = {"resident": _("the sender"), "linli": _("Linli"), "open311": _("Open311")}
    for step in steps:
        step.named = STEP_NAMES.get(step.step, step.step)
        step.person = names.get(step.by) or others.get(step.by, step.by)
        said = getattr(step, "said", None)
        step.words = said if said and (said.to_sender or user.role != CADRE) else None
    return steps


def _forms(user, row, others, bound):
    """Forms of the steps that this user may take now; the first is open."""
    route = queries.route_for(row) if row.is_open and user.role in (*LOCAL, DEPARTMENT) else None
    if route and route.office_id in (row.office_id, user.office_id):
        route = None  # it is there already
    for name, (form_class, label) in ASKED.items():
        if row.state not in STEPS[name][0] or not may_do(user, row, name) or (name == "merge" and not others):
            continue
        if name == "reopen" and row.erased_at:
            continue
        initial = {"to": route.office.code, "why": ""} if name == "hand_on" and route else {}
        form = bound.get(name) or form_class(row=row, others=others, initial=initial, prefix=None, auto_id=f"{name}_%s")
        url = reverse("requests:step", args=[row.bureau.code, row.public_id, name])
        hint = _("Handed to %(office)s before.") % {"office": route.office} if initial else ""
        yield {
            "name": name, "label": label, "form": form, "url": url, "hint": hint, "adverse": name in ADVERSE,
            "open": name in bound or (name == "hand_on" and (bool(initial) or not_ours(user, row))),
        }  # fmt: skip


def _neighbour(bureau, other):
    near = _("%(metres)s m away") % {"metres": round(other.metres)} if other.metres is not None else _("same place")
    return {"number": short(other.public_id), "url": _url(bureau, other), "row": other, "near": near,
            "state": state_cell(other, clock.today())}  # fmt: skip


@act(OFFICER, STATION, DEPARTMENT)
def step(request, bureau, number, step):
    """Takes a step; a form with something to mend comes back with what was written."""
    if step not in ASKED:
        raise Http404
    row = row_of(request.user, bureau, number)
    others = queries.near(row, among=queries.visible(request.user, bureau)) if step == "merge" else []
    form = ASKED[step][0](request.POST, row=row, others=others, auto_id=f"{step}_%s")
    done = None
    if form.is_valid():
        done = tried(form, getattr(actions, step), by=request.user, request=row, **form.cleaned_data)
    if done is None:
        row.refresh_from_db()
        return _shown(request, bureau, row, {step: form})
    messages.success(request, _("Done: %(step)s.") % {"step": STEP_NAMES[step]})
    if may_read(request.user, row_again := Request.objects.select_related("community").get(pk=row.pk)):
        return redirect("requests:one", bureau=bureau.code, number=row_again.public_id)
    return redirect("requests:list", bureau=bureau.code)  # it lies with somebody else now


@page(*READERS)
def photo(request, bureau, number):
    """The picture, for those who may read the words; kept by no browser."""
    row = row_of(request.user, bureau, number)
    if not hasattr(row, "photo"):
        raise Http404
    answer = HttpResponse(lock().decrypt(bytes(row.photo.locked)), content_type="image/jpeg")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Disposition"] = 'inline; filename="photo.jpg"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@act(OFFICER, STATION, DEPARTMENT)
def contact(request, bureau, number):
    """How to reach the sender; that somebody looked stays in the trail."""
    row = row_of(request.user, bureau, number)
    if not may_read_contact(request.user, row):
        raise PermissionDenied("contact")
    record(by=request.user, action="requests.contact_read", subject=f"request:{row.public_id}", bureau=bureau)
    context = {"row": row, "number": short(row.public_id), "kind": kind_name(row.kind)}
    context["crumbs"] = crumbs(bureau, (_url(bureau, row), short(row.public_id)))
    return render(request, "requests/contact.html", context)
