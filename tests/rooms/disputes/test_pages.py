"""The pages: who opens which, what stands on them, and that nothing confidential leaves by a list or a file."""

import io
from datetime import date, datetime, timedelta

import pytest
from django.utils.timezone import make_aware
from docx import Document
from openpyxl import Workbook, load_workbook

from linli.ground.accounts.models import User
from linli.ground.accounts.roles import Role
from linli.ground.trail import clock
from linli.ground.trail.models import Entry
from linli.work.disputes import actions, queries
from linli.work.disputes.models import Dispute, Side

DAY = date(2026, 9, 1)
ROOM = "/disputes/linjiang"


@pytest.fixture(autouse=True)
def today():
    """The clock stands on the first of September."""
    with clock.at(DAY):
        yield DAY


def text_of(answer):
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


def test_officer_takes_a_dispute_in_with_one_form(mediation, cast, logged_in):
    holder = cast.community("C01").posts.first().officer
    client = logged_in(holder.account)
    assert "C01" in text_of(client.get(f"{ROOM}/take-in"))
    sent = {"community": "C01", "kind": "neighbours", "title": "樓道堆物", "scale": "two", "taken_in_on": "2026-09-01"}
    answer = client.post(f"{ROOM}/take-in", sent | {"once": "t1"})
    assert answer.status_code == 302 and answer.url == f"{ROOM}/2026-0001/"
    client.post(f"{ROOM}/take-in", sent | {"once": "t1"})
    assert Dispute.objects.count() == 1
    assert client.get(answer.url).status_code == 200


def test_phone_number_in_the_title_comes_back_on_the_form_with_what_was_typed(mediation, logged_in):
    client = logged_in(mediation.mediator)
    sent = {
        "community": "C01",
        "kind": "debt",
        "title": "欠款 13800138000",
        "scale": "two",
        "taken_in_on": "2026-09-01",
    }
    answer = client.post(f"{ROOM}/take-in", sent)
    assert answer.status_code == 200 and "欠款 13800138000" in text_of(answer) and not Dispute.objects.exists()


def test_whole_way_of_a_matter_goes_through_its_pages(mediation, logged_in):
    dispute, client = mediation.taken_in(DAY), logged_in(mediation.mediator)
    at = f"{ROOM}/{dispute.number}"
    for side in "ab":
        assert client.post(f"{at}/consent", {"side": side, "given": "yes"}).status_code == 302
    assert client.post(f"{at}/appoint", {"at": "2026-09-02T19:00", "place": "社區調解室"}).status_code == 302
    assert "社區調解室" in text_of(client.get(f"{ROOM}/week"))
    with clock.at(DAY + timedelta(days=1)):
        sent = {"agreement": "雙方各自清理。", "on": "2026-09-02", "signed_a": "on"}
        assert client.post(f"{at}/settle", sent).status_code == 302
        page = text_of(client.post(f"{at}/code", {"side": "b"}))
        code = page.split("<dd>")[1].split("</dd>")[0]
        assert actions.confirm_by_code(bureau=mediation.bureau, code=code, yes=True)
        assert code not in text_of(client.get(f"{at}/"))
    with clock.at(DAY + timedelta(days=61)):
        assert dispute.number in text_of(client.get(f"{ROOM}/follow-ups"))
        assert client.post(f"{at}/follow-up", {"relapse": "no", "on": "2026-11-01"}).status_code == 302
    assert Dispute.objects.get().state == "closed"


def test_refused_step_keeps_what_was_typed(mediation, logged_in):
    dispute = mediation.taken_in(DAY)
    answer = logged_in(mediation.mediator).post(
        f"{ROOM}/{dispute.number}/settle", {"agreement": "甲方搬走雜物", "on": "2026-09-01"}
    )
    assert answer.status_code == 200 and "甲方搬走雜物" in text_of(answer)


def test_stale_step_shows_what_stands_there_now(mediation, logged_in):
    dispute, client = mediation.consented(DAY), logged_in(mediation.mediator)
    answer = client.post(f"{ROOM}/{dispute.number}/settle", {"agreement": "協議", "on": "2026-09-01", "version": "1"})
    assert answer.status_code == 409 and Dispute.objects.get().state == "consented"


@pytest.mark.parametrize(
    "who", ["personnel", "supervision", "province", "administrator", "auditor", "command", "stranger"]
)
def test_matter_is_closed_to_whom_it_does_not_concern(mediation, cast, logged_in, who):
    dispute = mediation.taken_in(DAY)
    client = logged_in(cast.user(who))
    for page in ("", "read", "agreement.docx", "settle"):
        assert client.get(f"{ROOM}/{dispute.number}/{page}").status_code == 403


