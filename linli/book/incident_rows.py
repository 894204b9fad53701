"""The rows below the heading of a table of incidents: each number to its month, community and kind; sums checked."""

from linli.book import cells
from linli.book.incident_heading import DIMENSIONS
from linli.book.incident_words import KINDS, NOTHING, SUBTOTALS, is_total, key, kind_of, months_of
from linli.book.problems import Problem

LARGEST = 1_000_000


def letter(position):
    """A column as a spreadsheet calls it.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    found, position = "", position + 1
    while position:
        position, rest = divmod(position - 1, 26)
        found = chr(65 + rest) + found
    return found


class Read:
    """One sheet being read. found: (month, community, kind, word) -> (number, row); asked: what is said beside it."""

    def __init__(self, grid, heading, place_of, asked, found, notes, problems):
        self.grid, self.heading, self.place_of, self.asked = grid, heading, place_of, asked
        self.found, self.notes, self.problems = found, notes, problems
        self.body = grid.rows[heading.below :]
        self.lines = []  # (keys of the row, {position: number}) of every ordinary row so far, for the sums

    def all(self):
        """Reads every row; what is wrong goes to the problems, what is left out to the notes."""
        for position, written, why in self.heading.problems:
            self._problem(why.code, self.heading.row, position, written, **why.facts)
        if self.heading.problems or self._unsaid():
            return
        self._unknown_columns()
        told = self._told()
        months = self._months([row.get("month") for row in told], [row.get("year") for row in told])
        for index, (row, line) in enumerate(self.body):
            raw = {name: self._at(line, position) for name, position in self.heading.keys.items()}
            if any(is_total(cell) for cell in raw.values()) or is_total(next(filter(key, line), "")):
                self._sums(row, line, raw, months[index])
            elif any(key(self._at(line, column.position)) for column in self.heading.columns):
                self._row(row, line, told[index], months[index])
            # else a remark or a signature below the table

    def _told(self):
        """The key cells of each row; a merged one stands over the blanks below it, so community and month go on."""
        last, found, filled = {}, [], 0
        for _row, line in self.body:
            raw = {name: self._at(line, position) for name, position in self.heading.keys.items()}
            if not any(is_total(cell) for cell in raw.values()):
                last |= {name: cell for name, cell in raw.items() if key(cell) and name != "kind"}
            told = {name: cell if key(cell) else last.get(name) for name, cell in raw.items()}
            counts = any(key(self._at(line, column.position)) for column in self.heading.columns)
            filled += counts and any(key(told[name]) and not key(cell) for name, cell in raw.items())
            found.append(told)
        if filled:
            self.notes.append(("filled_down", {"sheet": self.grid.where, "rows": filled}))
        return found

    def _at(self, line, position):
        return line[position] if position < len(line) else None

    def _problem(self, code, row, position, found="", **facts):
        shown = "" if found is None else str(found)
        self.problems.append(Problem(code, self.grid.where, row, letter(position), shown, facts))

    def _unsaid(self):
        """A problem for each of month, community and kind that neither rows nor columns nor anybody says."""
        numbers, missing = [column for column in self.heading.columns if not column.sums], False
        for name in DIMENSIONS:
            told = name in self.heading.keys or self.asked.get(name)
            if told or (numbers and all(name in column.said for column in numbers)):
                continue
            self.problems.append(Problem(f"unsaid_{name}", self.grid.where, self.heading.row))
            missing = True
        return missing

    def _unknown_columns(self):
        for position, written in self.heading.unknown.items():
            cell_rows = [(row, self._at(line, position)) for row, line in self.body]
            words = [
                (row, cell) for row, cell in cell_rows if key(cell) and not _is_number(cell) and not is_total(cell)
            ]
            if written and words:
                self._problem("no_text", words[0][0], position, written)
            elif written:
                self.notes.append(("column_left_out", {"sheet": self.grid.where, "column": written}))

    def _months(self, told, years):
        """The month each row says; where a year stands in a column of its own, with that year."""
        if "month" not in self.heading.keys:
            return [None] * len(told)
        if "year" not in self.heading.keys:
            return months_of(told, self.asked["year"])
        return [
            month for cell, year in zip(told, years, strict=True) for month in months_of([_bare(cell)], _year(year))
        ]

    def _row(self, row, line, told, month):
        keys = self._keys(row, told, month)
        if keys is None:
            return
        numbers = {}
        for column in self.heading.columns:
            number = self._number(row, column, self._at(line, column.position))
            if number is not None:
                numbers[column.position] = number
                if not column.sums:
                    self._keep(row, column, keys, number)
        self.lines.append((keys, numbers))
        for column in self.heading.columns:
            if column.sums and column.position in numbers:
                self._check_across(row, column, numbers)

    def _keys(self, row, told, month):
        """dimension -> value of the row, and the word of its kind; None when one cannot be read (said as a problem)."""
        found, facts = {"word": key(told["kind"]) if "kind" in told else ""}, {"words": _kind_words()}
        read = {
            "month": lambda cell: month,
            "community": self._place,
            "kind": kind_of,
        }
        codes = {"month": "month", "community": "known_place", "kind": "incident_kind"}
        problems = len(self.problems)
        for name in (name for name in DIMENSIONS if name in self.heading.keys):
            found[name] = read[name](told[name])
            if isinstance(found[name], cells.Unreadable):
                self._problem(found[name].code, row, self.heading.keys[name], told[name], **found[name].facts)
            elif not found[name]:
                self._problem(codes[name], row, self.heading.keys[name], told[name], **facts)
        return found if len(self.problems) == problems else None

    def _place(self, cell):
        try:
            return self.place_of(cells.plain(cell))
        except cells.Unreadable as why:
            return why

    def _number(self, row, column, cell):
        try:
            if cells.plain(cell) in NOTHING:
                return None
            return int(cells.whole(0, LARGEST)(cell))
        except cells.Unreadable as why:
            self._problem(why.code, row, column.position, cell, **why.facts)
            return None

    def _keep(self, row, column, keys, number):
        where = {name: column.said.get(name) or keys.get(name) or self.asked.get(name) for name in DIMENSIONS}
        place = (where["month"], where["community"], where["kind"], column.word or keys["word"])
        if place in self.found:
            self._problem("count_once", row, column.position, number, first=self.found[place][1])
        else:
            self.found[place] = (number, row)

    def _check_across(self, row, column, numbers):
        """A column of sums against the numbers of its row that it sums."""
        parts = [
            numbers.get(other.position)
            for other in self.heading.columns
            if not other.sums and column.said.items() <= other.said.items()
        ]
        if parts and None not in parts and sum(parts) != numbers[column.position]:
            self._problem("total", row, column.position, numbers[column.position], sum=sum(parts))

    def _sums(self, row, line, told, month):
        """A row of sums against the rows above that it sums."""
        partial = any(is_total(cell, SUBTOTALS) for cell in line)
        meant = {}
        for name, cell in told.items():
            if key(cell) and not is_total(cell) and name in DIMENSIONS:
                meant[name] = {"month": month, "community": self.place_of(str(cell)), "kind": kind_of(cell)}[name]
        above = self.lines[self._since if partial and not meant else 0 :]
        rows = [numbers for keys, numbers in above if all(keys.get(name) == value for name, value in meant.items())]
        for column in self.heading.columns:
            number = self._number(row, column, self._at(line, column.position))
            parts = [numbers[column.position] for numbers in rows if column.position in numbers]
            if number is not None and sum(parts) != number:
                self._problem("total", row, column.position, number, sum=sum(parts))
        if partial:
            self._since = len(self.lines)

    _since = 0


def _plain(cell):
    try:
        return cells.plain(cell)
    except cells.Unreadable:
        return ""


def _bare(cell):
    """3 as 3月, where the column is one of months and its year stands beside it."""
    plain = _plain(cell)
    return f"{plain}月" if plain.isascii() and plain.isdigit() and len(plain) <= 2 else cell


def _year(cell):
    plain = _plain(cell).removesuffix("年")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) == 4 else None


def _is_number(cell):
    try:
        cells.fact(cell)
    except cells.Unreadable:
        return False
    return True


def _kind_words():
    return [words.split("|")[0] for words in KINDS.values()]
