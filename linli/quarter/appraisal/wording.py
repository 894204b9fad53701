"""Words for what this room keeps as codes, and numbers as its pages write them."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from linli.book.words import Words
from linli.ground.trail.language import reader

STATES = {
    "open": _("open: departments supply and verify"),
    "frozen": _("frozen, being computed"),
    "computed": _("computed: officers see their own file"),
    "noticed": _("officers told: objections may be sent"),
    "published": _("published"),
}
STATE_TAGS = {"open": "now", "frozen": "wait", "computed": "wait", "noticed": "wait", "published": "done"}
KINDS = {"clarification": _("clarification"), "objection": _("objection")}
OUTCOMES = {
    "waiting": _("waiting for an answer"),
    "upheld": _("upheld"),
    "rejected": _("not upheld"),
    "answered": _("answered"),
    "withdrawn": _("taken back"),
}
OUTCOME_TAGS = {"waiting": "wait", "upheld": "done", "rejected": "done", "answered": "done", "withdrawn": ""}
STATUS = {
    "ranked": _("ranked"),
    "not_ranked:short_post": _("not ranked: in the post too short a time"),
    "not_ranked:little_evidence": _("not ranked: not enough evidence"),
}
COLUMNS = {
    "numerator": _("Numerator"),
    "denominator": _("Denominator"),
    "crude": _("Crude"),
    "adjusted": _("Adjusted"),
    "points": _("Points"),
    "status": _("Status"),
    "score": _("Score"),
    "rank": _("Rank"),
    "tied": _("Tied"),
    "rule": _("Rule"),
    "distinguishable": _("Can be told apart"),
    "blocked_by": _("Waits for"),
    "amount_fen": _("Allowance (yuan)"),
}


def words():
    """The book's wording in the reader's language."""
    return Words(reader())


def period_name(period):
    """2026年第三季度."""
    return words().period(period)


def day(value):
    """A day or moment as the reader writes days; "—" for none."""
    if value is None:
        return "—"
    return date_format(localtime(value) if hasattr(value, "hour") else value, "DATE_FORMAT")


def figure(value, digits=6):
    """A number with no more digits than are known; "—" for unknown.

    >>> figure(0.7077), figure(184.0), figure(None), figure(0.788221851)
    ('0.7077', '184', '—', '0.788222')
    """
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return pgettext("of a fact", "yes") if value else pgettext("of a fact", "no")
    return f"{value:.{digits}g}" if isinstance(value, float) else str(value)


def two(value):
    """Score or points with their two decimals; "—" for unknown.

    >>> two(80.5), two(None)
    ('80.50', '—')
    """
    return "—" if value is None else f"{value:.2f}"


def moved(column, value):
    """A value of a difference as people read it."""
    if value is None or value == ():
        return "—"
    if column in ("score", "points"):
        return two(value)
    if column == "amount_fen":
        return f"{value / 100:.2f}"
    if column == "status":
        return str(STATUS.get(value) or _figure_status(value))
    if isinstance(value, tuple):
        return words().listed([_block(code) for code in value])
    return figure(value)


def _figure_status(code):
    found = words()
    return found(f"common.{code}") if f"common.{code}" in found else code


def _block(code):
    found = words()
    return found(f"proposals.block_{code}") if f"proposals.block_{code}" in found else code
