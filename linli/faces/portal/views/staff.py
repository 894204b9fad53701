"""What staff write for residents: an officer's own card, and bulletins. These pages have the desk's frame."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.faces.portal import actions
from linli.faces.portal.forms import BulletinForm, CardForm
from linli.faces.portal.models import Bulletin, OfficerCard
from linli.faces.portal.queries import PARTS, WRITERS, of_writer, own_communities, speaks_for
from linli.ground.accounts.doors import act, both, page
from linli.ground.accounts.roles import OFFICER, PERSONNEL
from linli.ground.officers.queries import officer_of
from linli.ground.trail import clock
from linli.ground.trail.language import reader, told
from linli.ground.trail.listed import csv_answer, minute, page_of
from linli.ground.trail.refusals import tried


@both(OFFICER)
def my_card(request, bureau):
    """The officer's own card; it is shown at once."""
    officer = officer_of(request.user)
    if officer is None:
        raise PermissionDenied("no officer")
    there = OfficerCard.objects.filter(officer=officer).first()
    initial = {name: getattr(there, name, "") for name in ("hours", "phone", "room")}
    form = CardForm(
        request.POST or None, request.FILES or None, initial=initial | {"version": getattr(there, "version", 0)}
    )
    if request.method == "POST" and form.is_valid():
        written = tried(form, actions.write_card, by=request.user, officer=officer, **form.cleaned_data)
        if written:
            messages.success(request, _("Your card is on show."))
            return redirect("portal:my_card", bureau.code)
    context = {"form": form, "there": there, "held": _held(request.user, bureau), "crumbs": _crumbs(bureau)}
    return render(request, "portal/staff/card.html", context)


def _held(user, bureau):
    return bureau.communities.filter(pk__in=own_communities(user)).order_by("code")


@page(*WRITERS)
def posted(request, bureau):
    """Bulletins that this account may change, newest first."""
    rows = of_writer(request.user, bureau)
    state = request.GET.get("state", "")
    if state in ("shown", "withdrawn"):
        rows = rows.filter(withdrawn_at__isnull=state == "shown")
    if request.GET.get("format") == "csv":
        header = ("number", "community", "title", "published", "until", "withdrawn", "by")
        lines = (
            (one.number, one.community.code if one.community else "", told(one.title, reader()),
             minute(one.published_at), one.until, minute(one.withdrawn_at), one.by)
            for one in rows
        )  # fmt: skip
        return csv_answer(f"bulletins-{bureau.code}", header, lines)
    shown = page_of(request, rows)
    for one in shown.object_list:
        one.called = told(one.title, reader())
    context = {"page": shown, "state": state, "today": clock.today()}
    return render(request, "portal/staff/bulletins.html", context)


@both(*WRITERS)
def publish(request, bureau):
    """A new bulletin; it is shown at once."""
    own = None if request.user.role == PERSONNEL else own_communities(request.user)
    form = BulletinForm(request.POST or None, bureau=bureau, own=own)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = tried(
            form, actions.publish, by=request.user, bureau=bureau, community=said["community"], until=said["until"],
            **form.texts(),
        )  # fmt: skip
        if made:
            messages.success(request, _("Bulletin %(number)s is on show.") % {"number": made.number})
            return redirect("portal:posted", bureau.code)
    return _form_page(request, bureau, form, _("New bulletin"), _("Publish"))


@both(*WRITERS)
def change(request, bureau, number):
    """The words of a bulletin put right."""
    one = _mine(request.user, bureau, number)
    texts = {part: getattr(one, part).get("zh_Hant", "") for part in PARTS}
    texts |= {f"{part}_en": getattr(one, part).get("en", "") for part in PARTS}
    initial = texts | {"until": one.until, "version": one.version}
    form = BulletinForm(request.POST or None, bureau=bureau, fixed=True, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        changed = tried(
            form, actions.change, by=request.user, bulletin=one, until=said["until"], version=said["version"] or 0,
            **form.texts(),
        )  # fmt: skip
        if changed:
            messages.success(request, _("Bulletin %(number)s is changed.") % {"number": one.number})
            return redirect("portal:posted", bureau.code)
    title = _("Bulletin %(number)s") % {"number": one.number}
    return _form_page(request, bureau, form, title, _("Save"), one)


@act(*WRITERS)
def withdraw(request, bureau, number):
    """Takes a bulletin off the residents' pages."""
    one = _mine(request.user, bureau, number)
    actions.withdraw(by=request.user, bulletin=one, why=request.POST.get("why", ""))
    messages.success(request, _("Bulletin %(number)s is withdrawn.") % {"number": one.number})
    return redirect("portal:posted", bureau.code)


def _mine(user, bureau, number):
    one = get_object_or_404(Bulletin.objects.select_related("bureau", "community"), bureau=bureau, number=number)
    if not speaks_for(user, one.community):
        raise PermissionDenied("another community")
    return one


def _crumbs(bureau):
    return [{"url": reverse("portal:home", args=[bureau.code]), "label": _("Residents' pages")}]


def _form_page(request, bureau, form, heading, submit, one=None):
    back = reverse("portal:posted", args=[bureau.code])
    context = {"form": form, "heading": heading, "submit": submit, "cancel_url": back, "bulletin": one}
    context["crumbs"] = [{"url": back, "label": _("Bulletins")}]
    return render(request, "portal/staff/bulletin.html", context)
