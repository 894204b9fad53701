"""linli pool fit: known coefficients found again in books on disk, written so that a scheme can read them back."""

import csv
from pathlib import Path

import numpy as np
import pytest

from linli.book.pool import read_pool
from linli.book.scheme import read_scheme
from linli.cli import main

COUNTY = Path(__file__).parents[2] / "examples" / "county"
FACTS = {"floating_share": (0.2, 0.1), "venues_per_10k": (15.0, 8.0)}
LEVEL, BETA, TAU = -6.5, np.array([0.30, 0.15]), 0.30
SCHEME = """format = 1
[scheme]
name = "pooled"
version = "1"
in_force_from = "2026-01-01"
[complexity]
covariates = ["floating_share", "venues_per_10k"]
pool = "pool.toml"
[[rate]]
id = "incidents"
name = { zh_Hant = "發案率", zh_Hans = "发案率", en = "Incidents" }
kind = "count"
better = "lower"
weight = 100
adjust = true
points = [[2.5, 0], [1.6, 60], [1.15, 80], [1.0, 85], [0.55, 100]]
supplier = "command centre"
verifier = "supervision office"
"""


def county(folder, places, seed):
    """A county book on disk whose incidents follow ``LEVEL``, ``BETA`` and ``TAU``."""
    random = np.random.default_rng(seed)
    folder.mkdir()
    x = random.standard_normal((places, 2))
    population = random.integers(4000, 20000, places)
    rate = np.exp(LEVEL + x @ BETA + random.normal(0, TAU, places))
    facts = [mean + sd * column for (mean, sd), column in zip(FACTS.values(), x.T, strict=True)]
    ids = [f"P{at:03d}" for at in range(places)]
    communities = zip(ids, ids, ["city"] * places, [0] * places, population, *facts, strict=True)
    write(folder / "communities.csv", ["community", "name", "kind", "complex", "population", *FACTS], communities)
    posts = [(f"O{at:03d}", f"O{at:03d}", place, "2020-01-01", "") for at, place in enumerate(ids)]
    write(folder / "posts.csv", ["officer", "name", "community", "start", "end"], posts)
    pairings = [(place, "", f"office {at}", "2020-01-01", "") for at, place in enumerate(ids)]
    pairings = [(place, leader, office.replace(" ", "-"), *days) for place, leader, office, *days in pairings]
    write(folder / "pairings.csv", ["community", "leader", "office", "start", "end"], pairings)
    quarters = [f"{year}Q{quarter}" for year in (2024, 2025) for quarter in (1, 2, 3, 4)]
    evidence = [
        (quarter, place, "incidents", random.poisson(people * share), people)
        for quarter in quarters
        for place, people, share in zip(ids, population, rate, strict=True)
    ]
    write(folder / "evidence.csv", ["period", "community", "rate", "numerator", "denominator"], evidence)
    return folder


def write(path, heading, rows):
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([heading, *rows])


@pytest.fixture
def scheme(tmp_path):
    """A scheme that names the pool about to be made."""
    path = tmp_path / "scheme.toml"
    path.write_text(SCHEME, encoding="utf-8")
    return path


def fitted(capsys, *arguments):
    status = main(["pool", "fit", *map(str, arguments), "--lang", "en"])
    return status, *capsys.readouterr()


def test_known_coefficients_come_back_through_the_files(capsys, tmp_path, scheme):
    books = [county(tmp_path / f"county-{seed}", 60, seed) for seed in (1, 2)]
    out = tmp_path / "pool.toml"
    status, _, said = fitted(capsys, *books, "--scheme", scheme, "--out", out, "--name", "two counties")
    assert (status, said) == (0, "")
    made = read_scheme(scheme).complexity.pool
    assert (made.name, made.places, made.periods) == ("two counties", 120, ("2024Q1", "2025Q4"))
    rate = made.rates["incidents"]
    centre, scale = np.array(list(FACTS.values())).T
    truth = np.append(LEVEL + BETA @ ((made.mean - centre) / scale), BETA * made.sd / scale)
    gap = np.append(rate.intercept, rate.coefficients) - truth
    assert (np.abs(gap) < 3 * np.sqrt(np.diag(rate.covariance))).all()
    assert rate.tau == pytest.approx(TAU, rel=0.25)


def test_the_same_books_give_the_same_bytes(capsys, tmp_path, scheme):
    book = county(tmp_path / "county", 80, 3)
    first = fitted(capsys, book, "--scheme", scheme)
    assert first == fitted(capsys, book, "--scheme", scheme)
    out = tmp_path / "again.toml"
    fitted(capsys, book, "--scheme", scheme, "--out", out)
    assert out.read_text(encoding="utf-8") == first[1]


def test_ten_places_make_a_pool_of_low_confidence(capsys, tmp_path):
    out = tmp_path / "pool.toml"
    status, _, said = fitted(capsys, COUNTY, "--out", out)
    assert status == 0 and "LOW CONFIDENCE" in said
    assert "LOW CONFIDENCE" in out.read_text(encoding="utf-8")
    assert set(read_pool(out).rates) == {"incidents", "prevention", "leads"}


def test_a_name_cannot_break_the_file(capsys, tmp_path, scheme):
    out, name = tmp_path / "pool.toml", 'the "old"\nprefecture\\'
    fitted(capsys, county(tmp_path / "county", 20, 4), "--scheme", scheme, "--out", out, "--name", name)
    assert read_pool(out).name.split() == name.split()


def test_places_that_are_all_alike_explain_nothing(capsys, tmp_path, scheme):
    book = county(tmp_path / "county", 20, 5)
    with (book / "communities.csv").open(encoding="utf-8", newline="") as lines:
        heading, *rows = csv.reader(lines)
    write(book / "communities.csv", heading, [[*row[:-1], 3] for row in rows])
    status, printed, said = fitted(capsys, book, "--scheme", scheme)
    assert (status, printed) == (2, "") and "venues_per_10k" in said


def test_a_book_without_the_schemes_covariates_is_refused_by_name(capsys, tmp_path, scheme):
    one, other = county(tmp_path / "one", 20, 6), county(tmp_path / "other", 20, 7)
    with (other / "communities.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row[:-1] for row in csv.reader(lines)]
    write(other / "communities.csv", rows[0], rows[1:])
    status, printed, said = fitted(capsys, one, other, "--scheme", scheme)
    assert (status, printed) == (2, "") and "venues_per_10k" in said
