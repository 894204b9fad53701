"""The scheme and its pool, read strictly: unknown keys, wrong weights, crooked tables, all at once with their place."""

import numpy as np
import pytest

from heng import scheme as shape
from linli.book import frozen
from linli.book.problems import BadBook
from linli.book.scheme import default_scheme, read_scheme, read_scheme_text
from tests.journeys.bookmaking import COUNTY

DEFAULT = (COUNTY / "scheme.toml").read_text(encoding="utf-8")
POOL = (COUNTY / "pool.toml").read_text(encoding="utf-8")
RATES = DEFAULT[DEFAULT.index("[[rate]]") :]


@pytest.fixture
def read(tmp_path):
    """Reads a text as scheme.toml with a pool.toml beside it."""

    def reading(text, pool=POOL):
        (tmp_path / "pool.toml").write_text(pool, encoding="utf-8")
        path = tmp_path / "scheme.toml"
        path.write_text(text, encoding="utf-8")
        return read_scheme(path)

    return reading


@pytest.fixture
def refused(read):
    """The problems of a text as (code, where in the file)."""

    def refusing(text, pool=POOL):
        with pytest.raises(BadBook) as bad:
            read(text, pool)
        return [(p.code, p.column) for p in bad.value.problems]

    return refusing


def changed(old, new, text=DEFAULT):
    assert old in text
    return text.replace(old, new, 1)


def test_the_default_scheme_reads_as_it_is_written(read):
    scheme = read(DEFAULT)
    assert [rate.id for rate in scheme.rates][:3] == ["satisfaction", "familiarity", "incidents"]
    assert sum(rate.weight for rate in scheme.rates) == 100
    incidents = scheme.rate("incidents")
    assert (incidents.kind, incidents.better, incidents.per, incidents.adjust) == ("count", "lower", 10000, True)
    assert incidents.points[0].tolist() == [2.5, 0]
    assert scheme.rate("disputes").name["zh_Hans"] == "调处率"
    assert scheme.in_force_from == "2026-01-01"


def test_the_defaults_of_heng_are_those_of_the_default_scheme(read):
    scheme = read(DEFAULT)
    for kept, default in (
        (scheme.ranking, shape.Ranking()),
        (scheme.gate, shape.Gate()),
        (scheme.bottom, shape.Bottom()),
        (scheme.allowance, shape.Allowance()),
        (scheme.year, shape.Year()),
        (scheme.leader_days, shape.LeaderDayRule()),
    ):
        assert kept == default


def test_the_pool_is_read_with_its_arrays(read):
    pool = read(DEFAULT).complexity.pool
    assert pool.places == 96 and pool.periods == ("2023Q3", "2025Q2")
    assert pool.mean.shape == pool.sd.shape == (5,)
    assert pool.rates["leads"].covariance.shape == (6, 6)
    assert pool.rates["incidents"].tau == 0.22


def test_absent_keys_take_the_default_schemes_values(read):
    scheme = read("[ranking]\nmin_days = 30\n\n" + RATES)
    assert scheme.ranking == shape.Ranking(min_days=30)
    assert scheme.bottom == shape.Bottom()
    assert (scheme.name, scheme.version) == ("default", "2026.1")


def test_complexity_left_out_means_no_covariates_and_no_pool(read):
    complexity = read(RATES).complexity
    assert complexity.covariates == () and complexity.pool is None
    assert complexity.prior_sd == 0.25


def test_complexity_begun_takes_the_rest_from_the_default(read):
    complexity = read("[complexity]\nprior_sd = 0.5\n\n" + RATES).complexity
    assert len(complexity.covariates) == 5 and complexity.pool.name == "invented prefecture"
    assert complexity.prior_sd == 0.5


def test_an_empty_pool_path_is_no_pool(read):
    assert read(changed('pool = "pool.toml"', 'pool = ""')).complexity.pool is None


