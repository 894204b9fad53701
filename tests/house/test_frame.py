"""The frame holds: what is installed is written down and pinned, and the two commands are what CI runs."""

import os
import re
import shutil
import subprocess
import sys
import tomllib

import pytest

from tests.house.tree import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def wanted():
    """Names of everything pyproject.toml asks for, as the lock spells them."""
    extras = PROJECT["project"]["optional-dependencies"].values()
    asked = [*PROJECT["project"]["dependencies"], *(line for extra in extras for line in extra)]
    return {re.match(r"[\w-]+", line)[0].lower() for line in asked}


def test_lock_holds_no_address():
    assert re.findall(r"\S*://\S*|--(?:extra-)?index\S*|--find-links|@ file", LOCK) == []


def test_lock_pins_everything_asked_for_with_a_hash():
    pinned = re.findall(r"^([\w-]+)==[^\\\n]*\\\n    --hash=sha256:[0-9a-f]{64}", LOCK, re.MULTILINE)
    assert wanted() - set(pinned) == set()
    assert len(pinned) == len(re.findall(r"^[\w-]+==", LOCK, re.MULTILINE))


def test_dependency_has_its_reason_beside_it():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lines = re.findall(r'^ +"[\w\[\]-]+>=.*$', text, re.MULTILINE)
    assert len(lines) == len(wanted())
    assert [line for line in lines if not re.search(r", +# \w", line)] == []


def test_every_file_the_package_needs_is_shipped():
    package = ROOT / "linli"
    shipped = {
        path for pattern in PROJECT["tool"]["setuptools"]["package-data"]["linli"] for path in package.glob(pattern)
    }
    needed = {path for path in package.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc", ".md")}
    assert sorted(str(path.relative_to(ROOT)) for path in needed - shipped) == []


def test_ci_runs_what_a_newcomer_runs_and_both_databases():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert re.findall(r"^make .*$", script.read_text(encoding="utf-8"), re.MULTILINE) == [
        "make test",
        "make test-postgres",
        "make test-slow",
    ]


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize(
    "target",
    [
        "demo",
        "quarter",
        "test",
        "test-slow",
        "test-all",
        "test-postgres",
        "bench",
        "bench-web",
        "bench-intake",
        "pictures",
        "translations",
        "readme",
        "lint",
        "clean",
    ],
)
def test_command_named_for_developers_exists(target):
    assert f"`make {target}`" in (ROOT / "DEVELOPERS.md").read_text(encoding="utf-8")
    made = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr


def test_source_is_in_one_style():
    checked = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--output-format=concise", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stdout
