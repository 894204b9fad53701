"""Every page opens for who may see it and for nobody else, and a whole wave can be run through them."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from linli.work.surveys import actions, queries
from linli.work.surveys.models import Answer, Draft, Questionnaire, Tally, Wave
from tests.rooms.surveys import asking

FRAME = "community,label,stratum\n" + "\n".join(f"C0{c},{n}棟,old" for c in (1, 2) for n in range(1, 41))
RUNNING = ("draw", "missed", "margins", "ask", "paper", "paper_form", "calls", "close", "discard")


def url(name, wave, *more):
    return reverse(f"surveys:{name}", args=[wave.bureau.code, wave.code, *more])


@pytest.fixture
def committee(cast, logged_in):
    return logged_in(cast.user("committee"))


def test_office_that_asks_opens_every_page_of_its_wave(committee, wave, drawn):
    for name in ("wave", *RUNNING):
        assert committee.get(url(name, wave)).status_code == 200, name


@pytest.mark.parametrize("who", ["command", "station", "o01", "supervision", "cadre", "province", "administrator"])
def test_nobody_else_runs_it(cast, logged_in, wave, drawn, who):
    client = logged_in(cast.user(who))
    for name in RUNNING:
        assert client.get(url(name, wave)).status_code == 403, name


@pytest.mark.parametrize("who", ["personnel", "leader1", "secretary", "supervision"])
def test_who_verifies_or_leads_sees_counts_while_it_is_open_and_figures_afterwards(cast, logged_in, closed, who):
    client = logged_in(cast.user(who))
    assert client.get(url("wave", closed)).status_code == 200
    page = client.get(url("results", closed))
    assert page.status_code == 200 and "C02" in page.content.decode()


def test_open_wave_has_no_figures_for_anybody(committee, cast, logged_in, wave, drawn):
    asking.answer_all(wave, drawn[:30])
    assert committee.get(url("results", wave)).status_code == 302
    assert logged_in(cast.user("o01")).get(url("results", wave)).status_code == 403
    assert logged_in(cast.user("o01")).get(url("community", wave, "C01")).status_code == 404


def test_officer_sees_the_own_community_of_a_closed_wave_and_no_other(cast, logged_in, closed):
    officer = cast.community("C01").posts.filter(end=None).first().officer
    client = logged_in(officer.account)
    page = client.get(url("results", closed)).content.decode()
    assert "C01" in page and "C02" not in page
    assert client.get(url("community", closed, "C01")).status_code == 200
    assert client.get(url("community", closed, "C02")).status_code == 403
    taken = b"".join(client.get(url("results", closed) + "?format=csv").streaming_content).decode()
    assert "C01" in taken and "C02" not in taken


def test_another_bureau_sees_nothing(cast, logged_in, closed):
    client = logged_in(cast.user("stranger"))
    for name in ("wave", "results", "draw"):
        assert client.get(url(name, closed)).status_code == 403


def test_list_is_drawn_and_its_cards_are_shown_once(committee, wave):
    page = committee.post(url("draw", wave), {"pasted": FRAME, "cards": "on"})
    text = page.content.decode()
    tokens = re.findall(r'class="card-token">([a-z2-7]{16})<', text)
    assert len(tokens) == 80 and "<svg" in text and "no-store" in page["Cache-Control"]
    again = committee.post(url("draw", wave), {"pasted": FRAME}).content.decode()
    assert "card-token" not in again
    assert not re.search("|".join(tokens), committee.get(url("wave", wave)).content.decode())


def test_list_comes_as_a_workbook_too(committee, wave):
    import base64

    file = SimpleUploadedFile("houses.csv", FRAME.encode())
    text = committee.post(url("draw", wave), {"sheet": file}).content.decode()
    book = load_workbook(io.BytesIO(base64.b64decode(re.search(r"base64,([\w+/=]+)", text)[1])))
    assert book.active.max_row == 81 and book.active["B2"].value.endswith("棟")


def test_bad_list_says_its_row_and_draws_nobody(committee, wave):
    page = committee.post(url("draw", wave), {"pasted": FRAME + "\nC01,13912345678,"})
    assert "81" in page.content.decode() and Tally.objects.filter(drawn__gt=0).count() == 0


def test_interviewer_asks_by_the_card(committee, wave, drawn):
    said = {"token": drawn[0].token.upper(), "mode": "phone"}
    page = committee.post(url("ask", wave), said | {"read": "1"})
    assert page.status_code == 200 and "a-satisfied" in page.content.decode()
    done = committee.post(url("ask", wave), said | {"a-satisfied": "fairly", "a-officer": "b"})
    assert done.status_code == 302 and Answer.objects.get().mode == "phone"
    again = committee.post(url("ask", wave), said | {"read": "1"})
    assert "a-satisfied" not in again.content.decode()


def test_stack_of_paper_is_taken_whole_or_not_at_all(committee, wave, drawn):
    good = {"token-0": drawn[0].token, "satisfied-0": "not", "token-1": drawn[1].token, "satisfied-1": "fairly"}
    page = committee.post(url("paper", wave), good | {"token-2": "zzz", "satisfied-2": "not"})
    assert page.status_code == 200 and not Answer.objects.exists() and drawn[1].token in page.content.decode()
    assert committee.post(url("paper", wave), good).status_code == 302
    assert Answer.objects.count() == 2


def test_workbook_of_forms_is_filled_in_as_it_is_printed(committee, wave, drawn):
    book = load_workbook(io.BytesIO(committee.get(url("paper_form", wave)).content))
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, 1, drawn[0].token)
    offered = str(queries.asked(asking.QUESTIONS, "zh_Hant")[1].choices[0][1])  # as the reader's language has it
    sheet.cell(2, heads.index("您對社區民警的工作滿意嗎？") + 1, offered)
    written = io.BytesIO()
    book.save(written)
    file = SimpleUploadedFile("forms.xlsx", written.getvalue())
    assert committee.post(url("paper", wave), {"sheet": file}).status_code == 302
    assert Answer.objects.get().ticks == {"satisfied": "satisfied"}


def test_questionnaire_is_written_looked_at_and_published(cast, logged_in):
    client = logged_in(cast.user("personnel"))
    base = reverse("surveys:questionnaires", args=["linjiang"])
    client.post(base + "new", {"code": "q", "zh_Hant": "問卷", "en": "Survey"})
    rows = {"q-TOTAL_FORMS": "2", "q-INITIAL_FORMS": "2", "q-MAX_NUM_FORMS": "11", "edition": "1",
            "zh_Hant": "問卷", "en": "Survey",
            "q-0-kind": "satisfaction", "q-0-zh_Hant": "您滿意嗎？", "q-0-en": "Are you satisfied?",
            "q-1-kind": "single", "q-1-zh_Hant": "最大的問題？", "q-1-en": "Biggest problem?",
            "q-1-choices": "噪音 | Noise\n停車 | Parking"}  # fmt: skip
    assert client.post(base + "q/", rows).status_code == 302
    sheet = Draft.objects.get(code="q")
    assert [row["key"] for row in sheet.questions] == ["satisfaction", "q1"]
    for page in ("q/", "q/preview"):
        assert "停車" in client.get(base + page).content.decode()
    assert "停车" in client.get(base + "q/preview").content.decode()
    assert client.post(base + "q/publish", {"edition": "2"}).status_code == 302
    assert Questionnaire.objects.get(code="q").version == 1
    stale = client.post(base + "q/", rows)
    assert stale.status_code == 409


def test_wave_is_opened_by_a_form(cast, logged_in, questionnaire):
    client = logged_in(cast.user("committee"))
    said = {"questionnaire": questionnaire.pk, "period": "2026Q3", "office": cast.user("committee").office_id,
            "sampling": "list", "communities": [cast.community("C03").pk], "modes": ["qr", "paper"],
            "half_width": "10", "answer_rate": "60", "step": "5"}  # fmt: skip
    address = reverse("surveys:open", args=["linjiang"])
    assert client.get(address).status_code == 200
    assert client.post(address, said).status_code == 302
    wave = Wave.objects.get()
    assert (wave.half_width, wave.modes) == (0.1, ["qr", "paper"])


def test_number_of_queries_does_not_grow(cast, committee, questionnaire, closed, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        committee.get(url("results", closed))
    for _number in range(5):
        asking.opened(cast, questionnaire)
    with django_assert_max_num_queries(14):
        committee.get(reverse("surveys:index", args=["linjiang"]))


def test_what_residents_wrote_is_read_by_the_office_that_asked_alone(cast, logged_in, committee, wave, drawn):
    actions.answer(token=drawn[0].token, answers={"said": "<b>燈壞了</b>"})
    actions.close_wave(by=cast.user("committee"), wave=wave)
    page = committee.get(url("words", wave)).content.decode()
    assert "&lt;b&gt;燈壞了" in page and "<b>燈" not in page
    for who in ("personnel", "leader1", "supervision", "o01"):
        assert logged_in(cast.user(who)).get(url("words", wave)).status_code == 403
