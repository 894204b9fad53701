"""Clarifications and objections: sending one, the list with its deadlines, the thread, the answer."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import act, both, page
from linli.ground.accounts.roles import LEADER, OFFICER, PERSONNEL, SECRETARY, SUPERVISION
from linli.ground.officers.queries import officer_of
from linli.ground.places.models import Community
from linli.ground.trail import clock
from linli.ground.trail.actions import record
from linli.quarter.appraisal import actions
from linli.quarter.appraisal.forms import Answer, Figures, Send, Why
from linli.quarter.appraisal.independence import ANSWERING, answerers, communities, hindrance, may_read
from linli.quarter.appraisal.models import Cycle, Objection
from linli.quarter.appraisal.queries import objections_of
from linli.quarter.appraisal.views.around import Column, as_csv, crumbs, cycle_of, table
from linli.quarter.appraisal.wording import KINDS, OUTCOME_TAGS, OUTCOMES, day, period_name, words
from linli.quarter.indicators.queries import latest, parsed


def _url(name, cycle, *more):
    return reverse(f"appraisal:{name}", args=[cycle.bureau.code, cycle.period, *more])


def _thread(objection):
    return _url("objection", objection.cycle, objection.officer.code, objection.number)


def rates_of(cycle):
    """(id, name) of the scheme's rates."""
    said = words()
    return [(rate.id, said.rate(rate)) for rate in parsed(cycle.scheme).rates]


@page(OFFICER, PERSONNEL, SUPERVISION, LEADER, SECRETARY)
def objections(request, bureau, period):
    """What was sent and until when it is to be answered. Officers see their own; nobody reads texts here."""
    cycle, today = cycle_of(bureau, period), clock.today()
    found = objections_of(cycle)
    if request.user.role == OFFICER:
        found = found.filter(officer__account=request.user)
    state = request.GET.get("state", "")
    if state in OUTCOMES:
        found = found.filter(state=state)
    names = dict(rates_of(cycle))
    opens = request.user.role != LEADER
    columns = (
        Column("number", _("Number"), lambda o: {"text": o.reference, "url": _thread(o) if opens else ""}, _number),
        Column("officer", _("Officer"), lambda o: o.officer.name, lambda o: o.officer.code),
        Column("kind", _("Kind"), lambda o: str(KINDS[o.kind]), lambda o: o.kind),
        Column("rate", _("About"), lambda o: names.get(o.rate, o.rate) or _("the whole score"), lambda o: o.rate),
        Column("sent", _("Sent"), lambda o: day(o.sent_at), lambda o: o.sent_at),
        Column("due", _("Answer due"), lambda o: _due(o), lambda o: o.due_on),
        Column("state", _("State"), lambda o: _state(o, today), lambda o: o.state),
    )
    shown = table(request, columns, list(found))
    if request.GET.get("format") == "csv":
        return as_csv(f"objections-{bureau.code}-{period}", shown)
    context = {"cycle": cycle, "bureau": bureau, "name": period_name(period), "crumbs": crumbs(bureau, cycle)}
    context |= {"table": shown, "states": OUTCOMES.items(), "state": state}
    context["send"] = _url("send", cycle) if request.user.role == OFFICER and _may_send(cycle) else ""
    return render(request, "appraisal/objections.html", context)


def _number(objection):
    return objection.officer.code, objection.number


def _due(objection):
    return {"text": day(objection.due_on), "note": _("extended")} if objection.extended else day(objection.due_on)


def _state(objection, today):
    if objection.state == Objection.State.WAITING and objection.due_on < today:
        return {"text": _("answer overdue"), "tag": "late"}
    return {"text": str(OUTCOMES[objection.state]), "tag": OUTCOME_TAGS[objection.state] or "ahead"}


def _may_send(cycle):
    return cycle.state not in (Cycle.State.OPEN, Cycle.State.PUBLISHED)


@both(OFFICER)
def send(request, bureau, period):
    """The officer's form; ``?from=`` names a clarification that the objection grows out of, ``?rate=`` a rate."""
    cycle, officer = cycle_of(bureau, period), officer_of(request.user)
    if officer is None:
        raise PermissionDenied("no officer")
    grows_from = None
    asked = request.GET.get("from", "")
    if asked.isdecimal():
        mine = objections_of(cycle).filter(officer=officer, kind=Objection.Kind.CLARIFICATION)
        grows_from = get_object_or_404(mine, number=asked)
    first = {"kind": "objection" if grows_from else "", "rate": grows_from.rate if grows_from else ""}
    first["rate"] = first["rate"] or request.GET.get("rate", "")
    may_object = cycle.state == Cycle.State.NOTICED
    form = Send(request.POST or None, initial=first, rates=rates_of(cycle), may_object=may_object)
    if request.method == "POST" and form.is_valid():
        made = actions.send_objection(
            by=request.user, cycle=cycle, officer=officer, from_clarification=grows_from, **form.cleaned_data
        )
        messages.success(request, _("Sent. The answer is due on %(day)s.") % {"day": day(made.due_on)})
        return redirect(_thread(made))
    way = crumbs(bureau, cycle, (_url("objections", cycle), _("Objections")))
    context = {"cycle": cycle, "bureau": bureau, "form": form, "crumbs": way, "until": day(cycle.objections_until)}
    context |= {"grows_from": grows_from, "may_send": _may_send(cycle), "cancel_url": _url("objections", cycle)}
    return render(request, "appraisal/send.html", context)


