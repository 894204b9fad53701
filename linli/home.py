"""The one folder that an installation keeps (``LINLI_HOME``, default ``~/.linli``): its database, keys and backups."""

import os
import secrets
import tomllib
from pathlib import Path

_KEYS = ("secret_key", "field_key", "api_key")


def home():
    """The folder, made if missing and readable by its owner alone."""
    found = Path(os.environ.get("LINLI_HOME") or Path.home() / ".linli").expanduser()
    if not found.is_dir():
        found.mkdir(parents=True, mode=0o700, exist_ok=True)
    return found


def keys():
    """The installation's own secrets from ``keys.toml``, made at first use; they are never in the repository.

    secret_key signs sessions; field_key encrypts personal fields (older ones may follow it, separated by commas, so
    that keys can be rotated); api_key peppers the tokens of clients.
    """
    path = home() / "keys.toml"
    if not path.exists():
        _write(path)
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _write(path):
    from cryptography.fernet import Fernet

    made = {"secret_key": secrets.token_urlsafe(48), "field_key": Fernet.generate_key().decode()}
    made["api_key"] = secrets.token_urlsafe(32)
    lines = "".join(f'{name} = "{made[name]}"\n' for name in _KEYS)
    text = f"# Keep this file apart from the backups: whoever has both can read everything.\n{lines}"
    try:
        # Two programs starting at once: the first to make the file wins, the other reads it.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
