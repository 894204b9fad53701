"""Behind a proxy, a guesser is counted by the address the proxy saw, whatever else the request claims."""

import pytest
from django.test import RequestFactory

from linli.ground.accounts.addresses import behind_proxy


@pytest.mark.parametrize(
    "forwarded, found",
    [("203.0.113.7", "203.0.113.7"), ("10.9.9.9, 203.0.113.7", "203.0.113.7"), ("", "127.0.0.1")],
)
def test_address_is_the_last_that_was_forwarded(forwarded, found):
    assert behind_proxy(RequestFactory().get("/", HTTP_X_FORWARDED_FOR=forwarded)) == found