def _one(request, bureau, period, officer, number):
    """The objection of the address: an officer's own, or one that the office has to do with."""
    cycle = cycle_of(bureau, period)
    found = get_object_or_404(objections_of(cycle), officer__code=officer, number=number)
    found.cycle = cycle
    if request.user.role == OFFICER and found.officer.account_id != request.user.pk:
        raise PermissionDenied("own")
    return found


def _way(objection, *more):
    cycle = objection.cycle
    return crumbs(cycle.bureau, cycle, (_url("objections", cycle), _("Objections")), *more)


@page(OFFICER, PERSONNEL, SUPERVISION, SECRETARY)
def objection(request, bureau, period, officer, number):
    """One thread: what was sent, what was answered, what may be done now. The texts are read by few."""
    found, user = _one(request, bureau, period, officer, number), request.user
    own, waiting = found.officer.account_id == user.pk, found.state == Objection.State.WAITING
    reads = may_read(user, found)
    if reads and not own:
        record(by=user, action="file.read", subject=f"officer:{found.officer.code}", bureau=bureau,
               what=f"objection:{found.reference}")  # fmt: skip
    answering = user.role in ANSWERING and waiting
    stands_in_the_way = hindrance(user, found) if answering else ""
    today = clock.today()
    context = {
        "objection": found,
        "bureau": bureau,
        "cycle": found.cycle,
        "crumbs": _way(found),
        "reads": reads,
        "own": own,
        "kind": KINDS[found.kind],
        "rate": dict(rates_of(found.cycle)).get(found.rate, ""),
        "outcome": _state(found, today),
        "waiting": waiting,
        "overdue": waiting and found.due_on < today,
        "sent": day(found.sent_at),
        "due": day(found.due_on),
        "answered": day(found.answered_at),
        "became": found.became.first(),
        "answers": answering and not stands_in_the_way,
        "hindrance": stands_in_the_way,
        "answerers": answerers(found) if answering else [],
        "may_extend": answering and not found.extended and today <= found.due_on,
        "why": Why(auto_id="extend_%s"),
        "stand_back": Why(auto_id="recuse_%s"),
    }
    grows = own and found.kind == Objection.Kind.CLARIFICATION and found.state in ("answered", "waiting")
    context["grows"] = grows and found.cycle.state == Cycle.State.NOTICED and context["became"] is None
    return render(request, "appraisal/objection.html", context)


@act(OFFICER)
def withdraw(request, bureau, period, officer, number):
    """The officer takes it back."""
    found = _one(request, bureau, period, officer, number)
    actions.withdraw_objection(by=request.user, objection=found)
    messages.success(request, _("Taken back. Nothing follows from that."))
    return redirect(_thread(found))


@act(*ANSWERING)
def extend(request, bureau, period, officer, number):
    """Five working days more."""
    found = _one(request, bureau, period, officer, number)
    found = actions.extend(by=request.user, objection=found, why=request.POST.get("why", ""))
    messages.success(request, _("The answer is now due on %(day)s.") % {"day": day(found.due_on)})
    return redirect(_thread(found))


@act(*ANSWERING)
def recuse(request, bureau, period, officer, number):
    """Stepping back from an objection."""
    found = _one(request, bureau, period, officer, number)
    actions.recuse(by=request.user, objection=found, why=request.POST.get("why", ""))
    messages.success(request, _("You have stepped back; somebody else answers."))
    return redirect(_thread(found))


@both(*ANSWERING)
def answer(request, bureau, period, officer, number):
    """The answer, and where it upholds the objection the figures as they have to be."""
    found = _one(request, bureau, period, officer, number)
    stands_in_the_way = hindrance(request.user, found)
    if stands_in_the_way and found.state == Objection.State.WAITING:
        raise PermissionDenied(stands_in_the_way)
    if not may_read(request.user, found):
        raise PermissionDenied("answered")
    form = Answer(request.POST or None, kind=found.kind)
    figures = _figures(request, found) if found.kind == Objection.Kind.OBJECTION else []
    if request.method == "POST" and all([form.is_valid(), *(one.is_valid() for one in figures)]):
        changes = {key: change for one in figures for key, change in one.changes.items()}
        actions.answer(by=request.user, objection=found, changes=changes, **form.cleaned_data)
        messages.success(request, _("Answered. The officer reads it at once."))
        return redirect(_thread(found))
    if request.method == "GET":
        record(by=request.user, action="file.read", subject=f"officer:{found.officer.code}", bureau=bureau,
               what=f"objection:{found.reference}")  # fmt: skip
    context = {"objection": found, "bureau": bureau, "form": form, "figures": figures}
    context |= {"crumbs": _way(found, (_thread(found), found.reference)), "cancel_url": _thread(found)}
    return render(request, "appraisal/answer.html", context)


def _figures(request, objection):
    """A form of figures for each community of the officer."""
    cycle = objection.cycle
    revision = latest(cycle.bureau, cycle.period)
    values, rates = list(revision.values.all()), rates_of(cycle)
    places = Community.objects.filter(bureau=cycle.bureau, code__in=communities(objection)).order_by("code")
    found = []
    for place in places:
        about = {"community": place.code, "rates": rates, "values": values, "revision": revision.number}
        form = Figures(request.POST or None, prefix=place.code, **about)
        form.name = place.name
        found.append(form)
    return found
