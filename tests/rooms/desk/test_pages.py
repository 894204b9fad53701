"""What each role sees first, what the county shows to whom, and whose file opens to whom."""

import re

import pytest

from heng.results import RANKED
from linli.ground.trail import clock
from linli.ground.trail.models import Entry
from linli.quarter.appraisal.models import Score
from linli.quarter.payments import actions as payments
from linli.quarter.payments.models import Promise
from tests.rooms.access_county import NOW, PUBLISHED, RUNNING

pytestmark = pytest.mark.django_db
B = "linjiang"
FILE = f"/county/{B}/{RUNNING}/officers/O08/"


@pytest.fixture
def opened(county):
    """``opened(role, address)``: the page on the county's day, as text."""

    def ask(role, address, status=200):
        with clock.at(NOW):
            answer = county.client(role).get(address, follow=True)
        assert answer.status_code == status, answer.content.decode()[:300]
        return answer.content.decode()

    return ask


def first_item(page):
    return re.search(r'<ul class="todo">\s*<li[^>]*>\s*<a href="([^"]+)"', page)[1]


@pytest.mark.parametrize("role", ["leader", "secretary"])
def test_broken_promise_stands_first_on_the_page_of_whoever_leads(opened, role):
    assert first_item(opened(role, "/")) == f"/payments/{B}/overdue"


def test_promise_leaves_the_leaders_page_once_it_is_paid(county, opened):
    with clock.at(NOW):
        for promise in Promise.objects.filter(bureau=county.bureau, state="due"):
            payments.pay(
                by=county.personnel, promise=promise, voucher=f"V{promise.pk}", paid_on=clock.today(), signed_by="本人"
            )
    assert f"/payments/{B}/overdue" not in opened("leader", "/")


def test_officers_home_tells_of_the_objection_that_waits(opened):
    page = opened("officer", "/")
    assert FILE in page and "2026Q3-O08-1" in page


def test_personnel_office_sees_objections_and_the_next_step(opened):
    page = opened("personnel", "/")
    assert f"/appraisal/{B}/{RUNNING}/objections/" in page and f'href="/appraisal/{B}/{RUNNING}/"' in page


@pytest.mark.parametrize("role", ["administrator", "auditor", "province", "cadre"])
def test_home_of_those_who_see_no_scores_leads_to_no_file(opened, role):
    assert not re.search(r"/officers/O\d|/results/", opened(role, "/"))


def test_figures_of_a_place_stand_side_by_side_raw_per_head_and_adjusted(opened):
    page = opened("leader", f"/county/{B}/{PUBLISHED}/?rate=incidents")
    assert re.search(r'data-label="原數">154</td>.*?data-label="每萬人">71.5</td>.*?data-label="調整後">', page, re.S)
    assert page.count("<svg") >= 6


def test_place_that_was_not_supplied_is_said_to_be_so_and_is_no_zero(opened):
    page = opened("leader", f"/county/{B}/{RUNNING}/?rate=leads")
    assert re.search(r"西園社區</th>\s*<td colspan=\"5\">未報送</td>", page)


def test_running_quarter_is_closed_to_officers_and_the_province(opened):
    for role in ("officer", "province", "department"):
        opened(role, f"/county/{B}/{RUNNING}/", status=403)


def test_province_sees_places_and_nobodys_name(county, opened):
    page = opened("province", f"/county/{B}/{PUBLISHED}/")
    names = county.bureau.officers.values_list("name", flat=True)
    assert "碼頭社區" in page and not [name for name in names if name in page]


def test_own_file_holds_the_published_score_and_leaves_no_trail(county, opened):
    score = Score.objects.get(computation=county.cycle.current, officer="O08", status=RANKED)
    before = Entry.objects.count()
    assert str(score.score) in opened("officer", FILE)
    assert Entry.objects.count() == before


def test_colleagues_file_is_refused_and_recorded(opened):
    opened("colleague", FILE, status=403)
    entry = Entry.objects.latest("number")
    assert (entry.action, entry.subject) == ("door.refused", FILE)


def test_others_reading_a_file_leave_a_trail(opened):
    opened("leader", FILE)
    entry = Entry.objects.latest("number")
    assert (entry.action, entry.subject) == ("file.read", "officer:O08")


def test_file_before_publication_shows_colleagues_without_names(county, opened):
    page = opened("officer", FILE)
    others = county.bureau.officers.exclude(code="O08").values_list("name", flat=True)
    assert not [name for name in others if name in page]


def test_my_file_leads_to_the_latest_frozen_quarter(opened):
    assert "O08" in opened("officer", f"/county/{B}/my-file/")


def test_other_bureaus_staff_sees_nothing_of_the_county(opened):
    for address in (f"/county/{B}/", f"/county/{B}/{PUBLISHED}/", FILE):
        opened("stranger", address, status=403)


def test_card_on_the_page_is_styled_by_its_own_sheet_kept_inside_the_file(opened):
    css = opened("officer", "/county/card.css")
    rules = re.findall(r"([^{}@]+)\{", re.sub(r"@media[^{]*\{", "", css))
    assert rules and not [one for rule in rules for one in rule.split(",") if ".own-file" not in one]


@pytest.mark.parametrize("period", ["2026Q9", "9999Q1", "nonsense"])
def test_quarter_that_is_not_there_is_not_found(opened, period):
    opened("leader", f"/county/{B}/{period}/", status=404)
