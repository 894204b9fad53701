"""Quarters from before Linli: figures of a county book, taken over as they were counted and verified then."""

from django.utils.translation import gettext as _

from linli.ground.accounts.roles import PERSONNEL
from linli.ground.places.models import Community
from linli.ground.trail import clock
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import Refused
from linli.quarter.indicators import gates, queries
from linli.quarter.indicators.figures import ORIGIN
from linli.quarter.indicators.models import Entry, Revision
from linli.quarter.indicators.turns import take_turn


@action
def import_figures(*, by, bureau, rows):
    """How many figures were taken over. rows: dicts of period, community (code), rate, numerator, denominator, and
    design_effect, sd, source, verified_by, status where known.

    Only quarters whose freeze day has passed and that stand before the bureau's first frozen one: in those that come
    after, every department enters its own (R-80). A figure that is there already is replaced, also one that a working
    room counted; one that supervision found false (R-15) is nobody else's to put right.
    """
    take_turn()
    gates.of_bureau(by, bureau, PERSONNEL)
    for period in {row["period"] for row in rows}:
        _past(bureau, gates.quarter(period))
    known = {community.code: community for community in Community.objects.filter(bureau=bureau)}
    strangers = sorted({row["community"] for row in rows} - set(known))
    if strangers:
        raise Refused(_("This bureau has no community %(codes)s.") % {"codes": ", ".join(strangers[:12])})
    name, now = (by if gates.is_system(by) else by.username), clock.now()
    standing = _standing(bureau, rows)
    _not_found_false(standing, rows)
    made = [_entry(bureau, known, row, name, now) for row in rows]
    for entry in made:
        before = standing.get((entry.period, entry.community.code, entry.rate))
        entry.version = before.version + 1 if before else 1  # a page that shows the old one is stale
    fields = ["numerator", "denominator", "design_effect", "sd", "source", "status"]
    fields += ["supplied_by", "supplied_at", "verified_by", "verified_as", "verified_at", "returned_because"]
    fields += [*ORIGIN, "version"]
    Entry.objects.bulk_create(
        made, update_conflicts=True, unique_fields=["period", "community", "rate"], update_fields=fields
    )
    periods = sorted({row["period"] for row in rows})
    record(by=by, action="indicators.import", subject=f"bureau:{bureau.code}", bureau=bureau, figures=len(made),
           periods=periods)  # fmt: skip
    return len(made)


@action
def take_out_figures(*, by, bureau, cells, why):
    """Undoes an import. cells: (period, community code, rate); how many figures were taken out."""
    take_turn()
    gates.of_bureau(by, bureau, PERSONNEL)
    wanted, gone = set(cells), []
    for period in {period for period, _code, _rate in wanted}:
        _past(bureau, gates.quarter(period))
        found = Entry.objects.filter(bureau=bureau, period=period).select_related("community")
        gone += [entry.pk for entry in found if (period, entry.community.code, entry.rate) in wanted]
    Entry.objects.filter(pk__in=gone).delete()
    record(by=by, action="indicators.take_out", subject=f"bureau:{bureau.code}", why=why, bureau=bureau,
           figures=len(gone))  # fmt: skip
    return len(gone)


def _standing(bureau, rows):
    """(period, community code, rate) -> the ``Entry`` there."""
    found = Entry.objects.filter(bureau=bureau, period__in={row["period"] for row in rows}).select_related("community")
    return {(entry.period, entry.community.code, entry.rate): entry for entry in found}


def _not_found_false(standing, rows):
    """``Refused`` when rows would put a figure right that was found false; one that says the same may come again."""
    kept = []
    for row in rows:
        before = standing.get((row["period"], row["community"], row["rate"]))
        if before and before.status == Entry.Status.FALSE and row.get("status") != Entry.Status.FALSE:
            kept.append(f"{row['period']} {row['community']} {row['rate']}")
    if kept:
        raise Refused(
            _("Supervision found these figures false (R-15): %(figures)s.") % {"figures": ", ".join(kept[:12])},
            _("They stay so until supervision takes that back. Leave them out of the import."),
        )


def _past(bureau, period):
    """``Refused`` unless the quarter lies before everything that was done in Linli itself."""
    if Revision.objects.filter(bureau=bureau, period__lte=period).exists():
        raise Refused(_("%(period)s is no longer before Linli: a quarter of it or before it is frozen.")
                      % {"period": period})  # fmt: skip
    if clock.today() <= queries.deadlines(period).verify:
        raise Refused(
            _("%(period)s can still be supplied: each department enters and verifies its own (R-80).")
            % {"period": period}
        )


def _entry(bureau, known, row, name, now):
    verified = row.get("verified_by") or ""
    return Entry(
        bureau=bureau, period=row["period"], community=known[row["community"]], rate=row["rate"],
        numerator=row["numerator"], denominator=row["denominator"],
        design_effect=row.get("design_effect") or 1.0, sd=row.get("sd"), source=row.get("source") or "",
        status=row.get("status") or "final", supplied_by=name, supplied_at=now,
        verified_by=name, verified_as=verified, verified_at=now,
    )  # fmt: skip
