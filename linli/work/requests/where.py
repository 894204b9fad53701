"""Where a point lies: in which community, by the boundaries, and in which square of the grid that is counted by."""

import json
import math
from functools import lru_cache

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from linli.ground.places.queries import communities
from linli.ground.trail.refusals import Refused

CELL = 0.005  # degrees: about 550 m from south to north; a square holds many households, never one
METRES_A_DEGREE = 111_320


def checked(position):
    """(lat, lon) as numbers on this planet, five decimals (a metre); ``Refused`` for anything else."""
    try:
        if isinstance(position, str | bytes):
            raise TypeError
        lat, lon = (float(value) for value in position)
    except (TypeError, ValueError):
        raise _nowhere() from None
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise _nowhere()
    return round(lat, 5), round(lon, 5)


def _nowhere():
    return Refused(
        _("The position is no point on this planet."), _("Give latitude within ±90 and longitude within ±180.")
    )


def cell(lat, lon):
    """The name of the square a point lies in: its south-west corner.

    >>> cell(0.1234, 0.1999), cell(-0.001, 179.9999)
    ('0.120,0.195', '-0.005,179.995')
    """
    south, west = (math.floor(round(value / CELL, 6)) * CELL for value in (lat, lon))
    return f"{south:.3f},{west:.3f}"


def community_at(bureau, lat, lon):
    """The open ``Community`` whose boundary holds the point, or None; one query, each boundary read once."""
    drawn = communities(bureau).filter(place__boundary__isnull=False)
    drawn = drawn.only("bureau", "code", "name", "station")
    for community in drawn.annotate(drawn=Cast("place__boundary", TextField())):
        if holds(community.drawn, lat, lon):
            return community
    return None


def holds(drawn, lat, lon):
    """Whether a GeoJSON Polygon or MultiPolygon, as text, holds a point; holes are outside.

    >>> square = '{"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 1], [0, 1], [0, 0]]]}'
    >>> holds(square, 0.5, 1.5), holds(square, 1.5, 0.5)
    (True, False)
    """
    box, polygons = _shape(drawn)
    west, south, east, north = box
    if not (west <= lon <= east and south <= lat <= north):
        return False
    return any(sum(_crossings(ring, lon, lat) for ring in polygon) % 2 for polygon in polygons)


@lru_cache(maxsize=2048)
def _shape(drawn):
    found = json.loads(drawn)
    polygons = [found["coordinates"]] if found["type"] == "Polygon" else found["coordinates"]
    points = [point for polygon in polygons for ring in polygon for point in ring]
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return (min(xs), min(ys), max(xs), max(ys)), polygons


def _crossings(ring, x, y):
    """How often a ray to the east leaves or enters the ring."""
    count = 0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            count += 1
    return count


def metres(here, there):
    """The distance of two points (lat, lon) that lie within some kilometres; None where one is unknown.

    >>> round(metres((0.1, 0.1), (0.101, 0.1)))
    111
    """
    if None in (*here, *there):
        return None
    north = (here[0] - there[0]) * METRES_A_DEGREE
    east = (here[1] - there[1]) * METRES_A_DEGREE * math.cos(math.radians(here[0]))
    return math.hypot(north, east)
