"""``GET /health``: whether the installation is well, for whoever watches it. Says nothing about anybody."""

import json

from django.conf import settings
from django.db import DatabaseError
from django.http import JsonResponse

from linli.book.manifest import version
from linli.ground.accounts.doors import page
from linli.ground.jobs.queries import states
from linli.ground.trail import queries

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
    number, _ = queries.head()
    broken = next(queries.faults(since=max(1, number - LAST + 1)), None)
    return {"entries": number, "holds": broken is None}


def demo():
    """ "building", "ready" or "failed" where this is the demo; None where it is not."""
    try:
        return json.loads((settings.LINLI_HOME / "demo.json").read_text(encoding="utf-8"))["state"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
