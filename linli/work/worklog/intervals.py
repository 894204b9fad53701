"""Spans of time: joined, cut, taken from one another. An hour counts once, however many entries lie over it.

A span is a pair (start, end) of moments, the end not counted; lists of spans come out in order and apart.
"""


def joined(spans):
    """The moments that any of the spans covers.

    >>> joined([(5, 7), (1, 3), (2, 4), (4, 4)])
    [(1, 4), (5, 7)]
    """
    found = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def cut(spans, start, end):
    """What of the spans lies from ``start`` to ``end``.

    >>> cut([(1, 4), (5, 9)], 3, 6)
    [(3, 4), (5, 6)]
    """
    return [(max(a, start), min(b, end)) for a, b in spans if max(a, start) < min(b, end)]


def without(spans, others):
    """What of the spans none of the others covers; both joined first.

    >>> without([(1, 9)], [(2, 3), (8, 12)])
    [(1, 2), (3, 8)]
    """
    left = joined(spans)
    for start, end in joined(others):
        left = [part for a, b in left for part in ((a, min(b, start)), (max(a, end), b)) if part[0] < part[1]]
    return left


def within(spans, others):
    """What of the spans lies in one of the others, which lie apart.

    >>> within([(1, 4), (5, 9)], [(0, 2), (8, 12)])
    [(1, 2), (8, 9)]
    """
    return sorted(part for start, end in others for part in cut(spans, start, end))


def once(spans):
    """Each span, in its place, without what one that began earlier has already covered; None where nothing is left.

    >>> once([(4, 8), (1, 5), (2, 3)])
    [(5, 8), (1, 5), None]
    """
    reached, found = None, [None] * len(spans)
    for position in sorted(range(len(spans)), key=lambda i: (spans[i], i)):
        start, end = spans[position]
        start = start if reached is None else max(start, reached)
        if start < end:
            found[position], reached = (start, end), end
    return found


def hours(spans):
    """Hours of a list of spans that lie apart."""
    return sum((end - start).total_seconds() for start, end in spans) / 3600
