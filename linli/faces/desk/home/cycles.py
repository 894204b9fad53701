"""The quarters of a bureau, asked for once for a page."""


def of(bureau):
    """The bureau's ``Cycle``s, newest first; kept on the bureau as long as the page lives."""
    if "home_cycles" not in bureau.__dict__:
        bureau.__dict__["home_cycles"] = list(bureau.cycles.order_by("-period"))
    return bureau.__dict__["home_cycles"]
