"""Wall-clock seconds of a piece of work, once or as the middle of several runs."""

import statistics
from time import perf_counter

import numpy as np


def seconds(work):
    """(seconds, result) of calling work."""
    start = perf_counter()
    result = work()
    return perf_counter() - start, result


def middle(work, runs):
    """(median seconds, the last result) of so many calls; the first, which warms what is cached, is not counted."""
    work()
    times, results = zip(*(seconds(work) for _ in range(runs)), strict=True)
    return statistics.median(times), results[-1]


def of_one_sort(values):
    """Median seconds that ``np.sort`` takes for the same array: a measure of work that every machine can repeat."""
    return middle(lambda: np.sort(values), 9)[0]
