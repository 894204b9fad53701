"""The two formats of public instances: set covering (Beasley's OR-Library), shift scheduling (Curtois and Qu)."""

from pathlib import Path

import numpy as np
from scipy import sparse

from heng import roster

ROSTER, COVERING = "roster", "covering"


def read(path):
    """(kind, problem) of a file; ``ValueError`` says what it lacks."""
    text = Path(path).read_text(encoding="utf-8")
    if "SECTION_HORIZON" in text:
        return ROSTER, read_roster(text)
    return COVERING, read_covering(text)


def read_covering(text):
    """((rows, columns) sparse matrix, costs): sizes, costs, then for each row how many columns and which."""
    numbers = iter([int(word) for word in text.split()])
    try:
        rows, columns = next(numbers), next(numbers)
        cost = np.array([next(numbers) for _ in range(columns)], dtype=float)
        which = [[next(numbers) - 1 for _ in range(next(numbers))] for _ in range(rows)]
    except StopIteration:
        raise ValueError("a covering instance ends before all its rows are there") from None
    pointers = np.cumsum([0, *map(len, which)])
    places = np.concatenate([np.array(row, dtype=int) for row in which]) if which else np.array([], dtype=int)
    return sparse.csr_matrix((np.ones(len(places)), places, pointers), shape=(rows, columns)), cost


def read_roster(text):
    """A ``heng.roster.Problem``."""
    found = _sections(text)
    days = int(found["HORIZON"][0][0])
    shifts = [
        roster.Shift(row[0], int(row[1]), tuple(filter(None, row[2].split("|"))) if len(row) > 2 else ())
        for row in found["SHIFTS"]
    ]
    off = {row[0]: tuple(map(int, row[1:])) for row in found.get("DAYS_OFF", [])}
    people = [_person(row, off.get(row[0], ())) for row in found["STAFF"]]
    wishes = [roster.Wish(row[0], int(row[1]), row[2], int(row[3]), True) for row in found.get("SHIFT_ON_REQUESTS", [])]
    wishes += [
        roster.Wish(row[0], int(row[1]), row[2], int(row[3]), False) for row in found.get("SHIFT_OFF_REQUESTS", [])
    ]
    needs = [roster.Need(int(row[0]), row[1], *map(int, row[2:5])) for row in found["COVER"]]
    return roster.Problem(days, tuple(shifts), tuple(people), tuple(wishes), tuple(needs))


def _person(row, off):
    most = {part.split("=")[0]: int(part.split("=")[1]) for part in row[1].split("|")}
    minutes, least, longest, shortest, rest, weekends = map(int, row[2:8])
    return roster.Person(row[0], most, least, minutes, longest, shortest, rest, weekends, off)


def _sections(text):
    found, here = {}, None
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("SECTION_"):
            here = found.setdefault(line.removeprefix("SECTION_"), [])
        elif line and not line.startswith("#") and here is not None:
            here.append(line.split(","))
    return found
