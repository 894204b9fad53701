"""The critical value of a joint comparison, from simulated noise, without working out every draw.

Only the few draws whose greatest difference is largest matter. Each draw has a cheap bound on that difference, so the
draws are taken in falling order of it, and once enough exact values lie above every bound left, the rest cannot matter.
The value is the same as with all draws worked out.
"""

import numpy as np

_FEWEST = 64  # draws worked out before asking whether the rest can still matter


def greatest_possible(largest, smallest):
    """(draws,) never below any pair's standardised difference, from each draw's largest and smallest noise (draws,).

    By Cauchy–Schwarz (s·a − t·b) / √(s² + t²) is at most √(a² + b²), whatever the standard errors s and t are.
    """
    return np.hypot(np.maximum(largest, 0.0), np.minimum(smallest, 0.0)) * (1 + 1e-12)


def exceeded(exceeding, bound, greatest):
    """The ``exceeding``-th greatest over the draws of the greatest difference.

    bound (draws,) is at least that difference, and is sharpened in place to it where it was worked out, for whoever
    asks again about fewer pairs; ``greatest(taken)`` works it out for the draws at the positions ``taken``.

    >>> exceeded(1, np.array([9.0, 8.0, 7.0]), lambda taken: np.array([1.0, 5.0, 3.0])[taken])
    5.0
    """
    order = np.argsort(-bound, kind="stable")
    step = max(_FEWEST, exceeding // 4)
    for end in range(step, len(order) + step, step):
        taken = order[end - step : end]
        bound[taken] = greatest(taken)
        seen, rest = bound[order[:end]], bound[order[end:]]
        if len(seen) >= exceeding:
            critical = np.partition(seen, -exceeding)[-exceeding]
            if critical >= rest.max(initial=-np.inf):
                break
    return float(critical)
