"""A community's grid: its boundary's box in six by six cells, A1 at the north-west. A place is a cell, never a door."""

import re

ACROSS, DOWN = "ABCDEF", 6
_CELL = re.compile(r"[A-F][1-6]")


def is_cell(text):
    """Whether a text names a cell.

    >>> is_cell("B3"), is_cell("G1"), is_cell("")
    (True, False, False)
    """
    return bool(_CELL.fullmatch(text))


def cells():
    """Every cell, row by row.

    >>> cells()[:7]
    ['A1', 'B1', 'C1', 'D1', 'E1', 'F1', 'A2']
    """
    return [f"{column}{row}" for row in range(1, DOWN + 1) for column in ACROSS]


def box(boundary):
    """(west, south, east, north) of a GeoJSON geometry in degrees; None without one."""
    points = list(_points((boundary or {}).get("coordinates") or ()))
    if not points:
        return None
    across, up = [x for x, _y in points], [y for _x, y in points]
    return min(across), min(up), max(across), max(up)


def _points(coordinates):
    if len(coordinates) >= 2 and all(isinstance(number, int | float) for number in coordinates[:2]):
        yield coordinates[0], coordinates[1]
        return
    for inner in coordinates:
        yield from _points(inner)


def cell_at(boundary, latitude, longitude):
    """The cell a position lies in, "" outside the box or where no boundary is known.

    >>> cell_at({"type": "Polygon", "coordinates": [[[0, 0], [6, 0], [6, 6], [0, 6], [0, 0]]]}, 3.5, 1.5)
    'B3'
    """
    found = box(boundary)
    if found is None:
        return ""
    west, south, east, north = found
    if not (west <= longitude <= east and south <= latitude <= north) or west == east or south == north:
        return ""
    column = min(int((longitude - west) / (east - west) * len(ACROSS)), len(ACROSS) - 1)
    row = min(int((north - latitude) / (north - south) * DOWN), DOWN - 1)
    return f"{ACROSS[column]}{row + 1}"
