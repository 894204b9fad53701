"""The stage on the day before the play: the county laid down, the scheme's text to hand."""

from linli.faces.demo.county import BEGUN, County, folder
from linli.ground.trail import clock


def stage():
    """The ``County`` with what ``quarters`` asks of it."""
    with clock.at(BEGUN):
        made = Stage()
    return made


class Stage(County):
    """The county, its scheme's text, and the running number of its circulars."""

    def __init__(self):
        super().__init__()
        self.folder = folder()
        text = (self.folder / "scheme.toml").read_text(encoding="utf-8")
        # The demo's bureau put the scheme in force at the beginning of the year it appraises first.
        self.scheme_text = text.replace('in_force_from = "2026-01-01"', 'in_force_from = "2025-01-01"')
        self._numbers = 0

    def next_number(self):
        """The number of the next circular: 臨公通〔2026〕3號."""
        self._numbers += 1
        return f"臨公通〔{clock.today().year}〕{self._numbers}號"