def test_officer_of_another_community_sees_nothing(mediation, cast, logged_in):
    dispute = mediation.taken_in(DAY)
    held = set(cast.community("C01").posts.values_list("officer__code", flat=True))
    other = next(o for o in cast.bureau.officers.all() if o.code not in held and o.posts.exists())
    client = logged_in(other.account)
    assert client.get(f"{ROOM}/{dispute.number}/").status_code == 403
    assert dispute.number not in text_of(client.get(f"{ROOM}/"))


def test_station_sees_the_matter_and_no_confidential_word(mediation, cast, logged_in):
    dispute = mediation.settled(DAY, after=0)
    actions.note(by=mediation.mediator, dispute=dispute, text="曾被威脅")
    client = logged_in(cast.user("station"))
    page = text_of(client.get(f"{ROOM}/{dispute.number}/"))
    assert "樓道堆物" in page and "威脅" not in page and "清理" not in page
    assert client.get(f"{ROOM}/{dispute.number}/read").status_code == 403
    assert client.get(f"{ROOM}/ledger.xlsx").status_code == 403


def test_own_words_are_read_without_an_entry_and_others_with_one(mediation, cast, logged_in):
    dispute = mediation.taken_in(DAY, by=cast.user("cadre"))
    actions.note(by=cast.user("cadre"), dispute=dispute, text="曾被威脅")
    own, committee = logged_in(cast.user("cadre")), logged_in(mediation.mediator)
    assert "威脅" in text_of(own.get(f"{ROOM}/{dispute.number}/"))
    assert "威脅" not in text_of(committee.get(f"{ROOM}/{dispute.number}/"))
    assert not Entry.objects.filter(action="file.read").exists()
    assert "威脅" in text_of(committee.get(f"{ROOM}/{dispute.number}/read"))
    entry = Entry.objects.get(action="file.read")
    assert (entry.by, entry.subject) == ("mediation", f"dispute:{dispute.number}")


def test_mediator_who_handed_over_reads_no_longer(mediation, cast, logged_in):
    dispute = mediation.taken_in(DAY, by=cast.user("cadre"))
    actions.change_mediator(by=cast.user("cadre"), dispute=dispute, to=mediation.mediator, ground="refused")
    assert logged_in(cast.user("cadre")).get(f"{ROOM}/{dispute.number}/read").status_code == 403


def test_markup_in_any_text_stays_text(mediation, logged_in):
    bad = "<script>alert(1)</script>"
    dispute, by = mediation.taken_in(DAY, title=bad, sides=(bad, bad)), {"by": mediation.mediator}
    for side in "ab":
        actions.consent(**by, dispute=dispute, side=side, given=True)
    actions.note(**by, dispute=dispute, text=bad)
    actions.appoint(**by, dispute=dispute, at=make_aware(datetime(2026, 9, 2, 9)), place=bad)
    actions.settle(**by, dispute=dispute, agreement=bad)
    client = logged_in(mediation.mediator)
    for page in ("", f"{dispute.number}/", f"{dispute.number}/read", "week", "follow-ups", f"{dispute.number}/sides"):
        page = text_of(client.get(f"{ROOM}/{page}"))
        assert bad not in page


def test_lists_files_and_counts_hold_no_confidential_word(mediation, cast, logged_in):
    dispute = mediation.taken_in(DAY, sides=("樓上王家", "樓下李家"))
    by = {"by": mediation.mediator, "dispute": dispute}
    for side in "ab":
        actions.consent(**by, side=side, given=True)
    actions.note(**by, text="曾被威脅")
    actions.settle(**by, agreement="賠償五百元", sides_confirm=(True, True))
    client = logged_in(mediation.mediator)
    lists = text_of(client.get(f"{ROOM}/?format=csv")) + text_of(client.get(f"{ROOM}/counts/2026-09?format=csv"))
    for name in ("ledger.xlsx", "counts/2026-09.xlsx"):
        book = load_workbook(io.BytesIO(client.get(f"{ROOM}/{name}").content))
        lists += " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    assert dispute.number in lists
    for word in ("王家", "李家", "威脅", "五百"):
        assert word not in lists