def test_rates_take_the_contracts_defaults(read):
    text = (
        '[[rate]]\nid = "calls"\nname = "接警"\nkind = "count"\nbetter = "lower"\nweight = 60\n'
        'points = [[0, 100], [2, 0]]\nsupplier = "a"\nverifier = "b"\n'
        '[[rate]]\nid = "mood"\nname = { en = "Mood" }\nkind = "mean"\nbetter = "higher"\nweight = 40\n'
        'points = [[-2, 0], [2, 100]]\nsupplier = "a"\nverifier = "b"\n'
    )
    calls, mood = read(text).rates
    assert (calls.per, mood.per) == (10000, 1)
    assert (calls.sample, calls.adjust, calls.pool_quarters, calls.guess, calls.named_in_report) == (
        (False, False, 1, 0, False)
    )
    assert calls.name["en"] == "接警" and mood.name["zh_Hant"] == "Mood"
    assert read(text).ranking.tie_break == ()  # the default chain names rates this scheme has not


def test_a_tie_break_that_the_file_gives_must_name_its_rates(refused):
    text = changed('tie_break = ["satisfaction"', 'tie_break = ["satisfied"')
    assert refused(text) == [("scheme_rate", "ranking.tie_break")]


WRONG = [
    ("min_days = 60", "min_dayz = 60", "key_like", "ranking.min_dayz"),
    ("min_days = 60", "min_days = 0", "whole", "ranking.min_days"),
    ("min_days = 60", "min_days = 60.5", "whole", "ranking.min_days"),
    ("min_days = 60", "min_days = true", "whole", "ranking.min_days"),
    ("min_weight = 70", "min_weight = 101", "range", "ranking.min_weight"),
    ("thin_share = 60", "thin_share = nan", "number", "ranking.thin_share"),
    ('bottom_tie = "nobody"', 'bottom_tie = "some"', "word", "ranking.bottom_tie"),
    ('tie_break = ["satisfaction"', 'tie_break = ["disputes"', "once", "ranking.tie_break"),
    ('evidence = "warn"', 'evidence = "on"', "word", "gate.evidence"),
    ("distinguishable = 0.80", "distinguishable = 80", "range", "gate.distinguishable"),
    ("below = 80.0", 'below = "80"', "number", "bottom.below"),
    ("inclusive = false", "inclusive = 0", "true_false", "bottom.inclusive"),
    ('quarters = "both"', 'quarters = "any"', "word", "bottom.quarters"),
    ("per_month_fen = 50000", "per_month_fen = 500.5", "whole", "allowance.per_month_fen"),
    ("awards_fen = [100000", "awards_fen = [-1", "whole", "year.awards_fen"),
    ("talent_pool = [2, 3]", "talent_pool = 2", "list", "year.talent_pool"),
    ("half_day_hours = 3", "half_day_hours = 7", "hours", "leader_days.half_day_hours"),
    ("prior_sd = 0.25", "prior_sd = 0", "above", "complexity.prior_sd"),
    ('in_force_from = "2026-01-01"', 'in_force_from = "soon"', "date", "scheme.in_force_from"),
    ("format = 1", "format = 2", "format", "format"),
    ('id = "leads"', 'id = "../leads"', "id", "rate[5].id"),
    ('id = "leads"', 'id = "Disputes"', "once", "rate[7].id"),
    ('kind = "share"', 'kind = "rate"', "word", "rate[1].kind"),
    ('better = "higher"', 'better = "up"', "word", "rate[1].better"),
    ("weight = 20", "weight = 21", "weights", "rate"),
    ("weight = 20", "weight = 0", "above", "rate[1].weight"),
    ("weight = 20\n", "", "needed", "rate[1].weight"),
    ("[0.65, 60]", "[0.40, 60]", "points_values", "rate[1].points"),
    ("[0.65, 60]", "[0.65, 90]", "points_higher", "rate[1].points"),
    ("[0.65, 60]", "[0.65, 101]", "points", "rate[1].points"),
    ("[0.65, 60]", "[0.65]", "points", "rate[1].points"),
    ("[0.95, 100]", "[95, 100]", "points_share", "rate[1].points"),
    ("[0.55, 100]", "[-0.55, 100]", "points_count", "rate[3].points"),
    ('better = "lower"', 'better = "higher"', "points_higher", "rate[3].points"),
    ("guess = 0.25", "guess = 1", "range", "rate[2].guess"),
    ("per = 10000", "per = 10000\nguess = 0.1", "guess_share", "rate[3].guess"),
    ("per = 10000", "per = 0", "above", "rate[3].per"),
    ('verifier = "political', 'colour = 1\nverifier = "political', "key", "rate[1].colour"),
    ('verifier = "political and personnel office"', 'verifier = "Residents\' Committee"', "other_department",
     "rate[1].verifier"),
    ('zh_Hant = "滿意率"', 'zh_TW = "滿意率"', "word", "rate[1].name"),
    ("[gate]", "[gates]", "key_like", "gates"),
    ("[gate]", "[[gate]]", "table", "gate"),
    ('pool = "pool.toml"', 'pool = "/etc/pool.toml"', "beside", "complexity.pool"),
    ('pool = "pool.toml"', 'pool = "../pool.toml"', "beside", "complexity.pool"),
    ('pool = "pool.toml"', 'pool = "a/../../pool.toml"', "beside", "complexity.pool"),
    ('pool = "pool.toml"', "pool = 'C:\\\\pool.toml'", "beside", "complexity.pool"),
    ('covariates = ["floating_share"', 'covariates = ["rental_share"', "once", "complexity.covariates"),
]  # fmt: skip


