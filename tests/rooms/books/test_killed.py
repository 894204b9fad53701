"""A program that is killed while it applies a book leaves the bureau as it was, and the book can be applied again."""

import os
import signal
import subprocess
import sys

import pytest

from tests.house.tree import ROOT

PREPARE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.rooms.cast import COUNTY, Cast
cast = Cast()
from linli.faces.desk import actions
files = [(p.name, p.read_bytes()) for p in COUNTY.glob("*.csv")]
actions.preview(by=cast.user("stranger"), bureau=cast.other_bureau, files=files)
"""
APPLY = """
import os, signal, django
django.setup()
from linli.faces.desk import actions
from linli.faces.desk.books import steps
from linli.faces.desk.models import BookImport
from linli.ground.accounts.models import User
from linli.ground.officers.models import Post
from linli.ground.places.models import Community
held = steps.DO["post_add"]
count = int(os.environ["KILL_AT"])
def dying(by, bureau, args):
    global count
    count -= 1
    if count == 0:
        assert Community.objects.filter(bureau__code="yuanshan").count() == 10
        os.kill(os.getpid(), signal.SIGKILL)
    held(by, bureau, args)
steps.DO["post_add"] = dying
actions.apply(by=User.objects.get(username="stranger"), sent=BookImport.objects.get())
"""
LOOK = """
import django
django.setup()
from linli.faces.desk.models import BookImport
from linli.ground.officers.models import Post
from linli.ground.places.models import Community
from linli.ground.trail.queries import faults
assert list(faults()) == []
print(BookImport.objects.get().state, Community.objects.filter(bureau__code="yuanshan").count(),
      Post.objects.filter(community__bureau__code="yuanshan").count())
"""


def run(home, code, **more):
    settings = {"LINLI_HOME": str(home), "DJANGO_SETTINGS_MODULE": "linli.settings", "LINLI_DATABASE": ""}
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=os.environ | settings | more,
                          capture_output=True, text=True)  # fmt: skip


@pytest.mark.slow
def test_killed_import_is_wholly_undone_and_can_be_applied_again(tmp_path):
    prepared = run(tmp_path, PREPARE)
    assert prepared.returncode == 0, prepared.stderr
    killed = run(tmp_path, APPLY, KILL_AT="6")
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert run(tmp_path, LOOK).stdout.split() == ["previewed", "0", "0"]
    again = run(tmp_path, APPLY, KILL_AT="0")
    assert again.returncode == 0, again.stderr
    assert run(tmp_path, LOOK).stdout.split() == ["applied", "10", "11"]
