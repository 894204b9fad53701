"""Blocks in a page that a program writes: what stands between ``<!-- name: … -->`` and ``<!-- end of name -->``."""

import re

BLOCK = re.compile(r"(?P<head><!-- (?P<name>[\w-]+): .*?-->\n).*?(?P<foot><!-- end of (?P=name) -->)", re.DOTALL)


def filled(text, block):
    """The text with every block as ``block(name)`` gives it."""
    return BLOCK.sub(lambda found: f"{found['head']}{block(found['name'])}\n{found['foot']}", text)
