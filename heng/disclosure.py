"""Small counts withheld (小數隱去): which cells of a published table must stay empty, so that nobody is found in it.

Besides the small counts themselves others must go, or a total would give them back. Who reads the table may use every
row, every total, and that no count is below 0. A cell is an edge between its row and its column, and what may move
within a table of fixed totals is a flow around circles of withheld cells: whole numbers go in, whole numbers come out.
"""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra, maximum_flow

from heng import checks

LEAST = 5
# Each way of weighing is tried, and the fewest hidden cells win: what a total is worth beside a cell, and what a way
# past a small count costs, which may leave little room.
_WAYS = ((2.0, 1e-6), (2.0, 1_000.0), (0.0, 1e-6), (0.0, 1_000.0))
_ENDLESS = 2**30


def withheld(table, least=LEAST, zeros=False):
    """Which cells of a table and its totals may not be shown: bool (rows + 1, columns + 1), totals last.

    table: whole counts, shape (rows, columns), without totals; a list (n,) has one total and gives (n + 1,). All
    totals are published unless withheld too. Guarantee: for each withheld cell at least ``least`` different values
    agree with all that is shown (``ranges``). Each count below ``least``, 0 and totals included, is withheld; of the
    others none that could be shown alone without breaking the guarantee. zeros: every 0 is shown, for a count of
    nobody names nobody; then whoever reads knows that what is withheld is at least 1, and the guarantee holds so.

    Complementary suppression by circles (Cox, JASA 75, 1980). The fewest cells are hard to find (Kelly, Golden & Assad,
    Networks 22, 1992): the way is greedy, and what is not needed is given back. Empty tables give a mask of True.
    Refuses counts that are below 0 or not whole, and least below 2.

    >>> withheld([[40, 3], [25, 12]]).astype(int).tolist()
    [[1, 1, 0], [1, 1, 0], [0, 0, 0]]
    >>> withheld([12, 2, 30]).astype(int).tolist()
    [1, 1, 0, 0]
    >>> withheld([12, 0, 30], zeros=True).astype(int).tolist()
    [0, 0, 0, 0]
    """
    if isinstance(least, bool) or int(least) != least or least < 2:
        raise ValueError(f"least = {least!r} is not a whole number from 2 on")
    whole, free = with_totals(table)
    mask = np.ones(whole.shape, dtype=bool)
    if np.size(table):
        lowest = 1 if zeros else 0
        found = [_hidden(whole, free, least, lowest, dear) for dear in _WAYS]
        mask = min(found, key=lambda one: (one.sum(), one[-1].sum() + one[:, -1].sum()))
    return mask[:, 0] if np.ndim(table) == 1 else mask


def ranges(table, mask, zeros=False):
    """(low, high) of each cell of a table and its totals, given what the mask leaves to be seen: floats like the mask.

    A cell that is shown has its value twice; high is inf where nothing that is shown bounds it. zeros: as above; a mask
    that hides a 0 is refused then.
    """
    whole, free = with_totals(table)
    hidden = np.asarray(mask, dtype=bool)
    if hidden.ndim == 1:
        hidden = np.column_stack([hidden, np.ones(len(hidden), dtype=bool)])
    if hidden.shape != whole.shape:
        raise ValueError(f"mask has the shape {hidden.shape}, the table with its totals {whole.shape}")
    if zeros and (hidden & ~free & (whole == 0)).any():
        raise ValueError("mask hides a 0, which is to be shown")
    low, high = whole.astype(float), whole.astype(float)
    for cell in zip(*np.nonzero(hidden & ~free), strict=True):
        down, up = _room(whole, hidden, cell, _ENDLESS, free, 1 if zeros else 0)
        low[cell], high[cell] = whole[cell] - down, np.inf if up >= _ENDLESS else whole[cell] + up
    return (low[:, 0], high[:, 0]) if np.ndim(table) == 1 else (low, high)


def with_totals(table):
    """(table with its totals, which of them nobody publishes): a list is a table whose row totals nobody knows."""
    counts = np.asarray(table)
    if counts.ndim not in (1, 2):
        raise ValueError(f"table must have one or two dimensions, found the shape {counts.shape}")
    flat = checks.whole("table", checks.at_least("table", counts.reshape(-1), 0))
    if flat.sum() >= _ENDLESS / 4:
        raise ValueError(f"table holds {flat.sum():.0f} in all, more than {_ENDLESS // 4}")
    counts = flat.reshape(len(counts), -1 if counts.size else max(counts.shape[1:], default=1)).astype(np.int64)
    rows = np.column_stack([counts, counts.sum(axis=1)])
    whole = np.vstack([rows, rows.sum(axis=0)])
    free = np.zeros(whole.shape, dtype=bool)
    free[:, -1] = np.ndim(table) == 1
    return whole, free


