"""The blocks of a page that a benchmark writes: between ``<!-- name: … -->`` and ``<!-- end of name -->``."""

import re


def with_block(page, text, name, block):
    """The text of a page with one block anew; ends the program where it has none of that name. page: its name."""
    pattern = re.compile(rf"(<!-- {name}: .*? -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
    if not pattern.search(text):
        raise SystemExit(f"{page} has no block {name}")
    return pattern.sub(lambda m: f"{m[1]}{block}\n{m[2]}", text)
