"""The application's own settings with a home that is thrown away, and a quick hasher that guards nothing."""

import os
import tempfile

os.environ["LINLI_HOME"] = tempfile.mkdtemp(prefix="linli-test-")
if address := os.environ.get("LINLI_TEST_DATABASE"):
    os.environ["LINLI_DATABASE"] = address
else:
    os.environ.pop("LINLI_DATABASE", None)

from linli.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
