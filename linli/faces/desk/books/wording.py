"""Sheets, columns, changes and reasons of a county book, in words."""

from django.utils.translation import gettext_lazy as _

SHEETS = {
    "communities": _("Communities"),
    "posts": _("Posts"),
    "pairings": _("Pairings"),
    "evidence": _("Figures"),
    "leader_days": _("Leaders' days"),
    "history": _("History"),
}
DOES = {
    "community_add": _("new community"),
    "community_edit": _("community changed"),
    "facts_write": _("place facts, into the draft of a year"),
    "officer_add": _("new officer"),
    "officer_rename": _("officer's name changed"),
    "leader_add": _("new leader"),
    "office_add": _("new office"),
    "post_add": _("new post"),
    "post_end": _("end of a post"),
    "post_staff": _("staffing changed"),
    "pairing_add": _("new pairing"),
    "pairing_end": _("end of a pairing"),
    "day_add": _("new leader day, from the signed record"),
    "figure_supply": _("figure, to be verified again"),
    "figure_import": _("figure of a quarter before Linli"),
    "history_add": _("published score of a quarter before Linli"),
}
COLUMNS = {
    "name": _("name"),
    "kind": _("kind"),
    "complex": _("complex"),
    "population": _("population"),
    "start": _("first day"),
    "end": _("last day"),
    "staffing": _("staffing"),
    "leader": _("leader"),
    "office": _("office"),
    "hours": _("hours"),
    "countersigned_by": _("counter-signed by"),
    "numerator": _("numerator"),
    "denominator": _("denominator"),
    "design_effect": _("design effect"),
    "sd": _("standard deviation"),
    "source": _("source"),
    "status": _("status"),
    "community": _("community"),
    "score": _("score"),
    "rank": _("rank"),
}
REASONS = {
    "personnel": _("only the personnel office changes this"),
    "frozen": _("the quarter is frozen; a wrong figure is put right by a correction"),
    "not_begun": _("the quarter has not begun"),
    "no_scheme": _("no scheme in force has this rate in that quarter"),
    "not_yours": _("another office supplies this rate (R-80)"),
    "not_reached": _("the community is not yours to report on, or a relative's (R-61)"),
    "false": _("only supervision finds a figure false, or takes that back (R-15)"),
    "unsigned": _("waits here for its counter-signature, which is given here"),
    "to_come": _("the day is still to come"),
    "published": _("already published with other values, which stay"),
    "appraised_here": _("the quarter is appraised here"),
}
STATES = {
    "previewed": (_("waits for your word"), "wait"),
    "applied": (_("applied"), "done"),
    "undone": (_("undone"), "ahead"),
    "discarded": (_("discarded"), "ahead"),
}


def columns_of(rows):
    """[{label, before, after}] of a change's rows, yes and no for flags."""
    return [
        {"label": COLUMNS.get(what, what), "before": _shown(before), "after": _shown(after)}
        for what, before, after in rows
    ]


def _shown(value):
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{value:.12g}" if isinstance(value, float) else value
