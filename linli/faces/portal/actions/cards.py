"""An officer's card: written by the officer alone, shown at once; it says nothing that the notice board would not."""

import secrets

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from linli.book import pictures
from linli.book.safe import clean
from linli.faces.portal.models import OfficerCard
from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of, record
from linli.ground.trail.refusals import NotAllowed, Refused, Stale

FACE = 480  # points: as large as a phone shows it
LONGEST = {"hours": 200, "phone": 40, "room": 120}


@action
def write_card(*, by, officer, hours="", phone="", room="", photo=None, drop_photo=False, version=0):
    """The ``OfficerCard`` as written. photo: a picture's bytes, None leaves what is there; version 0: a new card."""
    if getattr(by, "pk", None) != officer.account_id and name_of(by) != "linli":
        raise NotAllowed(_("A card is written by the officer whose it is."))
    values = {"hours": hours, "phone": phone, "room": room}
    values = {name: clean(str(text)).strip() for name, text in values.items()}
    for name, text in values.items():
        if len(text) > LONGEST[name]:
            raise Refused(_("The text is longer than %(most)s characters.") % {"most": LONGEST[name]})
    values |= _picture(photo, drop_photo) | {"written_at": clock.now()}
    found = OfficerCard.objects.filter(officer=officer).first()
    if found is None and version == 0:
        found = _made(officer, values)
    elif not OfficerCard.objects.filter(officer=officer, version=version).update(**values, version=F("version") + 1):
        raise _stale(found, values)
    record(by=by, action="portal.write_card", subject=f"officer:{officer.code}", bureau=officer.bureau,
           photo=bool(values.get("photo")))  # fmt: skip
    return OfficerCard.objects.get(officer=officer)


def _made(officer, values):
    try:
        with transaction.atomic():
            return OfficerCard.objects.create(officer=officer, **values)
    except IntegrityError:
        raise _stale(OfficerCard.objects.get(officer=officer), values) from None


def _picture(photo, drop):
    if not photo:
        return {"photo": None, "photo_name": ""} if drop else {}
    try:
        drawn = pictures.cleaned(photo, longest=FACE)
    except ValueError:
        raise Refused(
            _("The picture cannot be read, or is too large."),
            _("Send a JPEG, PNG or WebP picture of at most %(most)s MB, or none.")
            % {"most": pictures.LONGEST_UPLOAD // 2**20},
        ) from None
    return {"photo": drawn, "photo_name": secrets.token_hex(8)}


def _stale(stands, values):
    names = {"hours": _("Office hours"), "phone": _("Telephone of the office"), "room": _("Where to find me")}
    rows = [(names[name], values[name], getattr(stands, name, "")) for name in names]
    return Stale(_("The card was changed meanwhile."), rows, getattr(stands, "version", 0))
