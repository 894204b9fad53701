"""Officers, leaders, and who is related to whom."""

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from linli.ground.accounts.roles import Role
from linli.ground.officers.models import Leader, Officer, Relation
from linli.ground.places.ids import checked_id, checked_name, made
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import Refused

KINDS = ("spouse", "sibling", "parent", "child", "other")


@action
def add_officer(*, by, bureau, code, name, account=None):
    """A community officer; the account, if there is one, is an officer's of the same bureau and nobody else's."""
    return _add(Officer, by, bureau, code, name, account, (Role.OFFICER,), "officer")


@action
def add_leader(*, by, bureau, code, name, account=None):
    """A bureau leader; the secretary may be one."""
    return _add(Leader, by, bureau, code, name, account, (Role.LEADER, Role.SECRETARY), "leader")


def _add(model, by, bureau, code, name, account, roles, word):
    code = checked_id(code, _("a person"))
    if model.objects.filter(bureau=bureau, code__iexact=code).exists():
        raise Refused(_("The code %(code)s is already in use.") % {"code": code}, _("Choose another code."))
    if account is not None:
        _check_account(model, bureau, account, roles)
    taken = _("The code %(code)s or the account is already in use.") % {"code": code}
    name = checked_name(name, _("a person"))
    person = made(model.objects, taken, bureau=bureau, code=code, name=name, account=account)
    record(by=by, action=f"officers.add_{word}", subject=f"{word}:{code}", bureau=bureau,
           account=getattr(account, "username", None))  # fmt: skip
    return person


def _check_account(model, bureau, account, roles):
    if account.bureau_id != bureau.pk or account.role not in roles:
        raise Refused(
            _("The account %(account)s is of another bureau or another role.") % {"account": account.username},
            _("Choose an account of this bureau with the right role, or none for now."),
        )
    if model.objects.filter(account=account).exists():
        raise Refused(_("The account %(account)s is already somebody else's.") % {"account": account.username})


@action
def rename_officer(*, by, officer, name):
    """An officer's name, put right."""
    before, name = officer.name, checked_name(name, _("a person"))
    if not Officer.objects.filter(pk=officer.pk, name=before).update(name=name):
        raise Refused(_("Somebody else has just changed this name."), _("Look at it again."))
    # the trail keeps no names: that it was changed is enough
    record(by=by, action="officers.rename_officer", subject=f"officer:{officer.code}", bureau=officer.bureau)
    officer.refresh_from_db()
    return officer


@action
def give_account(*, by, officer, account):
    """The account that was opened for an officer after the entry; once given it stays (what was done stays theirs)."""
    _check_account(Officer, officer.bureau, account, (Role.OFFICER,))
    if not Officer.objects.filter(pk=officer.pk, account=None).update(account=account):
        raise Refused(_("This officer already has an account."), _("Close that account if it is not theirs."))
    record(by=by, action="officers.give_account", subject=f"officer:{officer.code}", bureau=officer.bureau,
           account=account.username)  # fmt: skip
    officer.refresh_from_db()
    return officer


@action
def relate(*, by, officer, relative, kind="spouse"):
    """An officer and another account are related: neither scores, verifies, approves or hears the other (R-61)."""
    if kind not in KINDS:
        raise Refused(_("There is no kind of relation “%(kind)s”.") % {"kind": str(kind)[:40]})
    if relative.pk == officer.account_id:
        raise Refused(_("Nobody is their own relative."), _("Everybody keeps away from their own case anyway."))
    if relative.bureau_id not in (officer.bureau_id, None):
        raise Refused(_("The account %(account)s is of another bureau.") % {"account": relative.username})
    relation, new = Relation.objects.get_or_create(officer=officer, relative=relative, defaults={"kind": kind})
    if new:
        record(by=by, action="officers.relate", subject=f"officer:{officer.code}", bureau=officer.bureau,
               relative=relative.username)  # fmt: skip
    return relation


@action
def unrelate(*, by, relation, why):
    """Takes back a relation that was entered by mistake."""
    officer, relative = relation.officer, relation.relative
    if not str(why).strip():
        raise Refused(_("Say why this relation is taken back."))
    relation.delete()
    record(by=by, action="officers.unrelate", subject=f"officer:{officer.code}", why=str(why), bureau=officer.bureau,
           relative=relative.username)  # fmt: skip


@action
def remove_officer(*, by, officer, why):
    """Takes back an officer entered by mistake; refused as soon as anything else is known of them."""
    _remove(by, officer, why, "officer")


@action
def remove_leader(*, by, leader, why):
    """Takes back a leader entered by mistake; refused as soon as anything else is known of them."""
    _remove(by, leader, why, "leader")


def _remove(by, person, why, word):
    bureau, code = person.bureau, person.code
    try:
        person.delete()
    except ProtectedError as known:
        raise Refused(
            _("Something is already known of %(code)s: the entry stays.") % {"code": code},
            _("End their post or pairing instead."),
        ) from known
    record(by=by, action=f"officers.remove_{word}", subject=f"{word}:{code}", why=str(why), bureau=bureau)
