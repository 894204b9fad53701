"""Writes the tables into the rules page anew: ``python -m tests.spec.write_rules_page``."""

from tests.spec.rules_page import PAGE, filled, written

if __name__ == "__main__":
    PAGE.write_text(filled(written()), encoding="utf-8")
    print(PAGE.name)
