"""Processes that work side by side, each on one core, and give their results in the order of the tasks."""

import os
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

# One core each: threads of the linear algebra that wait for a second core burn three times the time of the work.
_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
_AHEAD = 2  # tasks in hand for each worker: enough to keep it busy, and few enough for the memory


@contextmanager
def crew(workers):
    """A function as ``map``, over so many processes; one = this one."""
    if workers == 1:
        yield map
        return
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))  # read when a new process loads the library
    try:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            yield lambda function, tasks: _in_turn(pool, function, tasks, _AHEAD * workers)
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def _in_turn(pool, function, tasks, ahead):
    """Results in the order of the tasks, which are only made as their turn comes near."""
    waiting = deque()
    for task in tasks:
        waiting.append(pool.submit(function, task))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
