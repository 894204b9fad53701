"""Writes the blocks in the pages anew: ``python -m tests.house.write_readme``, or ``make readme``."""

from tests.house.pages import PAGES, filled
from tests.house.tree import ROOT

if __name__ == "__main__":
    for page in PAGES:
        (ROOT / page).write_text(filled(page), encoding="utf-8")
        print(page)
