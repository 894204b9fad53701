"""How often somebody without an account may knock: counted per address and minute, and forgotten afterwards.

The address is never kept: what is counted under is its keyed hash, with a key that lives as long as the program. Each
web server's program counts for itself, so behind several of them the limit is theirs together.
"""

import hashlib
import secrets
import time
from ipaddress import ip_address, ip_network

from django.core.cache import cache

from linli.ground.accounts import addresses

_KEY = secrets.token_bytes(32)


def allowed(door, request, most, seconds=60):
    """Whether this caller may pass ``door`` once more: at most ``most`` times in each window of ``seconds``."""
    return knock(door, _caller(request), most, seconds)


def knock(door, caller, most, seconds=60):
    """The same for whoever is known by another mark than the address."""
    window = int(time.time()) // seconds
    key = hashlib.blake2b(f"{door}|{caller}|{window}".encode(), key=_KEY, digest_size=16).hexdigest()
    if cache.add(f"knock:{key}", 1, 2 * seconds):
        return most >= 1
    try:
        return cache.incr(f"knock:{key}") <= most
    except ValueError:  # pushed out of the cache meanwhile
        return True


def _caller(request):
    """The address; of IPv6 the network of one household, whose every device has as many addresses as it likes."""
    address = addresses.of(request)
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else address
