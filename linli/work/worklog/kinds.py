"""The words of the day: seven kinds of work, what a visit was about, and what calls an officer away from the beat."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WORKS = {
    "visit": pgettext_lazy("kind of work", "visit"),
    "patrol": pgettext_lazy("kind of work", "patrol"),
    "publicity": pgettext_lazy("kind of work", "publicity"),
    "inspection": pgettext_lazy("kind of work", "inspection"),
    "dispute": pgettext_lazy("kind of work", "dispute"),
    "information": pgettext_lazy("kind of work", "information"),
    "service": pgettext_lazy("kind of work", "service"),
}
TOPICS = {
    "fraud": _("fraud prevention"),
    "theft": _("theft prevention"),
    "fire": _("fire safety"),
    "traffic": _("traffic safety"),
    "rental": _("rental housing"),
    "neighbours": _("neighbours"),
    "opinion": _("what residents say"),
    "other": pgettext_lazy("topic", "other"),
}
AWAY = {
    "station duty": _("station duty"),
    "case": _("case work"),
    "security": _("security of an event"),
    "meeting": _("meeting or training away from the beat"),
    "other": pgettext_lazy("call away", "other"),
}
