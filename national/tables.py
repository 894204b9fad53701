"""What a national quarter writes: Arrow tables with the columns of the contract's files, and the county before them."""

import numpy as np
import pyarrow as pa

from heng import counties, rules
from heng.points import round_half_up

_FIGURES = ("numerator", "denominator", "crude", "expected", "adjusted", "low", "high", "own_weight")
_POINTS = ("points", "points_low", "points_high")
_PROPOSAL = ("county", "officer", "community", "kind", "rule", "reason", "distinguishable", "p", "blocked_by")


def scores(quarter, period):
    """A row a community, as scores.csv; rank sets are left out, they say nothing among hundreds of posts."""
    places = quarter.places
    return pa.table(
        {
            "period": _same(period, len(places)),
            "county": places.county,
            "officer": places.officer,
            "community": places.community,
            **{name: _known(getattr(quarter, name)) for name in ("score", "low", "high", "rank")},
            "tied": quarter.tied,
            **{name: _known(getattr(quarter, name), 4) for name in ("p_first", "p_last", "p_below")},
            "present_weight": quarter.present_weight,
            "status": pa.array(quarter.status).dictionary_encode(),
        }
    )


def indicators(quarter, period):
    """A row a community and rate, as indicators.csv."""
    places, rates = quarter.places, len(quarter.rated)
    n = len(places)
    columns = {
        name: _known(np.array([getattr(one, name) for one in quarter.rated]).T.reshape(-1))
        for name in (*_FIGURES, *_POINTS)
    }
    status = np.array([one.status for one in quarter.rated], dtype=object).T.reshape(-1)
    return pa.table(
        {
            "period": _same(period, n * rates),
            "county": _repeated(places.county, rates),
            "community": pa.array(places.community).take(pa.array(np.repeat(np.arange(n), rates))),
            "rate": pa.DictionaryArray.from_arrays(
                np.tile(np.arange(rates, dtype=np.int32), n), [one.rate.id for one in quarter.rated]
            ),
            **columns,
            "status": pa.array(status).dictionary_encode(),
        }
    )


def proposals(quarter, scheme, period):
    """A row a proposal, as proposals.csv; pairings are the counties' own and not in the file."""
    rows = []
    for finding, place in counties.findings(quarter, scheme, period):
        p, p_below = float(quarter.p_last[place]), float(quarter.p_below[place])
        passes = rules.passes_gate(finding.kind, scheme, p_below=p_below, p_bottom3=np.nan)
        waits = "|".join(rules.blocks(finding.kind, scheme, passes=passes))
        who = (quarter.places.county[place], finding.officer, finding.community)
        what = (finding.kind, finding.rule, finding.reason)
        rows.append((*who, *what, bool(p >= scheme.gate.distinguishable), p, waits))
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(_PROPOSAL)
    kinds = [pa.string()] * 6 + [pa.bool_(), pa.float64(), pa.string()]
    arrays = [pa.array(values, kind) for values, kind in zip(columns, kinds, strict=True)]
    table = pa.table(dict(zip(_PROPOSAL, arrays, strict=True)))
    return table.add_column(0, "period", _same(period, len(rows)))


def allowance(quarter, scheme, period):
    """A row an officer, as allowance.csv."""
    used, fen = counties.allowances(quarter, scheme)
    places = quarter.places
    return pa.table(
        {
            "period": _same(period, len(places)),
            "county": places.county,
            "officer": places.officer,
            "months": places.months,
            "score": _known(used),
            "amount_fen": fen,
        }
    )


def _known(values, digits=None):
    """Floats with nan as null, rounded half up where digits are given."""
    values = values if digits is None else round_half_up(values, digits)
    return pa.array(values, pa.float64(), from_pandas=True)


def _same(value, n):
    return pa.DictionaryArray.from_arrays(np.zeros(n, dtype=np.int32), [value])


def _repeated(values, times):
    return pa.array(np.repeat(values, times)).dictionary_encode()
