"""Opening and closing clients, and counting what they ask."""

import time

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from linli.faces.api.models import Client
from linli.faces.api.tokens import hash_of, new_token
from linli.ground.trail import clock
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import Refused

A_MINUTE = 120  # requests that one client may send in one minute of the clock


@action
def open_client(*, by, bureau, name, names=False):
    """(``Client``, token). names: whether it is told officers' names beside their codes. The token is not kept."""
    name = name.strip()
    if not name:
        raise Refused(_("The client has no name."), _("Name the program and who is responsible for it."))
    token = new_token()
    made = {"token_hash": hash_of(token), "made_by": by.username, "made_at": clock.now(), "names": names}
    try:
        with transaction.atomic():
            client = Client.objects.create(bureau=bureau, name=name[:80], **made)
    except IntegrityError:
        raise Refused(
            _("There is already a client named %(name)s.") % {"name": name},
            _("Give the new one another name; a closed client keeps its own in the trail."),
        ) from None
    record(by=by, action="api.open_client", subject=f"client:{client.name}", bureau=bureau, names=names)
    return client, token


@action
def close_client(*, by, client, why):
    """From now on its token opens nothing."""
    if not why.strip():
        raise Refused(_("Say why the client is closed."), "")
    if not Client.objects.filter(pk=client.pk, closed_at=None).update(closed_at=clock.now()):
        raise Refused(_("This client is already closed."), "")
    client.refresh_from_db()
    record(by=by, action="api.close_client", subject=f"client:{client.name}", bureau=client.bureau, why=why)
    return client


def spend(client):
    """Counts one request; 0, or the seconds until the client may ask again. The real clock, never the demo's.

    A fixed window kept in the client's own row: one UPDATE that succeeds only below the limit, whichever of several
    programs answers.
    """
    now = time.time()
    minute = int(now // 60)
    own = Client.objects.filter(pk=client.pk)
    if own.filter(minute=minute, spent__lt=A_MINUTE).update(spent=F("spent") + 1):
        return 0
    if own.exclude(minute=minute).update(minute=minute, spent=1):
        return 0
    if own.filter(minute=minute, spent__lt=A_MINUTE).update(spent=F("spent") + 1):  # another program began the minute
        return 0
    return max(int((minute + 1) * 60 - now) + 1, 1)
