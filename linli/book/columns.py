"""From a grid of raw cells to a table of read columns, every cell that cannot be read named with its place."""

from dataclasses import dataclass, field

from linli.book import cells, headings, totals
from linli.book.problems import Problem
from linli.book.sheets import NEEDED, SHEETS

BAD = object()  # stands where a cell could not be read: said once, skipped by every later check


@dataclass(frozen=True)
class Table:
    """One sheet, read: columns of equal length, the row of each line in the file, place facts by name."""

    sheet: str
    where: str
    rows: list = field(default_factory=list)
    columns: dict = field(default_factory=dict)
    facts: dict = field(default_factory=dict)
    written: dict = field(default_factory=dict)  # column -> heading as the file has it

    def lines(self, *names):
        """(index, values of those columns) of every line on which all of them could be read."""
        for index, values in enumerate(zip(*(self.columns[name] for name in names), strict=True)):
            if BAD not in values:
                yield index, values

    def problem(self, code, index, column, found="", **facts):
        """A problem in one cell of the table."""
        heading = self.written.get(column, column)
        return Problem(code, self.where, self.rows[index], heading, "" if found is None else str(found), facts)


def nothing(sheet):
    """The table of a sheet that is not there."""
    return Table(sheet, sheet, columns={name: [] for name in SHEETS[sheet].columns})


def read_table(grid, problems, notes, year=None):
    """The ``Table`` of a grid; what is wrong goes to ``problems``, what is left out to ``notes`` (code, facts)."""
    spec, heading = SHEETS[grid.sheet], headings.find(grid)
    if heading is None:
        first = grid.rows[0][0] if grid.rows else None
        found = " ".join(str(cell) for cell in grid.rows[0][1] if cell is not None) if grid.rows else ""
        problems.append(Problem("heading", grid.where, first, found=found, facts={"columns": list(spec.columns)}))
        return nothing(grid.sheet)
    problems.extend(_heading_problems(grid, heading, spec))
    body = grid.rows[heading.below :]
    last = body.pop() if body and totals.is_totals(body[-1][1]) else None
    table = Table(grid.sheet, grid.where, [row for row, _ in body], written=_written(heading))
    for name, column in spec.columns.items():
        raw = _raw(body, heading.columns.get(name))
        table.columns[name] = _column(table, name, column, raw, problems, year)
    table.facts.update(_extra(grid, table, heading, body, problems, notes))
    problems.extend(_stray(grid, heading, body))
    if last is not None:
        problems.extend(totals.disagreeing(table, heading, last))
    return table


def _written(heading):
    shown = {}
    for name, position in heading.columns.items():
        label = heading.written[position]
        shown[name] = name if label.casefold() == name else f"{label} ({name})"
    return shown


def _heading_problems(grid, heading, spec):
    for position, column in heading.twice:
        label = heading.written[position]
        yield Problem("column_once", grid.where, heading.row, label, label, {"column": column})
    for name, column in spec.columns.items():
        if column.needed and name not in heading.columns:
            facts = {"column": name, "heading": headings.in_chinese(name)}
            yield Problem("column", grid.where, heading.row, name, facts=facts)


def _raw(body, position):
    """The cells of one column, None where a row is shorter; None for a column that is not there."""
    if position is None:
        return None
    return [row[position] if position < len(row) else None for _, row in body]


def _column(table, name, column, raw, problems, year):
    if raw is None:
        return [BAD if column.needed else column.blank] * len(table.rows)
    read = cells.day_in(year) if name == "date" else column.read
    blank = column.blank
    if column.read is cells.flag and any(_ticked(cell) for cell in raw):
        blank = False  # where people tick, an empty box says no
    found = []
    for index, cell in enumerate(raw):
        try:
            found.append(_value(cell, column, read, blank))
        except cells.Unreadable as why:
            problems.append(table.problem(why.code, index, name, cell, **why.facts))
            found.append(BAD)
    return found


def _ticked(cell):
    return isinstance(cell, str) and cell.strip() in cells.TICKS


def _value(cell, column, read, blank):
    said = cells.plain(cell)
    if said and said not in column.nothing:
        return read(cell)
    if blank is NEEDED:
        raise cells.Unreadable("filled")
    return blank


def _extra(grid, table, heading, body, problems, notes):
    """Columns the contract does not name: numbers about communities are facts, everything else is left out."""
    facts, used = {}, set(heading.columns.values())
    for position, label in heading.written.items():
        raw = _raw(body, position)
        filled = [cell for cell in raw if cell is not None and str(cell).strip()]
        if position in used or any(position == p for p, _ in heading.twice) or not (label or filled):
            continue
        name = headings.fact_name(label)
        if grid.sheet != "communities" or not name or not _mostly_numbers(filled):
            notes.append(("column_left_out", {"sheet": grid.where, "column": label or f"#{position + 1}"}))
        elif name in facts:
            problems.append(Problem("column_once", grid.where, heading.row, label, label, {"column": name}))
        else:
            table.written[name] = name
            facts[name] = [_fact(table, index, name, cell, problems) for index, cell in enumerate(raw)]
    return facts


def _mostly_numbers(filled):
    """A column of numbers with a slip in it is a fact to be put right; a few numbers among remarks are no fact."""
    return len(filled) > 0 and 2 * sum(_is_number(cell) for cell in filled) > len(filled)


def _is_number(cell):
    try:
        cells.fact(cell)
    except cells.Unreadable:
        return False
    return True


def _fact(table, index, name, cell, problems):
    try:
        return cells.fact(cell) if cells.plain(cell) else None
    except cells.Unreadable as why:
        problems.append(table.problem(why.code, index, name, cell, **why.facts))
        return BAD


def _stray(grid, heading, body):
    """In a CSV, a filled cell beyond the heading comes of a comma too many: the row's figures stand one off."""
    for row, values in body if grid.ragged else ():
        beyond = [cell for cell in values[heading.width :] if cell.strip()]
        if beyond:
            yield Problem("stray", grid.where, row, found=",".join(beyond), facts={"columns": heading.width})
