"""Small numbers drawn towards their kin: posteriors of places of one or many groups, τ integrated, never plugged in.

The model is the contract's: η_i = level + x_iβ + u_i with u_i ~ N(m, τ²), η the log ratio (counts), the logit (shares)
or the value (means). Level and coefficients are either given, frozen before the quarter (``prior``), or estimated
together with everything else (``prior=None``). The numbers behind it are in ``heng.posterior``.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from heng import checks, posterior
from heng.likelihood import Binomial, Normal, Poisson

LEVEL_SD, COEFFICIENT_SD, TAU_SCALE = 5.0, 1.0, 0.5  # of prior=None

# from the link scale to the one that is shown
DISPLAY = {"count": np.exp, "share": expit, "mean": lambda value: value}


@dataclass(frozen=True)
class Posterior:
    """What is known of n places after their evidence. All arrays on the displayed scale: ratio, share or mean.

    ``draws`` (draws, n): the whole, level + xβ + u, joint over places; ``residual``: the same for u alone (the ratio
    exp(u) of counts; u itself, on the link scale, of shares and means). ``tau``: (median, low, high), 90 %, link scale;
    arrays over labels when there are several groups.
    """

    median: np.ndarray
    mean: np.ndarray
    sd: np.ndarray
    draws: np.ndarray
    residual: np.ndarray
    tau: tuple
    coefficients: np.ndarray  # (p + 1,), intercept first
    coefficients_cov: np.ndarray  # (p + 1, p + 1)
    own_weight: np.ndarray
    _mixture: posterior.Marginal
    _display: object

    def interval(self, level=0.90):
        """(low, high), each (n,): the central interval of that probability, solved and not drawn."""
        if not 0 < level < 1:
            raise ValueError(f"level {level!r} is not between 0 and 1")
        return tuple(self._display(self._mixture.quantile(q)) for q in ((1 - level) / 2, (1 + level) / 2))


def of_shares(yes, asked, design_effect=None, covariates=None, prior=None, group=None, draws=20000, seed=1):
    """``Posterior`` of n shares: ``yes`` of ``asked`` (weighted answers may be decimal), both over ``design_effect``.

    Binomial with a normal spread on the logit (Agresti & Hitchcock, Statistical Methods & Applications 14, 2005).
    ``prior`` None: level N(0, 5²), β N(0, 1) each, τ half-normal(0.5); or {"level", "mean" (p,), "cov" (p, p) or, with
    the level's own variance first, (p + 1, p + 1), "tau_scale"}: frozen, spread by cov and not updated. Nobody asked:
    the group's posterior and own weight 0. ``covariates`` (n, p). ValueError names argument, index and value.

    >>> found = of_shares([5, 0], [10, 0], draws=0)
    >>> float(found.own_weight[1])
    0.0
    """
    asked = checks.at_least("asked", asked, 0)
    yes = checks.not_above("yes", checks.at_least("yes", yes, 0), "asked", asked)
    effect = np.ones(len(asked)) if design_effect is None else checks.column("design_effect", design_effect)
    _same_length(asked, yes=yes, design_effect=effect)
    if (effect <= 0).any():
        at = int(np.argmax(effect <= 0))
        raise ValueError(f"design_effect[{at}] = {effect[at]} must be above 0")
    return _posterior("share", Binomial(yes / effect, asked / effect), covariates, prior, group, draws, seed)


def of_counts(count, expected, covariates=None, prior=None, group=None, draws=20000, seed=1):
    """``Posterior`` of n ratios count / expected: Poisson with a log-normal spread. Arguments as in ``of_shares``.

    expected 0 says nothing about a place (and must come with count 0).

    >>> found = of_counts([30, 10], [20.0, 20.0], draws=0)
    >>> bool(found.median[0] > found.median[1])
    True
    """
    expected = checks.at_least("expected", expected, 0)
    count = checks.at_least("count", checks.whole("count", count), 0)
    _same_length(expected, count=count)
    if ((expected == 0) & (count > 0)).any():
        at = int(np.argmax((expected == 0) & (count > 0)))
        raise ValueError(f"count[{at}] = {count[at]:g} where expected[{at}] is 0: events without exposure")
    return _posterior("count", Poisson(count, expected), covariates, prior, group, draws, seed)


def of_means(mean, se, covariates=None, prior=None, group=None, draws=20000, seed=1):
    """``Posterior`` of n means with known standard errors: the normal–normal model. Arguments as in ``of_shares``.

    ``se`` inf says nothing about a place.

    >>> found = of_means([28., 8, -3, 7], [15., 10, 16, 11], draws=0)
    >>> bool(abs(found.median[0] - found.median[2]) < 31)
    True
    """
    mean = checks.column("mean", mean)
    se = np.asarray(se, dtype=float)
    _same_length(mean, se=se)
    if not (se > 0).all():
        at = int(np.argmin(se > 0))
        raise ValueError(f"se[{at}] = {se[at]} must be above 0")
    return _posterior("mean", Normal(mean, se), covariates, prior, group, draws, seed)


def _same_length(first, **others):
    for name, values in others.items():
        if np.shape(values) != np.shape(first):
            raise ValueError(f"{name} has {np.shape(values)[0]} values, the evidence {len(first)}")


def _posterior(kind, likelihood, covariates, prior, group, draws, seed):
    x, group = _covariates(covariates, likelihood), _labels(group, likelihood)
    if prior is not None:
        level, mean, cov, tau_scale = _frozen(prior, x.shape[1])
        fit = posterior.fit(likelihood, posterior.Frozen(level, mean, cov), x, tau_scale, group)
        coefficients = np.concatenate([[level], mean]), cov
    else:
        fit, coefficients = _estimated(likelihood, x, group)
    return _shown(kind, fit, coefficients, draws, seed)


def _estimated(likelihood, x, group):
    """Level and β from the data themselves. Several groups share them (estimated over all places) and differ by m."""
    sds = np.concatenate([[LEVEL_SD], np.full(x.shape[1], COEFFICIENT_SD)])
    fit = posterior.fit_free(likelihood, x, sds, TAU_SCALE)
    mean, cov = fit.coefficients()
    if len(np.unique(group)) > 1:
        fit = posterior.fit(likelihood, posterior.Frozen(mean[0], mean[1:], cov), x, TAU_SCALE, group)
    return fit, (mean, cov)


def _shown(kind, fit, coefficients, draws, seed):
    display = DISPLAY[kind]
    whole, residual = fit.whole(), fit.residual()
    mixture = fit.marginal(whole)
    mean = mixture.expectation(display)
    square = mixture.expectation(lambda value: (display(value) - mean) ** 2)
    drawn, left = fit.draw((whole, residual), draws, seed)
    return Posterior(
        median=display(mixture.quantile(0.5)),
        mean=mean,
        sd=np.sqrt(square),
        draws=display(drawn),
        residual=np.exp(left) if kind == "count" else left,
        tau=fit.tau(),
        coefficients=coefficients[0],
        coefficients_cov=coefficients[1],
        own_weight=fit.own_weight(),
        _mixture=mixture,
        _display=display,
    )


def _covariates(covariates, likelihood):
    places = len(likelihood)
    if covariates is None:
        return np.zeros((places, 0))
    x = np.asarray(covariates, dtype=float)
    x = x[:, None] if x.ndim == 1 else x
    if x.ndim != 2 or len(x) != places:
        raise ValueError(f"covariates have shape {x.shape}, expected ({places}, p)")
    if not np.isfinite(x).all():
        at = tuple(int(i) for i in np.argwhere(~np.isfinite(x))[0])
        raise ValueError(f"covariates[{at[0]}, {at[1]}] = {x[at]} is not a number")
    return x


def _labels(group, likelihood):
    if group is None:
        return np.zeros(len(likelihood), dtype=int)
    labels = np.asarray(group)
    if labels.shape != (len(likelihood),) or not np.issubdtype(labels.dtype, np.integer):
        raise ValueError(f"group must be {len(likelihood)} integer labels, not {labels.dtype} of shape {labels.shape}")
    return labels


def _frozen(prior, covariates):
    """(level, mean (p,), cov (p + 1, p + 1), tau_scale) of a prior given as a dict."""
    unknown = set(prior) - {"level", "mean", "cov", "tau_scale"}
    if unknown:
        raise ValueError(f"prior has unknown entries {sorted(unknown)}; known are level, mean, cov, tau_scale")
    level, tau_scale = float(prior["level"]), float(prior.get("tau_scale", TAU_SCALE))
    mean = np.asarray(prior.get("mean", ()), dtype=float).reshape(-1)
    cov = np.asarray(prior.get("cov", np.zeros((len(mean), len(mean)))), dtype=float)
    cov = cov.reshape(-1, cov.shape[-1]) if cov.size else np.zeros((len(mean), len(mean)))
    if len(mean) != covariates:
        raise ValueError(f"prior mean has {len(mean)} coefficients, the covariates {covariates}")
    if cov.shape == (covariates, covariates):
        cov = np.pad(cov, ((1, 0), (1, 0)))
    if cov.shape != (covariates + 1, covariates + 1):
        raise ValueError(f"prior cov has shape {cov.shape}, expected ({covariates}, {covariates})")
    if not np.isfinite([level, tau_scale]).all() or not np.isfinite(mean).all() or not np.isfinite(cov).all():
        raise ValueError("prior holds a value that is not a finite number")
    if tau_scale <= 0:
        raise ValueError(f"prior tau_scale = {tau_scale} must be above 0")
    return level, mean, cov, tau_scale
