"""What is done to a dispute, and what is refused: consent, appointment, agreement, confirmation, follow-up."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.utils.timezone import make_aware

from linli.ground.officers.actions import relate
from linli.ground.trail import clock
from linli.ground.trail.models import Entry
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.work.disputes import actions, queries
from linli.work.disputes.models import Appointment, Dispute, Side
from linli.work.disputes.rights import may_follow_up, may_mediate, may_read

DAY = date(2026, 9, 1)


@pytest.fixture
def today():
    """The clock stands on the first of September."""
    with clock.at(DAY):
        yield DAY


def test_numbers_run_by_bureau_and_year(mediation):
    first, second = mediation.taken_in(date(2026, 9, 1)), mediation.taken_in(date(2026, 9, 2))
    third = mediation.taken_in(date(2027, 1, 2))
    assert [one.number for one in (first, second, third)] == ["2026-0001", "2026-0002", "2027-0001"]
    assert first.due == date(2026, 10, 1) and first.counts_on == date(2026, 11, 30)


def test_offline_record_that_is_sent_twice_is_written_once(mediation):
    first = mediation.taken_in(client_key="7d1c")
    entries = Entry.objects.count()
    again = mediation.taken_in(client_key="7d1c", title="不同的標題")
    assert again == first and again.title == "樓道堆物" and Entry.objects.count() == entries


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "murder"},
        {"scale": ""},
        {"title": "  "},
        {"title": "長" * 121},
        {"title": "張三 13800138000 堆物"},
        {"title": "電話１３８－００１３－８０００"},
        {"title": "身份證 11010519491231002X"},
        {"title": "139 0013 8000"},
        {"community": None},
        {"client_key": "k" * 65},
    ],
)
def test_intake_that_is_wrong_is_refused_and_nothing_is_written(mediation, asked):
    with pytest.raises(Refused):
        mediation.taken_in(**asked)
    assert not Dispute.objects.exists()


def test_title_may_hold_a_year_and_a_few_digits(mediation):
    assert mediation.taken_in(title="3號樓2單元 2026年停車費 1200元").title.startswith("3號樓")


def test_intake_is_dated_neither_ahead_nor_more_than_sixty_days_back(mediation, today):
    for day in (today + timedelta(days=1), today - timedelta(days=61)):
        with pytest.raises(Refused):
            mediation.taken_in(today, taken_in_on=day)
    assert mediation.taken_in(today, taken_in_on=today - timedelta(days=60)).number == "2026-0001"


def test_dispute_is_taken_in_by_those_of_its_community_alone(mediation, cast):
    with pytest.raises(NotAllowed):
        mediation.taken_in(by=cast.user("station"))
    with pytest.raises(NotAllowed):
        mediation.taken_in(by=cast.user("cadre"), community=cast.community("C02"))
    with pytest.raises(NotAllowed):
        mediation.taken_in(by=cast.user("stranger"))
    assert mediation.taken_in(by=cast.user("cadre")).mediator == cast.user("cadre")


def test_nobody_is_invited_before_both_sides_have_agreed(mediation, today):
    dispute = mediation.taken_in(today)
    at = make_aware(datetime(2026, 9, 3, 19))
    with pytest.raises(Refused):
        actions.appoint(by=mediation.mediator, dispute=dispute, at=at, place="社區調解室")
    actions.consent(by=mediation.mediator, dispute=dispute, side="a", given=True)
    assert dispute.state == "taken_in"
    with pytest.raises(Refused):
        actions.settle(by=mediation.mediator, dispute=dispute, agreement="甲方搬走", sides_confirm=(True, True))
    actions.consent(by=mediation.mediator, dispute=dispute, side="b", given=True)
    assert dispute.state == "consented"
    actions.appoint(by=mediation.mediator, dispute=dispute, at=at, place="社區調解室")
    assert dispute.state == "appointed"


def test_later_appointment_takes_the_place_of_one_still_to_come(mediation, today):
    dispute = mediation.consented(today)
    for day in (3, 5):
        at = make_aware(datetime(2026, 9, day, 19))
        actions.appoint(by=mediation.mediator, dispute=dispute, at=at, place="社區調解室")
    assert list(dispute.appointments.values_list("state", flat=True)) == ["moved", "planned"]
    assert len(queries.appointments(mediation.mediator, mediation.bureau, DAY, DAY + timedelta(days=6))) == 1


@pytest.mark.parametrize("at", [datetime(2026, 8, 31, 9), datetime(2027, 2, 1, 9)])
def test_appointment_lies_between_intake_and_ninety_days_from_now(mediation, today, at):
    dispute = mediation.consented(today)
    with pytest.raises(Refused):
        actions.appoint(by=mediation.mediator, dispute=dispute, at=make_aware(at), place="社區調解室")
    assert not Appointment.objects.exists()


def test_settlement_is_dated_between_intake_and_today(mediation, today):
    dispute = mediation.consented(today)
    for on in (today - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(Refused):
            actions.settle(by=mediation.mediator, dispute=dispute, agreement="協議", on=on)
    with clock.at(today + timedelta(days=40)), pytest.raises(Refused, match="30"):
        actions.settle(by=mediation.mediator, dispute=dispute, agreement="協議", on=today)


def test_side_confirms_once_with_a_number_that_is_kept_as_a_hash(mediation):
    dispute = mediation.settled(confirmed=(True, False))
    with clock.at(dispute.settled_on):
        code = actions.give_code(by=mediation.mediator, dispute=dispute, side="b")
        assert code not in Side.objects.get(dispute=dispute, letter="b").code_hash
        assert queries.by_code(mediation.bureau, code.lower().replace("-", " ")).letter == "b"
        assert actions.confirm_by_code(bureau=mediation.cast.other_bureau, code=code, yes=True) is None
        side = actions.confirm_by_code(bureau=mediation.bureau, code=code, yes=True)
        assert side.confirmed is True and side.confirmed_how == "code"
        assert actions.confirm_by_code(bureau=mediation.bureau, code=code, yes=False) is None
    assert Side.objects.get(pk=side.pk).confirmed is True


@pytest.mark.parametrize("code", ["", "AAAA-AAAA-AAAA", "'; drop", "甲" * 100, "\0"])
def test_unknown_number_says_nothing_and_changes_nothing(mediation, code):
    mediation.settled(confirmed=(False, False))
    assert actions.confirm_by_code(bureau=mediation.bureau, code=code, yes=True) is None
    assert not Side.objects.filter(confirmed=True).exists()


def test_number_that_was_given_anew_makes_the_old_one_worthless(mediation):
    dispute = mediation.settled(confirmed=(False, False))
    old, new = (actions.give_code(by=mediation.mediator, dispute=dispute, side="a") for _ in "12")
    assert old != new and queries.by_code(mediation.bureau, old) is None


def test_that_it_holds_is_said_only_when_sixty_days_are_over(mediation):
    dispute = mediation.settled()
    for on, relapse in ((59, False), (61, True)):
        with clock.at(dispute.settled_on + timedelta(days=on)), pytest.raises(Refused):
            actions.follow_up(by=mediation.mediator, dispute=dispute, relapse=relapse)
    with clock.at(dispute.settled_on + timedelta(days=60)):
        actions.follow_up(by=mediation.mediator, dispute=dispute, relapse=False)
    assert dispute.state == "closed"


def test_governance_centre_follows_up_but_neither_mediates_nor_reads(mediation, cast):
    dispute, governance = mediation.settled(), cast.department("governance centre")
    with pytest.raises(NotAllowed):
        actions.confirm(by=governance, dispute=dispute, side="a")
    with clock.at(dispute.follow_up_due):
        actions.follow_up(by=governance, dispute=dispute, relapse=False, note="雙方均稱穩定")
    assert dispute.followed_up_by == governance.username


def test_another_mediators_matter_is_left_to_them(mediation, cast):
    dispute = mediation.taken_in(by=cast.user("cadre"))
    with pytest.raises(NotAllowed):
        actions.consent(by=cast.user("o01"), dispute=dispute, side="a", given=True)
    actions.consent(by=cast.department("mediation committee"), dispute=dispute, side="a", given=True)


def test_who_steps_back_out_of_kinship_is_not_followed_by_kin(mediation, cast):
    holder = cast.community("C01").posts.first().officer
    dispute = mediation.taken_in(by=holder.account, on=date(2026, 9, 1))
    relate(by="linli", officer=holder, relative=cast.user("cadre"), kind="sibling")
    with pytest.raises(Refused, match="R-61"):
        try:
            actions.change_mediator(by=holder.account, dispute=dispute, to=cast.user("cadre"), ground="kin")
        except Refused as refusal:
            raise Refused(refusal.remedy) from refusal
    committee = cast.department("mediation committee")
    actions.change_mediator(by=holder.account, dispute=dispute, to=committee, ground="kin")
    assert dispute.mediator == committee
    with pytest.raises(Refused):
        actions.change_mediator(by=committee, dispute=dispute, to=cast.user("station"), ground="refused")


def test_what_is_left_out_of_the_rate_is_decided_within_the_limit(mediation):
    dispute = mediation.taken_in()
    with clock.at(dispute.due + timedelta(days=1)):
        for step, asked in (
            (actions.strike, {"why": "重複錄入"}),
            (actions.transfer, {"to": "court", "ground": "民法典"}),
        ):
            with pytest.raises(Refused):
                step(by=mediation.mediator, dispute=dispute, **asked)


def test_matter_is_struck_out_with_a_reason_that_is_kept_encrypted(mediation, today):
    dispute = mediation.taken_in(today)
    with pytest.raises(Refused):
        actions.strike(by=mediation.mediator, dispute=dispute, why="  ")
    actions.strike(by=mediation.mediator, dispute=dispute, why="與王家那宗重複")
    found = Dispute.objects.get()
    assert (found.state, found.ended_because, found.written_by) == ("struck", "與王家那宗重複", "mediation")
    with connection.cursor() as cursor:
        cursor.execute("SELECT ended_because FROM disputes_dispute")
        assert "王家" not in cursor.fetchone()[0]
    assert not any("王家" in f"{entry.why}{entry.facts}" for entry in Entry.objects.all())


def test_side_that_denied_with_its_own_number_is_not_outvoted_on_paper(mediation):
    dispute = mediation.settled(confirmed=(True, False))
    asked = {"by": mediation.mediator, "dispute": dispute, "side": "b"}
    with clock.at(dispute.settled_on):
        code = actions.give_code(**asked)
        actions.confirm_by_code(bureau=mediation.bureau, code=code, yes=False)
        for given in (True, False):  # nor is its "no" made one on paper, which could then be turned
            with pytest.raises(Refused, match="確認碼"):
                actions.confirm(**asked, given=given)
        side = Side.objects.get(dispute=dispute, letter="b")
        assert (side.confirmed, side.confirmed_how) == (False, "code")
        assert actions.confirm_by_code(bureau=mediation.bureau, code=actions.give_code(**asked), yes=True).confirmed
        actions.confirm(**asked | {"side": "a"}, given=False)
        actions.confirm(**asked | {"side": "a"}, given=True)  # what the mediator wrote the mediator puts right
    assert Side.objects.filter(dispute=dispute, confirmed=True).count() == 2


def test_governance_centre_takes_nothing_in_and_mediates_nothing_for_it_verifies_the_rate(mediation, cast):
    governance, dispute = cast.department("governance centre"), mediation.taken_in()
    with pytest.raises(NotAllowed):
        mediation.taken_in(by=governance)
    with pytest.raises(Refused):
        actions.change_mediator(by=mediation.mediator, dispute=dispute, to=governance, ground="hand_over")
    Dispute.objects.update(mediator=governance)  # an account that moved to the centre from elsewhere
    dispute.refresh_from_db()
    assert not may_mediate(governance, dispute) and not may_read(governance, dispute)
    assert not may_follow_up(governance, dispute)


@pytest.mark.parametrize("office", ["mediation committee", "governance centre"])
def test_relative_of_the_mediator_neither_follows_his_matters_up_nor_mediates_them(mediation, cast, office):
    holder = cast.community("C01").posts.first().officer
    dispute, kin = mediation.settled(by=holder.account), cast.department(office)
    relate(by="linli", officer=holder, relative=kin, kind="sibling")
    with clock.at(dispute.follow_up_due):
        for step, asked in (
            (actions.follow_up, {"relapse": False}),
            (actions.note, {"text": "雙方均稱穩定"}),
            (actions.confirm, {"side": "a"}),
            (actions.change_mediator, {"to": kin, "ground": "hand_over"}),
        ):
            with pytest.raises(NotAllowed, match="親屬"):
                step(by=kin, dispute=dispute, **asked)
        assert not may_read(kin, dispute)
        actions.follow_up(by=holder.account, dispute=dispute, relapse=False)
    assert dispute.state == "closed"


def test_old_ledger_is_read_in_by_the_committee_and_its_open_matters_count_in_a_quarter_to_come(mediation, cast, today):
    row = {"community": mediation.community, "kind": "debt", "title": "借款", "scale": "two"}
    rows = [row | {"taken_in_on": date(2024, 3, 1), "client_key": "ledger:1"}]
    for step, asked in (
        (actions.read_in, {"rows": rows}),
        (actions.take_in, row | {"taken_in_on": date(2024, 3, 1), "from_ledger": True}),
    ):
        with pytest.raises(NotAllowed):
            step(by=cast.user("cadre"), bureau=mediation.bureau, **asked)
    (read,) = actions.read_in(by=mediation.mediator, bureau=mediation.bureau, rows=rows)
    assert read.counts_on == today + timedelta(days=90) and read.number == "2024-0001"


def test_second_writer_is_shown_both_and_loses_nothing(mediation, today):
    dispute = mediation.taken_in(today)
    seen = dispute.version
    asked = {"by": mediation.mediator, "dispute": dispute, "kind": "debt", "scale": "few"}
    actions.change(**asked, version=seen, title="借款")
    with pytest.raises(Stale) as stale:
        actions.change(**asked, version=seen, title="欠款")
    assert ("欠款", "借款") in [(row[1], row[2]) for row in stale.value.rows]
    assert stale.value.version == Dispute.objects.get().version


def test_step_from_a_state_that_has_passed_is_refused(mediation):
    dispute = mediation.closed()
    for step, asked in (
        (actions.fail, {"why": "反悔"}),
        (actions.settle, {"agreement": "再議"}),
        (actions.appoint, {"at": clock.now(), "place": "社區"}),
        (actions.consent, {"side": "a", "given": False}),
    ):
        with pytest.raises(Refused):
            step(by=mediation.mediator, dispute=dispute, **asked)
    assert Dispute.objects.get().state == "closed"


def test_words_stand_encrypted_in_the_tables_and_never_in_the_trail(mediation, today):
    dispute = mediation.taken_in(today, sides=("樓上王家", "樓下李家"))
    by = {"by": mediation.mediator, "dispute": dispute}
    actions.note(**by, text="王家說曾被威脅")
    for side in "ab":
        actions.consent(**by, side=side, given=True)
    actions.settle(**by, agreement="賠償五百元", sides_confirm=(True, False))
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM disputes_note")
        stored = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT agreement FROM disputes_dispute")
        stored += [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT label FROM disputes_side")
        stored += [row[0] for row in cursor.fetchall()]
    told = " ".join(f"{e.why} {e.facts} {e.subject}" for e in Entry.objects.all())
    for word in ("王家", "李家", "威脅", "五百", "樓道"):
        assert not any(word in text for text in stored)
        assert word not in told
    facts = {key for e in Entry.objects.filter(action__startswith="disputes.") for key in json.loads(e.facts)}
    assert facts == {"state"}
