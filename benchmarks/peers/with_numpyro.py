"""Poisson–lognormal regression by NumPyro: NUTS, 1,000 draws after 1,000 to warm up.

The model and its priors are ours: level N(0, 5²), β ~ N(0, 1), σ ~ half-normal(0.5). The same run is made twice with
other seeds; the first compiles, the second finds it compiled.
"""

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from numpyro.diagnostics import summary
from numpyro.infer import MCMC, NUTS

from benchmarks.peers.asked import answer, timed


def model(count, expected, x, centred):
    level = numpyro.sample("level", dist.Normal(0, 5))
    slopes = numpyro.sample("slopes", dist.Normal(0, 1).expand([x.shape[1]]).to_event(1))
    sigma = numpyro.sample("sigma", dist.HalfNormal(0.5))
    with numpyro.plate("places", len(count)):
        if centred:
            eta = numpyro.sample("effect", dist.Normal(level + x @ slopes, sigma))
        else:
            eta = level + x @ slopes + sigma * numpyro.sample("effect", dist.Normal(0, 1))
        numpyro.sample("count", dist.Poisson(expected * jnp.exp(eta)), obs=count)


def fit(count, expected, x, warmup, draws, centred):
    """Posterior means of level and slopes, median of σ, their Monte Carlo errors, and (with, without) compiling."""
    sampler = MCMC(NUTS(model), num_warmup=int(warmup), num_samples=int(draws), progress_bar=False)

    def run(seed):
        sampler.run(jax.random.PRNGKey(seed), count, expected, x, bool(centred))
        return {name: np.asarray(values) for name, values in sampler.get_samples().items() if name != "effect"}

    seconds, chains = zip(*(timed(lambda seed=seed: run(seed)) for seed in (1, 2)), strict=True)
    both = {name: np.stack([chain[name] for chain in chains]) for name in chains[0]}
    said = summary(both, group_by_chain=True)
    error = {name: np.atleast_1d(one["std"] / np.sqrt(one["n_eff"])) for name, one in said.items()}
    return {
        "seconds": seconds,
        "coefficients": np.append(said["level"]["mean"], said["slopes"]["mean"]),
        "coefficients_error": np.append(error["level"], error["slopes"]),
        "sigma": said["sigma"]["median"],
        "sigma_error": error["sigma"][0],
    }


if __name__ == "__main__":
    answer(fit, "numpyro", "jax", "numpy")
