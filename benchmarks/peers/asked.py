"""How a peer is spoken to: arrays in, arrays out, and a watch around the fit alone."""

import sys
from importlib.metadata import version
from time import perf_counter

import numpy as np


def answer(fit, *packages):
    """Reads the arrays given on the command line, lets the peer work, writes what it found and its versions."""
    with np.load(sys.argv[1]) as arrays:
        given = dict(arrays)
    versions = [f"{package} {version(package)}" for package in packages]
    np.savez(sys.argv[2], versions=np.array(versions), **fit(**given))


def timed(work):
    """(seconds, result) of calling work."""
    start = perf_counter()
    result = work()
    return perf_counter() - start, result
