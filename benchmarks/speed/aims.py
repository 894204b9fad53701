"""Ratios and what was aimed at: every part of ``make bench`` gives a few, and the page begins with them."""

from dataclasses import dataclass

FASTER, SORTS, SECONDS = "times as fast", "sorts", "s"


@dataclass(frozen=True)
class Ratio:
    """One ratio, or one figure with an aim."""

    what: str
    beside: str
    found: float
    unit: str  # FASTER: the more the better; SORTS, SECONDS or any other: the fewer the better
    aim: float | None = None

    def met(self):
        """Whether the aim is reached; None when there is none."""
        if self.aim is None:
            return None
        return self.found >= self.aim if self.unit == FASTER else self.found <= self.aim

    def missed_by(self):
        """How many times too slow, 1 being just enough."""
        return self.aim / self.found if self.unit == FASTER else self.found / self.aim

    def row(self):
        """Cells of the page's table: what, beside what, found, aim, whether it is met."""
        sign = "≥" if self.unit == FASTER else "≤"
        aim = "" if self.aim is None else f"{sign} {self.aim:,g}"
        verdict = {None: "", True: "met", False: "**missed**"}[self.met()]
        return self.what, self.beside, f"{figure(self.found)} {self.unit}", aim, verdict


def figure(number):
    """Two or three digits, which is what a clock is good for.

    >>> figure(1234.5), figure(43.21), figure(4.321), figure(0.04321)
    ('1,230', '43.2', '4.3', '0.043')
    """
    if number >= 100:
        return f"{float(f'{number:.3g}'):,.0f}"
    return f"{number:.1f}" if number >= 1 else f"{number:#.2g}"


def missed(ratios):
    """A line for each aim that is not met, by how much; one sentence when all are."""
    lines = [
        f"- {one.what}, {one.beside}: {figure(one.found)} {one.unit}, aim {one.aim:,g}; "
        f"{figure(one.missed_by())} times too slow"
        for one in ratios
        if one.met() is False
    ]
    return "\n".join(lines) or "All aims that were measured are met."
