"""The pages: who may open which, what they show and hide, and what a second click does."""

from datetime import date

import pytest
from django.urls import reverse

from linli.ground.accounts.models import User
from linli.ground.jobs.actions import work_one
from linli.ground.trail import clock
from linli.ground.trail.models import Entry
from linli.quarter.appraisal import actions, queries
from linli.quarter.appraisal.models import Cycle, Objection, SchemeComment
from linli.quarter.indicators import actions as indicators
from tests.rooms.appraisal.conftest import FROZEN_ON, PERIOD
from tests.rooms.cast import COUNTY

BASE = ("linjiang", PERIOD)


def url(name, *more, period=True):
    return reverse(f"appraisal:{name}", args=[*(BASE if period else BASE[:1]), *more])


@pytest.fixture
def enter(quarter, logged_in):
    """``enter(name)``: somebody of the bureau, logged in, whose pages are English."""

    def client(name):
        found = logged_in(User.objects.get(username=name))
        found.cookies["django_language"] = "en"
        return found

    return client


def test_the_list_says_state_next_step_and_how_late_it_is(quarter, enter):
    with clock.at(date(2026, 10, 15)):
        page = enter("o08").get(url("quarters", period=False)).content.decode()
    assert "2026 Q3" in page and "data in, departments verify" in page and 'class="num">4' in page


def test_the_list_is_a_file_too(quarter, enter):
    answer = enter("personnel").get(url("quarters", period=False), {"format": "csv"})
    text = b"".join(answer.streaming_content)
    assert text.startswith("\ufeffQuarter,State".encode()) and b"\r\n" in text


def test_the_personnel_office_runs_a_quarter_by_its_buttons(full_cast, enter):
    client = enter("personnel")
    with clock.at(date(2026, 10, 9)):
        shown = client.get(url("cycle")).content.decode()
        assert "Freeze the quarter" in shown and "Nobody is late" in shown
    with clock.at(FROZEN_ON):
        assert client.post(url("freeze")).status_code == 302
        assert 'hx-get="/appraisal/linjiang/2026Q3/progress/"' in client.get(url("cycle")).content.decode()
        work_one()
        part = client.get(url("progress")).content.decode()
        assert "Done" in part and "hx-get" not in part and url("cycle") in part
        assert client.post(url("notice")).status_code == 302
    with clock.at(date(2026, 10, 27)):
        blank = client.post(url("publish"), {"minute_number": ""})
        assert blank.status_code == 422 and "minute" in blank.content.decode()
        assert client.post(url("publish"), {"minute_number": "2026-41"}).status_code == 302
    assert Cycle.objects.get().state == "published"


def test_a_double_click_freezes_once_and_is_led_to_the_same_page(quarter, enter):
    client = enter("personnel")
    with clock.at(FROZEN_ON):
        first, second = (client.post(url("freeze"), {"once": "a-token"}) for _ in range(2))
    assert first["Location"] == second["Location"] == url("cycle")
    assert Entry.objects.filter(action="appraisal.freeze").count() == 1


def test_a_second_send_without_the_token_is_refused_in_words(quarter, enter):
    client = enter("personnel")
    with clock.at(FROZEN_ON):
        client.post(url("freeze"))
        again = client.post(url("freeze"))
    assert again.status_code == 409 and "no longer at this step" in again.content.decode()


def test_who_is_late_is_named_by_department_and_rate(cast, logged_in):
    client = logged_in(cast.user("leader1"))
    client.cookies["django_language"] = "en"
    with clock.at(date(2026, 7, 6)):
        actions.open_cycle(by=cast.user("personnel"), bureau=cast.bureau, period=PERIOD)
    with clock.at(date(2026, 10, 15)):
        page = client.get(url("cycle")).content.decode()
    assert "指揮中心" in page and "Incident" in page and "to supply" in page


