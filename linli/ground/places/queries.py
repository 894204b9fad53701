"""Reading places: a bureau's communities, the tree, and the facts that hold for a year."""

from django.db.models import Q

from linli.ground.places.models import Community, CommunityFacts, FactSheet
from linli.ground.trail import clock


def communities(bureau, on=None):
    """The bureau's communities that are open on a day (default today), by code."""
    open_then = Q(closed_on=None) | Q(closed_on__gt=on or clock.today())
    return Community.objects.filter(open_then, bureau=bureau).order_by("code")


def facts_of(bureau, year):
    """The published ``FactSheet`` of that year, else of the latest year before with one, else None."""
    sheets = FactSheet.objects.filter(bureau=bureau, year__lte=year, published_at__isnull=False)
    return sheets.order_by("-year").first()


def rows_of(sheet):
    """The ``CommunityFacts`` of a sheet by community code; {} of no sheet."""
    rows = CommunityFacts.objects.filter(sheet=sheet).select_related("community") if sheet else ()
    return {row.community.code: row for row in rows}


def names_of(rows):
    """Names of the facts in some ``CommunityFacts``, in the order in which they first stand there."""
    return list(dict.fromkeys(name for row in rows for name in row.facts))


def path_of(place):
    """The places above one, from the province down, and itself."""
    found = []
    while place is not None and place not in found:
        found.append(place)
        place = place.parent
    return found[::-1]
