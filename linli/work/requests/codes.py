"""Receipt codes: what a sender is given to follow a matter without an account. Shown once, kept as a keyed hash.

A code has 80 bits of chance: at a thousand tries a second, forty million years for one hit in a county of a million
matters. It is written in Crockford's alphabet, which has no I, L, O or U, in groups of four; typed with any of those it
is still understood. The number that is public is drawn apart and opens nothing.

A form that carries a secret of its own is given the same code however often it is sent, though nobody keeps it: the
code is worked out from that secret under a key of the installation. Of the secret a keyed hash stands in the database,
so that database and keys together do not give the code.
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
    return _grouped(_drawn(LENGTH))


def code_of(secret, bureau, what="request"):
    """The one code of a form that carries a secret of at least 80 bits: its first 80 bits under a key of its own.

    >>> code_of("a", "linjiang") == code_of("a", "linjiang"), code_of("a", "linjiang") == code_of("b", "linjiang")
    (True, False)
    """
    worked = int.from_bytes(_of_secret("code", secret, bureau, what)[:10])
    return _grouped("".join(ALPHABET[worked >> 5 * place & 31] for place in reversed(range(LENGTH))))


def trace_of(secret, bureau, what="request"):
    """What is kept of such a secret, so that a form that was sent before is known again: 64 hex digits."""
    return _of_secret("trace", secret, bureau, what).hex()


def _of_secret(use, secret, bureau, what):
    said = "|".join((f"requests.{use}", what, bureau, secret))
    return hmac.new(_pepper(b"forms that are sent again"), said.encode(errors="replace"), hashlib.sha256).digest()


def _grouped(signs):
    return "-".join(signs[at : at + 4] for at in range(0, LENGTH, 4))


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
    return hmac.new(_pepper(b"receipt codes"), f"{what}:{plain(code) or '?'}".encode(), hashlib.sha256).hexdigest()


@cache
def _pepper(use):
    """A key of this room's own, drawn from the installation's, so that no hash here means anything elsewhere."""
    return hmac.new(keys()["api_key"].encode(), b"linli.work.requests: " + use, hashlib.sha256).digest()
