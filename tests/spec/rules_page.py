"""The rules page: prose that people write, and between two remarks the tables that the tests run."""

import re

from tests.house.tree import ROOT
from tests.spec.tables import TABLES

BLOCK = re.compile(r"(?P<head><!-- (?P<name>[\w-]+): .*?-->\n).*?(?P<foot><!-- end of (?P=name) -->)", re.DOTALL)
PAGE = ROOT / "docs" / "methods" / "rules.md"


def filled(text):
    """The page with every table as the tests have it now; KeyError for a table nobody made."""
    return BLOCK.sub(lambda found: f"{found['head']}{TABLES[found['name']].markdown()}\n{found['foot']}", text)


def written():
    return PAGE.read_text(encoding="utf-8")
