"""A form's token in place of a cookie: signed, for one form, so many hours old at most; and the answer it once gave.

Nobody without an account can be made to send a form in another's name, for there is nothing in their browser that
would speak for them; what the token keeps out is whoever sends forms by the thousand without having looked at one. Sent
twice by a double click, a form gives the same answer again: kept for minutes, encrypted, in the program's memory.
"""

import json
import secrets
import time

from cryptography.fernet import InvalidToken
from django.core import signing
from django.core.cache import cache

from linli.ground.trail.encrypted import lock

LASTS = 12 * 3600  # seconds: a form may lie open for a day's work
KEPT = 15 * 60  # seconds that an answer is kept for whoever sends once more
_SALT = "linli.faces.portal"
_WAITS = 20  # tenths of a second


class Unfit(Exception):
    """The token is none, of another form, or too old."""


def issued(form):
    """A token for a form, named with what it belongs to: "say:linjiang"."""
    return signing.dumps([form, secrets.token_urlsafe(12), int(time.time())], salt=_SALT)


def opened(form, token):
    """(its mark, how many seconds it has been out); ``Unfit`` of any other."""
    try:
        belongs, mark, since = signing.loads(str(token)[:300], salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise Unfit from None
    age = time.time() - since
    if belongs != form or not -60 <= age <= LASTS:
        raise Unfit
    return mark, age


def first(mark):
    """Whether this is the first sending; of a second the answer is in ``answer``."""
    return cache.add(f"portal.begun:{mark}", 1, LASTS)


def again(mark):
    """Lets a form be sent once more: nothing came of it."""
    cache.delete(f"portal.begun:{mark}")


def keep(mark, answer):
    """Keeps what was answered, encrypted."""
    cache.set(f"portal.answer:{mark}", lock().encrypt(json.dumps(answer).encode()), KEPT)


def answer(mark):
    """What the first sending was answered, waited for while it is still under way; None when nobody knows any more."""
    for wait in range(_WAITS):
        found = cache.get(f"portal.answer:{mark}")
        if found is not None:
            try:
                return json.loads(lock().decrypt(found))
            except (InvalidToken, ValueError):
                return None
        if wait == 0 and not cache.get(f"portal.begun:{mark}"):
            return None
        time.sleep(0.1)
    return None
