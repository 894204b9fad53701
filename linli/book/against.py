"""What a book must hold for a given scheme and the quarters asked for."""

from heng.scheme import COUNT, MEAN, SHARE
from linli.book.problems import Problem


def scheme_problems(tables, scheme):
    """Every problem of a book's tables under ``scheme``: rates, figures by the kind of rate, covariates."""
    return [*_rates(tables["evidence"], scheme), *_figures(tables["evidence"], scheme), *_covariates(tables, scheme)]


def _rates(evidence, scheme):
    known = [rate.id for rate in scheme.rates]
    for index, (rate,) in evidence.lines("rate"):
        if rate not in known:
            yield evidence.problem("known_rate", index, "rate", rate, known=known)


def _figures(evidence, scheme):
    rates = {rate.id: rate for rate in scheme.rates}
    for index, (rate, numerator, denominator) in evidence.lines("rate", "numerator", "denominator"):
        if rate in rates and numerator is not None and denominator is not None:
            yield from _figure(evidence, index, rates[rate], numerator, denominator)


def _figure(evidence, index, rate, numerator, denominator):
    shown = f"{numerator:.12g}"
    if rate.kind == MEAN:
        sd = evidence.columns["sd"][index]
        if denominator > 0 and (sd is None or sd == 0):
            yield evidence.problem("mean_has_sd", index, "sd", "" if sd is None else "0", rate=rate.id)
    elif numerator < 0:
        yield evidence.problem("not_negative", index, "numerator", shown)
    elif rate.kind == SHARE and numerator > denominator:
        yield evidence.problem("not_above", index, "numerator", shown, denominator=f"{denominator:.12g}", rate=rate.id)
    elif rate.kind == COUNT and not numerator.is_integer():
        yield evidence.problem("whole_events", index, "numerator", shown, rate=rate.id)
    elif rate.kind == COUNT and numerator > 0 and denominator == 0:
        yield evidence.problem("exposure", index, "denominator", "0", numerator=shown, rate=rate.id)


def _covariates(tables, scheme):
    """A covariate the scheme adjusts for must be a column of numbers, known for every community: blank is not zero."""
    communities = tables["communities"]
    for name in scheme.complexity.covariates:
        if name not in communities.facts:
            yield Problem("covariate", communities.where, column=name, facts={"column": name})
            continue
        for index, value in enumerate(communities.facts[name]):
            if value is None:
                yield communities.problem("covariate_known", index, name)


def period_problems(tables, periods):
    """A problem for every quarter asked for of which the book has no evidence."""
    evidence = tables["evidence"]
    present = sorted({period for _, (period,) in evidence.lines("period")})
    for period in periods:
        if period not in present:
            column = evidence.written.get("period", "period")
            yield Problem("period_present", evidence.where, None, column, period, {"present": present or "—"})
