"""The card's style sheet, kept to the part of a page that shows a card: one sheet serves the file and the web."""

import re

SCOPE = ".own-file"
_OUTER = (":root", "*", "body", "main", "header", "h1")  # the page around it: the desk has its own, and its colours
_RULE = re.compile(r"(?P<selectors>[^{}@;]+)\{(?P<body>[^{}]*)\}")


def scoped(css):
    """The same rules, each for what stands inside ``.own-file``; page set-up for print is left out.

    >>> scoped("h1, .place { margin: 0 } body { color: red }")
    '.own-file .place { margin: 0 }'
    """
    css = re.sub(r"@page[^{]*\{[^{}]*\}", "", css)
    return _RULE.sub(_inside, css)


def _inside(rule):
    selectors = [one.strip() for one in rule["selectors"].split(",")]
    kept = [f"{SCOPE} {one}" for one in selectors if one not in _OUTER and ":lang(" not in one]
    return f"{', '.join(kept)} {{{rule['body']}}}" if kept else ""
