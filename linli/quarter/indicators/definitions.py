"""What the seven rates mean unless a bureau says otherwise: why, what over what, in Traditional Chinese and English."""

import tomllib
from functools import cache
from importlib import resources


@cache
def _all():
    text = (resources.files("linli.quarter.indicators") / "definitions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def default(rate):
    """Dict of why, numerator, denominator (each language -> text); empty texts for a rate nobody has described."""
    known = _all().get(rate, {})
    return {part: dict(known.get(part, {})) for part in ("why", "numerator", "denominator")}
