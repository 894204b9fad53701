"""Receipt codes: what a sender is given to follow a matter without an account. Shown once, kept as a keyed hash.

A code has 80 bits of chance: at a thousand tries a second, forty million years for one hit in a county of a million
matters. It is written in Crockford's alphabet, which has no I, L, O or U, in groups of four; typed with any of those it
is still understood. The number that is public is drawn apart and opens nothing.
"""

import hashlib
import hmac
import re
import secrets
import unicodedata
from functools import cache

from linli.home import keys

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16  # symbols of five bits
_MISREAD = str.maketrans("OIL", "011")
_WRITTEN = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


def new_code():
    """A receipt code as it is shown.

    >>> len(new_code())
    19
    """
    drawn = _drawn(LENGTH)
    return "-".join(drawn[at : at + 4] for at in range(0, LENGTH, 4))


def new_number(mark):
    """A public number that says nothing: a letter for the kind of thing, and 80 bits of its own."""
    return f"{mark}{_drawn(LENGTH)}"


def _drawn(length):
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def plain(text):
    """The code that somebody typed, in one form; "" for what cannot be one.

    >>> plain(" 7k3q-mzoi-０１２３ abcd"), plain("7K3Q")
    ('7K3QMZ010123ABCD', '')
    """
    found = unicodedata.normalize("NFKC", str(text)[:80]).upper().translate(_MISREAD)
    found = re.sub(r"[\s\-‐–—.·_]", "", found)
    return found if _WRITTEN.fullmatch(found) else ""


def hash_of(code, what="request"):
    """64 hex digits under the installation's own key. what: requests and complaints are hashed apart.

    What cannot be a code is hashed as well, to something no code has: a wrong guess takes as long as a right one.
    """
    return hmac.new(_pepper(), f"{what}:{plain(code) or '?'}".encode(), hashlib.sha256).hexdigest()


@cache
def _pepper():
    """A key of this room's own, drawn from the installation's, so that no hash here means anything elsewhere."""
    return hmac.new(keys()["api_key"].encode(), b"linli.work.requests: receipt codes", hashlib.sha256).digest()
