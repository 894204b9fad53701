"""What this room keeps as codes, and the words for them."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "neighbours": _("between neighbours"),
    "family": _("marriage and family"),
    "labour": _("work and wages"),
    "debt": _("debt and loans"),
    "property": _("property management"),
    "consumption": _("buying and services"),
    "land": _("land and housing"),
    "traffic": _("traffic and injury"),
    "other": _("other dispute"),
}
SCALES = {  # how many people are in it, as classes
    "two": _("2 people"),
    "few": _("3 to 9 people"),
    "many": _("10 to 29 people"),
    "mass": _("30 people or more"),
}
URGENCIES = {"": _("ordinary"), "soon": _("soon"), "now": _("at once: it may turn violent")}
SIDES = {"a": _("Side A"), "b": _("Side B")}
TRANSFERS = {
    "court": _("the court"),
    "arbitration": _("labour arbitration"),
    "case": _("the police, as a case"),
    "authority": _("another authority"),
    "other": _("somewhere else by law"),
}
GROUNDS = {  # why a matter gets another mediator
    "hand_over": _("handed over"),
    "refused": _("a side refused the mediator"),
    "kin": _("kinship or an interest of one's own"),
    "away": _("away or in another post"),
}
STATES = {
    "taken_in": _("taken in"),
    "consented": _("both sides agree to mediation"),
    "refused": _("a side declined mediation"),
    "appointed": _("appointment made"),
    "settled": _("settled"),
    "not_settled": _("not settled"),
    "transferred": _("transferred by law"),
    "closed": _("closed without relapse"),
    "relapsed": _("relapsed"),
    "struck": _("struck out"),
}
TAGS = {
    "taken_in": "wait", "consented": "now", "refused": "ahead", "appointed": "now", "settled": "now",
    "not_settled": "adverse", "transferred": "ahead", "closed": "done", "relapsed": "adverse", "struck": "ahead",
}  # fmt: skip
OPEN = ("taken_in", "consented", "appointed")  # mediation is still to be done
LEFT_OUT = ("refused", "transferred", "struck")  # of the denominator


def choices(words):
    """(code, word) pairs for a form."""
    return list(words.items())
