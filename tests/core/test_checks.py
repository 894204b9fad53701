"""What the doors of the core let in, and what they say when they do not."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from heng import checks

INF, NAN = float("inf"), float("nan")


def test_numbers_of_every_kind_come_out_as_floats():
    assert checks.column("asked", [1, 2.5, np.int8(3), Decimal("4.5"), Fraction(1, 2)]).tolist() == [
        1,
        2.5,
        3,
        4.5,
        0.5,
    ]


def test_a_single_number_is_a_column_of_one():
    assert checks.column("asked", 3).tolist() == [3.0]


def test_an_empty_column_passes_every_check():
    for check in (checks.column, checks.whole):
        assert check("asked", []).shape == (0,)
    assert checks.within("asked", [], 0, 1).shape == (0,)


def test_missing_is_kept_as_nan_where_it_is_allowed():
    found = checks.whole("asked", [1, None, NAN], missing=True)
    assert found[0] == 1 and np.isnan(found[1:]).all()
    assert np.isnan(checks.within("share", [NAN], 0, 1, missing=True)).all()


@pytest.mark.parametrize(
    ("check", "message"),
    [
        (lambda: checks.column("asked", [1, NAN]), r"asked\[1\] = nan is not a finite number"),
        (lambda: checks.column("asked", [1, None]), r"asked\[1\] = nan is not a finite number"),
        (lambda: checks.column("asked", [INF], missing=True), r"asked\[0\] = inf is not a finite number"),
        (lambda: checks.column("asked", [10**400]), r"asked\[0\] = inf is not a finite number"),
        (lambda: checks.column("asked", [1, "30"]), r"asked\[1\] = '30' is not a number"),
        (lambda: checks.column("asked", ["many"]), r"asked\[0\] = 'many' is not a number"),
        (lambda: checks.column("asked", [1j]), r"asked\[0\] = 1j is not a number"),
        (lambda: checks.column("asked", [[1, 2]]), r"asked must be one column, found an array of shape \(1, 2\)"),
        (lambda: checks.column("asked", [[1], [1, 2]]), r"asked is not a column of numbers"),
        (lambda: checks.whole("count", [1, 2.5]), r"count\[1\] = 2.5 is not a whole number"),
        (lambda: checks.at_least("count", [0, -1], 0), r"count\[1\] = -1 is below 0"),
        (lambda: checks.within("share", [0, 1.5], 0, 1), r"share\[1\] = 1.5 is above 1"),
        (lambda: checks.not_above("yes", [1, 5], "asked", [2, 4]), r"yes\[1\] = 5 is above asked\[1\] = 4"),
        (lambda: checks.not_above("yes", [1, 5], "asked", [2, 4, 6]), r"yes has 2 values, asked has 3"),
        (lambda: checks.open_unit("confidence", 1), r"confidence = 1 is not between 0 and 1"),
        (lambda: checks.open_unit("confidence", [0.9, 0.8]), r"confidence = \[0.9, 0.8\] is not between 0 and 1"),
    ],
)
def test_a_refusal_names_argument_index_and_value(check, message):
    with pytest.raises(ValueError, match=message):
        check()