@pytest.mark.parametrize("name", ["o08", "leader1", "secretary", "command", "supervision", "province", "cadre"])
def test_nobody_else_can_press_the_buttons(quarter, enter, name):
    client = enter(name)
    with clock.at(FROZEN_ON):
        for button in ("freeze", "again", "notice"):
            assert client.post(url(button)).status_code == 403
    assert quarter.read().state == "open"


@pytest.mark.parametrize("page", ["cycle", "results", "objections", "corrections", "progress"])
def test_another_bureaus_staff_and_people_without_a_part_are_refused(quarter, enter, page):
    for name in ("stranger", "administrator", "auditor", "cadre"):
        assert enter(name).get(url(page)).status_code == 403
    assert Entry.objects.filter(action="door.refused").count() >= 4


def test_a_quarter_that_is_not_there_is_not_found(quarter, enter):
    assert enter("personnel").get(reverse("appraisal:cycle", args=["linjiang", "2031Q1"])).status_code == 404


def test_before_publication_officers_see_the_distribution_without_names(quarter, enter):
    quarter.noticed()
    page = enter("o07").get(url("results")).content.decode()
    score = queries.distribution(quarter.cycle.current)[-1]
    assert str(score) in page and quarter.officer("O08").name not in page
    assert quarter.officer("O08").name in enter("leader1").get(url("results")).content.decode()


def test_after_publication_colleagues_see_names_and_their_own_line_is_marked(quarter, enter):
    quarter.published()
    page = enter("o07").get(url("results")).content.decode()
    assert quarter.officer("O08").name in page and page.count('class="own"') == 1


def test_results_sort_and_unknown_ranks_stand_last_either_way(quarter, enter):
    quarter.published()
    client = enter("personnel")
    for sort in ("rank", "-rank"):
        rows = client.get(url("results"), {"sort": sort}).context["table"]["rows"]
        ranks = [row["cells"][1] for row in rows]
        assert ranks[-2:] == ["—", "—"] and ranks[0] == ("1" if sort == "rank" else "9")


def test_an_officer_sends_an_objection_and_finds_it_again(quarter, enter):
    quarter.noticed()
    client = enter("o08")
    with clock.at(date(2026, 10, 20)):
        said = {"kind": "objection", "rate": "visibility", "text": "<script>有誤</script>"}
        sent = client.post(url("send"), said)
        thread = client.get(sent["Location"]).content.decode()
    assert "&lt;script&gt;有誤" in thread and "Take it back" in thread
    assert not Entry.objects.filter(action="file.read").exists()  # reading the own leaves none
    assert "2026Q3-O08-1" in client.get(url("objections")).content.decode()
    assert "2026Q3-O08-1" not in enter("o07").get(url("objections")).content.decode()


def test_before_the_notice_the_form_offers_clarifications_alone(quarter, enter):
    quarter.computed()
    form = enter("o08").get(url("send")).context["form"]
    assert [value for value, _ in form.fields["kind"].choices] == ["clarification"]


def test_a_form_with_something_to_mend_comes_back_with_what_was_written(quarter, enter):
    quarter.noticed()
    answer = enter("o08").post(url("send"), {"kind": "", "rate": "", "text": "寫了很多"})
    assert answer.status_code == 200 and "寫了很多" in answer.content.decode() and not Objection.objects.exists()


def test_a_colleague_who_opens_an_objection_is_refused_and_recorded(quarter, enter):
    quarter.noticed()
    quarter.objection()
    assert enter("o07").get(url("objection", "O08", 1)).status_code == 403
    assert Entry.objects.filter(action="door.refused", by="o07").exists()


def test_who_may_not_answer_reads_the_deadline_and_why_but_not_the_text(quarter, enter):
    quarter.noticed()
    quarter.objection(text="秘密的話")
    page = enter("personnel").get(url("objection", "O08", 1)).content.decode()
    assert "秘密的話" not in page and "You supplied a figure" in page and "reviewer" in page
    assert enter("personnel").get(url("answer", "O08", 1)).status_code == 403


