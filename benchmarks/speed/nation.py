"""The national quarter of ``benchmarks.national`` as a part of ``make bench``: seconds, memory, nearness to draws."""

from benchmarks.speed import growth, parts, run
from benchmarks.speed.aims import SECONDS, Ratio, figure
from tests.house.worked import table

SIZES, WORKERS, WHOLE = (6_000, 62_000, 700_000), 2, 620_573
CHANCES = {"p_last": "P(last)", "p_below": "P(below)"}


def measure(quick=False):
    """What ``benchmarks.national.measure`` gives; Skipped without its libraries or the published codes."""
    if quick:
        raise parts.Skipped("The national quarter was left out, as --quick asks")
    try:
        from benchmarks import national
    except ModuleNotFoundError as absent:
        raise parts.Skipped(f"The national quarter was left out: {absent.name} is not installed") from None
    found = national.measure(SIZES, WORKERS)
    if found is None:
        raise parts.Skipped("The national quarter was left out: china_divisions is not there; set LINLI_DATA")
    return found


def ratios(found):
    """Seconds and gigabytes of the largest run, and how far its chances are from draws."""
    largest = max(found["runs"], key=lambda one: one["communities"])
    what, whole = f"national quarter, {largest['communities']:,} communities", largest["communities"] == WHOLE
    yield Ratio(what, "", largest["seconds"], SECONDS, 120 if whole else None)
    yield Ratio(what, "", largest["core_seconds"], "s of a core", 2 * 120 if whole else None)
    yield Ratio(what, "", largest["gb"], "GB", 6 if whole else None)
    for key, name in CHANCES.items():
        beside = "counted in 200,000 draws of 30 counties"
        yield Ratio(f"{name}, mean absolute difference", beside, found[key]["mean"], "", 0.005)
        yield Ratio(f"{name}, share off by more than 0.02", beside, 1 - found[key]["within_0.02"], "", 0.001)


def tables(found):
    """Block name -> text."""
    heads = ("communities", "counties", "s", "s of a core", "GB")
    rows = [
        (
            *(f"{one[what]:,}" for what in ("communities", "counties")),
            *(figure(one[what]) for what in ("seconds", "core_seconds")),
            f"{one['gb']:.1f}",
        )
        for one in found["runs"]
    ]
    gaps = [
        f"{name} differs from draws by {found[key]['mean']:.4f} on average, {found[key]['greatest']:.3f} at most, "
        f"over {found[key]['places']:,.0f} places."
        for key, name in CHANCES.items()
    ]
    return {"national": "\n\n".join([table(heads, rows), *gaps])}


def pictures(found):
    """File name -> drawing: how the cost grows with the number of communities."""
    return {"benchmarks-national.svg": growth.drawn(found["runs"])}


if __name__ == "__main__":
    run.main(("national",))
