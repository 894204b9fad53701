"""``GET /health``: whether the installation is well, for whoever watches it. Says nothing about anybody."""

import json

from django.conf import settings
from django.db import DatabaseError
from django.http import JsonResponse

from linli.book.manifest import version
from linli.ground.accounts.doors import page
from linli.ground.jobs.queries import states
from linli.ground.trail import chain
from linli.ground.trail.models import Entry, Head

LAST = 100  # entries of the trail whose hashes are worked out again; `linli trail verify` does all


@page(public=True)
def health(request):
    """200 while the database answers, 503 when it does not."""
    said = {"database": "ok", "jobs": None, "trail": None, "demo": demo(), "version": version("linli")}
    try:
        said |= {"jobs": states(), "trail": trail()}
    except DatabaseError as fault:
        said["database"] = f"not well: {type(fault).__name__}"
    answer = JsonResponse(said, status=200 if said["database"] == "ok" else 503)
    answer["Cache-Control"] = "no-store"
    return answer


def trail():
    """How many entries there are, and whether the last of them still form a chain that ends at the head."""
    head = Head.objects.filter(pk=1).first()
    entries = list(Entry.objects.order_by("-number")[:LAST])[::-1]
    if head is None or not entries:
        return {"entries": len(entries), "holds": not entries and (head is None or head.number == 0)}
    linked = all(
        later.number == earlier.number + 1 and later.previous == earlier.hash
        for earlier, later in zip(entries, entries[1:], strict=False)
    )
    hashed = all(chain.hash_of(entry) == entry.hash for entry in entries)
    ended = (head.number, head.hash) == (entries[-1].number, entries[-1].hash)
    return {"entries": head.number, "holds": linked and hashed and ended}


def demo():
    """ "building", "ready" or "failed" where this is the demo; None where it is not."""
    try:
        return json.loads((settings.LINLI_HOME / "demo.json").read_text(encoding="utf-8"))["state"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
