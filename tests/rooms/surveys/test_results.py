"""From answers to figures: weights, intervals, what is withheld, and what goes up to a rate."""

import csv
import io

import pytest
from openpyxl import load_workbook

from heng.shares import wilson
from linli.ground.trail import clock
from linli.ground.trail.immutable import Written
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.work.surveys import actions, counting, evidence, queries
from linli.work.surveys.models import Answer, Result, Tally
from linli.work.surveys.wording import percent
from tests.rooms.surveys import asking

C01 = "C01"


def told(wave, drawn, answers, community=C01):
    """The first so many cards of a community answer these."""
    mine = [row for row in drawn if row.community == community]
    for row, said in zip(mine, answers, strict=False):
        actions.answer(token=row.token, answers=said)


def close(cast, wave):
    return actions.close_wave(by=cast.user("committee"), wave=wave)


def test_satisfied_is_one_fairly_three_quarters_and_dont_know_is_left_out(cast, wave, drawn):
    said = ["satisfied"] * 4 + ["fairly"] * 4 + ["not"] * 2 + ["unknown"] * 5
    told(wave, drawn, [{"satisfied": one} for one in said])
    close(cast, wave)
    row = queries.results(wave)[C01]["satisfied", "score"]
    assert (row.answers, row.share) == (10, pytest.approx(0.7))
    assert (row.low, row.high) == pytest.approx(tuple(map(float, wilson(7, 10))))


def test_who_cannot_tell_counts_as_the_quarter_that_guessing_gives(cast, wave, drawn):
    mine = [row for row in drawn if row.community == C01]
    for row in mine[:6]:
        actions.answer(token=row.token, answers={"officer": asking.right_letter(row.token, wave, C01)})
    told(wave, drawn[6:], [{"officer": "unknown"}] * 4)
    close(cast, wave)
    row = queries.results(wave)[C01]["officer", "score"]
    assert (row.answers, row.share) == (10, pytest.approx((6 + 4 / 4) / 10))
    corrected = (row.share - 0.25) / 0.75
    assert corrected == pytest.approx(0.6)  # six of ten know: those who cannot tell do not


def test_women_and_men_speak_for_as_many_as_live_there(cast, wave, drawn):
    people = {"*": {"sex": {"female": 500, "male": 500}}}
    actions.set_margins(by=cast.user("committee"), wave=wave, margins=people)
    told(wave, drawn, [{"satisfied": "satisfied", "sex": "female"}] * 30 + [{"satisfied": "not", "sex": "male"}] * 10)
    close(cast, wave)
    row = queries.results(wave)[C01]["satisfied", "score"]
    assert row.share == pytest.approx(0.5)  # unweighted it would be 0.75
    assert row.design_effect == pytest.approx(40 * (30 * (2 / 3) ** 2 + 10 * 2**2) / 40**2)
    assert row.high - row.low > wilson(20, 40)[1] - wilson(20, 40)[0]
    report = Tally.objects.get(wave=wave, community__code=C01).weighing
    assert report["by"] == ["sex"] and report["converged"] and report["trimmed"] == 0


def test_nobody_of_a_group_is_said_and_no_weight_grows_beyond_four():
    questions = [{"key": "sex", "kind": "sex"}, {"key": "age", "kind": "age"}]
    ticks = [{"sex": "female", "age": "18-29"}] * 40 + [{"sex": "male", "age": "30-44"}]
    margins = {"sex": {"female": 1, "male": 1}, "age": {"18-29": 1, "30-44": 1, "45-59": 1, "60+": 1}}
    weights, report = counting.weigh(questions, ticks, margins)
    assert max(weights) <= 4.0 + 1e-9 and report["trimmed"] == 1 and report["trim_loss"] > 0
    assert report["empty"] == ["age:45-59", "age:60+"]


NO_MARGINS = [
    {"*": {"sex": {"female": 1}}},
    {"*": {"height": {"tall": 1}}},
    {"*": {"sex": {"female": -1, "male": 2}}},
    {"*": {"sex": {"female": 0, "male": 0}}},
]


@pytest.mark.parametrize("margins", NO_MARGINS)
def test_margins_that_are_none_are_refused(cast, wave, margins):
    with pytest.raises(Refused):
        actions.set_margins(by=cast.user("committee"), wave=wave, margins=margins)


def test_sample_goes_up_and_a_meeting_does_not(cast, questionnaire, closed):
    meeting = asking.opened(cast, questionnaire, ("C03",), sampling="symposium")
    forms = [{"community": "C03", "satisfied": "satisfied", "officer": "a"}] * 12
    actions.answer_on_paper(by=cast.user("committee"), wave=meeting, rows=forms)
    close(cast, meeting)
    row = queries.results(meeting)["C03"]["satisfied", "score"]
    assert row.share == 1.0 and row.low is None and row.high is None
    up = list(evidence.figures(cast.bureau, "2026Q3"))
    assert {(one.community, one.rate) for one in up} == {
        (code, rate) for code in ("C01", "C02") for rate in ("satisfaction", "familiarity")
    }
    assert evidence.path(cast.bureau, "2026Q3", "C03", "satisfaction") == ""


