"""An officer's phone as the server sees it: it writes records as the page does, and sends them."""

import base64
import json
from datetime import datetime, timedelta
from uuid import uuid4

from django.utils.timezone import make_aware

from linli.ground.trail import clock

NOW = make_aware(datetime(2026, 10, 20, 15, 0))


class Phone:
    """An officer's phone as the server sees it. ``send(*records)`` gives (status, what was answered)."""

    def __init__(self, client, user, bureau="linjiang"):
        self.client, self.user, self.number, self.path = client, user, 0, f"/round/{bureau}/sync"

    def record(self, type, /, at=NOW - timedelta(minutes=5), **fields):
        """One record as the page writes it; photo and voice: bytes."""
        self.number += 1
        files = {name: base64.b64encode(fields.pop(name, b"")).decode() for name in ("photo", "voice")}
        return {
            "key": str(uuid4()), "number": self.number, "type": type, "at": at.isoformat(), "phone_at": at.isoformat(),
            "fields": fields, **files,
        }  # fmt: skip

    def visit(self, began=NOW - timedelta(hours=1), minutes=20, **fields):
        """A visit that is over."""
        ended = began + timedelta(minutes=minutes)
        told = {"kind": "visit", "started_at": began.isoformat(), "ended_at": ended.isoformat()}
        return self.record("work", **{"community": "C08", "cell": "B3", "note": ""} | told | fields)

    def send(self, *records, officer=None):
        body = {"officer": officer or self.user, "records": list(records)}
        return self.post(json.dumps(body))

    def post(self, body):
        with clock.at(NOW):
            answer = self.client.post(self.path, body, content_type="application/json")
        return answer.status_code, json.loads(answer.content) if "json" in answer["Content-Type"] else None

    def outcomes(self, *records):
        status, told = self.send(*records)
        assert status == 200, told
        return told["outcomes"]
