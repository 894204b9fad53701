"""Many communities beside the cast's ten, to see that nothing grows with them but the rows."""

from linli.ground.places.models import Community, CommunityFacts, FactSheet
from linli.quarter.indicators.models import Entry
from tests.rooms.indicators.conftest import PERIOD


def many(cast, more):
    """Adds communities with facts and a figure of every rate."""
    sheet = FactSheet.objects.get(bureau=cast.bureau)
    like = CommunityFacts.objects.filter(sheet=sheet).first()
    made = Community.objects.bulk_create(
        Community(bureau=cast.bureau, code=f"X{i:03d}", name=f"社區{i}", kind="city") for i in range(more)
    )
    CommunityFacts.objects.bulk_create(
        CommunityFacts(sheet=sheet, community=place, population=like.population, facts=like.facts) for place in made
    )
    rows = Entry.objects.filter(period=PERIOD, community__code="C01")
    for row in rows:
        row.pk = None
    Entry.objects.bulk_create(
        Entry(**{f.name: getattr(row, f.name) for f in Entry._meta.fields if f.name not in ("id", "community")},
              community=place)
        for place in made for row in rows
    )  # fmt: skip
