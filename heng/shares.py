"""Shares and rates with honest intervals, for display: what the counts alone can say.

Arrays over n places, or single numbers. Nobody asked, or nothing exposed, is unknown (nan), never 0.
"""

import numpy as np
from scipy.special import gammainccinv, gammaincinv, ndtri

from heng import checks

_EXACT_BELOW = 10  # events; from here on Byar's limits are good to a third digit and cheap


def wilson(yes, asked, confidence=0.95):
    """Limits (low, high) of a share by Wilson's score interval, within 0..1.

    Chosen because it keeps its promise with 20 answers as with 2,000 and never leaves 0..1 (Newcombe, Statistics in
    Medicine 17, 1998). yes may be decimal (weighted answers). Refuses yes below 0 or above asked. asked 0 gives nan.

    >>> low, high = wilson(81, 263)
    >>> round(float(low), 4), round(float(high), 4)
    (0.2553, 0.3662)
    """
    single = np.ndim(yes) == np.ndim(asked) == 0
    asked = checks.at_least("asked", asked, 0)
    yes = checks.not_above("yes", checks.at_least("yes", yes, 0), "asked", asked)
    z = _z(confidence)
    low, high = _wilson_low(yes, asked, z), 1 - _wilson_low(asked - yes, asked, z)
    return (low[0], high[0]) if single else (low, high)


def byar(count, exposure, confidence=0.95, per=1):
    """Limits (low, high) of a rate count / exposure * per: exact below 10 events, Byar's from 10 on.

    Exact limits are the chi-square quantiles of a Poisson mean; Byar's approximation follows Breslow & Day, Statistical
    Methods in Cancer Research II (1987). count is whole, 0 or more. exposure 0 gives nan.

    >>> low, high = byar([0, 15], [1000, 1200], per=1000)
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.0, 6.991], [3.689, 20.618])
    """
    single = np.ndim(count) == np.ndim(exposure) == 0
    count = checks.whole("count", checks.at_least("count", count, 0))
    exposure = checks.at_least("exposure", exposure, 0)
    if 1 not in (len(count), len(exposure)):
        checks.as_long_as("count", count, "exposure", exposure)
    scale = per / np.where(exposure > 0, exposure, np.nan)
    low, high = (
        np.where(count < _EXACT_BELOW, exact, quick)
        for exact, quick in zip(_exact(count, confidence), _byar(count, _z(confidence)), strict=True)
    )
    low, high = low * scale, high * scale
    return (low[0], high[0]) if single else (low, high)


def _z(confidence):
    return ndtri(0.5 + checks.open_unit("confidence", confidence) / 2)


def _wilson_low(yes, asked, z):
    """The lower root, written as the product of the roots over the upper one: no cancelling at small shares."""
    asked = np.where(asked > 0, asked, np.nan)
    upper = 2 * yes + z * z + z * np.sqrt(z * z + 4 * yes * (1 - yes / asked))
    return 2 * yes * yes / (asked * upper)


def _exact(count, confidence):
    tail = (1 - confidence) / 2
    low = np.where(count > 0, gammaincinv(np.maximum(count, 1), tail), 0.0)
    return low, gammainccinv(count + 1, tail)


def _byar(count, z):
    above, count = count + 1, np.maximum(count, 1)
    low = count * np.maximum(1 - 1 / (9 * count) - z / (3 * np.sqrt(count)), 0) ** 3
    return low, above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
