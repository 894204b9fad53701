"""Whatever a program sends, in whatever shape: refused or taken, never a fault of ours."""

import pytest
from django.test import Client as Browser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rooms.api.open311.conftest import INSIDE, NOISE, tree

NAMES = (
    *("service_code", "lat", "long", "address_string", "address_id", "email", "device_id", "account_id", "first_name"),
    *(
        "last_name",
        "phone",
        "description",
        "media_url",
        "api_key",
        "jurisdiction_id",
        "attribute[x]",
        "locale",
        "media",
    ),
)
QUERY = (
    *("service_request_id", "service_code", "start_date", "end_date", "status", "page", "page_size", "locale"),
    "jurisdiction_id",
)
texts = st.text(max_size=60) | st.sampled_from(
    ("0", "-0", "1e309", "nan", "9" * 400, "\0", "2026-02-30", "2026-01-01T00:00:00 08:00", "9999-12-31T23:59:59Z",
     "0001-01-01", "open,,closed", "../../etc/passwd", "<script>", "linjiang", "٣", "2026-W01-1", "24:00")
)  # fmt: skip
ENDINGS = st.sampled_from(("json", "xml"))
ANYTHING = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def without_limits(county, settings):
    settings.INTAKE_LIMIT = 10**9


@ANYTHING
@given(form=st.dictionaries(st.sampled_from(NAMES), texts), whole=st.booleans(), ending=ENDINGS)
def test_any_form_is_taken_or_refused(without_limits, post, form, whole, ending):
    form = {name: value.encode(errors="replace").decode() for name, value in form.items()}
    answer = post((NOISE | INSIDE | form) if whole else form, f"requests.{ending}")
    assert answer.status_code in (200, 400, 404)
    if ending == "xml":
        assert tree(answer).tag in ("service_requests", "errors")
    else:
        assert isinstance(answer.json(), list)


@ANYTHING
@given(query=st.dictionaries(st.sampled_from(QUERY), texts), ending=ENDINGS)
def test_any_query_is_answered_or_refused(without_limits, get, query, ending):
    query = {"jurisdiction_id": "linjiang"} | {name: v.encode(errors="replace").decode() for name, v in query.items()}
    answer = get(f"requests.{ending}", **query)
    assert answer.status_code in (200, 400, 404)
    if ending == "xml":
        tree(answer)


@ANYTHING
@given(body=st.binary(max_size=200), kind=st.sampled_from(("application/x-www-form-urlencoded", "application/json",
       "multipart/form-data; boundary=b", "multipart/form-data", "text/xml; charset=nowhere", "")))  # fmt: skip
def test_any_body_is_refused_kindly(without_limits, body, kind):
    answer = Browser().generic("POST", "/open311/v2/requests.json", body, content_type=kind)
    assert answer.status_code in (400, 404)
