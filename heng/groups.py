"""Peer groups: who is compared with whom."""

import numpy as np

from heng import checks


def members(group, n):
    """The rows of each group, one array of positions per label, labels rising; ``group`` None = all n in one.

    group: whole numbers (n,). Nobody gives no groups.

    >>> [rows.tolist() for rows in members([7, 3, 7], 3)]
    [[1], [0, 2]]
    """
    if n == 0:
        return []
    if group is None:
        return [np.arange(n)]
    labels = checks.whole("group", group)
    if len(labels) != n:
        raise ValueError(f"group has {len(labels)} labels for {n} places")
    order = np.argsort(labels, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