def _hidden(whole, free, least, lowest, dear):
    """A mask that keeps the guarantee, found by one way of weighing totals against cells."""
    must = ((whole < least) & (whole >= lowest)) | free
    mask = must
    while (weak := _weakest(whole, mask, free, least, lowest)) is not None:
        mask = _and_more(whole, mask, weak, least, lowest, dear)
    return _given_back(whole, mask, must, free, least, lowest)


def _capacities(whole, hidden, cap, free, lowest):
    """How far each hidden cell may carry from row to column, and back. Down ends at the lowest that may be hidden, up
    nowhere; a total that closes its line counts against it."""
    room = np.where(hidden, np.minimum(np.maximum(whole - np.where(free, 0, lowest), 0), cap), 0)
    endless = np.where(hidden, cap, 0)
    total = np.zeros(whole.shape, dtype=bool)
    total[-1, :-1] = total[:-1, -1] = True
    return np.where(total, room, endless), np.where(total, endless, room), total


def _room(whole, hidden, cell, cap, free, lowest):
    """(down, up): how far a hidden cell can move, both at most ``cap``, while everything shown stays."""
    forth, back, total = _capacities(whole, hidden, cap, free, lowest)
    own_forth, own_back = forth[cell], back[cell]
    forth[cell] = back[cell] = 0
    n, m = whole.shape
    joined = np.zeros((n + m, n + m), dtype=np.int32)
    joined[:n, n:], joined[n:, :n] = forth, back.T
    net = csr_array(joined)
    row, column = int(cell[0]), n + int(cell[1])
    more = min(own_forth, _flow(net, column, row))
    less = min(own_back, _flow(net, row, column))
    return (more, less) if total[cell] else (less, more)


def _flow(net, source, sink):
    return int(maximum_flow(net, source, sink).flow_value) if net.nnz else 0


def _weakest(whole, mask, free, least, lowest):
    """The hidden cell with the fewest possible values, if they are fewer than ``least``."""
    cells = zip(*np.nonzero(mask & ~free), strict=True)
    found = [(sum(_room(whole, mask, cell, least, free, lowest)) + 1, cell) for cell in cells]
    values, cell = min(found, default=(least, None))
    return cell if values < least else None


def _and_more(whole, mask, cell, least, lowest, dear):
    """The mask with the cheapest circle through a cell; where that is closed already, with its cheapest neighbour."""
    total, small = dear
    cost = np.where(mask, np.where(whole < least, small, 1e-6), 1 + np.log1p(whole) / 100)
    cost[-1, :] += np.where(mask[-1, :], 0, total)
    cost[:, -1] += np.where(mask[:, -1], 0, total)
    never = ~mask & (whole < lowest)
    n, m = whole.shape
    joined = np.zeros((n + m, n + m))
    joined[:n, n:] = np.where(never, 0, cost)  # no edge
    joined[cell[0], n + cell[1]] = 0
    _, before = dijkstra(csr_array(joined), directed=False, indices=int(cell[0]), return_predecessors=True)
    more, at = mask.copy(), n + int(cell[1])
    while at != cell[0] and before[at] >= 0:
        one, other = sorted((at, int(before[at])))
        more[one, other - n] = True
        at = int(before[at])
    if (more == mask).all():
        near = np.where(mask | never, np.inf, cost)
        beside = np.full(near.shape, np.inf)
        beside[cell[0], :], beside[:, cell[1]] = near[cell[0], :], near[:, cell[1]]
        chosen = beside if np.isfinite(beside).any() else near
        more[np.unravel_index(np.argmin(chosen), chosen.shape)] = True
    return more


def _given_back(whole, mask, must, free, least, lowest):
    """The mask without what turned out not to be needed, the most telling first."""
    extra = list(zip(*np.nonzero(mask & ~must), strict=True))
    for cell in sorted(extra, key=lambda cell: -whole[cell]):
        fewer = mask.copy()
        fewer[cell] = False
        if _weakest(whole, fewer, free, least, lowest) is None:
            mask = fewer
    return mask
