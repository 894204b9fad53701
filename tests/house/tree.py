"""The repository as the house tests see it: which files there are, and their Python read as syntax trees."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("heng", "linli", "national", "benchmarks", "tests", "examples")
TEXT = {".py", ".md", ".toml", ".csv", ".txt", ".html", ".css", ".lock", ""}


def python_files(*folders):
    """Every Python file below these folders that a person wrote (Django writes migrations), in a steady order."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if path.parent.name != "migrations")


def written_files():
    """Every text file a person reads: the code, the pages, and what stands beside them."""
    below = (path for folder in (*CODE, "docs", ".ci") for path in (ROOT / folder).rglob("*"))
    top = (path for path in ROOT.iterdir())
    found = (path for path in (*below, *top) if path.is_file() and path.suffix in TEXT)
    return sorted(path for path in found if "__pycache__" not in path.parts and path.name != ".git")


def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def offences(paths, of):
    """{path: what ``of`` found in it} of the files where it found anything; empty when all is well."""
    found = {str(path.relative_to(ROOT)): list(of(path)) for path in paths}
    return {path: faults for path, faults in found.items() if faults}


def module_name(path):
    """``heng/shares.py`` -> ``heng.shares``; a package's ``__init__`` is the package itself."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree, module, is_package=False):
    """Dotted names a module imports, wherever in it the import stands; relative ones are made absolute."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(node, module, is_package)
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _absolute(node, module, is_package):
    if not node.level:
        return node.module
    parents = module.split(".")
    kept = parents[: len(parents) - node.level + is_package]
    return ".".join([*kept, *([node.module] if node.module else [])])
