"""Codes and names as the county book takes them, so that whatever is kept here can be exported and appraised."""

import re

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.book import cells
from linli.ground.trail.refusals import Refused


def checked_id(text, what):
    """A code of 1 to 40 letters, digits, _ or -; ``Refused`` names what it was for."""
    try:
        return cells.ident(text)
    except cells.Unreadable as unreadable:
        raise Refused(
            _("“%(text)s” cannot be the code of %(what)s.") % {"text": str(text)[:60], "what": what},
            _("Use 1 to 40 letters, digits, _ or -."),
        ) from unreadable


def checked_name(text, what, longest=80):
    """A name of one line, not blank, as it was written."""
    found = re.sub(r"\s+", " ", str(text or "")).strip()
    if not found or len(found) > longest or not found.isprintable():
        raise Refused(
            _("The name of %(what)s is blank, too long or holds characters that cannot be printed.") % {"what": what},
            _("Write it on one line, in at most %(longest)s characters.") % {"longest": longest},
        )
    return found


def made(rows, taken, **values):
    """A new row of a queryset; ``Refused`` with the text ``taken`` where its code is already somebody's."""
    try:
        with transaction.atomic():
            return rows.create(**values)
    except IntegrityError as twice:
        raise Refused(taken, _("Choose another code, or change the one that is there.")) from twice
