"""Opening and closing accounts, and letting somebody in again who has lost the way: the administrator's part."""

import re

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.utils import reset as forget_failures
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from linli.ground.accounts.models import User
from linli.ground.accounts.roles import NO_BUREAU, Role
from linli.ground.trail import clock
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import NotAllowed, Refused

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
PROGRAM = "linli"  # the name the program itself signs the trail with: nobody's account may bear it
NEEDS_OFFICE = (Role.STATION, Role.DEPARTMENT)


@action
def open_account(
    *, by, username, password, role, bureau=None, office=None, community=None, scope=None, display_name="",
    must_change=False,
):  # fmt: skip
    """A new ``User``. An account has one role, and stands in one bureau or above all of them.

    must_change: the password was chosen by somebody else, and its owner must choose another at the first login.
    """
    _administrator(by)
    _check_name(username)
    _check_place(Role(role), bureau, office, community, scope)
    user = User(username=username, role=role, bureau=bureau, office=office, community=community, scope=scope)
    user.display_name, user.date_joined = display_name.strip(), clock.now()
    user.password_handed = must_change
    _give(user, password)
    user.save(force_insert=True)
    _left(by, "accounts.open", user, role=str(user.role), office=getattr(office, "code", ""))
    return user


@action
def close_account(*, by, user, why):
    """Nobody can log in with it any more, and whoever is in is out. It is never deleted: what it did stays its own."""
    _administrator(by)
    why = _said(why)
    if getattr(by, "pk", None) == user.pk:
        raise Refused(
            _("This is your own account."), _("Ask another administrator: the last one must not lock the door.")
        )
    if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        raise Refused(_("This account is closed already."))
    user.refresh_from_db()
    _left(by, "accounts.close", user, why, sessions=_end_sessions(user))
    return user


@action
def reopen_account(*, by, user, why):
    """The account may log in again, with the password it had."""
    _administrator(by)
    why = _said(why)
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        raise Refused(_("This account is open already."))
    user.refresh_from_db()
    _left(by, "accounts.reopen", user, why)
    return user


@action
def set_password(*, by, user, password):
    """A password the administrator hands over. Every session ends, and its owner must choose another at first login."""
    _administrator(by)
    _give(user, password)
    user.password_handed = by != PROGRAM
    user.save(update_fields=["password", "password_handed"])
    _left(by, "accounts.set_password", user, sessions=_end_sessions(user))
    return user


@action
def choose_password(*, by, password):
    """One's own password, chosen by oneself."""
    _give(by, password)
    by.password_handed = False
    by.save(update_fields=["password", "password_handed"])
    _left(by, "accounts.choose_password", by)
    return by


@action
def reset_second_factor(*, by, user, why):
    """Takes away app codes, passkeys and recovery codes of somebody who lost them; every session ends."""
    _administrator(by)
    why = _said(why)
    kinds = sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    if not kinds:
        raise Refused(_("This account has no second factor."))
    Authenticator.objects.filter(user=user).delete()
    _left(by, "accounts.reset_second_factor", user, why, kinds=kinds, sessions=_end_sessions(user))
    return user


@action
def unlock(*, by, user):
    """Forgets the failed logins of an account, so that it need not wait for the end of its lock."""
    _administrator(by)
    forgotten = forget_failures(username=user.username)
    _left(by, "accounts.unlock", user, forgotten=forgotten)
    return forgotten


@action
def note_login(*, by, address, before=None):
    """Keeps where and when this login was, and shows its owner the one before. before: the last login's moment."""
    by.seen_login_at, by.seen_login_from = before, by.last_login_from if before else ""
    by.last_login, by.last_login_from = clock.now(), address[:64]
    by.save(update_fields=["seen_login_at", "seen_login_from", "last_login", "last_login_from"])
    _left(by, "accounts.login", by, address=address)


@action
def note_failed_login(*, by, user, address, locked):
    """Somebody gave a wrong password for an account that exists. by: "linli"; locked: no more tries for a while."""
    _left(by, "accounts.locked" if locked else "accounts.login_failed", user, address=address)


def _administrator(by):
    if by != PROGRAM and getattr(by, "role", None) != Role.ADMINISTRATOR:
        raise NotAllowed(_("Only an administrator may do this."))


def _said(why):
    why = (why or "").strip()
    if not why:
        raise Refused(_("The reason is missing."), _("Say in a sentence why; it is kept in the trail."))
    return why


def _check_name(username):
    if not NAME.fullmatch(username or "") or username == PROGRAM:
        raise Refused(
            _("This user name cannot be used."),
            _("Small letters, digits, dots, hyphens and underscores; it begins with a letter or a digit."),
        )
    if User.objects.filter(username__iexact=username).exists():
        raise Refused(_("There is an account of this name already."), _("Choose another name, or reopen the old one."))


def _check_place(role, bureau, office, community, scope):
    """One bureau for everybody who works in one; nothing but a place for a province; nothing for those above."""
    wrong = None
    if role in NO_BUREAU and (bureau or office or community):
        wrong = _("An account of this role stands in no bureau.")
    elif role not in NO_BUREAU and bureau is None:
        wrong = _("An account of this role needs a bureau.")
    elif (scope is not None) != (role == Role.PROVINCE):
        wrong = _("A province viewer, and nobody else, needs the place that may be seen.")
    elif role in NEEDS_OFFICE and office is None:
        wrong = _("An account of this role needs its office.")
    elif (community is not None) != (role == Role.CADRE):
        wrong = _("A community cadre, and nobody else, needs a community.")
    elif any(part is not None and part.bureau_id != bureau.pk for part in (office, community)):
        wrong = _("The office or community is another bureau's.")
    if wrong:
        raise Refused(wrong, _("Correct the role or what goes with it."))


def _give(user, password):
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise Refused(" ".join(weak.messages), _("Choose a longer password that nobody would guess.")) from None
    user.set_password(password)


def _end_sessions(user):
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)


def _left(by, verb, user, why="", **facts):
    record(by=by, action=verb, subject=f"account:{user.username}", why=why, bureau=user.bureau, **facts)
