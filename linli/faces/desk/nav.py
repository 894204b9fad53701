"""Where each role can go: the menu at the top of every page. Doors say who may enter; this only shows the way."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from linli.ground.accounts.roles import Role

HOME = ("desk:home", _("Home"))
COUNTY = ("desk:county", _("County"))
SHEET = ("indicators:sheets", _("Figures"))
RATES = ("indicators:rates", _("Rates"))
QUARTERS = ("appraisal:quarters", _("Quarters"))
DECISIONS = ("decisions:index", _("Decisions"))
MONEY = ("payments:ledger", _("Payments"))
NOTICES = ("notices:index", _("Circulars"))
OFFICERS = ("officers:posts", _("Officers"))
DAYS = ("officers:months_now", _("Leaders' days"))
PLACES = ("places:communities", _("Places"))
BOOKS = ("desk:books", _("County book"))
CLIENTS = ("api:clients", _("API"))
MENU = {
    Role.OFFICER: (HOME, ("desk:my-file", _("My file")), COUNTY, RATES, NOTICES, MONEY),
    Role.STATION: (HOME, SHEET, RATES, COUNTY, NOTICES),
    Role.DEPARTMENT: (HOME, SHEET, RATES, COUNTY, NOTICES),
    Role.PERSONNEL: (
        HOME,
        COUNTY,
        SHEET,
        QUARTERS,
        DECISIONS,
        NOTICES,
        MONEY,
        OFFICERS,
        DAYS,
        PLACES,
        RATES,
        BOOKS,
        CLIENTS,
    ),
    Role.SUPERVISION: (HOME, SHEET, QUARTERS, COUNTY, RATES, NOTICES),
    Role.LEADER: (HOME, COUNTY, QUARTERS, DECISIONS, NOTICES, MONEY, ("officers:my_days", _("My days"))),
    Role.SECRETARY: (HOME, COUNTY, QUARTERS, DECISIONS, NOTICES, MONEY, DAYS),
    Role.CADRE: (HOME, SHEET, ("officers:to_sign", _("Counter-sign"))),
    Role.PROVINCE: (HOME,),
    Role.ADMINISTRATOR: (HOME, ("accounts:index", _("Accounts")), ("jobs:index", _("Jobs"))),
    Role.AUDITOR: (HOME, ("trail:index", _("Trail")), ("trail:verify", _("Does it hold?"))),
}


def menu(user, path):
    """[{url, label, current, count}] for the frame; nothing for somebody who is not logged in."""
    if not getattr(user, "is_authenticated", False) or user.role not in MENU:
        return []
    found = []
    for name, label in MENU[Role(user.role)]:
        url = _address(name, user)
        if url:
            found.append({"url": url, "label": label, "count": 0})
    here = max((one["url"] for one in found if path.startswith(one["url"])), key=len, default="")
    return [{**one, "current": one["url"] == here} for one in found]


def _address(name, user):
    args = [user.bureau.code] if user.bureau_id else []
    for given in (args, []):
        try:
            return reverse(name, args=given)
        except NoReverseMatch:
            continue
    return ""
