"""The number a side confirms with: random, told once, kept as a keyed hash."""

import secrets

from django.utils.crypto import salted_hmac

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read as something else
LENGTH = 12  # of 31 letters and digits: 59 bits


def new_code():
    """A number in three groups: 7KXM-29QF-H4TD."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(drawn[start : start + 4] for start in range(0, LENGTH, 4))


def hashed(code):
    """The keyed hash of a number, however it was typed.

    >>> hashed("7kxm 29qf h4td") == hashed("7KXM-29QF-H4TD")
    True
    """
    plain = "".join(c for c in str(code)[:80].upper() if c in ALPHABET)
    return salted_hmac("linli.work.disputes.code", plain, algorithm="sha256").hexdigest()