def test_figure_that_goes_up_is_the_one_on_its_page(cast, logged_in, closed):
    up = {(one.community, one.rate): one for one in evidence.figures(cast.bureau, "2026Q3")}
    one, row = up[C01, "satisfaction"], queries.results(closed)[C01]["satisfied", "score"]
    assert (one.denominator, one.numerator) == (row.answers, pytest.approx(row.answers * row.share))
    assert one.design_effect == pytest.approx(row.design_effect) and closed.code in one.source
    assert any("%" in text for _label, text in one.shown)
    path = evidence.path(cast.bureau, "2026Q3", C01, "satisfaction")
    assert logged_in(cast.user("personnel")).get(path).status_code == 200


def test_two_waves_of_a_quarter_are_one_sample(cast, questionnaire):
    for said in (["satisfied"] * 10, ["not"] * 30):
        wave = asking.opened(cast, questionnaire, (C01,))
        drawn = actions.draw_sample(by=cast.user("committee"), wave=wave, frame=asking.houses((C01,)))
        told(wave, drawn, [{"satisfied": one} for one in said])
        close(cast, wave)
    (one,) = (one for one in evidence.figures(cast.bureau, "2026Q3") if one.rate == "satisfaction")
    assert (one.numerator, one.denominator, one.design_effect) == (pytest.approx(10), 40, pytest.approx(1.0))


def test_open_wave_and_unanswered_community_give_no_figure(cast, wave, drawn):
    told(wave, drawn, [{"satisfied": "not"}] * 5)
    assert list(evidence.figures(cast.bureau, "2026Q3")) == []
    close(cast, wave)
    assert {one.community for one in evidence.figures(cast.bureau, "2026Q3")} == {C01}
    assert queries.results(wave)["C02"]["satisfied", "score"].share is None


def test_fewer_than_five_answers_are_shown_to_nobody(cast, logged_in, wave, drawn):
    told(wave, drawn, [{"satisfied": "not", "sex": "male"}] * 4)
    close(cast, wave)
    client = logged_in(cast.user("personnel"))
    base = f"/surveys/linjiang/w/{wave.code}/results"
    taken = b"".join(client.get(base + "?format=csv").streaming_content).decode()
    rows = [line.split(",") for line in taken.splitlines() if line.startswith("C01")]
    assert rows and all(row[4:7] == ["", "", ""] for row in rows)
    assert client.get(f"{base}/C01").content.decode().count("%") == client.get(f"{base}/C02").content.decode().count(
        "%"
    )
    assert queries.public(cast.bureau, "2026Q3") == {}


def cells(client, wave, ending="csv"):
    """Satisfaction of C01 as it is taken along: answer -> (share, low, high, why it is withheld)."""
    answer = client.get(f"/surveys/linjiang/w/{wave.code}/results?format={ending}&lang=en")
    if ending == "csv":
        rows = csv.reader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines())
    else:
        rows = load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)
    rows = [["" if cell is None else str(cell) for cell in row] for row in rows]
    asked = asking.QUESTIONS[1]["text"].values()
    return {row[2]: (*row[4:7], row[8]) for row in rows if row[0] == C01 and row[1] in asked}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize(("who", "scored"), [("o01", True), ("station", True), ("personnel", False)])
def test_small_cells_are_hidden_from_who_is_scored_and_not_from_who_asks(
    cast, logged_in, wave, drawn, who, scored, ending
):
    told(wave, drawn, [{"satisfied": one} for one in ["satisfied"] * 30 + ["fairly"] * 12 + ["not"] * 2])
    close(cast, wave)
    found = cells(logged_in(cast.user(who)), wave, ending)
    empty = {value for value, (*numbers, _why) in found.items() if numbers == ["", "", ""]}
    assert empty == ({"not", "unknown", "fairly"} if scored else set())  # the third, or the total would give them back
    assert all(bool(found[value][3]) for value in empty) and float(found["score"][0]) == pytest.approx(39 / 44)


def test_small_cells_are_hidden_on_the_pages_of_who_is_scored(cast, logged_in, wave, drawn):
    told(wave, drawn, [{"seen": one, "satisfied": "satisfied"} for one in ["no"] * 30 + ["yes"] * 2])
    close(cast, wave)
    for page in (f"/surveys/linjiang/w/{wave.code}/results", f"/surveys/linjiang/w/{wave.code}/results/C01"):
        theirs, ours = (logged_in(cast.user(who)).get(page).content.decode() for who in ("o01", "personnel"))
        assert percent(2 / 32) in ours and percent(2 / 32) not in theirs


