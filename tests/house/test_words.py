"""The house speaks plainly: words of the field, small files, small functions, and text that outlives its writing."""

import ast
import re

import pytest

from tests.house.sizes import report
from tests.house.tree import CODE, offences, parsed, python_files, written_files

EMPTY_WORDS = {
    *("util", "utils", "helper", "helpers", "manager", "managers", "data"),
    *("process", "processes", "processor", "handle", "handles", "handler", "handlers"),
}
DJANGOS = {"process_exception", "process_view"}  # names that Django calls
LONGEST_FILE, LONGEST_FUNCTION = 350, 60
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Spelt with brackets so that this file does not find itself.
PASSING = {
    "a path of somebody's machine": re.compile(r"(?<![\w.$}])/(work|root|home/\w+|opt/\w+)[/](?!\*)"),
    "the address of a package registry": re.compile(r"pypi[.]org|pythonhosted[.]org|npmjs[.]|crates[.]io"),
    "when it was written": re.compile(r"\b(this|last|previous|next|earlier|another) sess[i]on\b", re.IGNORECASE),
}


def words_of(name):
    """The words in a name, whichever way they are joined.

    >>> sorted(words_of("CountyDataHelpers")), sorted(words_of("wilson_low"))
    (['county', 'data', 'helpers'], ['low', 'wilson'])
    """
    return {part.lower() for part in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def defined(path, kinds=FUNCTIONS):
    return [node for node in ast.walk(parsed(path)) if isinstance(node, kinds)]


def empty_words(path):
    names = [path.stem, *(node.name for node in defined(path, (*FUNCTIONS, ast.ClassDef)))]
    return [name for name in names if words_of(name) & EMPTY_WORDS and name not in DJANGOS]


def too_long(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    lengths = {node.name: node.end_lineno - node.lineno + 1 for node in defined(path)}
    return [
        *([f"{lines} lines"] if lines > LONGEST_FILE else []),
        *(f"{name}: {length} lines" for name, length in lengths.items() if length > LONGEST_FUNCTION),
    ]


def silent_functions(path):
    functions = [node for node in parsed(path).body if isinstance(node, FUNCTIONS)]
    return [node.name for node in functions if not node.name.startswith("_") and not ast.get_docstring(node)]


def passing_text(path):
    text = path.read_text(encoding="utf-8")
    return [f"{what}: {match[0]}" for what, pattern in PASSING.items() if (match := pattern.search(text))]


def test_file_class_and_function_names_are_words_of_the_field():
    assert offences(python_files(*CODE), empty_words) == {}


def test_files_can_be_read_in_one_sitting_and_functions_fit_on_a_screen():
    assert offences(python_files(*CODE), too_long) == {}


def test_module_says_in_its_first_lines_what_it_is_for():
    silent = [path for path in python_files(*CODE) if parsed(path).body and not ast.get_docstring(parsed(path))]
    assert silent == []


def test_public_function_of_the_core_says_what_it_gives():
    assert offences(python_files("heng"), silent_functions) == {}


def test_text_holds_nothing_of_the_place_it_was_written_in():
    assert offences(written_files(), passing_text) == {}


@pytest.mark.parametrize("name", ["read_data", "ScoreManager", "utils", "process_rows", "handle_upload"])
def test_empty_word_is_noticed(name):
    assert words_of(name) & EMPTY_WORDS


@pytest.mark.parametrize("text", ["see /ro" + "ot/notes.md", "https://pypi" + ".org/simple", "the last " + "session"])
def test_passing_text_is_noticed(text):
    assert any(pattern.search(text) for pattern in PASSING.values())


def test_long_function_is_noticed(tmp_path):
    path = tmp_path / "endless.py"
    path.write_text("def endless():\n" + "    x = 1\n" * LONGEST_FUNCTION, encoding="utf-8")
    assert too_long(path) == ["endless: 61 lines"]


def test_sizes_are_reported(capsys):
    with capsys.disabled():
        print("\n" + report())
    assert "linli/quarter" in report()