def test_who_answers_reads_the_text_and_that_leaves_a_trail(quarter, enter):
    quarter.noticed()
    quarter.objection(text="秘密的話")
    for name in ("reviewer", "secretary"):
        assert "秘密的話" in enter(name).get(url("objection", "O08", 1)).content.decode()
    read = Entry.objects.filter(action="file.read", subject="officer:O08")
    assert {entry.by for entry in read} == {"reviewer", "secretary"}


def _figures(client, name="answer", prefix="C08", *, more=(), query=""):
    """What the figures' form sends when nothing in it was touched."""
    form = client.get(url(name, *more) + query).context["figures"][0]
    return {f"{prefix}-{field}": bound.value() for field in form.fields if (bound := form[field]).value() is not None}


def test_an_answer_that_upholds_corrects_what_differs_in_the_form(quarter, enter):
    quarter.noticed()
    quarter.objection()
    client = enter("reviewer")
    with clock.at(date(2026, 10, 21)):
        sent = _figures(client, more=("O08", 1)) | {"outcome": "upheld", "answer": "更正"}
        sent["C08-visibility-numerator"] = "220"
        assert client.post(url("answer", "O08", 1), sent).status_code == 302
    correction = Objection.objects.get().correction
    assert correction.number == 2 and correction.values.get(community="C08", rate="visibility").numerator == 220
    page = enter("o08").get(url("objection", "O08", 1)).content.decode()
    assert "更正" in page and url("correction", 2) in page


def test_figures_corrected_meanwhile_come_back_to_be_looked_at(quarter, enter):
    quarter.noticed()
    quarter.objection()
    client = enter("reviewer")
    sent = _figures(client, more=("O08", 1)) | {"outcome": "upheld", "answer": "更正"}
    with clock.at(date(2026, 10, 21)):
        changes = {("C01", "visibility"): {"numerator": 200.0}}
        actions.correct(
            by=quarter.personnel, cycle=quarter.cycle, changes=changes, reason="漏計", approved_by="secretary"
        )
        answer = client.post(url("answer", "O08", 1), sent | {"C08-visibility-numerator": "220"})
    assert answer.status_code == 200 and "corrected meanwhile" in answer.content.decode()
    assert Objection.objects.get().state == "waiting"


def test_half_a_figure_is_refused_and_an_untouched_blank_is_none(quarter, enter):
    quarter.noticed()
    quarter.objection()
    client = enter("reviewer")
    with clock.at(date(2026, 10, 21)):
        sent = _figures(client, more=("O08", 1)) | {"outcome": "upheld", "answer": "更正"}
        half = client.post(url("answer", "O08", 1), sent | {"C08-visibility-denominator": ""})
        none = client.post(url("answer", "O08", 1), sent)
    assert half.status_code == 200 and "both parts" in half.content.decode()
    assert none.status_code == 409 and Objection.objects.get().state == "waiting"


def test_stepping_back_and_extending_are_forms_of_their_own(quarter, enter):
    quarter.noticed()
    quarter.objection()
    client = enter("reviewer")
    with clock.at(date(2026, 10, 21)):
        assert client.post(url("extend", "O08", 1), {"why": "等候錄像"}).status_code == 302
        assert client.post(url("recuse", "O08", 1), {"why": "曾共事"}).status_code == 302
        page = client.get(url("objection", "O08", 1)).content.decode()
    assert "You have stepped back" in page and Objection.objects.get().extended


def test_overdue_answers_are_named_on_the_quarters_page(quarter, enter):
    quarter.noticed()
    quarter.objection()
    with clock.at(date(2026, 10, 29)):
        page = enter("secretary").get(url("cycle")).content.decode()
        assert "Answers overdue" in page and "2026Q3-O08-1" in page
        assert "answer overdue" in enter("leader1").get(url("objections")).content.decode()


