"""Pages of accounts: the administrator's list and cards, one's own page, and what a closed door says."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from linli.ground.accounts import actions, queries
from linli.ground.accounts.doors import act, both, page
from linli.ground.accounts.forms import Filter, NewPassword, Opening, Why
from linli.ground.accounts.models import User
from linli.ground.accounts.roles import ADMINISTRATOR, EVERYBODY
from linli.ground.trail.actions import record
from linli.ground.trail.listed import csv_answer, minute, page_of
from linli.ground.trail.refusals import Refused

HEADER = ("username", "name", "role", "bureau", "office", "state", "second_factor", "last_login")


def refused(request, exception=None):
    """403: said kindly, and left in the trail with who tried what."""
    if request.user.is_authenticated:
        bureau = request.user.bureau
        record(by=request.user, action="door.refused", subject=request.path, why=str(exception or ""), bureau=bureau)
    return render(request, "403.html", status=403)


@page(ADMINISTRATOR)
def index(request):
    """Every account; with ?format=csv as a file."""
    form = Filter(request.GET)
    form.is_valid()
    asked = {name: form.cleaned_data.get(name) or "" for name in form.fields}
    found = queries.accounts(**asked, sort=request.GET.get("sort", ""))
    if request.GET.get("format") == "csv":
        return csv_answer("accounts", HEADER, map(_row, found.iterator()))
    shown = page_of(request, found)
    context = {"form": form, "page": shown, "accounts": shown.object_list, "locked": queries.locked_out()}
    return render(request, "accounts/index.html", context)


def _row(user):
    return (
        *(user.username, user.display_name, user.role, getattr(user.bureau, "code", ""), user.office or ""),
        *("open" if user.is_active else "closed", int(user.has_second_factor), minute(user.last_login)),
    )


@both(ADMINISTRATOR)
def opening(request):
    """A new account."""
    form = Opening(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.open_account(by=request.user, must_change=True, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, f"{refusal.message} {refusal.remedy}")
        else:
            messages.success(request, _("The account %(name)s is open.") % {"name": user.username})
            return redirect("accounts:one", user.username)
    return render(request, "accounts/new.html", {"form": form}, status=400 if form.errors else 200)


@page(ADMINISTRATOR)
def one(request, username):
    """One account and what may be done with it."""
    user = _found(username)
    context = {
        "account": user,
        "factors": queries.second_factors(user),
        "is_locked": user.username in queries.locked_out(),
        "why_form": Why(auto_id="id_state_%s"),
        "factor_form": Why(auto_id="id_factor_%s"),
        "password_form": NewPassword(),
    }
    return render(request, "accounts/one.html", context)


def _found(username):
    return get_object_or_404(User.objects.select_related("bureau", "office", "community", "scope"), username=username)


@act(ADMINISTRATOR)
def close(request, username):
    """Closes an account, with a reason."""
    actions.close_account(by=request.user, user=_found(username), why=request.POST.get("why", "")[:300])
    return _done(request, username, _("The account %(name)s is closed, and its sessions have ended."))


@act(ADMINISTRATOR)
def reopen(request, username):
    """Opens a closed account again, with a reason."""
    actions.reopen_account(by=request.user, user=_found(username), why=request.POST.get("why", "")[:300])
    return _done(request, username, _("The account %(name)s is open again."))


@act(ADMINISTRATOR)
def password(request, username):
    """Sets a password to be handed over."""
    actions.set_password(by=request.user, user=_found(username), password=request.POST.get("password", "")[:128])
    return _done(request, username, _("%(name)s has a new password and must choose another at the next login."))


@act(ADMINISTRATOR)
def second_factor(request, username):
    """Takes a lost second factor away, with a reason."""
    actions.reset_second_factor(by=request.user, user=_found(username), why=request.POST.get("why", "")[:300])
    return _done(request, username, _("The second factor of %(name)s is gone; a new one can be set up."))


@act(ADMINISTRATOR)
def unlock(request, username):
    """Lets somebody try again at once who has failed too often."""
    actions.unlock(by=request.user, user=_found(username))
    return _done(request, username, _("%(name)s may log in again at once."))


def _done(request, username, said):
    messages.success(request, said % {"name": username})
    return redirect("accounts:one", username)


@page(*EVERYBODY)
def mine(request):
    """One's own account: who one is here, the login before this one, and where to change what protects it."""
    context = {"account": _found(request.user.username), "factors": queries.second_factors(request.user)}
    return render(request, "accounts/mine.html", context)
