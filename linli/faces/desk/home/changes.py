"""What has changed lately: the latest entries of the trail that concern everybody in a bureau, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.ground.trail.models import Entry
from linli.quarter.appraisal.wording import period_name
from linli.quarter.payments.wording import KINDS

SAID = {  # action -> what a reader is told; nothing personal is among them
    "appraisal.open_cycle": gettext_lazy("The sheet of %(what)s was opened"),
    "appraisal.freeze": gettext_lazy("The figures of %(what)s were frozen"),
    "appraisal.compute": gettext_lazy("%(what)s was computed"),
    "appraisal.give_notice": gettext_lazy("The officers were told of %(what)s; they may object"),
    "appraisal.correct": gettext_lazy("%(what)s was corrected and computed again"),
    "appraisal.publish": gettext_lazy("%(what)s was published"),
    "indicators.open_consultation": gettext_lazy("A draft scheme went to the officers: %(what)s"),
    "indicators.put_in_force": gettext_lazy("A scheme was put in force: %(what)s"),
    "places.publish_facts": gettext_lazy("The place facts were published: %(what)s"),
    "notices.issue": gettext_lazy("A circular was issued: %(what)s"),
    "payments.approve_budget": gettext_lazy("A budget line was approved: %(what)s"),
}


def latest(bureau, count=6):
    """[(moment, text)] of the latest of those, newest first."""
    if bureau is None:
        return []
    found = Entry.objects.filter(bureau=bureau.code, action__in=SAID).order_by("-number")[:count]
    return [(entry.at, SAID[entry.action] % {"what": _what(entry)}) for entry in found]


def _what(entry):
    """The thing an entry is about, in words: without the kind of thing before its name, nor the bureau within it."""
    kind, _colon, found = entry.subject.partition(":")
    if kind == "cycle":
        return period_name(found)
    if kind == "budget":
        year, _colon, purpose = found.partition(":")
        return f"{year} · {KINDS.get(purpose, purpose)}"
    if kind == "scheme":
        return found.partition("/")[2].replace("/", " ")
    return found or entry.subject or _("a quarter")
