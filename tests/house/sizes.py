"""How large the pieces are, floor by floor: ``python -m tests.house.sizes``. The limits are in ``test_words``."""

import ast

import numpy as np

from tests.house.tree import parsed, python_files

FLOORS = ("heng", "linli/book", "linli/ground", "linli/quarter", "linli/faces", "national", "benchmarks", "tests")
_HEAD = ("", "files", "lines", "median", "95 %", "longest", "functions", "median", "95 %", "longest")


def measured(folder):
    """(files, lines, their median, 95th percentile, longest; the same of functions) of a folder."""
    paths = python_files(folder)
    lines = [len(path.read_text(encoding="utf-8").splitlines()) for path in paths]
    functions = [
        node.end_lineno - node.lineno + 1
        for path in paths
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef)
    ]
    return (len(lines), sum(lines), *_spread(lines), len(functions), *_spread(functions))


def _spread(values):
    return (int(np.median(values)), int(np.percentile(values, 95)), max(values)) if values else (0, 0, 0)


def report():
    """The table as text."""
    rows = [_HEAD, *((folder, *map(str, measured(folder))) for folder in FLOORS)]
    wide = [max(len(row[i]) for row in rows) for i in range(len(_HEAD))]
    return "\n".join("  ".join(cell.rjust(w) for cell, w in zip(row, wide, strict=True)) for row in rows)


if __name__ == "__main__":
    print(report())
