"""What goes up from here: incidents, verified leads and site checks of a community and quarter, or no row at all."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from heng import periods
from linli.ground.places.queries import communities, facts_of, rows_of
from linli.ground.trail.doors import Counted
from linli.work.incidents import counted, kinds, months, queries

RATES = ("incidents", "leads", "prevention")
SOURCES = {"incidents": "call and case system", "leads": "lead register", "prevention": "random site check"}


def figures(bureau, period):
    """A ``Counted`` for each community and rate of which something is known; missing is never 0."""
    first, last = periods.span_of(period)
    places = list(communities(bureau, first))
    facts = rows_of(facts_of(bureau, first.year))
    residents = {code: row.population for code, row in facts.items() if row.population}
    yield from _incidents(bureau, period, places, residents)
    yield from _leads(bureau, first, last, places, residents)
    yield from _prevention(bureau, period, places)


def path(bureau, period, community, rate):
    """The page with the records behind one of this room's figures; "" for another room's."""
    code = getattr(community, "code", community)
    return f"{reverse('incidents:quarter', args=[bureau.code, period, code])}#{rate}" if rate in RATES else ""


def _incidents(bureau, period, places, residents):
    """The counted kinds of the quarter's three months, over the people there: all of it known, or no row."""
    wanted = months.of_quarter(period)
    stands = counted.newest(bureau, wanted)
    times = counted.times_read(counted.readings(bureau) if stands else ())
    for place in places:
        numbers = [counted.total(stands, month, place.code) for month in wanted]
        if None in numbers or place.code not in residents:
            continue
        rows = [stands[month, place.code, kind] for month in wanted for kind in kinds.COUNTED]
        once = [month for month in wanted if counted.least_read(times, month, place.code) < 2]
        revision = f"{len(rows)}:{sum(row.revision for row in rows)}:{max(row.at for row in rows):%Y-%m-%dT%H:%M:%S}"
        apart = [kind.code for kind in kinds.KINDS if not kind.counted]
        beside = [(str(kinds.NAMES[kind]), _known(stands, wanted, place, kind)) for kind in apart]
        shown = [(name, str(number)) for name, number in beside if number is not None]
        if once:
            shown.append((_("read only once"), ", ".join(once)))
        yield Counted(
            place.code, "incidents", sum(numbers), residents[place.code], SOURCES["incidents"], revision,
            shown=tuple(shown), provisional=bool(once),
        )  # fmt: skip


def _known(stands, wanted, place, kind):
    numbers = [getattr(stands.get((month, place.code, kind)), "number", None) for month in wanted]
    return None if None in numbers else sum(numbers)


def _leads(bureau, first, last, places, residents):
    """Useful leads of each community that has leads of its own in the quarter; none at all is unknown, not 0."""
    found = queries.leads_by_community(bureau, first, last)
    for place in places:
        row = found.get(place.code)
        if row is None or place.code not in residents:
            continue
        shown = ((_("leads received"), str(row["all"])), (pgettext("lead", "not yet verified"), str(row["open"])))
        revision = f"{row['all']}:{row['useful']}:{_moment(row['newest'])}"
        yield Counted(
            place.code, "leads", row["useful"], residents[place.code], SOURCES["leads"], revision, shown=shown,
            provisional=row["open"] > 0,
        )  # fmt: skip


def _prevention(bureau, period, places):
    """Checks passed over checks done; what could not be checked or is still to do is neither."""
    found = queries.checks_by_community(bureau, period)
    for place in places:
        row = found.get(place.code)
        done = row["passed"] + row["failed"] if row else 0
        if not done:
            continue
        shown = (
            (pgettext("site check", "could not be checked"), str(row["could_not"])),
            (_("still to do"), str(row["to_do"])),
        )
        revision = f"{done}:{row['passed']}:{_moment(row['newest'])}"
        yield Counted(
            place.code, "prevention", row["passed"], done, SOURCES["prevention"], revision, shown=shown,
            provisional=row["to_do"] > 0,
        )  # fmt: skip


def _moment(at):
    return f"{at:%Y-%m-%dT%H:%M:%S}" if at else "—"
