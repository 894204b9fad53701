"""The drawing of how the cost of a national quarter grows with its communities, on log axes."""

from math import ceil, floor, log10

from benchmarks.calibration.pictures import COLOURS, GAP, INK, LEFT, QUIET, RULER, SIDE, TOP, Panel, svg

SECONDS, GIGABYTES = (1.0, 1000.0), (0.1, 10.0)
COST = {
    "seconds": ("seconds", COLOURS[0]),
    "core_seconds": ("seconds of a core", COLOURS[1]),
    "gb": ("gigabytes", COLOURS[3]),
}
AIMS = {"seconds": (120, "aim: 120 s"), "gb": (6, "aim: 6 GB")}


def drawn(runs):
    """The SVG of the runs of ``benchmarks.national``, smallest first: seconds in one panel, gigabytes in the other."""
    sizes = [run["communities"] for run in runs]
    across = 10 ** floor(log10(min(sizes))), 10 ** ceil(log10(max(sizes)))
    parts = []
    for k, (name, label, what, up) in enumerate(
        (("seconds", "seconds", ("seconds", "core_seconds"), SECONDS), ("gb", "gigabytes", ("gb",), GIGABYTES))
    ):
        panel = Panel(LEFT + k * (SIDE + GAP), TOP, tuple(map(log10, across)), tuple(map(log10, up)))
        parts += _axes(panel, across, up, sizes, label)
        aim, words = AIMS[name]
        parts += [panel.line([(log10(one), log10(aim)) for one in across], QUIET, 1, "5 4")]
        parts += [panel.text(log10(across[0]), log10(aim), words, "start", right=6, down=-5)]
        for key in what:
            colour = COST[key][1]
            points = [(log10(run["communities"]), log10(run[key])) for run in runs]
            parts += [panel.line(points, colour), *(panel.dot(*point, colour) for point in points)]
    return svg(parts, 2, "What a national quarter costs, by communities", COST.values())


def _axes(panel, across, up, sizes, label):
    low, high = log10(across[0]), log10(across[1])
    bottom, top = log10(up[0]), log10(up[1])
    yield panel.line([(low, top), (low, bottom), (high, bottom)], QUIET, 1)
    for power in range(round(bottom), round(top) + 1):
        yield panel.text(low, power, f"{10.0**power:,g}", "end", right=-6, down=4)
        yield panel.line([(low, power), (high, power)], RULER, 0.5)
    for size in sizes:
        yield panel.text(log10(size), bottom, f"{size:,}", down=16)
    yield panel.text((low + high) / 2, bottom, "communities", down=32)
    yield panel.text((low + high) / 2, top, label, colour=INK, down=-8)
