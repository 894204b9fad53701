"""Rows that others refer to are locked without their key, or whoever writes a referring row waits: a deadlock."""

import re
from pathlib import Path

import linli

TABLES = ("Bureau", "Community", "Office", "Officer", "Leader", "Request", "Complaint", "Dispute", "Lead")
LOCKED = re.compile(rf"\b({'|'.join(TABLES)})\.objects\.select_for_update\(([^)]*\)?[^)]*)\)")


def test_no_room_locks_the_key_of_a_row_that_intake_refers_to():
    found = []
    for path in Path(linli.__file__).parent.rglob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if (lock := LOCKED.search(line)) and "no_key=True" not in line:
                found.append(f"{path.name}: {lock[0]}")
    assert not found


def test_the_rule_sees_the_locks_that_it_is_about():
    assert LOCKED.search("    Bureau.objects.select_for_update().get(pk=bureau.pk)")
    assert LOCKED.search('rows = Request.objects.select_for_update(of=("self",), no_key=True)')
