"""Our regressions against published tables and other people's software, at the tolerances the tables come with.

The tables lie in ``reference`` beside the folder that LINLI_DATA names; where they are absent these tests skip.
"""

import numpy as np
import pytest

from heng import marginal
from heng.likelihood import Binomial, Poisson
from tests.core.peers import clayton_kaldor, gamma_means, gamma_poisson, james_stein, pumps_by_grid, schools_by_grid
from tests.core.reference import reference_rows


def columns(name, *wanted):
    """Float columns of one reference table."""
    rows = reference_rows(name)
    return [np.array([float(row[column]) for row in rows]) for column in wanted]


def lip_cancer():
    return columns("scotland_lip_cancer.csv", "observed", "expected", "aff_percent")


def posterior_of(name):
    """parameter -> (mean, Monte Carlo standard error) of a published posterior."""
    return {row["parameter"]: (float(row["mean"]), float(row["mcse"])) for row in reference_rows(name)}


def test_baseball_players_shrunk_as_printed():
    hits, first, printed = columns("efron_morris_baseball.csv", "hits_first45", "avg_first45", "js_c0212")
    assert np.round(hits / 45, 6) == pytest.approx(first, abs=1e-6)
    kept, estimates = james_stein(first, first.mean() * (1 - first.mean()) / 45)
    assert kept == pytest.approx(0.2117, abs=5e-5)
    assert estimates == pytest.approx(printed, abs=2e-4)


def test_lip_cancer_by_gamma_poisson_as_r_has_it():
    observed, expected, _ = lip_cancer()
    shape, rate, log_likelihood = gamma_poisson(observed, expected)
    assert (shape, rate, log_likelihood) == pytest.approx((1.87949, 1.32167, -181.5761), abs=1e-4)
    by_ml, by_iteration = columns("scotland_lip_eb_reference.csv", "eb_gamma_ml", "eb_gamma_ck_iteration")
    assert gamma_means(observed, expected, shape, rate) == pytest.approx(by_ml, abs=1e-4)
    fixed_point = clayton_kaldor(observed, expected)
    assert fixed_point == pytest.approx((1.64402, 1.14884), abs=1e-4)
    assert gamma_means(observed, expected, *fixed_point) == pytest.approx(by_iteration, abs=1e-4)


def test_lip_cancer_by_our_regression_as_lme4_has_it():
    observed, expected, outdoors = lip_cancer()
    design = np.column_stack([np.ones(56), outdoors / 10])
    found = marginal.fit(Poisson(observed, expected), design, nodes=25)
    assert found.coefficients == pytest.approx([-0.490146, 0.683006], abs=1e-4)
    assert np.sqrt(np.diag(found.covariance)) == pytest.approx([0.157153, 0.140230], abs=1e-4)
    assert found.tau == pytest.approx(0.59012, abs=1e-4)
    saturated = (observed * np.log(np.maximum(observed, 1) / expected) - observed)[observed > 0].sum()
    assert found.log_likelihood - saturated == pytest.approx(-67.7346, abs=1e-3)
    mode, sd, ratio = columns("scotland_lip_pln_aff_lme4.csv", "blup", "post_sd", "rr")
    assert found.mode == pytest.approx(mode, abs=1e-4) and found.sd == pytest.approx(sd, abs=1e-4)
    assert np.exp(design @ found.coefficients + found.mode) == pytest.approx(ratio, rel=1e-4)


def test_lip_cancer_without_its_covariate_spreads_wider():
    observed, expected, _ = lip_cancer()
    found = marginal.fit(Poisson(observed, expected), np.ones((56, 1)), nodes=25)
    assert (found.coefficients[0], found.tau) == pytest.approx((0.080222, 0.76423), abs=1e-4)
    assert found.covariance[0, 0] ** 0.5 == pytest.approx(0.116696, abs=1e-4)


def test_nine_nodes_are_enough_for_counts_like_these():
    observed, expected, outdoors = lip_cancer()
    design = np.column_stack([np.ones(56), outdoors / 10])
    nine, many = (marginal.fit(Poisson(observed, expected), design, nodes=nodes) for nodes in (9, 25))
    assert nine.coefficients == pytest.approx(many.coefficients, abs=1e-4)
    assert nine.tau == pytest.approx(many.tau, abs=1e-4)


