"""Tokens of clients: shown once, kept as a keyed hash, so that a copy of the database opens nothing."""

import hashlib
import hmac
import secrets
from functools import cache

from linli.home import keys

PREFIX = "linli_"  # so that a token that was pasted somewhere it should not be can be searched for


def new_token():
    """A token nobody has had before: 256 bits."""
    return PREFIX + secrets.token_urlsafe(32)


def hash_of(token):
    """64 hex digits: HMAC-SHA-256 under the installation's own key."""
    return hmac.new(_pepper(), token.encode(), hashlib.sha256).hexdigest()


@cache
def _pepper():
    return keys()["api_key"].encode()
