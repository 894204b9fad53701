"""A preview says what changes, applying does exactly that, undoing brings back what was there."""

from datetime import date

import pytest

from linli.book.problems import BadBook
from linli.faces.desk import actions
from linli.faces.desk.models import BookImport
from linli.ground.officers.models import LeaderDay, Officer, Pairing, Post
from linli.ground.places.models import Community, CommunityFacts
from linli.ground.trail import clock
from linli.ground.trail.models import Entry as TrailEntry
from linli.ground.trail.queries import faults
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.quarter.indicators.actions import supply
from linli.quarter.indicators.models import Entry, Revision

POSTS = "officer,name,community,start,end,staffing\n"
FIGURES = "period,community,rate,numerator,denominator,status\n"


def labels(sent):
    return [(change["do"], change["label"].split(" ")[0]) for change in sent.changes]


def state():
    """Everything an import may touch, by value."""
    return {
        model.__name__: sorted(model.objects.values_list(*names), key=str)
        for model, names in {
            Community: ("code", "name", "kind", "complex"),
            CommunityFacts: ("sheet__year", "community__code", "population", "facts"),
            Officer: ("code", "name"),
            Post: ("officer__code", "community__code", "start", "end", "staffing"),
            Pairing: ("community__code", "leader__code", "office__code", "start", "end"),
            LeaderDay: ("leader__code", "date", "hours", "countersigned_by"),
            Entry: ("period", "community__code", "rate", "numerator", "denominator", "source", "status"),
        }.items()
    }


def test_preview_changes_nothing(full_cast, personnel, send, county):
    before = state()
    send(personnel, **county)
    assert state() == before


def test_successor_in_a_post_is_applied_and_undone(full_cast, personnel, send, county):
    before = state()
    text = county["posts"].replace("O08,廖小芳,C08,2024-12-01,,", "O08,廖小芳,C08,2024-12-01,2026-09-10,")
    sent = send(personnel, posts=text + "O20,新人,C08,2026-09-11,,single\n")
    assert labels(sent) == [("officer_add", "O20"), ("post_end", "O08"), ("post_add", "O20")]
    actions.apply(by=personnel, sent=sent)
    assert Post.objects.get(officer__code="O20").start == date(2026, 9, 11)
    assert BookImport.objects.get().book == ""
    actions.undo(by=personnel, sent=BookImport.objects.get())
    assert state() == before and list(faults()) == []


def test_everything_of_a_sheet_is_seen(full_cast, personnel, send, county):
    before = state()
    sheets = {
        "communities": county["communities"].replace("C01,東門社區,city,1,14200", "C01,東門新社區,mixed,1,14300"),
        "posts": county["posts"].replace("O07,李德勝,C07,2024-12-01,,couple", "O07,李得勝,C07,2024-12-01,,multi"),
        "pairings": county["pairings"].replace("C08,,後勤股,2024-12-01,", "C08,,後勤股,2024-12-01,2026-08-31")
        + "C08,局領導辛,新股,2026-09-01,\n",
        "leader_days": county["leader_days"] + "局領導甲,C01,2026-09-18,6,O01\n",
    }
    sent = send(personnel, **sheets)
    assert [change["do"] for change in sent.changes] == [
        *("community_edit", "facts_write", "officer_rename", "leader_add", "office_add"),
        *("post_staff", "pairing_end", "pairing_add", "day_add"),
    ]
    facts = sent.changes[1]
    assert facts["label"].endswith("2027") and facts["rows"] == [["population", 14200, 14300]]
    actions.apply(by=personnel, sent=sent)
    assert Community.objects.get(bureau=full_cast.bureau, code="C01").kind == "mixed"
    assert LeaderDay.objects.filter(date=date(2026, 9, 18)).count() == 1
    actions.undo(by=personnel, sent=BookImport.objects.get())
    assert state() == before


