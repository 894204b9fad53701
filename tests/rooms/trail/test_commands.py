"""``linli trail verify`` and ``linli trail anchor``."""

import argparse

import pytest

from linli import trail_commands
from linli.ground.trail import queries
from linli.ground.trail.actions import record
from tests.rooms.trail.tampering import rewritten, sql, unprotect

pytestmark = pytest.mark.django_db


def run(*words):
    parser = argparse.ArgumentParser(exit_on_error=False)
    trail_commands.register(parser.add_subparsers())
    chosen = parser.parse_args(["trail", *words, "--lang", "en"])
    return chosen.run(chosen)


@pytest.fixture(autouse=True)
def ten():
    for number in range(1, 11):
        record(by="linli", action="trail.test", subject=f"entry:{number}")


def test_chain_that_holds_ends_with_status_0_and_its_anchor(capsys):
    assert run("verify") == 0
    said = capsys.readouterr().out
    assert said.startswith("The chain holds: 10 entries") and said.splitlines()[1] == f"10:{queries.head()[1]}"


def test_every_fault_is_told_with_its_entry_and_ends_with_status_2(capsys):
    unprotect()
    sql("UPDATE trail_entry SET why = 'x' WHERE number = 3")
    sql("DELETE FROM trail_entry WHERE number = 7")
    assert run("verify") == 2
    said = capsys.readouterr()
    assert [line.split(":")[0] for line in said.out.splitlines()] == ["Entry 3", "Entry 8"]
    assert "faults: 2" in said.err


def test_end_written_anew_is_found_by_the_file_of_anchors(tmp_path, capsys):
    kept = tmp_path / "anchors.txt"
    assert run("anchor", str(kept)) == 0
    record(by="linli", action="trail.more")
    assert run("anchor", str(kept)) == 0
    assert len(kept.read_text().split()) == 2
    assert run("verify", "--anchor", str(kept)) == 0
    unprotect()
    sql("DELETE FROM trail_entry WHERE number = 11")
    rewritten(10)
    assert run("verify") == 0
    assert run("verify", "--anchor", str(kept)) == 2
    assert "Entry 11" in capsys.readouterr().out


def test_anchor_is_printed_for_a_dash(capsys):
    run("anchor", "-")
    assert capsys.readouterr().out == f"10:{queries.head()[1]}\n"


@pytest.mark.parametrize("text", ["7", "x:y", "nowhere.txt"])
def test_anchor_of_another_form_is_refused_by_the_command_line(text):
    with pytest.raises((argparse.ArgumentError, SystemExit)):
        run("verify", "--anchor", text)
