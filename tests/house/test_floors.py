"""The house keeps its floors: the core is pure, the book knows no web, and rooms know only whom they may."""

import ast

import pytest

from tests.house.floors import FLOORS, may_know
from tests.house.purity import impurities, stranger
from tests.house.tree import ROOT, imported, module_name, offences, parsed, python_files

SHIPPED = ("heng", "linli", "national")
WEB = {"django", "ninja", "huey"}


def names_in(path):
    return set(imported(parsed(path), module_name(path), is_package=path.stem == "__init__"))


def roots_in(path):
    return {name.split(".")[0] for name in names_in(path)}


def test_core_imports_numpy_scipy_and_pure_library_modules_only():
    assert offences(python_files("heng"), lambda path: filter(stranger, names_in(path))) == {}


def test_core_sees_no_disk_no_clock_no_screen_and_no_random_state_of_its_own():
    assert offences(python_files("heng"), lambda path: impurities(parsed(path))) == {}


def test_book_and_national_know_no_web():
    assert offences(python_files("linli/book", "national"), lambda path: roots_in(path) & WEB) == {}


def test_module_knows_only_whom_it_may():
    def overreach(path):
        return [name for name in names_in(path) if not may_know(module_name(path), name)]

    assert offences(python_files(*SHIPPED), overreach) == {}


def test_nothing_shipped_needs_the_tests_or_the_examples():
    beside = {"tests", "examples", "benchmarks", "pytest", "hypothesis"}
    assert offences(python_files(*SHIPPED), lambda path: roots_in(path) & beside) == {}


@pytest.mark.parametrize(
    "line",
    [
        "open('county.csv')",
        "print(score)",
        "datetime.now()",
        "np.random.normal(size=3)",
        "np.random.seed(1)",
        "rng = np.random.default_rng()",
        "np.datetime64('today')",
        "np.loadtxt(name)",
    ],
)
def test_impure_line_is_noticed(line):
    assert list(impurities(ast.parse(f"def f():\n    {line}")))


def test_seeded_draws_and_given_days_are_pure():
    assert not list(impurities(ast.parse("np.random.default_rng(seed); np.datetime64('2026-09-30')")))


@pytest.mark.parametrize(
    "knower, known, allowed",
    [
        ("linli.book.read", "heng.evidence", True),
        ("heng.quarter", "linli.book.read", False),
        ("linli.book.read", "linli.cli", False),
        ("linli.cli", "linli.book.write", True),
        ("linli.ground.officers.models", "linli.ground.places.models", True),
        ("linli.ground.places.models", "linli.ground.officers.models", False),
        ("linli.work.requests.actions", "linli.ground.officers.queries", True),
        ("linli.work.requests.actions", "linli.work.disputes.actions", False),
        ("linli.quarter.indicators.actions", "linli.work.surveys.evidence", True),
        ("linli.quarter.appraisal.actions", "linli.work.surveys.evidence", False),
        ("linli.quarter.indicators.actions", "linli.work.surveys.models", False),
        ("linli.quarter.payments.actions", "linli.work.teams.dues", True),
        ("linli.quarter.notices.actions", "linli.quarter.decisions.queries", True),
        ("linli.quarter.decisions.actions", "linli.quarter.notices.actions", False),
        ("linli.ground.trail.views", "linli.ground.accounts.doors", True),
        ("linli.ground.trail.views", "linli.ground.accounts.models", False),
        ("linli.ground.trail.actions", "linli.ground.accounts.roles", False),
        ("linli.faces.desk.views", "linli.work.requests.actions", True),
        ("linli.faces.desk.views", "linli.work.requests.evidence", False),
        ("linli.faces.desk.views", "linli.faces.portal.views", False),
        ("linli.faces.demo.work.board", "linli.faces.portal.actions", True),
        ("linli.faces.demo.work.board", "linli.faces.portal.models", False),
        ("linli.work.teams.actions", "linli.faces.desk.views", False),
        ("national.job", "heng.quarter", True),
        ("national.job", "linli.quarter.appraisal.actions", False),
    ],
)
def test_who_may_know_whom(knower, known, allowed):
    assert may_know(knower, known) is allowed


def test_every_room_stands_on_a_floor_that_names_it():
    rooms = {p.parent for floor in FLOORS for p in (ROOT / "linli" / floor).glob("*/__init__.py")}
    assert sorted(room.name for room in rooms if room.name not in FLOORS[room.parent.name]) == []
