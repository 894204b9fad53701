"""What those above or beside the bureaus look at: province, administrator, auditor. None sees a person's score."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.ground.accounts.items import Item
from linli.ground.accounts.queries import locked_out
from linli.ground.jobs.queries import states
from linli.ground.trail.models import Entry


def administrator(user, bureau, today):
    """Locked accounts and failed jobs."""
    locked = len(locked_out())
    if locked:
        text = ngettext(
            "%(n)d account is locked after failed tries", "%(n)d accounts are locked after failed tries", locked
        )
        yield Item(text % {"n": locked}, reverse("accounts:index"), count=locked)
    failed = states()["failed"]
    if failed:
        text = ngettext("%(n)d job has failed", "%(n)d jobs have failed", failed)
        yield Item(text % {"n": failed}, reverse("jobs:index"), count=failed)


def auditor(user, bureau, today):
    """Refused doors of the last week."""
    from datetime import timedelta

    from linli.ground.trail import clock

    refused = Entry.objects.filter(action="door.refused", at__gte=clock.now() - timedelta(days=7)).count()
    if refused:
        text = ngettext("%(n)d door was refused in seven days", "%(n)d doors were refused in seven days", refused)
        yield Item(text % {"n": refused}, reverse("trail:index") + "?action=door.refused", count=refused)
    yield Item(_("Check whether the trail holds"), reverse("trail:verify"))
