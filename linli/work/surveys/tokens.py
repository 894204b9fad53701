"""Tokens: 80 random bits in sixteen letters and digits, known to whoever holds the card and to nobody else.

The database has their keyed hash alone. The order of the four names of a lineup follows from the token, so that it is
the same each time the form is opened and another on the neighbour's card.
"""

import base64
import hashlib
import hmac
import re
import secrets

from django.conf import settings

from linli.work.surveys.questions import LETTERS

BITS = 80
_SHAPE = re.compile(r"[a-z2-7]{16}")


def new():
    """A token as it stands in the address on a card."""
    return base64.b32encode(secrets.token_bytes(BITS // 8)).decode().lower()


def typed(text):
    """A token as somebody typed it, read tolerantly; "" for what cannot be one.

    >>> typed(" ABCD-EFGH 2345 mnop "), typed("x")
    ('abcdefgh2345mnop', '')
    """
    found = re.sub(r"[\s-]", "", str(text)).lower().replace("0", "o").replace("1", "l").replace("8", "b")
    return found if _SHAPE.fullmatch(found) else ""


def mark(token):
    """What the database knows a token by."""
    return _keyed(settings.SECRET_KEY, f"surveys.token|{token}")


def device_mark(wave, device):
    """What a device is known by while the wave is open."""
    return _keyed(wave.salt, f"surveys.device|{device}")


def order(token, codes):
    """The codes of a lineup in the order of this token's card."""
    return sorted(codes, key=lambda code: _keyed(settings.SECRET_KEY, f"surveys.lineup|{token}|{code}"))


def picked(token, codes, value):
    """The code that a letter (a to d) stands for on this token's card, or None."""
    shown = dict(zip(LETTERS, order(token, codes), strict=False))
    return shown.get(value)


def _keyed(key, text):
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()
