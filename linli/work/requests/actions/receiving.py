"""Taking in what a resident says: few queries, because whoever has a bad connection waits for them."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from linli.book import pictures
from linli.ground.trail import clock, workdays
from linli.ground.trail.actions import action, name_of, record
from linli.ground.trail.encrypted import lock
from linli.ground.trail.refusals import Refused
from linli.work.requests import codes, terms, where
from linli.work.requests.kinds import KINDS
from linli.work.requests.models import Photo, Request

LONGEST = {"words": 4000, "place_note": 300, "contact": 200}


@action
def receive(
    *, by, bureau, kind, words="", community=None, place_note="", position=None, channel="portal", contact="",
    photo=None, client_key="", again=False, language="",
):  # fmt: skip
    """The ``Request``, with ``code`` for its sender. The same ``client_key`` again gives the same row, without a code.

    again: ``client_key`` is a secret of at least 80 bits that the sender alone holds; then its row has the code again.
    by: a user, or "resident" or "open311"; position: (latitude, longitude), from which the community is found where
    none is given; photo: the bytes of a picture.
    """
    client_key, code = keyed(bureau, client_key, again)
    if client_key and (known := _known(bureau, client_key)):
        return with_code(known, code)
    values = _checked(bureau, kind, words, community, place_note, position, channel, contact)
    picture = _picture(photo)
    made = Request(
        bureau=bureau, public_id=codes.new_number("R"), client_key=client_key, entered_by=name_of(by)[:150],
        language=str(language)[:10], **values, **_days(KINDS[kind].days),
    )  # fmt: skip
    made.code = code or codes.new_code()
    made.code_hash = codes.hash_of(made.code)
    if not _kept(made):
        return with_code(_known(bureau, client_key), code)
    if picture:
        Photo.objects.create(request=made, locked=lock().encrypt(picture))
    facts = {"kind": kind, "community": values["community"].code if values["community"] else "", "channel": channel}
    record(by=by, action="requests.receive", subject=f"request:{made.public_id}", bureau=bureau, **facts)
    return made


def keyed(bureau, client_key, again, what="request"):
    """(what is kept of a sender's key, the code that belongs to it): the code is "" where it is drawn by chance."""
    client_key = str(client_key)[:80].replace("\0", "")
    if not (client_key and again):
        return client_key, ""
    return codes.trace_of(client_key, bureau.code, what), codes.code_of(client_key, bureau.code, what)


def with_code(known, code, what="request"):
    """A row that was there already, with its code for whoever holds the secret it was worked out from."""
    known.code = code if code and codes.hash_of(code, what) == known.code_hash else ""
    return known


def _known(bureau, client_key):
    """The request with that key, or None; asked for its key alone at first, since nearly always there is none."""
    found = Request.objects.filter(bureau=bureau, client_key=client_key).order_by().values_list("pk", flat=True)[:1]
    return Request.objects.select_related("community").get(pk=found[0]) if found else None


def _kept(made):
    """Whether the row was written; not where another sending of the same was quicker by a hair."""
    if not made.client_key:
        made.save(force_insert=True)
        return True
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _checked(bureau, kind, words, community, place_note, position, channel, contact):
    if kind not in KINDS:
        raise Refused(_("There is no such kind of request."), _("Choose one of the list."))
    if channel not in Request.Channel.values or channel == Request.Channel.IMPORT:
        raise Refused(_("There is no such way for a request to come in."))
    if community is not None and community.bureau_id != bureau.pk:
        raise Refused(_("That community is of another bureau."), _("Choose one of this bureau."))
    said = {"words": words, "place_note": place_note, "contact": contact}
    said = {name: _text(text, LONGEST[name]) for name, text in said.items()}
    if not said["words"] and channel != Request.Channel.ROUND:
        raise Refused(_("Nothing is written."), _("Write in a few words what it is about."))
    lat = lon = None
    if position is not None:
        lat, lon = where.checked(position)
        community = community or where.community_at(bureau, lat, lon)
    square = where.cell(lat, lon) if position is not None else ""
    placed = {"community": community, "lat": lat, "lon": lon, "cell": square}
    return said | placed | {"kind": kind, "channel": channel}


def _text(text, longest):
    found = str(text or "").replace("\0", "").encode(errors="replace").decode().strip()
    if len(found) > longest:
        raise Refused(
            _("The text is longer than %(most)s characters.") % {"most": longest}, _("Shorten it, and send it again.")
        )
    return found


def _picture(photo):
    if not photo:
        return None
    try:
        return pictures.cleaned(photo)
    except ValueError:
        raise Refused(
            _("The picture cannot be read, or is too large."),
            _("Send a JPEG, PNG or WebP picture of at most %(most)s MB, or none.")
            % {"most": pictures.LONGEST_UPLOAD // 2**20},
        ) from None


def _days(days):
    now = clock.now()
    day = localtime(now).date()
    due = workdays.after(day, days)
    kept = {"erase_contact_on": day + timedelta(days=terms.CONTACT_KEPT_AT_MOST)}
    kept["erase_words_on"] = day + timedelta(days=terms.WORDS_KEPT_AT_MOST)
    return {"opened_at": now, "promised_on": due, "due_on": due, **kept}
