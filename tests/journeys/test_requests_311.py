"""Requests as cities publish them are read with every fault named, and never mended in silence."""

import os
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.book.requests_311 import KEPT, LEFT_OUT, NotRequests, read_requests

FOLDER = Path(os.environ.get("LINLI_DATA") or Path(__file__).parents[3] / "shared" / "data") / "service_requests"
FILES = {"New York": FOLDER / "nyc_311_sample_1000.csv", "Boston": FOLDER / "boston_311_to_2021.csv"}
published = pytest.mark.skipif(
    not all(file.exists() for file in FILES.values()), reason=f"the cities' files are not in {FOLDER}; set LINLI_DATA"
)
HEAD = "unique_key,created_date,closed_date,due_date,status,complaint_type,community_board"
GOOD = "1,06/26/2018 10:58:54 AM,06/26/2018 12:50:01 PM,06/26/2018 06:58:54 PM,Closed,Noise,09 QUEENS"


def read(*lines, head=HEAD):
    return read_requests("\r\n".join([head, *lines]).encode("utf-8-sig"))


@published
def test_new_york_has_ten_closed_before_they_were_opened_and_half_have_no_target():
    found = read_requests(FILES["New York"].read_bytes())
    counts = dict(found.counts())
    assert (found.layout.city, found.rows, len(found.requests)) == ("New York", 1000, 1000)
    assert counts == {"no_target": 514, "no_district": 27, "closed_before_opened": 10}
    assert sum(request.closed is None for request in found.requests) == 14


@published
def test_boston_holds_closed_requests_alone_and_says_which_have_no_target_or_district():
    found = read_requests(FILES["Boston"].read_bytes())
    assert (found.layout.city, found.rows, len(found.requests)) == ("Boston", 3259, 3259)
    assert dict(found.counts()) == {"no_target": 530, "no_district": 37}
    assert all(request.closed and request.closed >= request.opened for request in found.requests)


def test_times_are_read_as_they_stand():
    (one,) = read(GOOD).requests
    assert (one.number, one.kind, one.district, one.faults) == ("1", "Noise", "09 QUEENS", ())
    assert (one.opened, one.closed) == (datetime(2018, 6, 26, 10, 58, 54), datetime(2018, 6, 26, 12, 50, 1))


@pytest.mark.parametrize(
    ("line", "code", "left_out"),
    [
        (GOOD, "repeat", True),
        (GOOD.replace("1,", ",", 1), "no_number", True),
        ("2,,06/26/2018 12:50:01 PM,,Closed,Noise,09 QUEENS", "no_opening", True),
        ("2,06/26/2018 12:50:01 PM,06/26/2018 10:50:01 AM,,Closed,Noise,09 QUEENS", "closed_before_opened", False),
        ("2,yesterday,,,Open,Noise,09 QUEENS", "not_a_time", True),
        ("2,13/26/2018 12:50:01 PM,,,Open,Noise,09 QUEENS", "not_a_time", True),
        ("2,06/26/2018 12:50:01 PM,,,Open,Noise,09 QUEENS", "no_target", False),
        ("2,06/26/2018 12:50:01 PM,,06/25/2018 12:50:01 PM,Open,Noise,09 QUEENS", "target_before_opened", False),
        ("2,06/26/2018 12:50:01 PM,,,Open,Noise,0 Unspecified", "no_district", False),
        ("2,06/26/2018 12:50:01 PM,,,Closed,Noise,09 QUEENS", "closed_without_time", True),
    ],
)
def test_what_is_odd_is_named_by_its_row(line, code, left_out):
    found = read(GOOD, line)
    assert [fault.row for fault in found.faults if fault.code == code] == [3]
    assert len(found.requests) == (1 if left_out else 2)
    assert code in (LEFT_OUT if left_out else KEPT)


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", HEAD[:40].encode()])
def test_another_file_is_refused_with_what_was_looked_for(content):
    with pytest.raises(NotRequests):
        read_requests(content)


cells = st.text(st.characters(exclude_characters="\x00"), max_size=30) | st.sampled_from(GOOD.split(","))


@given(st.lists(st.lists(cells, max_size=9), max_size=6))
def test_whatever_stands_in_it_each_row_is_read_or_named(rows):
    quoted = [",".join(f'"{cell.replace(chr(34), chr(39))}"' for cell in row) for row in rows if row]
    found = read_requests("\n".join([HEAD, *quoted]).encode(errors="replace"))
    left_out = sum(fault.code in LEFT_OUT for fault in found.faults)
    assert found.rows == len(found.requests) + left_out
    assert max(Counter(request.number for request in found.requests).values(), default=1) == 1
