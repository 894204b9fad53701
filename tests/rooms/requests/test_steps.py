"""The steps of a request: three kinds of state, one row written for each step, nothing written over somebody else's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.ground.trail.immutable import Written
from linli.ground.trail.models import Entry
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.work.requests import actions, queries, states
from linli.work.requests.models import Request, Update


def steps(request):
    return [update.step for update in queries.steps_of(request)]


def test_every_state_is_open_or_closed_or_solved_and_closed_is_not_solved():
    groups = {state: states.group_of(state) for state in states.State}
    assert {state for state in groups if groups[state] == "solved"} == {"solved"}
    assert {"declined", "outside", "silent", "ended", "merged"} == {s for s in groups if groups[s] == "closed"}


def test_no_step_leads_out_of_a_state_that_is_not_there():
    for _step, (since, to) in states.STEPS.items():
        assert set(since) <= set(states.State) and (to in ("", states.ANSWERED) or to in set(states.State))


def test_ordinary_way_from_received_to_solved(send, officer):
    request = send()
    actions.acknowledge(by=officer, request=request, answer="收到，今天下午去看。")
    actions.visit(by=officer, request=request, note="電線垂到一樓。")
    actions.solve(by=officer, request=request, what_was_done="已請電工固定。")
    assert (request.state, request.group, request.version) == ("solved", "solved", 4)
    assert steps(request) == ["acknowledge", "visit", "solve"]
    assert request.acknowledged_at and request.ended_at


def test_sender_reads_answers_and_never_the_staffs_notes(cast, send, officer):
    request = send()
    actions.visit(by=officer, request=request, note="只給同事看")
    actions.solve(by=officer, request=request, what_was_done="已固定。")
    seen = queries.by_code(cast.bureau, request.code)
    assert [step.text for step in seen.steps] == ["", "已固定。"]
    assert "只給同事看" not in str(seen) and request.words not in str(seen) and request.contact not in str(seen)


def test_first_visit_is_an_answer_too(send, officer):
    assert actions.visit(by=officer, request=send(), note="去過了").state == "acknowledged"


def test_declined_is_closed_and_says_why(cast, send, officer):
    request = send()
    actions.decline(by=officer, request=request, reason="不屬於本社區。")
    seen = queries.by_code(cast.bureau, request.code)
    assert (seen.group, seen.steps[-1].text) == ("closed", "不屬於本社區。")


@pytest.mark.parametrize("how", ["outside", "silent", "ended"])
def test_closing_without_solving_says_how_it_ended(send, officer, how):
    request = actions.close(by=officer, request=send(), how=how, note="…")
    assert (request.state, request.group) == (how, "closed")


def test_closing_as_solved_is_no_way_to_close(send, officer):
    with pytest.raises(Refused):
        actions.close(by=officer, request=send(), how="solved", note="…")


@pytest.mark.parametrize(
    ("step", "given"), [("solve", "what_was_done"), ("decline", "reason"), ("visit", "note"), ("reopen", "why")]
)
def test_blank_words_are_refused_where_somebody_reads_them(send, officer, step, given):
    with pytest.raises(Refused):
        getattr(actions, step)(by=officer, request=send(), **{given: "  "})


def test_what_is_solved_is_not_solved_again(send, officer):
    request = send()
    actions.solve(by=officer, request=request, what_was_done="一")
    with pytest.raises(Refused):
        actions.solve(by=officer, request=request, what_was_done="二")
    assert Update.objects.count() == 1


def test_second_writer_is_shown_what_the_first_did(send, officer, cast):
    request = send()
    page = Request.objects.get(pk=request.pk)
    actions.acknowledge(by=officer, request=request, version=1)
    with pytest.raises(Stale) as stale:
        actions.decline(by=cast.user("station"), request=page, reason="不是我們的", version=1)
    assert stale.value.version == 2 and len(stale.value.rows) == 2
    assert Request.objects.get(pk=request.pk).state == "acknowledged"


def test_steps_are_written_once(send, officer):
    request = send()
    actions.acknowledge(by=officer, request=request)
    update = Update.objects.get()
    with pytest.raises(Written):
        update.save()
    with pytest.raises(Written):
        Update.objects.all().delete()


def test_trail_names_steps_and_never_their_words(send, officer):
    request = send()
    actions.solve(by=officer, request=request, what_was_done="說給發送人聽的話")
    entry = Entry.objects.order_by("-number").first()
    assert (entry.action, entry.by) == ("requests.solve", officer.username)
    assert "說給" not in entry.facts + entry.why


def test_officer_of_another_community_may_not_touch_it(cast, send, officer):
    other = next(o.account for o in cast.bureau.officers.exclude(account=officer) if o.account != officer)
    request = send(community=cast.community("C02") if officer != other else None)
    with pytest.raises(NotAllowed):
        actions.acknowledge(by=officer, request=request)


@pytest.mark.parametrize(
    "name", ["personnel", "supervision", "secretary", "leader1", "cadre", "command", "stranger", "administrator"]
)
def test_nobody_but_officer_station_and_office_takes_a_step(cast, send, name):
    with pytest.raises(NotAllowed):
        actions.acknowledge(by=cast.user(name), request=send())


def test_request_without_a_community_is_put_into_one_by_a_station(cast, send, community):
    request = send(community=None)
    actions.place(by=cast.user("station"), request=request, community=community)
    assert (request.community, request.state, request.acknowledged_at) == (community, "received", None)


def test_merged_senders_both_read_the_answer(cast, send, officer):
    first, second = send(), send(words="同一件事（虛構）")
    actions.merge(by=officer, request=second, into=first)
    actions.solve(by=officer, request=first, what_was_done="修好了。")
    for code in (first.code, second.code):
        seen = queries.by_code(cast.bureau, code)
        assert (seen.state, seen.steps[-1].text) == ("solved", "修好了。")
    assert queries.by_code(cast.bureau, second.code).public_id == second.public_id


def test_merging_on_leads_everybody_to_the_last_one(cast, send, officer):
    one, two, three = send(), send(), send()
    actions.merge(by=officer, request=one, into=two)
    actions.merge(by=officer, request=two, into=three)
    one.refresh_from_db()
    assert one.merged_into == three
    with pytest.raises(Refused):
        actions.merge(by=officer, request=three, into=two)
    with pytest.raises(Refused):
        actions.merge(by=officer, request=three, into=three)


def test_two_that_are_merged_into_each_other_at_once_are_locked_in_one_order(send, officer, locking):
    one, two, three = send(), send(), send()
    actions.merge(by=officer, request=three, into=two)
    del locking[:]
    with CaptureQueriesContext(connection) as asked:
        actions.merge(by=officer, request=two, into=one)
    first = next(query["sql"] for query in asked if 'FROM "requests_request"' in query["sql"])
    assert locking[0].model is Request and "ORDER BY 1 ASC" in first  # by its key, the only column read
    assert f"IN ({two.pk}, {one.pk})" in first and f'"merged_into_id" = {two.pk}' in first
    three.refresh_from_db()
    assert three.merged_into == one
