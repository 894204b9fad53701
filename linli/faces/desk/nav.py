"""Where each role can go: the menu at the top of every page. Doors say who may enter; this only shows the way."""

from functools import lru_cache

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
OFFICERS = ("officers:people", _("Officers"))
DAYS = ("officers:months_now", _("Leaders' days"))
PLACES = ("places:communities", _("Places"))
BOOKS = ("desk:books", _("County book"))
CLIENTS = ("api:clients", _("API"))
TREE = ("places:tree", _("Places"))
MINE = ("decisions:mine", _("About me"))
MY_LEAVE = ("officers:my_leave", _("My leave"))
MY_DAYS = ("officers:my_days", _("My days"))
SIGN = ("officers:to_sign", _("Counter-sign"))
MY_FILE = ("desk:my-file", _("My file"))
DAY = ("desk:round", _("My round"))
LOG = ("worklog:home", _("Log"))
REQUESTS = ("requests:list", _("Requests"))
COMPLAINTS = ("requests:complaints", _("Complaints"))
DISPUTES = ("disputes:list", _("Disputes"))
SURVEYS = ("surveys:index", _("Surveys"))
INCIDENTS = ("incidents:counts", _("Incidents"))
LEADS = ("incidents:leads", _("Leads"))
CHECKS = ("incidents:plans", _("Site checks"))
BULLETINS = ("portal:posted", _("Bulletins"))
CARD = ("portal:my_card", _("My card"))
WORK = {  # what each role has to do with the working rooms; those not named have nothing
    Role.OFFICER: (DAY, LOG, REQUESTS, DISPUTES, LEADS, INCIDENTS, SURVEYS, BULLETINS, CARD),
    Role.STATION: (LOG, REQUESTS, DISPUTES, INCIDENTS, SURVEYS),
    Role.PERSONNEL: (LOG, REQUESTS, DISPUTES, SURVEYS, INCIDENTS, BULLETINS),
    Role.SUPERVISION: (COMPLAINTS, LOG, INCIDENTS, CHECKS),
    Role.LEADER: (LOG, REQUESTS, DISPUTES, SURVEYS, INCIDENTS),
    Role.SECRETARY: (LOG, REQUESTS, DISPUTES, SURVEYS, INCIDENTS),
    Role.CADRE: (REQUESTS, DISPUTES, BULLETINS),
}
OF_OFFICE = {  # a department's, by what the scheme calls it
    "residents' committee": (SURVEYS, REQUESTS),
    "command centre": (INCIDENTS, LEADS, REQUESTS),
    "public-order brigade": (CHECKS, INCIDENTS, REQUESTS),
    "investigation brigade": (LEADS, INCIDENTS, REQUESTS),
    "mediation committee": (DISPUTES, REQUESTS),
    "governance centre": (DISPUTES, REQUESTS),
}
_RUNS = (QUARTERS, DECISIONS, NOTICES, MONEY)  # what those who run or lead the quarter go through
MENU = {
    Role.OFFICER: (HOME, MY_FILE, COUNTY, MINE, NOTICES, MONEY, RATES, OFFICERS, PLACES, SIGN, MY_LEAVE),
    Role.STATION: (HOME, SHEET, RATES, COUNTY, NOTICES, OFFICERS, PLACES, BOOKS),
    Role.DEPARTMENT: (HOME, SHEET, RATES, COUNTY, NOTICES),
    Role.PERSONNEL: (HOME, COUNTY, SHEET, *_RUNS, OFFICERS, DAYS, PLACES, RATES, BOOKS, CLIENTS),
    Role.SUPERVISION: (HOME, SHEET, QUARTERS, COUNTY, RATES, NOTICES, MONEY, OFFICERS, PLACES, BOOKS),
    Role.LEADER: (HOME, COUNTY, *_RUNS, SHEET, RATES, OFFICERS, PLACES, MY_DAYS),
    Role.SECRETARY: (HOME, COUNTY, *_RUNS, SHEET, RATES, OFFICERS, DAYS, PLACES),
    Role.CADRE: (HOME, SHEET, RATES, PLACES, SIGN),
    Role.PROVINCE: (HOME, TREE),
    Role.ADMINISTRATOR: (HOME, ("accounts:index", _("Accounts")), ("jobs:index", _("Jobs")), TREE),
    Role.AUDITOR: (HOME, ("trail:index", _("Trail")), ("trail:verify", _("Does it hold?"))),
}


def menu(user, path):
    """[{label, rooms: [{url, label, current}]}] for the frame: the work in one row, the quarter in the next where there
    is any work to do; nothing for somebody who is not logged in."""
    if not getattr(user, "is_authenticated", False) or user.role not in MENU:
        return []
    rows = [[(url, label) for name, label in row if (url := _address(name, user))] for row in _rows(user)]
    here = current([url for row in rows for url, _label in row], path)
    labels = (_("Work"), _("Quarter")) if len(rows) > 1 else ("",)
    return [
        {"label": label, "rooms": [{"url": url, "label": text, "current": url == here} for url, text in row]}
        for label, row in zip(labels, rows, strict=True)
    ]


def _rows(user):
    work, rest = WORK.get(user.role, ()), MENU[Role(user.role)]
    if user.role == Role.DEPARTMENT:
        work = OF_OFFICE.get(user.office.known_as if user.office else "", (REQUESTS,))
    return ((HOME, *work), rest[1:]) if work else (rest,)


def current(urls, path):
    """Which of the menu's addresses a page belongs to: the one it lies under, else the first of its room, else none.

    >>> current(["/", "/county/x/", "/officers/x/posts/"], "/officers/x/officer/O01/")
    '/officers/x/posts/'
    >>> current(["/", "/county/x/", "/county/x/my-file/"], "/county/x/2026Q3/officers/O01/")
    '/county/x/my-file/'
    >>> current(["/", "/county/x/"], "/accounts/2fa/"), current(["/", "/county/x/"], "/")
    ('', '/')
    """
    if path == "/":
        return path
    rooms = [url for url in urls if url != "/"]
    if path.startswith("/county/") and "/officers/" in path:
        own = [url for url in rooms if url.endswith("/my-file/")]
        if own:
            return own[0]
    under = max((url for url in rooms if path.startswith(url)), key=len, default="")
    room = f"/{path.split('/')[1]}/"
    return under or next((url for url in rooms if url.startswith(room)), "")


def _address(name, user):
    return _reversed(name, user.bureau.code if user.bureau_id else "")


@lru_cache(maxsize=4096)
def _reversed(name, bureau):
    for given in ([bureau], []) if bureau else ([],):
        try:
            return reverse(name, args=given)
        except NoReverseMatch:
            continue
    return ""
