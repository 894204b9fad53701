"""The blocks of docs/benchmarks.md, from the kept results: ratios first, then seconds, then the machine."""

from benchmarks.speed import aims, machine, parts
from tests.house.blocks import filled
from tests.house.tree import ROOT
from tests.house.worked import table

PAGE = ROOT / "docs" / "benchmarks.md"


def blocks(results):
    """Block name -> text, of every part that was measured."""
    ratios = [one for part, found in _found(results) for one in part.ratios(found)]
    texts = {"ratios": _ratios(ratios), "missed": aims.missed(ratios), "machine": _machines(results)}
    for part, found in _found(results):
        texts |= part.tables(found)
    return texts


def _found(results):
    """(module, what it found) of every part that was measured, in the order of the page."""
    measured = [(name, results[name]["found"]) for name in parts.PARTS if "found" in results.get(name, {})]
    return [(parts.find(name), found) for name, found in measured]


def _ratios(ratios):
    heads = ("what", "beside", "found", "aim", "")
    return table(heads, [one.row() for one in ratios])


def _machines(results):
    """What each part ran on, once where it is the same, and the peers' versions."""
    lines = [f"- {name}: {_where(result)}" for name, result in results.items()]
    versions = sorted({one for result in results.values() for one in _versions(result.get("found"))})
    return "\n".join([*lines, *([f"- peers: {', '.join(versions)}"] if versions else [])])


def _where(result):
    return f"{result['skipped']}." if "skipped" in result else machine.in_words(result["machine"])


def _versions(found):
    """Every list called "versions" in a part's findings, wherever in it."""
    if isinstance(found, dict):
        for key, value in found.items():
            yield from value if key == "versions" else _versions(value)
    elif isinstance(found, list):
        for one in found:
            yield from _versions(one)


def shown(results):
    """Everything as text, for the terminal."""
    return "\n\n".join(f"{name}\n{text}" for name, text in blocks(results).items())


def text_with(text, results):
    """A page's text with every block as the results give it; a block without results says so."""
    found = blocks(results)
    return filled(text, lambda name: found.get(name, "Not measured in the run this page is from."))


def write(results):
    """Writes the blocks of the page anew, and the drawings beside it."""
    PAGE.write_text(text_with(PAGE.read_text(encoding="utf-8"), results), encoding="utf-8")
    for part, found in _found(results):
        for name, drawn in getattr(part, "pictures", lambda found: {})(found).items():
            (PAGE.parent / name).write_text(drawn, encoding="utf-8")