def test_counts_are_open_to_leaders_who_see_no_matter(mediation, cast, logged_in):
    dispute = mediation.settled(DAY, after=0)
    for who in ("personnel", "secretary", "leader1"):
        client = logged_in(cast.user(who))
        assert client.get(f"{ROOM}/").url == f"{ROOM}/counts"
        page = text_of(client.get(f"{ROOM}/counts/2026-09"))
        assert dispute.title not in page and dispute.number not in page
    assert client.get(f"{ROOM}/counts/2026-13").status_code == 404


def test_quarter_page_lists_by_number_kind_and_state_alone(mediation, cast, logged_in):
    dispute = mediation.taken_in(DAY)
    quarter = f"{ROOM}/2026Q4/C01/"
    for who in ("personnel", "supervision", "station", "governance", "cadre"):
        page = text_of(logged_in(cast.user(who)).get(quarter))
        assert dispute.number in page and dispute.title not in page
    assert logged_in(cast.user("command")).get(quarter).status_code == 403
    assert logged_in(cast.user("cadre")).get(f"{ROOM}/2026Q4/C02/").status_code == 403
    assert logged_in(cast.user("personnel")).get(f"{ROOM}/2026Q4/C99/").status_code == 404


def test_agreement_is_printed_by_its_mediator_with_blanks_for_the_parties(mediation, cast, logged_in):
    dispute = mediation.settled(DAY, after=0, by=cast.user("cadre"))
    client = logged_in(cast.user("cadre"))
    document = Document(io.BytesIO(client.get(f"{ROOM}/{dispute.number}/agreement.docx").content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("清理" in cell for cell in cells)
    assert Entry.objects.filter(action="disputes.print", subject=f"dispute:{dispute.number}").exists()
    committee = logged_in(mediation.mediator)
    assert committee.get(f"{ROOM}/{dispute.number}/agreement.docx").status_code == 200
    assert Entry.objects.filter(action="file.read", by="mediation").exists()


def sheet_of(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    written.seek(0)
    written.name = "台賬.xlsx"
    return written


HEAD = ("登記日期", "社區", "類別", "事由", "涉及人數")


def test_old_ledger_is_looked_at_first_and_then_taken_in_once(mediation, logged_in):
    client = logged_in(mediation.mediator)
    for times in (1, 2):
        book = sheet_of(("矛盾糾紛台賬",), HEAD, ("2025.3.1", "C01", "debt", "借款未還", "few"), ("合計",))
        answer = client.post(f"{ROOM}/ledger/read-in", {"ledger": book})
        page = text_of(answer)
        assert "借款未還" in page and Dispute.objects.count() == times - 1
        rows = page.split('name="rows" value="')[1].split('"')[0]
        assert client.post(f"{ROOM}/ledger/read-in", {"rows": rows}).status_code == 302
        assert Dispute.objects.count() == 1
    found = Dispute.objects.get()
    assert (found.taken_in_on, found.kind, found.scale) == (date(2025, 3, 1), "debt", "few")


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (("2025.3.1", "C01", "debt", "13800138000 欠款", ""), "D2"),
        (("2025.3.1", "C01", "", "欠款", "", 13800138000), "F2"),
    ],
)
def test_ledger_with_a_persons_number_is_refused_and_the_cell_named(mediation, logged_in, row, cell):
    answer = logged_in(mediation.mediator).post(f"{ROOM}/ledger/read-in", {"ledger": sheet_of(HEAD, row)})
    page = text_of(answer)
    assert cell in page and 'name="rows"' not in page and not Dispute.objects.exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no book", b"<html>"])
def test_file_that_is_no_workbook_is_refused_kindly(mediation, logged_in, content):
    upload = io.BytesIO(content)
    upload.name = "x.xlsx"
    answer = logged_in(mediation.mediator).post(f"{ROOM}/ledger/read-in", {"ledger": upload})
    assert answer.status_code == 200 and not Dispute.objects.exists()


def test_preview_of_another_account_is_not_taken_in(mediation, cast, logged_in):
    book = sheet_of(HEAD, ("2025.3.1", "C01", "debt", "借款未還", "few"))
    page = text_of(logged_in(mediation.mediator).post(f"{ROOM}/ledger/read-in", {"ledger": book}))
    rows = page.split('name="rows" value="')[1].split('"')[0]
    User.objects.create(username="second", role=Role.DEPARTMENT, bureau=cast.bureau, office=mediation.mediator.office)
    assert logged_in(cast.user("second")).post(f"{ROOM}/ledger/read-in", {"rows": rows}).status_code == 409
    assert logged_in(cast.user("cadre")).post(f"{ROOM}/ledger/read-in", {"rows": rows}).status_code == 403


@pytest.mark.parametrize("who", ["cadre", "governance", "station"])
def test_old_ledger_is_read_in_by_the_committee_alone(cast, logged_in, who):
    client = logged_in(cast.user(who))
    assert client.get(f"{ROOM}/ledger/read-in").status_code == 403
    assert "read-in" not in text_of(client.get(f"{ROOM}/"))


def test_governance_centre_is_offered_no_intake(cast, logged_in):
    client = logged_in(cast.user("governance"))
    assert client.get(f"{ROOM}/take-in").status_code == 403
    assert "take-in" not in text_of(client.get(f"{ROOM}/"))


def test_struck_matter_needs_a_reason_and_stays_on_the_quarters_page(mediation, cast, logged_in):
    dispute, client = mediation.taken_in(DAY), logged_in(mediation.mediator)
    strike = f"{ROOM}/{dispute.number}/strike"
    assert client.post(strike, {"why": ""}).status_code == 200 and Dispute.objects.get().state == "taken_in"
    assert client.post(strike, {"why": "與另一宗重複"}).status_code == 302
    page = text_of(logged_in(cast.user("supervision")).get(f"{ROOM}/2026Q4/C01/"))
    assert dispute.number in page and "重複" not in page
    assert "重複" in text_of(client.get(f"{ROOM}/{dispute.number}/"))


def test_no_on_the_sides_own_number_is_not_offered_for_overwriting(mediation, logged_in):
    dispute, client = mediation.settled(DAY, after=0, confirmed=(True, False)), logged_in(mediation.mediator)
    code = actions.give_code(by=mediation.mediator, dispute=dispute, side="b")
    assert text_of(client.get(f"{ROOM}/{dispute.number}/")).count('value="yes"') == 1
    actions.confirm_by_code(bureau=mediation.bureau, code=code, yes=False)
    assert 'value="yes"' not in text_of(client.get(f"{ROOM}/{dispute.number}/"))


def test_list_takes_as_many_queries_for_many_matters_as_for_one(mediation, logged_in, django_assert_max_num_queries):
    client = logged_in(mediation.mediator)
    for _ in range(12):
        mediation.settled(DAY, after=0)
    for page in ("", "follow-ups", "week", "counts/2026-09", "2026Q4/C01/"):
        with django_assert_max_num_queries(14):
            assert client.get(f"{ROOM}/{page}").status_code == 200


def test_items_say_what_waits_in_at_most_three_queries(mediation, cast, django_assert_max_num_queries):
    near, late = mediation.taken_in(DAY), mediation.taken_in(DAY)
    settled = mediation.settled(DAY, after=0, confirmed=(True, False))
    meeting = mediation.consented(DAY)
    actions.appoint(by=mediation.mediator, dispute=meeting, at=make_aware(datetime(2026, 9, 30, 19)), place="調解室")
    Dispute.objects.filter(pk=late.pk).update(due=date(2026, 9, 29))
    mediator = type(mediation.mediator).objects.select_related("office").get(pk=mediation.mediator.pk)
    with django_assert_max_num_queries(3):
        found = queries.items(mediator, mediation.bureau, date(2026, 9, 30))
    assert [item.count for item in found] == [1, 1, 2, 1]
    assert near.due >= date(2026, 9, 30) and settled.follow_up_due == date(2026, 10, 31)
    assert queries.items(cast.user("station"), mediation.bureau, DAY) == []
    later = queries.items(cast.department("governance centre"), mediation.bureau, date(2026, 11, 1))
    assert later and later[-1].url


@pytest.mark.parametrize("asked", ["sort=zz", "page=999", "what=%00", "community=%27", "number=%25", "from=9999-12-31"])
def test_nonsense_in_an_address_is_answered_with_a_page(mediation, logged_in, asked):
    client = logged_in(mediation.mediator)
    assert client.get(f"{ROOM}/?{asked}").status_code == 200
    assert client.get(f"{ROOM}/week?{asked}").status_code == 200


def test_side_that_is_none_is_refused(mediation, logged_in):
    dispute, client = mediation.settled(DAY, after=0, confirmed=(False, False)), logged_in(mediation.mediator)
    for page in ("consent", "confirm", "code"):
        assert client.post(f"{ROOM}/{dispute.number}/{page}", {"side": "c", "given": "yes"}).status_code == 409
    assert not Side.objects.filter(confirmed=True).exists()
