"""A resident before the pages: a browser without an account, that reads a form and sends it a while later."""

import io
import re
import secrets
import time

from django.core import signing
from django.test import Client
from PIL import Image

from linli.faces.portal import tokens

HOME = "/p/linjiang/"


def aged(form, seconds=60, bureau="linjiang"):
    """A form's token as if the page had been open for a while."""
    return signing.dumps([f"{form}:{bureau}", secrets.token_urlsafe(8), int(time.time() - seconds)], salt=tokens._SALT)


def picture(size=(40, 30)):
    """A small JPEG with a place and a camera in it."""
    drawn = Image.new("RGB", size, "teal")
    hidden = drawn.getexif()
    hidden[0x010F] = "a camera"
    kept = io.BytesIO()
    drawn.save(kept, "JPEG", exif=hidden)
    return kept.getvalue()


class Resident:
    """``say("noise", words=…)``, ``follow(code)``: each gives the answer, ``text`` what it says."""

    def __init__(self):
        self.client = Client(enforce_csrf_checks=True)

    def get(self, path, **more):
        return self.client.get(HOME + path, **more)

    def send(self, path, form, *, token=None, **fields):
        fields = {name: value for name, value in fields.items() if value is not None}
        return self.client.post(HOME + path, {"form": aged(form) if token is None else token, **fields})

    def say(self, kind="noise", words="樓上施工到深夜（虛構）", **fields):
        return self.send(f"say/{kind}/?lang=en", "say", words=words, **fields)

    def follow(self, code):
        return self.client.post(f"{HOME}follow/?lang=en", {"code": code})

    def answers(self, code, solved, words=""):
        return self.send("follow/solved/?lang=en", "solved", code=code, solved="yes" if solved else "no", words=words)


def code_on(answer):
    """The receipt code a page shows."""
    return re.search(r'<span class="code">([^<]+)</span>', answer.content.decode())[1]


def text_of(answer):
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))
