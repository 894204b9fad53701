"""A fitted pool as pool.toml (contract): the same pool gives the same bytes."""

import json

from heng import pool


def text(made, scheme, books, words):
    """The whole file. ``made``: of ``heng.pool.fit``; ``books``: how many it was made from; ``words``: the language of
    its comments."""
    return "\n".join([*_head(made, scheme, books, words), *_rates(made, words)]) + "\n"


def _head(made, scheme, books, words):
    found = made.pool
    first, last = found.periods
    facts = {"places": str(found.places), "books": str(books), "first": first, "last": last}
    yield "# " + words("scheme.pool_made", **facts)
    yield "# " + words("scheme.pool_scale")
    yield "# " + words("scheme.pool_order")
    if made.low_confidence:
        yield "# " + words("scheme.pool_low", enough=str(pool.ENOUGH), sd=scheme.complexity.prior_sd)
    yield "format = 1"
    yield ""
    yield "[pool]"
    yield f"name = {quoted(_one_line(found.name))}"
    yield f"places = {found.places}"
    yield f"periods = [{quoted(first)}, {quoted(last)}]"
    yield f"covariates = [{', '.join(map(quoted, found.covariates))}]"
    yield f"mean = {_row(found.mean)}"
    yield f"sd = {_row(found.sd)}"


def _rates(made, words):
    for rate, coefficients in made.pool.rates.items():
        yield ""
        yield "# " + words("scheme.pool_rate", places=str(made.places[rate]))
        yield "[[rate]]"
        yield f"id = {quoted(rate)}"
        yield f"intercept = {_figure(coefficients.intercept)}"
        yield f"coefficients = {_row(coefficients.coefficients)}"
        yield "covariance = ["
        covariance = (coefficients.covariance + coefficients.covariance.T) / 2
        yield from (f"  {_row(row)}," for row in covariance)
        yield "]"
        yield f"tau = {_figure(coefficients.tau)}"


def _one_line(name):
    """A name a scheme's reader takes: printable, on one line, at most 200 characters."""
    return "".join(c if c.isprintable() else " " for c in name).strip()[:200] or "pool"


def quoted(word):
    """A TOML basic string; JSON escapes the same characters the same way."""
    return json.dumps(word, ensure_ascii=False)


def _row(values):
    return f"[{', '.join(map(_figure, values))}]"


def _figure(value):
    """Six significant digits, always a TOML float.

    >>> _figure(3.0), _figure(-0.00012345678), _figure(1e-7)
    ('3.0', '-0.000123457', '1e-07')
    """
    shown = f"{value:.6g}"
    return shown if any(mark in shown for mark in ".e") else f"{shown}.0"
