"""What the core may not do: see the disk, the clock, the screen or a random state that nobody gave it."""

import ast

LIBRARIES = {"numpy", "scipy", "heng"}
PURE = {
    *("__future__", "abc", "bisect", "collections", "dataclasses", "decimal", "enum", "fractions", "functools"),
    *("heapq", "itertools", "math", "numbers", "operator", "re", "statistics", "string", "types", "typing", "zlib"),
}
CALLS = {"open", "print", "input", "exec", "eval", "compile", "breakpoint", "__import__"}
METHODS = {
    *("now", "today", "utcnow", "read_text", "write_text", "read_bytes", "write_bytes"),
    *("load", "save", "savez", "savez_compressed", "loadtxt", "savetxt", "genfromtxt", "fromfile", "tofile", "memmap"),
}
SEEDED = {"default_rng", "Generator", "SeedSequence", "PCG64", "BitGenerator"}


def stranger(name):
    """Whether an imported name is of a library the core does not know.

    >>> stranger("scipy.special.expit"), stranger("datetime.date"), stranger("pathlib")
    (False, True, True)
    """
    return name.split(".")[0] not in LIBRARIES | PURE


def impurities(tree):
    """(line, what) of everything in a module that reaches outside its arguments."""
    for node in ast.walk(tree):
        found = _call(node) if isinstance(node, ast.Call) else _random(node)
        if found:
            yield node.lineno, found


def _call(node):
    called = node.func
    if isinstance(called, ast.Name) and called.id in CALLS:
        return f"{called.id}()"
    if isinstance(called, ast.Attribute) and called.attr in METHODS:
        return f".{called.attr}()"
    name = getattr(called, "attr", getattr(called, "id", ""))
    if name == "default_rng" and not node.args and not node.keywords:
        return "default_rng() without a seed"
    if name == "datetime64" and any(isinstance(a, ast.Constant) and a.value in ("now", "today") for a in node.args):
        return "datetime64 of the clock"
    return None


def _random(node):
    """``np.random.x`` for any x that keeps a state of its own."""
    if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Attribute):
        return None
    if node.value.attr == "random" and node.attr not in SEEDED:
        return f"random.{node.attr}"
    return None
