"""The county that the demo plays out is the example, byte for byte."""

import pytest

from tests.house.tree import ROOT

SHIPPED, EXAMPLE = ROOT / "linli" / "faces" / "demo" / "county", ROOT / "examples" / "county"


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLE.iterdir()))
def test_file_of_the_demo_is_the_examples(name):
    assert (SHIPPED / name).read_bytes() == (EXAMPLE / name).read_bytes()
