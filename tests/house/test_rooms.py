"""The rooms keep the house: writes stand in actions, links point down and left, every field is classed, every row that
must not change cannot."""

import ast
import importlib

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from linli.ground.trail.immutable import WrittenOnce
from linli.ground.trail.privacy import unclassed
from tests.house.floors import may_know
from tests.house.tree import ROOT, module_name, offences, parsed, python_files

OURS = [model for model in apps.get_models() if model.__module__.startswith("linli.")]
WRITES = {"save", "create", "bulk_create", "bulk_update", "update", "delete", "get_or_create", "update_or_create"}
COUNTED = {"linli.faces.api.actions.spend"}  # a program's request is counted; nobody decides anything
FLOORS = ("linli/ground", "linli/quarter", "linli/work", "linli/faces")
# The trail's and the queue's own machinery, and the door that spends a form's token.
MACHINERY = {"immutable.py", "doors.py", "models.py"}


def _rows_of_a_table(node):
    """Whether a call is made on rows: ``Model.objects…``, a filtered queryset, or ``something.save()``."""
    if node.func.attr in ("save", "delete") and not isinstance(node.func.value, ast.Call):
        return not node.args  # a document is saved into something; a row is saved by keywords alone
    names = {part.attr for part in ast.walk(node.func.value) if isinstance(part, ast.Attribute)}
    return bool(names & {"objects", "filter", "select_for_update", "exclude"})


def writes(path):
    """Lines of a module that write to a table."""
    for node in ast.walk(parsed(path)):
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
        if called and _rows_of_a_table(node):
            yield f"line {node.lineno}: .{node.func.attr}("


def is_actions(path):
    return path.name == "actions.py" or path.parent.name == "actions"


def test_tables_are_written_in_actions_alone():
    places = [p for p in python_files(*FLOORS) if not is_actions(p) and p.name not in MACHINERY]
    assert offences(places, writes) == {}


def public_actions():
    """What a room offers as its actions: the public functions of ``actions.py``, or what its package hands on."""
    for path in python_files("linli/quarter", "linli/work", "linli/ground", "linli/faces"):
        if not is_actions(path) or "trail" in path.parts or "jobs" in path.parts:
            continue
        module = importlib.import_module(module_name(path))
        door = module if path.name == "actions.py" else importlib.import_module(module_name(path.parent))
        for node in parsed(path).body:
            offered = isinstance(node, ast.FunctionDef) and getattr(door, node.name, None) is not None
            if offered and not node.name.startswith("_") and f"{module.__name__}.{node.name}" not in COUNTED:
                yield f"{module.__name__}.{node.name}", getattr(module, node.name), node


def test_every_public_function_of_actions_is_an_action_with_a_person_behind_it():
    faults = []
    for name, function, node in public_actions():
        keywords = {argument.arg for argument in node.args.kwonlyargs}
        if not getattr(function, "is_action", False) or "by" not in keywords or node.args.args:
            faults.append(name)
    assert faults == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_has_its_class_of_privacy(model):
    assert unclassed(model) == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_rows_come_in_an_order_on_every_database(model):
    assert model._meta.ordering


def test_links_between_tables_point_to_rooms_one_may_know():
    faults = []
    for model in OURS:
        for field in model._meta.local_fields:
            known = getattr(field.related_model, "__module__", "") if field.is_relation else ""
            if known.startswith("linli.") and not may_know(model.__module__, known):
                faults.append(f"{model._meta.label}.{field.name} -> {known}")
    assert faults == []


@pytest.mark.django_db
@pytest.mark.parametrize("model", [m for m in OURS if issubclass(m, WrittenOnce)], ids=lambda m: m._meta.label)
def test_database_itself_refuses_to_change_what_is_written_once(model):
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
            assert cursor.fetchone()[0] == 2
        else:
            cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table])
            assert cursor.fetchone()[0] == 1


@pytest.mark.django_db
def test_trail_entry_cannot_be_altered_even_by_sql(cast_entry):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE trail_entry SET why = 'another' WHERE number = %s", [cast_entry.number])


@pytest.fixture
def cast_entry(db):
    from linli.ground.trail.actions import record

    return record(by="linli", action="test.noted")


def test_rooms_have_the_files_that_every_room_has():
    faults = []
    for path in ROOT.glob("linli/*/*/models.py"):
        for name in ("__init__", "actions", "urls"):
            if not [*path.parent.glob(f"{name}.py"), *path.parent.glob(f"{name}/"), *path.parent.glob(f"*/{name}.py")]:
                faults.append(f"{path.parent.relative_to(ROOT)}/{name}.py")
    assert faults == []