@pytest.mark.parametrize("old, new, code, where", WRONG)
def test_one_wrong_key_is_named_with_its_path(refused, old, new, code, where):
    assert (code, where) in refused(changed(old, new))


def test_a_problem_of_a_scheme_names_the_line(read):
    with pytest.raises(BadBook) as bad:
        read(changed("weight = 10\n", "weight = 11\n"), POOL)
    (found,) = bad.value.problems
    assert (found.where, found.found) == ("scheme.toml", "101")
    with pytest.raises(BadBook) as bad:
        read(changed("min_ranked = 4 ", "min_ranked = -4 "), POOL)
    (found,) = bad.value.problems
    assert found.row == 1 + DEFAULT[: DEFAULT.index("min_ranked")].count("\n")
    assert "[[rate]]" in DEFAULT.splitlines()[_line_of_rate(read, 4) - 1]


def _line_of_rate(read, place):
    with pytest.raises(BadBook) as bad:
        read(changed('supplier = "investigation brigade"\n', ""), POOL)
    (found,) = bad.value.problems
    assert found.column == f"rate[{place + 1}].supplier"
    return found.row


def test_all_problems_of_scheme_and_pool_come_at_once(refused):
    text = changed("weight = 20", "weight = 30", changed("min_days = 60", "min_days = -1"))
    assert {code for code, _ in refused(text, POOL.replace("sd = [0.116", "sd = [-0.116"))} == {
        "whole",
        "weights",
        "above",
    }


@pytest.mark.parametrize("text", ["", "rate = []", "rate = 3", RATES + RATES.replace('id = "', 'id = "other_')])
def test_a_scheme_has_one_to_seven_rates(refused, text):
    assert "rates" in [code for code, _ in refused(text)]


def test_fewer_than_seven_rates_are_no_error(read):
    kept = RATES[: RATES.rindex("[[rate]]")].replace("weight = 20", "weight = 35")
    assert len(read(kept).rates) == 6


