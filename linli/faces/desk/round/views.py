"""The round's pages: the page itself, the day's list, the door that takes what was written, what makes it an app."""

import json
import logging

from django.http import HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.faces.desk.round import batch, shell, steps, today, words
from linli.faces.desk.round.actions import take
from linli.ground.accounts.doors import act, page
from linli.ground.accounts.roles import OFFICER
from linli.ground.officers.queries import officer_of
from linli.ground.trail import clock
from linli.work.worklog import grid

log = logging.getLogger(__name__)
COLOURS = {"background_color": "#f7f4ee", "theme_color": "#1d4e66"}  # --ground and --accent of linli.css


@page(OFFICER)
def round_page(request, bureau):
    """The page: complete in itself, so that the phone can keep it."""
    officer = officer_of(request.user)
    communities = list(steps.held(officer, clock.today()).values()) if officer else []
    station = next((one.station for one in communities if one.station_id), None)
    carried = {
        "user": request.user.username, "bureau": bureau.code, "texts": words.texts(), "kinds": words.kinds(),
        "types": words.types(), "communities": {one.code: one.name for one in communities},
        "urls": {
            "sync": reverse("desk:round-sync", args=[bureau.code]),
            "today": reverse("desk:round-today", args=[bureau.code]),
            "worker": reverse("desk:round-worker"),
        },
    }  # fmt: skip
    return render(
        request, "round/round.html",
        {
            "bureau": bureau, "carried": carried, "communities": communities, "station": station, "cells": grid.cells(),
            "works": words.works(), "requests": words.requests(), "disputes": words.disputes(), "calls": words.calls(),
            "scales": words.scales(), "urgencies": words.urgencies(), "colours": COLOURS,
        },
    )  # fmt: skip


@page(OFFICER)
def list_of_today(request, bureau):
    """Who is logged in, a fresh token for forms, the bureau's time, and what to read on the way."""
    told = {"officer": request.user.username, "now": clock.now().isoformat(), "token": get_token(request)}
    return JsonResponse(told | {"list": today.listed(request.user, bureau, clock.today())})


@act(OFFICER)
def sync(request, bureau):
    """Takes a batch of records, each by itself; says of each what became of it."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > batch.LARGEST_BODY:
        return JsonResponse({"fault": "too large"}, status=413)
    try:
        sent = batch.read(request.body)
    except (batch.Malformed, RawPostDataException) as fault:  # the second: a form was sent, which has been read as one
        return JsonResponse({"fault": str(fault)}, status=400)
    if sent.officer != request.user.username:
        return JsonResponse({"fault": "another account is logged in"}, status=409)
    return JsonResponse({"outcomes": [_taken(request.user, bureau, one) for one in sent.records]})


def _taken(user, bureau, one):
    """What became of one record. A fault of ours leaves it in the phone's queue and holds up no other."""
    try:
        row = take(by=user, bureau=bureau, sent=one)
    except Exception:  # told in the log; the other records of the batch still go their way
        log.exception("a record of the round was not taken")
        return {"key": str(one.key), "outcome": "later"}
    told = json.loads(row.answer) if row.answer else {}
    return {"key": str(row.key), "outcome": row.outcome, "subject": row.subject} | told


@page(OFFICER)
def worker(request):
    """The service worker; it may look after the round's pages and no others."""
    answer = HttpResponse(shell.worker(), content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = reverse("desk:round-worker").rsplit("/", 1)[0] + "/"
    return answer


@page(OFFICER)
def manifest(request, bureau):
    """What a phone needs to install the page, in the reader's language."""
    icons = [
        {
            "src": static(f"desk/round/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]
    start = reverse("desk:round", args=[bureau.code])
    told = {
        "id": start, "start_url": start, "scope": start, "display": "standalone", "lang": get_language(),
        "name": f"{_('Linli')} · {_('Round')}", "short_name": str(_("Linli")), "icons": icons, **COLOURS,
    }  # fmt: skip
    return JsonResponse(told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
