"""The last row 合計 of a sheet: checked against the rows above it, then dropped."""

from linli.book import cells, headings
from linli.book.problems import Problem
from linli.book.sheets import SHEETS

_TOTALS = frozenset(("合計", "合计", "總計", "总计", "total"))


def is_totals(row):
    """Whether the first filled cell of a row says that it holds sums."""
    first = next((str(cell) for cell in row if cell is not None and str(cell).strip()), "")
    return "".join(first.split()).strip(":：").casefold() in _TOTALS


def disagreeing(table, heading, last):
    """A problem for every filled cell of the totals row that is not the sum of its column."""
    row, values = last
    for name, column in _summable(table, heading).items():
        position, numbers = column
        cell = values[position] if position < len(values) else None
        try:
            said = cells.fact(cell) if cells.plain(cell) else None
        except cells.Unreadable:
            said = float("nan")
        if said is None or not all(number is None or isinstance(number, int | float) for number in numbers):
            continue
        total = sum(number or 0 for number in numbers)
        if not abs(said - total) <= 1e-9 * max(1.0, abs(total)):
            facts = {"sum": f"{total:.12g}"}
            yield Problem("total", table.where, row, table.written.get(name, name), str(cell), facts)


def _summable(table, heading):
    spec = SHEETS[table.sheet].columns
    found = {n: (p, table.columns[n]) for n, p in heading.columns.items() if spec[n].summed}
    positions = {headings.fact_name(label): position for position, label in heading.written.items()}
    return found | {name: (positions[name], numbers) for name, numbers in table.facts.items()}
