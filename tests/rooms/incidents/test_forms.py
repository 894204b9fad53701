"""Whatever is sent to the room's forms: answered with a page or a refusal, never with a fault."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.work.incidents import actions

HERE = "/incidents/linjiang"
ODD = st.sampled_from(
    ("", "C01", "vehicle", "useful", "yes", "2026-10-07", "2026-0001", "1", "-1", "9" * 30, "\x00", "🙂")
) | st.text(max_size=30)
FORMS = {
    "/leads/new": ("o01", ("community", "kind", "source", "received_on", "cell", "place_note")),
    "/leads/2026-0001/verify": ("investigation", ("verified", "result", "version")),
    "/leads/2026-0001/check": ("command", ("agrees", "why", "version")),
    "/leads/2026-0001/merge": ("investigation", ("into", "version")),
    "/counts/2026-08/C01": ("command", ("burglary", "vehicle", "source", "version")),
    "/sightings/2026-0001/pass": ("command", ("community",)),
    "/tables/1/undo": ("command", ("why",)),
    "/plan/C01": ("publicorder", ("code", "weight_class", "what", "cell")),
    "/plan/C01/pe-1/close": ("publicorder", ("why",)),
    "/2026Q4/checks/draw": ("publicorder", ("size",)),
    "/2026Q4/checks/C01/1": ("publicorder", ("found", "on", "version")),
}


@pytest.fixture
def everything(cast, quarter, lead, plan):
    lead()
    actions.sighting(by="resident", bureau=cast.bureau, kind="vehicle", community=cast.community("C02"))
    actions.draw_site_checks(by=cast.user("publicorder"), bureau=cast.bureau, period="2026Q4", seed=7)


@pytest.mark.parametrize("path", FORMS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(ODD, min_size=6, max_size=6))
def test_a_form_is_answered_whatever_it_says(cast, logged_in, everything, path, said):
    name, fields = FORMS[path]
    client = logged_in(cast.user(name))
    assert client.post(HERE + path, dict(zip(fields, said, strict=False))).status_code < 500


@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 50, b"PK\x03\x04", "社區\n".encode("utf-16"), b"\xff\xfe\xfd", b"a,b\n" * 9]
)
@pytest.mark.parametrize("name", ["表.csv", "表.xlsx", "a" * 300 + ".csv", "13912345678.csv"])
def test_a_file_is_refused_on_its_form(cast, logged_in, content, name):
    client = logged_in(cast.user("command"))
    answer = client.post(f"{HERE}/import", {"table": SimpleUploadedFile(name, content), "month": "2026-08"})
    assert answer.status_code == 200 and answer.context["form"].errors
