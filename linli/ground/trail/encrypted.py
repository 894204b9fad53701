"""Text that stands encrypted in the database (Fernet: AES-128-CBC with HMAC-SHA256), with keys that can be rotated."""

from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

UNREADABLE = "⚠"  # what is shown where the installation has not the key it was written with


@cache
def _lock(keys):
    return MultiFernet([Fernet(key) for key in keys])


def lock():
    """The keys in force: the first writes, all of them read."""
    return _lock(tuple(settings.FIELD_KEYS))


class EncryptedText(models.TextField):
    """A ``TextField`` whose column holds ciphertext; empty text stays empty. It cannot be searched."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return lock().encrypt(value.encode()).decode() if value else value

    def from_db_value(self, value, expression, connection):
        if not value:
            return value
        try:
            return lock().decrypt(value.encode()).decode()
        except InvalidToken:
            return UNREADABLE