def test_row_is_checked_against_rows_the_file_does_not_mention(full_cast, personnel, send):
    with pytest.raises(BadBook) as bad:
        send(personnel, posts=POSTS + "O20,新人,C08,2026-09-11,,single\n")
    assert [(p.row, p.code) for p in bad.value.problems] == [(2, "one_holder")]


def test_row_the_file_does_not_mention_stays(full_cast, personnel, send):
    sent = send(personnel, posts=POSTS + "O01,周文清,C01,2024-12-01,,single\n")
    assert sent.changes == []


def test_blank_figure_is_no_wish_to_take_one_out(full_cast, personnel, send, county):
    sent = send(personnel, evidence=FIGURES + "2026Q3,C01,satisfaction,,,\n")
    assert sent.changes == []


@pytest.fixture
def command(full_cast):
    return full_cast.department("command centre")


def incidents(full_cast):
    return Entry.objects.get(bureau=full_cast.bureau, period="2026Q3", rate="incidents", community__code="C01")


def test_department_changes_its_own_open_figures_alone(full_cast, command, send):
    before = state()
    rows = "2026Q3,C01,incidents,99,14200,final\n2026Q2,C01,incidents,99,14200,final\n2026Q3,C01,prevention,1,50,\n"
    sent = send(command, evidence=FIGURES + rows, posts=POSTS + "O01,周文青,C01,2024-12-01,,single\n")
    assert [change["label"] for change in sent.changes] == ["2026Q2 · C01 · incidents", "2026Q3 · C01 · incidents"]
    assert {(sheet, reason) for sheet, reason, _count, _some in sent.left_out} == {
        ("evidence", "not_yours"),
        ("posts", "personnel"),
    }
    actions.apply(by=command, sent=sent)
    assert incidents(full_cast).numerator == 99 and incidents(full_cast).verified_at is None
    actions.undo(by=command, sent=BookImport.objects.get())
    assert state() == before


def test_personnel_do_not_enter_what_another_office_owns(full_cast, personnel, send):
    sent = send(personnel, evidence=FIGURES + "2026Q3,C01,incidents,99,14200,final\n")
    assert sent.changes == [] and sent.left_out[0][1] == "not_yours"


def test_personnel_take_over_quarters_from_before(full_cast, personnel, send):
    sent = send(personnel, evidence=FIGURES + "2025Q2,C01,incidents,99,14200,final\n")
    assert [change["do"] for change in sent.changes] == ["figure_import"]


def test_false_is_found_by_supervision_alone(full_cast, command, send):
    sent = send(command, evidence=FIGURES + "2026Q3,C01,incidents,99,14200,false\n")
    assert sent.changes == [] and sent.left_out[0][1] == "false"


def test_undo_is_refused_where_somebody_changed_a_figure_since(full_cast, command, send):
    sent = send(command, evidence=FIGURES + "2026Q3,C01,incidents,99,14200,final\n")
    actions.apply(by=command, sent=sent)
    supply(by=command, bureau=full_cast.bureau, period="2026Q3", community="C01", rate="incidents", numerator=98,
           denominator=14200, version=incidents(full_cast).version)  # fmt: skip
    with pytest.raises(Refused, match="2026Q3 · C01 · incidents"):
        actions.undo(by=command, sent=BookImport.objects.get())
    assert incidents(full_cast).numerator == 98 and BookImport.objects.get().state == "applied"


def test_undo_is_refused_after_a_freeze(full_cast, personnel, send):
    sent = actions.apply(by=personnel, sent=send(personnel, posts=POSTS + "O01,周清文,C01,2024-12-01,,single\n"))
    Revision.objects.create(bureau=full_cast.bureau, period="2026Q2", number=1, scheme=full_cast.scheme, made_by="x",
                            made_at=clock.now(), book="", sha256="")  # fmt: skip
    with pytest.raises(Refused, match="2026Q2"):
        actions.undo(by=personnel, sent=sent)
    assert Officer.objects.get(code="O01").name == "周清文"