def test_public_reads_what_has_five_answers(cast, closed):
    found = queries.public(cast.bureau, "2026Q3")
    share, low, high, answers = found[C01]["satisfaction"]
    assert low < share < high and answers >= 5


def test_who_saw_the_officer_is_told_for_the_desk_and_goes_up_nowhere(cast, closed):
    share, low, high, answers = queries.seen(cast.bureau, "2026Q3")[C01]
    counts = [row["seen"] for row in Answer.objects.filter(community__code=C01).values_list("ticks", flat=True)]
    assert share == pytest.approx(counts.count("yes") / len(counts)) and low < share < high and answers == 60


def test_results_are_written_once(closed):
    with pytest.raises(Written):
        Result.objects.update(share=1.0)
    with pytest.raises(Written):
        Result.objects.first().delete()


def test_wave_is_closed_once_and_nothing_is_added_afterwards(cast, closed):
    with pytest.raises(Refused):
        close(cast, closed)
    with pytest.raises(Refused):
        actions.count_missed(by=cast.user("committee"), wave=closed, community=cast.community(C01), refused=1)
    with pytest.raises(Refused):
        actions.answer_on_paper(by=cast.user("committee"), wave=closed, rows=[{"token": "x", "satisfied": "not"}])


def test_identical_strings_are_counted(cast, wave, drawn):
    same = {"satisfied": "satisfied", "officer": "unknown", "seen": "yes", "safe": "5", "sex": "male"}
    told(wave, drawn, [same] * 20 + [same | {"safe": "1"}])
    close(cast, wave)
    assert Tally.objects.get(wave=wave, community__code=C01).identical == 20


def test_cards_still_out_wait_for_the_office_that_asks(cast, wave, drawn):
    today = clock.today()
    (item,) = queries.items(cast.user("committee"), cast.bureau, today)
    assert item.count == 120
    assert queries.items(cast.user("command"), cast.bureau, today) == []
    actions.draft(by=cast.user("personnel"), bureau=cast.bureau, code="new", title=asking.TITLE)
    assert [item.url for item in queries.items(cast.user("personnel"), cast.bureau, today)] == [
        "/surveys/linjiang/questionnaires/new/"
    ]


def test_few_questions_are_asked_of_the_database_for_what_waits(cast, questionnaire, django_assert_max_num_queries):
    for _number in range(6):
        asking.opened(cast, questionnaire)
    with django_assert_max_num_queries(4):
        queries.items(cast.user("committee"), cast.bureau, clock.today())


def test_published_words_never_change(cast, questionnaire):
    with pytest.raises(Written):
        type(questionnaire).objects.filter(pk=questionnaire.pk).update(version=9)
    draft = queries.drafts(cast.bureau).get()
    by = cast.user("personnel")
    with pytest.raises(Refused):
        actions.publish(by=by, draft=draft, edition=1)
    other = [asking.question("satisfied", "satisfaction", "您滿意嗎？", "Satisfied?")]
    actions.save(by=by, draft=draft, title=asking.TITLE, questions=other, edition=1)
    assert actions.publish(by=by, draft=draft, edition=2).version == 2
    assert type(questionnaire).objects.get(version=1).questions == asking.QUESTIONS
    with pytest.raises(NotAllowed):
        actions.save(by=cast.user("committee"), draft=draft, title=asking.TITLE, questions=other, edition=2)


def test_questionnaire_that_is_too_long_or_half_translated_is_not_published(cast):
    by = cast.user("personnel")
    long = [asking.question(f"q{n}", "yesno", "好嗎？", "Good?") for n in range(11)]
    half = [{"key": "q1", "kind": "yesno", "text": {"zh_Hant": "好嗎？"}}]
    twice = [asking.question(f"s{n}", "satisfaction", "滿意嗎？", "Satisfied?") for n in range(2)]
    for number, questions in enumerate((long, half, twice, [])):
        draft = actions.draft(by=by, bureau=cast.bureau, code=f"d{number}", title=asking.TITLE, questions=questions)
        with pytest.raises(Refused):
            actions.publish(by=by, draft=draft, edition=1)


def test_leading_double_and_negative_questions_are_pointed_out():
    from linli.work.surveys.lint import advice

    for text in (
        "Surely you are satisfied?",
        "Do you feel safe and well served?",
        "Are you not unhappy?",
        "What is your name?",
    ):
        assert advice([asking.question("q1", "yesno", "好嗎？", text)])
    assert advice([asking.question("q1", "yesno", "難道您不覺得安全嗎？", "Safe?")])
    assert advice(asking.QUESTIONS) == []
