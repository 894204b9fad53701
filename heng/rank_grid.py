"""Σ_k P(k > i) for very many places at once: a histogram of means per level of sd, blurred by FFT.

P(k > i) depends on the two means' distance and on the sum of the two variances; a normal blur of variance a followed by
one of variance b is the blur of a + b. So all places are laid down once, blurred by their own level, added up, and read
off blurred by the reader's level: O(n + L G log G) for L levels and G grid points. Places are laid down and read by the
same linear weights, between grid points and between levels, so that ties still count exactly one half.
"""

import numpy as np

_LEVELS = 64
_STEP = 0.1  # of the log variance between levels, where that many levels can hold it
_POINTS = 2**17
_PER_SD = 4  # grid points to the smallest sd, where that many points can hold it
_MARGIN = 11.0  # of the largest sd beyond both ends: nothing wraps round


def above_on_grid(mean, sd):
    """Σ_k P(k > i) over all k (n,), i itself counted as one half."""
    if not sd.any() and np.ptp(mean) == 0:
        return np.full(len(mean), len(mean) / 2)
    origin, step, points = _axis(mean, sd)
    variance = _levels(sd)
    cell, cell_share = _between((mean - origin) / step)
    level, level_share = _between(np.interp(sd**2, variance, np.arange(len(variance))))
    corners = _corners(cell, cell_share, level, level_share, len(variance), points)
    blur = _blur(variance, step, points)
    above = _read_off(_laid_down(corners, len(variance), points), blur)
    return sum(weight * above[place] for place, weight in corners)


def _axis(mean, sd):
    """(origin, step, number of points) of the grid of means."""
    margin = _MARGIN * sd.max()
    width = np.ptp(mean) + 2 * margin
    finest = sd[sd > 0].min() / _PER_SD if sd.any() else 0.0
    step = max(finest, width / (_POINTS - 2))
    points = 1 << int(np.ceil(np.log2(width / step + 2)))
    return mean.min() - margin, step, points


def _levels(sd):
    """Variances of the levels, rising; 0 is a level of its own where some place has sd 0."""
    if not sd.any():
        return np.zeros(1)
    low, high = 2 * np.log(sd[sd > 0].min()), 2 * np.log(sd.max())
    levels = np.exp(np.linspace(low, high, min(_LEVELS, 2 + int((high - low) / _STEP))))
    return levels if sd.all() else np.append(0.0, levels)


def _between(position):
    """(point below, share of the point above) of a position on a unit grid."""
    below = np.floor(position).astype(int)
    return below, position - below


def _corners(cell, cell_share, level, level_share, levels, points):
    """The four (flat position, weight) pairs of every place: two levels by two grid points."""
    upper = np.minimum(level + 1, levels - 1)
    return [
        (row * points + cell + shift, row_weight * cell_weight)
        for row, row_weight in ((level, 1 - level_share), (upper, level_share))
        for shift, cell_weight in ((0, 1 - cell_share), (1, cell_share))
    ]


def _laid_down(corners, levels, points):
    total = np.zeros(levels * points)
    for place, weight in corners:
        total += np.bincount(place, weights=weight, minlength=levels * points)
    return total.reshape(levels, points)


def _blur(variance, step, points):
    """Transform (levels, frequencies) of each level's normal, less what the linear weights blur by themselves."""
    frequency = 2 * np.pi * np.fft.rfftfreq(points, step)
    return np.exp(-0.5 * np.maximum(variance - step**2 / 6, 0.0)[:, None] * frequency**2)


def _read_off(laid_down, blur):
    """For a reader of each level at each grid point: how many stand above, flat (levels * points,)."""
    points = laid_down.shape[1]
    blurred = sum(np.fft.rfft(row) * kernel for row, kernel in zip(laid_down, blur, strict=True))
    above = np.empty_like(laid_down)
    for row, kernel in zip(above, blur, strict=True):
        density = np.fft.irfft(blurred * kernel, points)
        row[:] = density[::-1].cumsum()[::-1] - density / 2
    return above.ravel()