POOL_WRONG = [
    ("format = 1", "format = 9", "format"),
    ("places = 96", "place = 96", "key_like"),
    ("places = 96", "places = 0", "whole"),
    ('periods = ["2023Q3", "2025Q2"]', 'periods = ["2025Q2", "2023Q3"]', "two_periods"),
    ('covariates = ["floating_share", "rental_share"', 'covariates = ["rental_share", "floating_share"',
     "pool_covariates"),
    ("mean = [0.191, ", "mean = [", "length"),
    ("sd = [0.116", "sd = [0.0", "above"),
    ("coefficients = [0.24, ", "coefficients = [", "length"),
    ("tau = 0.22", "tau = 0", "above"),
    ("tau = 0.22", "", "needed"),
    ("intercept = -6.571", "intercept = inf", "range"),
    ("[0.0009, 0.0000,", "[0.0009, 0.0100,", "covariance"),
    ("0.0025, -0.0009, -0.0003, 0.0000, 0.0000],\n  [0.0000, -0.0009", "0.0025, -0.9, -0.0003, 0.0000, 0.0000],\n"
     "  [0.0000, -0.9", "covariance"),
    ("  [0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0012],\n", "", "square"),
    ('id = "leads"', 'id = "incidents"', "once"),
]  # fmt: skip


@pytest.mark.parametrize("old, new, code", POOL_WRONG)
def test_a_wrong_pool_is_refused_by_name(refused, old, new, code):
    assert code in [found for found, _ in refused(DEFAULT, changed(old, new, POOL))]


def test_a_pool_that_is_not_there_is_a_problem(refused):
    assert refused(changed('pool = "pool.toml"', 'pool = "prefecture.toml"')) == [("plain_file", "")]


def test_a_pool_reached_by_a_link_out_of_the_folder_is_refused(read, tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "scheme.toml").write_text(DEFAULT, encoding="utf-8")
    (tmp_path / "pool.toml").write_text(POOL, encoding="utf-8")
    (tmp_path / "sub" / "pool.toml").symlink_to(tmp_path / "pool.toml")
    with pytest.raises(BadBook, match="beside the scheme"):
        read_scheme(tmp_path / "sub" / "scheme.toml")


@pytest.mark.parametrize("text", ["[scheme", "a = ", "x = 1\nx = 2", "a = " + "[" * 5000, "a = 1" + "0" * 5000])
def test_what_is_no_toml_is_a_problem_with_its_line(read, text):
    with pytest.raises(BadBook) as bad:
        read(text)
    assert bad.value.problems[0].code in ("toml", "key", "rates")


def test_a_scheme_that_is_not_there_is_a_problem(tmp_path):
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(BadBook, match="ordinary file"):
            read_scheme(path)


def test_a_scheme_in_gb18030_reads_too(tmp_path):
    path = tmp_path / "scheme.toml"
    path.write_bytes(changed('pool = "pool.toml"', 'pool = ""').encode("gb18030"))
    assert read_scheme(path).rates[0].name["zh_Hant"] == "滿意率"


def test_the_built_in_default_uses_no_invented_pool_and_only_the_facts_there_are():
    scheme = default_scheme(("rental_share", "schools"))
    assert scheme.complexity.covariates == ("rental_share",)
    assert scheme.complexity.pool is None
    assert default_scheme().complexity.covariates == ()
    assert len(scheme.rates) == 7


def test_points_stay_in_the_order_of_the_file(read):
    assert np.all(np.diff(read(DEFAULT).rate("incidents").points[:, 0]) < 0)


def test_scheme_that_stands_in_a_database_reads_like_its_file():
    read = read_scheme_text(DEFAULT, POOL)
    assert frozen.dumps(read) == frozen.dumps(read_scheme(COUNTY / "scheme.toml"))


@pytest.mark.parametrize(("pool", "code"), [("", "plain_file"), ("format = 2", "format"), ("= 1", "toml")])
def test_wrong_pool_beside_a_scheme_in_a_database_is_a_problem_of_the_scheme(pool, code):
    with pytest.raises(BadBook) as refused:
        read_scheme_text(DEFAULT, pool)
    assert code in [problem.code for problem in refused.value.problems]
