"""A table of examples: cells as they are printed, and the function that must turn the left ones into the right ones."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Examples of one rule. Every row is the case in words, then the given cells, then what must come out."""

    rule: str  # "R-31"
    given: tuple
    then: tuple
    rows: tuple
    outcome: Callable  # (*given cells) -> the cells that follow, all strings

    def cells(self, row):
        """(given, then) of a row, without its words."""
        return row[1 : 1 + len(self.given)], row[1 + len(self.given) :]

    def markdown(self):
        """The table as the reader sees it."""
        heading = ("case", *self.given, *(f"→ {name}" for name in self.then))
        lines = [heading, ["---"] * len(heading), *self.rows]
        return "\n".join(f"| {' | '.join(cell or '–' for cell in line)} |" for line in lines)