def test_frozen_quarter_is_left_out(full_cast, personnel, send):
    Revision.objects.create(bureau=full_cast.bureau, period="2026Q2", number=1, scheme=full_cast.scheme, made_by="x",
                            made_at=clock.now(), book="", sha256="")  # fmt: skip
    sent = send(personnel, evidence=FIGURES + "2026Q2,C01,incidents,99,14200,final\n")
    assert sent.changes == [] and sent.left_out[0][1] == "frozen"


def test_preview_that_no_longer_holds_is_not_applied(full_cast, personnel, send):
    first = send(personnel, posts=POSTS + "O01,周清文,C01,2024-12-01,,single\n")
    second = send(personnel, posts=POSTS + "O01,周文青,C01,2024-12-01,,single\n")
    actions.apply(by=personnel, sent=first)
    with pytest.raises(Refused):
        actions.apply(by=personnel, sent=second)
    second.refresh_from_db()
    assert second.state == "previewed" and Officer.objects.get(code="O01").name == "周清文"
    actions.renew(by=personnel, sent=second)
    actions.apply(by=personnel, sent=second)
    assert Officer.objects.get(code="O01").name == "周文青"
    with pytest.raises(Refused):
        actions.undo(by=personnel, sent=BookImport.objects.get(number=1))


def test_import_is_applied_once(full_cast, personnel, send):
    sent = send(personnel, posts=POSTS + "O01,周清文,C01,2024-12-01,,single\n")
    actions.apply(by=personnel, sent=sent)
    with pytest.raises(Refused):
        actions.apply(by=personnel, sent=sent)
    with pytest.raises(Refused):
        actions.discard(by=personnel, sent=sent)


def test_one_step_that_is_refused_leaves_nothing_behind(full_cast, personnel, send, monkeypatch):
    before, trail = state(), TrailEntry.objects.count()
    sent = send(personnel, posts=POSTS + "O01,周清文,C01,2024-12-01,,single\nO20,新人,C08,2026-09-11,,multi\n"
                "O08,廖小芳,C08,2024-12-01,,multi\n")  # fmt: skip
    from linli.faces.desk.books import steps

    def refuse(**values):
        raise Refused("not today")

    monkeypatch.setattr(steps.officers, "hold_post", refuse)
    with pytest.raises(Refused, match="O20 新人 · C08 · 2026-09-11: not today"):
        actions.apply(by=personnel, sent=sent)
    assert state() == before and TrailEntry.objects.count() == trail + 1
    assert BookImport.objects.get().state == "previewed"


def test_somebody_elses_import_is_not_touched(full_cast, personnel, command, send):
    sent = send(command, evidence=FIGURES + "2026Q3,C01,incidents,99,14200,final\n")
    for verb in (actions.apply, actions.discard, actions.renew):
        with pytest.raises(NotAllowed):
            verb(by=personnel, sent=sent)


def test_every_problem_is_said_with_its_place_and_nothing_is_kept(full_cast, personnel, send):
    with pytest.raises(BadBook) as bad:
        send(personnel, posts=POSTS + "O01,周,C99,2024-12-01,,single\nO02,何,C02,2024-13-01,,single\n",
             evidence=FIGURES + "2026Q3,C01,satisfaction,200,100,\n2026Q3,C01,arrests,1,1,\n")  # fmt: skip
    found = {(p.where, p.row, p.code) for p in bad.value.problems}
    assert {("posts.csv", 2, "known_community"), ("posts.csv", 3, "day")} <= found
    assert {("evidence.csv", 2, "not_above"), ("evidence.csv", 3, "known_rate")} <= found
    assert not BookImport.objects.exists()


def test_discarded_import_forgets_what_was_sent(full_cast, personnel, send):
    sent = actions.discard(by=personnel, sent=send(personnel, posts=POSTS + "O01,周清文,C01,2024-12-01,,single\n"))
    assert (sent.book, sent.changes) == ("", [])
