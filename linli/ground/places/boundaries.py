"""Boundaries as GeoJSON (RFC 7946, WGS 84): read from a file that nobody trusts, and every fault in it named."""

import json
import math

from django.utils.translation import gettext as _

from linli.ground.trail.refusals import Refused

LARGEST_FILE = 5 * 2**20
MOST_POINTS = 20_000
_KINDS = ("Polygon", "MultiPolygon")
_KEYS = ("community", "code", "name", "社區", "名稱")
_NAMED = 12  # faults said one by one


def read_collection(content):
    """[(keys, geometry)] of a FeatureCollection's bytes: what may name the community, and its checked geometry."""
    features = _features(content)
    found, faults = [], []
    for number, feature in enumerate(features, 1):
        try:
            properties = feature.get("properties") or {}
            keys = [str(properties[key]).strip() for key in _KEYS if properties.get(key) not in (None, "")]
            found.append((keys, checked(feature.get("geometry"))))
        except Refused as fault:
            faults.append(_("Feature %(number)s: %(fault)s") % {"number": number, "fault": fault.message})
        except (AttributeError, TypeError):
            faults.append(_("Feature %(number)s is not an object with properties and geometry.") % {"number": number})
    refuse_all(faults)
    if sum(points_in(geometry) for _keys, geometry in found) > MOST_POINTS:
        raise Refused(
            _("The file holds more than %(most)s points.") % {"most": f"{MOST_POINTS:,}"},
            _("Simplify the boundaries: a few hundred points each are enough for the map."),
        )
    return found


def refuse_all(faults):
    """Raise ``Refused`` with every fault, if there is one."""
    if faults:
        said = faults[:_NAMED] + ([_("and %(more)s more") % {"more": len(faults) - _NAMED}] if faults[_NAMED:] else [])
        raise Refused(" ".join(said), _("Put the file right and send it again. No boundary has been changed."))


def _features(content):
    if len(content) > LARGEST_FILE:
        raise Refused(
            _("The file is larger than %(most)s MB.") % {"most": LARGEST_FILE // 2**20},
            _("Simplify the boundaries: a few hundred points each are enough for the map."),
        )
    try:
        found = json.loads(content.decode("utf-8-sig"), parse_constant=_no_constant)
        features = found["features"] if found["type"] == "FeatureCollection" else None
    except (UnicodeDecodeError, ValueError, KeyError, TypeError, RecursionError):
        features = None
    if not isinstance(features, list) or not features:
        raise Refused(
            _("This is not a GeoJSON FeatureCollection."),
            _("Export the boundaries as GeoJSON (WGS 84) in UTF-8, with the community's code or name as a property."),
        )
    return features


def _no_constant(name):
    raise ValueError(name)  # NaN and Infinity are no JSON


def checked(geometry):
    """The geometry with coordinates of six decimals; ``Refused`` when it is not a polygon on this planet."""
    if not isinstance(geometry, dict) or geometry.get("type") not in _KINDS:
        raise Refused(_("only Polygon and MultiPolygon are boundaries."))
    rings = geometry.get("coordinates")
    polygons = [rings] if geometry["type"] == "Polygon" else rings
    if not isinstance(polygons, list) or not polygons:
        raise Refused(_("the boundary has no coordinates."))
    laid = [[_ring(ring) for ring in _listed(polygon)] for polygon in polygons]
    if sum(len(ring) for polygon in laid for ring in polygon) > MOST_POINTS:
        raise Refused(_("the boundary has more than %(most)s points.") % {"most": f"{MOST_POINTS:,}"})
    return {"type": geometry["type"], "coordinates": laid[0] if geometry["type"] == "Polygon" else laid}


def points_in(geometry):
    """How many points a checked geometry has."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return sum(len(ring) for polygon in polygons for ring in polygon)


def _listed(polygon):
    if not isinstance(polygon, list) or not polygon:
        raise Refused(_("a polygon has no ring."))
    return polygon


def _ring(ring):
    if not isinstance(ring, list) or len(ring) < 4 or len(ring) > MOST_POINTS:
        raise Refused(_("a ring needs at least four points, and at most %(most)s.") % {"most": f"{MOST_POINTS:,}"})
    points = [_point(point) for point in ring]
    if points[0] != points[-1]:
        raise Refused(_("a ring does not end where it begins."))
    if len({tuple(point) for point in points}) < 3:
        raise Refused(_("a ring encloses nothing."))
    return points


def _point(point):
    if not isinstance(point, list) or len(point) not in (2, 3):
        raise Refused(_("a point is not a pair of longitude and latitude."))
    for value, limit in zip(point[:2], (180, 90), strict=True):
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise Refused(_("a coordinate is not a number."))
        if abs(value) > limit:
            raise Refused(_("a coordinate lies beyond the earth: longitude ±180, latitude ±90 (WGS 84)."))
    return [round(float(value), 6) for value in point[:2]]
