"""A photo or a voice note that goes with a work: looked at, re-encoded, kept encrypted."""

import base64

from django.utils.translation import gettext as _

from linli.ground.trail import clock
from linli.ground.trail.refusals import Refused
from linli.work.worklog.models import Enclosure

LARGEST_VOICE = 2**20


def enclose(work, photo=None, voice=None):
    """Adds what is there to a work, in the transaction of its action; what was there of the same sort is replaced."""
    if photo:
        _keep(work, Enclosure.What.PHOTO, "image/jpeg", _picture(photo))
    if voice:
        _keep(work, Enclosure.What.VOICE, media_type(voice), voice)


def media_type(voice):
    """What sort of sound it is, by how it begins and not by what it is called; refuses anything else."""
    if len(voice) > LARGEST_VOICE:
        raise Refused(_("The voice note is larger than one megabyte."), _("Speak shorter, or write a line."))
    if voice[:4] == b"\x1aE\xdf\xa3":
        return "audio/webm"
    if voice[:4] == b"OggS":
        return "audio/ogg"
    if voice[4:8] == b"ftyp":
        return "audio/mp4"
    raise Refused(_("This is no voice note that can be kept."), _("Record it on the phone: webm, ogg or mp4."))


def _picture(photo):
    from linli.book.pictures import cleaned  # Pillow is loaded by who sends a picture

    try:
        return cleaned(photo)
    except ValueError as wrong:
        raise Refused(_("This picture cannot be kept: %(why)s") % {"why": wrong}, _("Send a JPEG or PNG.")) from wrong


def _keep(work, what, sort, content):
    Enclosure.objects.update_or_create(
        work=work, what=what,
        defaults={"media_type": sort, "content": base64.b64encode(content).decode(), "at": clock.now()},
    )  # fmt: skip
