"""Nothing in the database leads from an answer to a card, an address, a device or a moment."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from django.db import connection, models
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.ground.jobs import actions as jobs
from linli.ground.trail import clock
from linli.ground.trail.models import Entry
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.work.surveys import actions, queries, reading, tokens
from linli.work.surveys.models import Answer, Contact, Device, Tally, Token, Wave, Word
from linli.work.surveys.questions import kept
from tests.rooms.surveys import asking

ABOUT_ONE = (Token, Answer, Word, Device, Contact)  # a row of these is about one person or device


@pytest.fixture
def one(drawn):
    """A card of C01."""
    return drawn[0]


def columns(model):
    return {field.name: field for field in model._meta.local_fields}


def test_no_two_tables_about_one_person_share_a_column_they_could_be_joined_by():
    places = {"wave", "community"}
    for left, right in combinations(ABOUT_ONE, 2):
        shared = set(columns(left)) & set(columns(right)) - places - {"id", "mark"}
        assert shared == set(), (left, right)
        links = [f for f in columns(left).values() if f.is_relation and f.related_model is right]
        links += [f for f in columns(right).values() if f.is_relation and f.related_model is left]
        assert links == []


def test_marks_of_cards_and_of_devices_never_meet(wave, drawn):
    actions.answer(token=drawn[0].token, answers={"satisfied": "not"}, device=drawn[0].token)
    assert not set(Token.objects.values_list("mark", flat=True)) & set(Device.objects.values_list("mark", flat=True))


def test_no_table_about_one_person_holds_a_moment_or_a_number_that_counts_up():
    for model in ABOUT_ONE:
        for field in columns(model).values():
            assert not isinstance(field, models.DateTimeField | models.TimeField | models.AutoField), (model, field)
    days = {f.name for m in ABOUT_ONE for f in columns(m).values() if isinstance(f, models.DateField)}
    assert days == {"week", "erase_on"}


def test_week_and_day_of_erasure_tell_no_day_of_the_week(wave, drawn):
    with clock.at(date(2026, 9, 17)):  # a Thursday
        actions.answer(token=drawn[0].token, answers={"satisfied": "not"})
        actions.leave_contact(token=drawn[0].token, contact="0731-5550100")
    assert Answer.objects.get().week == date(2026, 9, 14)
    assert Contact.objects.get().erase_on == date(2026, 9, 14) + timedelta(days=30)


def test_answering_leaves_no_entry_in_the_trail(wave, drawn):
    before = Entry.objects.count()
    asking.answer_all(wave, drawn[:3])
    actions.leave_contact(token=drawn[0].token, contact="0731-5550100")
    assert Entry.objects.count() == before


def order_of_rows(table):
    """Rows as the database itself keeps them, without asking for an order."""
    physical = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ticks FROM {table} ORDER BY {physical}")
        return [str(row[0]) for row in cursor.fetchall()]


def answered_in_order(wave, drawn, number):
    """Each gives another answer, so that the order can be read off."""
    wanted = []
    for place, row in enumerate(drawn[:number]):
        ticks = {
            "safe": "12345"[place % 5],
            "seen": ("yes", "no", "unknown")[place // 5 % 3],
            "sex": ("female", "male")[place // 15 % 2],
        }
        actions.answer(token=row.token, answers=ticks)
        wanted.append(ticks)
    return wanted


def same_as(rows, wanted):
    import json

    return [json.loads(row) for row in rows] == wanted


def test_rows_do_not_stand_in_the_order_in_which_they_came(wave, drawn):
    wanted = answered_in_order(wave, drawn, 30)
    if connection.vendor == "sqlite":  # keys drawn at random are the order; PostgreSQL needs the night
        assert not same_as(order_of_rows("surveys_answer"), wanted)
    actions.mix(by="linli", wave=wave)
    rows = order_of_rows("surveys_answer")
    assert not same_as(rows, wanted) and len(rows) == 30


def test_mixing_gives_new_keys_and_changes_no_answer_and_no_card(wave, drawn):
    asking.answer_all(wave, drawn[:20])
    actions.leave_contact(token=drawn[0].token, contact="0731-5550100")
    keys, ticks = (
        set(Answer.objects.values_list("pk", flat=True)),
        sorted(map(str, Answer.objects.values_list("ticks"))),
    )
    marks = set(Token.objects.values_list("mark", "spent"))
    assert actions.mix(by="linli", wave=wave) == 120 + 20 + 1
    assert not keys & set(Answer.objects.values_list("pk", flat=True))
    assert sorted(map(str, Answer.objects.values_list("ticks"))) == ticks
    assert set(Token.objects.values_list("mark", "spent")) == marks
    assert Contact.objects.get().contact == "0731-5550100"
    actions.answer(token=drawn[20].token, answers={"satisfied": "not"})


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="a transaction's number is PostgreSQL's")
def test_mixed_rows_were_all_written_by_one_transaction(wave, drawn):
    asking.answer_all(wave, drawn[:20])
    actions.mix(by="linli", wave=wave)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT xmin::text FROM surveys_answer UNION SELECT DISTINCT xmin::text FROM surveys_token"
        )
        assert len(cursor.fetchall()) == 1


def test_closing_destroys_cards_marks_and_salt(closed):
    assert not Token.objects.exists() and not Device.objects.exists()
    assert Wave.objects.get(pk=closed.pk).salt == ""


def test_card_of_a_closed_wave_opens_nothing(closed, drawn):
    assert queries.question_form(drawn[0].token) is None
    with pytest.raises(Refused):
        actions.answer(token=drawn[0].token, answers={"satisfied": "not"})


def test_card_answers_once(wave, one):
    assert queries.question_form(one.token).state == "open"
    actions.answer(token=one.token, answers={"satisfied": "fairly"})
    form = queries.question_form(one.token)
    assert form.state == "spent" and form.questions == []
    with pytest.raises(Refused):
        actions.answer(token=one.token, answers={"satisfied": "not"})
    assert Answer.objects.get().ticks == {"satisfied": "fairly"}


@pytest.mark.parametrize("text", ["", "x", "aaaaaaaaaaaaaaaa", "é" * 16, "0" * 5000, "a\0b"])
def test_unknown_card_is_refused_in_the_same_words_as_a_spent_one(wave, one, text):
    actions.answer(token=one.token, answers={"satisfied": "fairly"})
    said = []
    for token in (text, one.token):
        with pytest.raises(Refused) as refusal:
            actions.answer(token=token, answers={"satisfied": "not"})
        said.append(str(refusal.value))
    assert said[0] == said[1] and queries.question_form(text) is None


def test_cards_letters_are_read_tolerantly(one):
    typed = f" {one.token[:4].upper()} {one.token[4:8]}-{one.token[8:]} "
    assert tokens.typed(typed) == one.token and tokens.typed(one.token.replace("o", "0")) == one.token


def test_card_cannot_be_guessed():
    made = {tokens.new() for _ in range(2000)}
    assert tokens.BITS >= 80 and len(made) == 2000 and all(len(token) == 16 for token in made)


def test_neighbours_see_the_names_in_another_order(wave, drawn):
    orders = {
        tuple(label for _value, label in question.choices)
        for row in drawn[:20]
        for question in queries.question_form(row.token).questions
        if question.kind == "familiarity"
    }
    assert len(orders) > 5


def test_table_does_not_keep_which_name_was_picked(wave, drawn):
    for row in drawn[:8]:
        actions.answer(token=row.token, answers={"officer": "a"})
    assert {row.ticks["officer"] for row in Answer.objects.all()} <= {"right", "wrong"}


def test_who_is_screened_out_is_counted_and_nothing_else_is_kept(wave, one):
    actions.answer(token=one.token, answers={"screen": "no", "satisfied": "not", "said": "hello"})
    assert not Answer.objects.exists() and not Word.objects.exists()
    assert Tally.objects.get(wave=wave, community__code=one.community).ineligible == 1


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"screen": "yes"},
        {"satisfied": "very"},
        {"officer": "e"},
        {"officer": "O01"},
        {"safe": "6"},
        {"nothing": "x"},
    ],
)
def test_answer_that_is_none_is_refused_and_the_card_is_not_spent(wave, one, answers):
    with pytest.raises(Refused):
        actions.answer(token=one.token, answers=answers)
    assert not Token.objects.filter(spent=True).exists()


def test_words_stand_apart_and_encrypted(wave, one):
    actions.answer(token=one.token, answers={"satisfied": "not", "said": "路燈壞了\x07"})
    assert "said" not in Answer.objects.get().ticks and Word.objects.get().text == "路燈壞了"
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM surveys_word")
        assert "路燈" not in cursor.fetchone()[0]


def test_reasons_to_look_are_counts_and_the_answer_counts_all_the_same(wave, drawn):
    mine = [row for row in drawn if row.community == "C01"]
    for row in mine[:4]:
        actions.answer(token=row.token, answers={"satisfied": "satisfied", "safe": "5"}, device="one phone", seconds=1)
    tally = Tally.objects.get(wave=wave, community__code="C01")
    assert (tally.answered, tally.repeats, tally.quick) == (4, 3, 4)
    assert Device.objects.get().seen == 4 and "phone" not in Device.objects.get().mark


def test_same_device_has_another_mark_in_the_next_wave(cast, questionnaire, wave):
    other = asking.opened(cast, questionnaire)
    assert tokens.device_mark(wave, "one phone") != tokens.device_mark(other, "one phone")


def test_interviewers_device_is_no_sign(cast, wave, drawn):
    for row in drawn[:3]:
        actions.answer(
            by=cast.user("committee"), token=row.token, answers={"satisfied": "not"}, mode="tablet", device="t"
        )
    assert not Device.objects.exists()


def test_only_the_office_that_asks_takes_answers_down(cast, wave, one):
    for who in ("resident", cast.user("station"), cast.user("personnel")):
        with pytest.raises((NotAllowed, Refused)):
            actions.answer(by=who, token=one.token, answers={"satisfied": "satisfied"}, mode="phone")


def test_contact_is_left_once_and_only_after_answering(wave, one):
    with pytest.raises(Refused):
        actions.leave_contact(token=one.token, contact="0731-5550100")
    actions.answer(token=one.token, answers={"satisfied": "not"})
    actions.leave_contact(token=one.token, contact="0731-5550100")
    with pytest.raises(Refused):
        actions.leave_contact(token=one.token, contact="0731-5550101")
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact FROM surveys_contact")
        assert "5550100" not in cursor.fetchone()[0]


def test_contact_is_erased_within_thirty_days_by_the_nightly_job(wave, one):
    with clock.at(date(2026, 9, 17)):
        actions.answer(token=one.token, answers={"satisfied": "not"})
        actions.leave_contact(token=one.token, contact="0731-5550100")
    assert "surveys.night" in jobs.kinds() and "surveys.night" in jobs.DAILY
    night = jobs.kinds()["surveys.night"]
    for day, left in (("2026-10-13", 1), ("2026-10-14", 0)):
        night(type("Job", (), {"arguments": {"day": day}})(), None)
        assert Contact.objects.count() == left


def test_words_are_erased_a_year_after_the_wave_closed(cast, wave, drawn):
    actions.answer(token=drawn[0].token, answers={"said": "路燈壞了"})
    with clock.at(date(2026, 9, 30)):
        actions.close_wave(by=cast.user("committee"), wave=wave)
    assert actions.erase_due(by="linli", today=date(2027, 9, 29)) == 0
    assert actions.erase_due(by="linli", today=date(2027, 9, 30)) == 1 and not Word.objects.exists()


def test_call_counts_its_outcome_and_erases_the_contact(cast, wave, drawn):
    committee = cast.user("committee")
    for row in drawn[:10]:
        actions.answer(token=row.token, answers={"satisfied": "satisfied"})
        actions.leave_contact(token=row.token, contact=f"0731-55501{row.token[:3]}")
    assert actions.draw_calls(by=committee, wave=wave, share=0.2) == 2
    with pytest.raises(NotAllowed):
        actions.read_contacts(by=cast.user("personnel"), wave=wave)
    first, second = actions.read_contacts(by=committee, wave=wave)
    actions.record_call(by=committee, wave=wave, contact=first, outcome="told")
    with pytest.raises(Refused):
        actions.record_call(by=committee, wave=wave, contact=first, outcome="stands")
    actions.record_call(by=committee, wave=wave, contact=second, outcome="unreached")
    counts = Tally.objects.filter(wave=wave)
    assert sum(t.called for t in counts) == sum(t.told for t in counts) == 1 and Contact.objects.count() == 8
    assert "5550" not in "".join(Entry.objects.values_list("facts", flat=True))


def test_open_link_answers_many_times_and_a_new_one_ends_it(cast, questionnaire):
    wave = asking.opened(cast, questionnaire, ("C01",), sampling="open")
    link = {"by": cast.user("committee"), "wave": wave, "community": cast.community("C01")}
    token = actions.open_door(**link)
    for _ in range(3):
        actions.answer(token=token, answers={"satisfied": "satisfied"})
    actions.open_door(**link)
    with pytest.raises(Refused):
        actions.answer(token=token, answers={"satisfied": "satisfied"})
    assert Answer.objects.count() == 3


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([q["key"] for q in asking.QUESTIONS] + ["x"]), st.text(max_size=30), max_size=8))
def test_whatever_is_sent_is_read_or_refused_in_words(answers):
    lineup = ("O01", ["O01", "O02", "O03", "O04"])
    try:
        ticks, words, eligible = reading.read(asking.QUESTIONS, answers, "abcdefgh2345mnop", lineup)
    except Refused as refusal:
        assert str(refusal.message) and str(refusal.remedy)
        return
    kinds = {q["key"]: q["kind"] for q in asking.QUESTIONS}
    assert all(value in kept(kinds[key]) for key, value in ticks.items())
    assert all("\0" not in text for text in words.values()) and (eligible or not ticks)