def test_the_personnel_office_corrects_and_sees_what_moved(quarter, enter):
    quarter.published()
    client = enter("personnel")
    with clock.at(date(2026, 11, 2)):
        sent = _figures(client, "correct", "figures", query="?community=C08")
        sent |= {"figures-visibility-numerator": "250", "reason": "漏計", "approved_by": "personnel2"}
        answer = client.post(url("correct") + "?community=C08", sent)
        assert answer["Location"] == url("correction", 2)
        page = client.get(answer["Location"]).content.decode()
    assert "184" in page and "250" in page and quarter.officer("O08").name in page and "漏計" in page


def test_nobody_is_offered_as_approver_of_the_own_correction(quarter, enter):
    quarter.computed()
    form = enter("personnel").get(url("correct"), {"community": "C08"}).context["form"]
    offered = set(form.fields["approved_by"].queryset.values_list("username", flat=True))
    assert "personnel" not in offered and {"personnel2", "secretary", "reviewer"} <= offered and "o08" not in offered


def test_before_publication_an_officer_sees_of_a_correction_the_own_lines_alone(quarter, enter):
    quarter.computed()
    changes = {("C08", "visibility"): {"numerator": 250.0}}
    with clock.at(date(2026, 10, 14)):
        actions.correct(
            by=quarter.personnel, cycle=quarter.cycle, changes=changes, reason="漏計", approved_by="secretary"
        )
    page = enter("o08").get(url("correction", 2)).content.decode()
    assert quarter.officer("O08").name in page and quarter.officer("O07").name not in page
    assert enter("o08").get(url("correction", 3)).status_code == 404


def test_a_comment_is_sent_answered_and_the_scheme_put_in_force(cast, logged_in):
    text = (COUNTY / "scheme.toml").read_text("utf-8")
    text = text.replace('"2026.1"', '"2027.1"').replace("2026-01-01", "2027-01-01")
    with clock.at(date(2026, 11, 2)):
        pool = (COUNTY / "pool.toml").read_text("utf-8")
        made = indicators.draft_scheme(by=cast.user("personnel"), bureau=cast.bureau, text=text, pool_text=pool)
        indicators.open_consultation(by=cast.user("personnel"), scheme=made)
        where = ["linjiang", made.name, made.version]
        page = reverse("appraisal:comments", args=where)
        officer = logged_in(cast.user("o03"))
        assert page in officer.get(reverse("appraisal:schemes", args=["linjiang"])).content.decode()
        assert officer.post(page, {"text": "權重過高"}).status_code == 302
        comment = SchemeComment.objects.get()
        force = {"minute_number": "2026-44"}
        secretary = logged_in(cast.user("secretary"))
        assert secretary.post(reverse("appraisal:put_in_force", args=where), force).status_code == 409
        answer = reverse("appraisal:answer_comment", args=[*where, comment.pk])
        assert logged_in(cast.user("personnel")).post(answer, {"answer": "已降低"}).status_code == 302
        assert "已降低" in officer.get(page).content.decode()
        colleague = logged_in(cast.user("o04")).get(page).content.decode()
        assert "權重過高" in colleague and cast.officer("O03").name not in colleague
        assert secretary.post(reverse("appraisal:put_in_force", args=where), force).status_code == 302
    made.refresh_from_db()
    assert made.state == "in_force"


def _queries(client, address, django_assert_max_num_queries, most):
    with django_assert_max_num_queries(most) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def test_pages_ask_no_more_questions_for_more_rows(quarter, enter, django_assert_max_num_queries):
    quarter.noticed()
    client = enter("reviewer")
    pages = {"quarters": url("quarters", period=False), "objections": url("objections"), "results": url("results")}
    few = {name: _queries(client, page, django_assert_max_num_queries, 40) for name, page in pages.items()}
    for number, code in enumerate(("O01", "O02", "O03", "O04", "O05", "O06"), 1):
        quarter.objection(code)
        Cycle.objects.create(
            bureau=quarter.bureau, period=f"201{number}Q1", scheme=quarter.cycle.scheme, opened_at=clock.now()
        )
    for name, page in pages.items():
        _queries(client, page, django_assert_max_num_queries, few[name])
