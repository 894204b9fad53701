"""What is wrong with a book, a scheme or a command: collected, then said kindly and all at once."""

from dataclasses import dataclass, field

from linli.book.phrases import phrase

MOST_SAID = 200  # beyond this many a list no longer helps; the rest is counted
_LONGEST, _LONGEST_PLACE = 60, 400  # a path is needed whole, a wrong cell is known by its beginning


@dataclass(frozen=True)
class Problem:
    """One thing to put right: where it stands, what was found, and (by ``code`` and ``facts``) what is expected."""

    code: str
    where: str  # file, or sheet of the workbook
    row: int | None = None  # as counted in the file, from 1
    column: str = ""  # heading as written, or key of the scheme
    found: str = ""
    facts: dict = field(default_factory=dict)

    def expected(self, lang="en"):
        """What should stand there instead."""
        return phrase(f"expected.{self.code}", lang, **self.facts)

    def said(self, lang="en"):
        """The whole problem as one line."""
        parts = [shown(self.where, _LONGEST_PLACE)]
        if self.row is not None:
            parts.append(phrase("part.row", lang, row=self.row))
        if self.column:
            parts.append(phrase("part.column", lang, column=shown(self.column)))
        place = phrase("part.between", lang).join(parts)
        found = shown(self.found) or phrase("part.blank", lang)
        return phrase("part.whole", lang, place=place, found=found, expected=self.expected(lang))


class BadBook(Exception):
    """The input is wrong. ``problems`` holds every ``Problem``, in the order they stand in the files."""

    def __init__(self, problems):
        self.problems = tuple(problems)
        super().__init__(self.said())

    def said(self, lang="en"):
        """All problems, a line each; of a very long list the first 200 and how many more there are."""
        lines = [problem.said(lang) for problem in self.problems[:MOST_SAID]]
        more = len(self.problems) - len(lines)
        if more:
            lines.append(phrase("part.more", lang, more=more))
        return "\n".join(lines)


def shown(value, longest=_LONGEST):
    """Something found in a file, fit for a terminal: short, and nothing in it that could steer the terminal.

    >>> shown("a" * 100)[-3:]
    'aa…'
    >>> shown(chr(27) + "[2J")
    '\\\\x1b[2J'
    """
    value = str(value)
    value = value if len(value) <= longest else value[:longest] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in value)