def test_seeds_by_our_regression_as_lme4_has_it():
    grew, sown, seed, extract = columns("seeds_crowder1978.csv", "r", "n", "x1", "x2")
    design = np.column_stack([np.ones(21), seed, extract, seed * extract])
    found = marginal.fit(Binomial(grew, sown), design, nodes=25)
    assert found.coefficients == pytest.approx([-0.548416, 0.096933, 1.337032, -0.810416], abs=1e-3)
    assert np.sqrt(np.diag(found.covariance)) == pytest.approx([0.166598, 0.278050, 0.236943, 0.385180], abs=1e-3)
    assert found.tau == pytest.approx(0.23626, abs=1e-3)


def test_seeds_posterior_of_openbugs_lies_around_our_maximum():
    """Another prior and a whole posterior: agreement within a third of its sd is all that can be asked."""
    grew, sown, seed, extract = columns("seeds_crowder1978.csv", "r", "n", "x1", "x2")
    design = np.column_stack([np.ones(21), seed, extract, seed * extract])
    found = marginal.fit(Binomial(grew, sown), design)
    theirs = {row["parameter"]: row for row in reference_rows("openbugs_seeds_posterior.csv")}
    for ours, name in zip(found.coefficients, ("alpha0", "alpha1", "alpha2", "alpha12"), strict=True):
        assert abs(ours - float(theirs[name]["mean"])) < float(theirs[name]["sd"]) / 3


def test_pumps_by_gamma_poisson_as_r_has_it():
    failures, hours = columns("pumps.csv", "failures", "time_1000h")
    shape, rate, log_likelihood = gamma_poisson(failures, hours)
    assert (shape, rate, log_likelihood) == pytest.approx((0.822965, 1.261653, -32.25784), abs=1e-4)
    printed = [0.060934, 0.107476, 0.090755, 0.116476, 0.587999, 0.606919, 0.788598, 0.788598, 1.434700, 1.940456]
    assert gamma_means(failures, hours, shape, rate) == pytest.approx(printed, abs=1e-5)


def test_pumps_posterior_on_a_grid_is_that_of_jags():
    found = pumps_by_grid(*columns("pumps.csv", "failures", "time_1000h"))
    printed = posterior_of("pumps_reference_posterior.csv")
    for name in ("alpha", "beta"):
        assert found[name] == pytest.approx(printed[name][0], abs=4 * printed[name][1])
    for pump, ours in enumerate(found["theta"], start=1):
        mean, error = printed[f"theta[{pump}]"]
        assert ours == pytest.approx(mean, abs=4 * error)


def test_our_log_normal_spread_agrees_with_the_gamma_where_a_pump_speaks_for_itself():
    """Two families of spread: the order of the pumps with three failures or more, and the ratios after long watching,
    must not depend on which was chosen; a pump watched for an hour may differ."""
    failures, hours = columns("pumps.csv", "failures", "time_1000h")
    found = marginal.fit(Poisson(failures, hours), np.ones((10, 1)), nodes=25)
    ours, often, long = np.exp(found.coefficients[0] + found.mode), failures >= 3, hours > 30
    printed = np.array([posterior_of("pumps_reference_posterior.csv")[f"theta[{pump}]"][0] for pump in range(1, 11)])
    assert np.argsort(ours[often]).tolist() == np.argsort(printed[often]).tolist()
    assert ours[long] == pytest.approx(printed[long], rel=0.10)


def test_eight_schools_posterior_on_a_grid_is_the_published_one():
    found = schools_by_grid(*columns("eight_schools.csv", "effect", "se"))
    printed = posterior_of("eight_schools_reference_posterior.csv")
    for name in ("mu", "tau"):
        assert found[name] == pytest.approx(printed[name][0], abs=4 * printed[name][1])
    for school, ours in enumerate(found["theta"], start=1):
        mean, error = printed[f"theta[{school}]"]
        assert ours == pytest.approx(mean, abs=4 * error)
