"""A bar for long work (進度): drawn over itself on a terminal, a line each where nobody is watching."""

_WIDTH = 24


def shown(steps, stream, total=None):
    """The steps one by one, with a bar that tells which of them is being worked on; a single step gets none."""
    total = len(steps) if total is None else total
    for done, step in enumerate(steps):
        if total > 1:
            stream.write(_line(done, total, step, stream.isatty()))
            stream.flush()
        yield step
    if total > 1:
        stream.write(_line(total, total, "", stream.isatty()) + ("\n" if stream.isatty() else ""))


def counted(results, stream, total):
    """The results of parallel work as they come, with a bar that tells how many there are."""
    for done, result in enumerate(results, 1):
        stream.write(_line(done, total, "", stream.isatty()))
        stream.flush()
        yield result
    if stream.isatty():
        stream.write("\n")


def _line(done, total, step, over):
    """The bar as it stands.

    >>> _line(3, 12, "2019Q4", over=False)
    '██████░░░░░░░░░░░░░░░░░░  3/12 2019Q4\\n'
    """
    filled = _WIDTH * done // total
    bar = f"{'█' * filled}{'░' * (_WIDTH - filled)} {done:>{len(str(total))}}/{total} {step}"
    return f"\r\x1b[K{bar}" if over else f"{bar.rstrip()}\n"
