"""Pages of rates and schemes: explained in every language, drafted by two editors, moved by the personnel office."""

import pytest

from linli.ground.trail import clock
from linli.quarter.indicators import actions
from linli.quarter.indicators.definitions import default
from linli.quarter.indicators.models import RateDefinition, SchemeVersion
from tests.rooms.indicators.conftest import AFTER
from tests.rooms.indicators.test_pages import SCHEME, url
from tests.rooms.indicators.test_schemes import NEXT, POOL


def test_scheme_is_drafted_edited_consulted_and_dropped_on_its_pages(cast, logged_in):
    client = logged_in(cast.user("personnel"))
    with clock.at(AFTER):
        page = client.post(
            url("draft", "linjiang"), {"text": NEXT.replace("weight = 20", "weight = 21"), "pool_text": POOL}
        )
        assert page.status_code == 200 and "weight = 21" in page.content.decode()
        assert (
            client.post(url("draft", "linjiang"), {"text": NEXT.replace("\n", "\r\n"), "pool_text": POOL}).status_code
            == 302
        )
        where = ("linjiang", "default", "2027.1")
        assert "\r" not in SchemeVersion.objects.get(version="2027.1").text
        page = client.get(url("scheme", *where)).content.decode()
        assert "2027-01-01" in page and url("edit", *where) in page
        sent = {"text": NEXT.replace("min_days = 60", "min_days = 50"), "pool_text": POOL, "edition": 1}
        assert client.post(url("edit", *where), sent).status_code == 302
        stale = client.post(url("edit", *where), sent | {"text": NEXT})
        assert stale.status_code == 409 and "min_days = 50" in stale.content.decode()
        assert client.post(url("edit", *where), {"text": NEXT, "pool_text": POOL, "edition": 2}).status_code == 302
        texts = {
            f"{part}_{lang}": "為什麼" for part in ("why", "numerator", "denominator") for lang in ("zh_Hant", "en")
        }
        assert client.post(url("define", *where, "leads"), texts).status_code == 302
        assert client.post(url("consult", *where)).status_code == 302
        assert client.post(url("take_back", *where), {"why": "as the officers asked"}).status_code == 302
        assert client.post(url("drop", *where), {"why": ""}).status_code == 409
        assert client.post(url("drop", *where), {"why": "another way"}).status_code == 302
    assert SchemeVersion.objects.get(version="2027.1").state == "dropped"


@pytest.mark.parametrize("name", ["o01", "secretary", "command", "stranger", "auditor"])
def test_nobody_else_moves_a_scheme(cast, logged_in, name):
    for action in ("consult", "take_back", "drop", "edit"):
        assert logged_in(cast.user(name)).post(url(action, *SCHEME), {"why": "x"}).status_code == 403


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans", "en"])
def test_rates_are_explained_in_every_language(cast, logged_in, language):
    client = logged_in(cast.user("o01"))
    for rate in cast.rates:
        RateDefinition.objects.create(scheme=cast.scheme, rate=rate, **default(rate))
    client.cookies["django_language"] = language
    page = client.get(url("rates", "linjiang")).content.decode()
    said = {"zh-hant": "實有人口", "zh-hans": "实有人口", "en": "Actual residents"}
    assert said[language] in page


def test_findings_of_the_linter_stand_on_the_schemes_page(cast, logged_in):
    with clock.at(AFTER):
        made = actions.draft_scheme(
            by=cast.user("personnel"), bureau=cast.bureau, text=NEXT.replace("[1.50, 100]]", "[3.00, 100]]"),
            pool_text=POOL,
        )  # fmt: skip
        context = logged_in(cast.user("o01")).get(url("scheme", "linjiang", made.name, made.version)).context
    assert len(context["findings"]) == 1 and "R-83" in context["findings"][0]
    assert ("ins", 'version = "2027.1"') in context["difference"]
