"""What is wrong with a file of evidence, as sentences: row, column, what was found and what is expected."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from heng.evidence import FALSE, FINAL, PROVISIONAL
from heng.scheme import COUNT, MEAN

_ID = r"^[\p{L}\p{N}_-]{1,40}$"
_AN_ID = "an id of 1 to 40 letters, digits, _ or -"
_LISTED = ("rate", "status")
_SHOWN = 5  # examples named of each problem


def of_rows(rows, scheme, covariates, found):
    """What is wrong with single rows, a few examples of each kind.

    rows: ``national.evidence.Rows``; found(column, row) -> (row of the file, value there).
    """
    names = {name: getattr(rows, name) for name in ("county", "community", "officer", "rate", "status")}
    if rows.officer is rows.community:
        del names["officer"]  # not in the file
    allowed = {name: pc.match_substring_regex(one.names, _ID) for name, one in names.items() if name not in _LISTED}
    rates = [rate.id for rate in scheme.rates]
    for name, words in (("rate", rates), ("status", [FINAL, PROVISIONAL, FALSE])):
        allowed[name] = pc.is_in(names[name].names, pa.array(words, pa.string()))
    expected = dict.fromkeys(allowed, _AN_ID)
    expected |= {"rate": f"one of {', '.join(rates)}", "status": "final, provisional or false"}
    for name, mask in allowed.items():
        if pc.all(mask).as_py() is not True or (names[name].codes < 0).any():
            yield from _examples(name, names[name].wrong(mask), expected[name], found)
    for name, says, wrong in _figures(rows, scheme, covariates):
        yield from _examples(name, wrong, says, found)


def _figures(rows, scheme, covariates):
    """(column, what is expected, which rows are wrong) of the figures."""
    kinds = [rate.kind for rate in scheme.rates]
    which = rows.rate.among([rate.id for rate in scheme.rates])
    is_count, is_mean = (np.array([kind == one for kind in kinds] + [False])[which] for one in (COUNT, MEAN))
    top, bottom, months = rows.numerator, rows.denominator, rows.months
    with np.errstate(invalid="ignore"):
        yield "numerator", "a number of at least 0", ~np.isfinite(top) | (~is_mean & (top < 0))
        yield "denominator", "a number of at least 0", ~np.isfinite(bottom) | (bottom < 0)
        yield "numerator", "no more than the denominator", ~is_count & ~is_mean & (top > bottom)
        yield "numerator", "a whole number of events", is_count & (top != np.round(top)) & np.isfinite(top)
        yield "numerator", "0 where the exposure is 0", is_count & (bottom == 0) & (top > 0)
        yield "design_effect", "a number above 0", ~(np.isfinite(rows.design_effect) & (rows.design_effect > 0))
        yield "sd", "a number above 0", is_mean & ~(np.isfinite(rows.sd) & (rows.sd > 0))
        yield "months", "0 to 3", ~((months >= 0) & (months <= 3))
    for name in covariates:
        yield name, "a number for every community", ~np.isfinite(rows.facts[name])


def _examples(name, wrong, expected, found):
    at = np.flatnonzero(wrong)
    for row, value in (found(name, one) for one in at[:_SHOWN]):
        yield f"row {row}, column {name}: found {value!r}, expected {expected}"
    if len(at) > _SHOWN:
        yield f"column {name}: {len(at) - _SHOWN} more like these"


def of_keys(county, community, rate, rows):
    """Keys that come twice, and communities that stand in two counties: codes (r,) of the rows in order."""
    same_place = (np.diff(county) == 0) & (np.diff(community) == 0)
    for row in np.flatnonzero(same_place & (np.diff(rate) == 0))[:_SHOWN]:
        yield f"community {_name(rows.community, row)} has rate {_name(rows.rate, row)} twice"
    firsts = np.append(0, np.flatnonzero(~same_place) + 1) if len(county) else np.zeros(0, dtype=int)
    of_first = community[firsts]
    again = np.flatnonzero(np.bincount(of_first, minlength=1) > 1) if len(of_first) else ()
    for code in again[:_SHOWN]:
        row = firsts[np.flatnonzero(of_first == code)[0]]
        yield f"community {_name(rows.community, row)} stands in more than one county"


def _name(column, row):
    return column.spelt([row])[0]
