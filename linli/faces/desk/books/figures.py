"""Figures and history of an import, done and undone many at a time, through the rooms that own them."""

from itertools import groupby

from linli.faces.desk.books.steps import Changed, _why
from linli.ground.places.models import Community
from linli.quarter.appraisal import actions as appraisal
from linli.quarter.indicators import actions as indicators
from linli.quarter.indicators.figures import Figure
from linli.quarter.indicators.models import Entry

FIELDS = ("numerator", "denominator", "design_effect", "sd", "source", "status")


def do(by, bureau, kind, changes):
    """Does all changes of one kind: figure_supply, figure_import or history_add."""
    wanted = [change["args"] for change in changes]
    if kind == "history_add":
        appraisal.import_history(by=by, bureau=bureau, rows=[one["row"] for one in wanted])
    elif kind == "figure_import":
        rows = [_row(one["key"], one["figure"], one["verified_by"]) for one in wanted]
        indicators.import_figures(by=by, bureau=bureau, rows=rows)
    else:
        _supply(by, bureau, [(one["key"], one["figure"], one["version"]) for one in wanted])


def undo(by, bureau, kind, changes):
    """Takes them back; ``Changed`` where a figure was changed or verified since."""
    done = [change["args"] for change in changes]
    if kind == "history_add":
        keys = [(one["row"]["period"], one["row"]["officer"]) for one in done]
        appraisal.take_out_history(by=by, bureau=bureau, keys=keys, why=_why())
        return
    standing = _standing(bureau, {one["key"][0] for one in done})
    for change, one in zip(changes, done, strict=True):
        there = standing.get(tuple(one["key"]))
        touched = kind == "figure_supply" and there is not None and (there.verified_at or there.returned_because)
        if there is None or touched or {name: getattr(there, name) for name in FIELDS} != one["figure"]:
            raise Changed(change["label"])
    if kind == "figure_import":
        new = [tuple(one["key"]) for one in done if one["before"] is None]
        old = [_row(one["key"], one["before"], one["verified_before"]) for one in done if one["before"]]
        if new:
            indicators.take_out_figures(by=by, bureau=bureau, cells=new, why=_why())
        if old:
            indicators.import_figures(by=by, bureau=bureau, rows=old)
    else:
        _supply(by, bureau, [(one["key"], one["before"], standing[tuple(one["key"])].version) for one in done])


def _row(key, figure, verified_by):
    return {"period": key[0], "community": key[1], "rate": key[2], "verified_by": verified_by, **figure}


def _standing(bureau, periods):
    entries = Entry.objects.filter(bureau=bureau, period__in=periods).select_related("community")
    return {(entry.period, entry.community.code, entry.rate): entry for entry in entries}


def _supply(by, bureau, cells):
    """cells: ((period, community, rate), figure or None, version); one sheet for each quarter and rate."""
    places = {one.code: one for one in Community.objects.filter(bureau=bureau)}
    order = sorted(cells, key=lambda cell: (cell[0][0], cell[0][2], cell[0][1]))
    for (period, rate), group in groupby(order, key=lambda cell: (cell[0][0], cell[0][2])):
        rows = [
            {"community": places[key[1]], "figure": Figure(**figure) if figure else None, "version": version}
            for key, figure, version in group
        ]
        saved = indicators.supply_sheet(by=by, bureau=bureau, period=period, rate=rate, rows=rows)
        for refusal in (*saved.refused.values(), *saved.stale.values()):
            raise refusal
