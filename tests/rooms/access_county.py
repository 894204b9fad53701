"""A county in which every address of the table of access leads somewhere: one quarter published, one in its objection
period, and something of everything. Built through the rooms' actions on the cast; its clock stands at ``NOW``.
"""

from datetime import date, datetime

from django.core.management.color import no_style
from django.db import connection
from django.test import Client
from django.urls import reverse

from linli.faces.api import actions as api
from linli.faces.desk import actions as desk
from linli.ground.accounts.models import User
from linli.ground.jobs.models import Job
from linli.ground.officers import actions as officers
from linli.ground.places import actions as places
from linli.ground.trail import clock
from linli.quarter.appraisal import actions as appraisal
from linli.quarter.decisions import actions as decisions
from linli.quarter.decisions.models import PoolMember, Proposal
from linli.quarter.indicators import actions as indicators
from linli.quarter.notices import actions as notices
from linli.quarter.payments import actions as payments
from linli.quarter.payments.models import Promise
from tests.rooms import access_work
from tests.rooms.access import PLAYERS
from tests.rooms.access_work import Working
from tests.rooms.cast import COUNTY, Cast
from tests.rooms.quarters import appraised

EARLIER, PUBLISHED, RUNNING = "2026Q1", "2026Q2", "2026Q3"
NOW = datetime(2026, 10, 22, 9, 30)
DAYS = {  # period -> opened, frozen, noticed, published
    EARLIER: (date(2026, 1, 5), date(2026, 4, 8), date(2026, 4, 13), date(2026, 4, 22)),
    PUBLISHED: (date(2026, 4, 3), date(2026, 7, 7), date(2026, 7, 10), date(2026, 7, 21)),
    RUNNING: (date(2026, 7, 3), date(2026, 10, 13), date(2026, 10, 16), None),
}
CIRCULAR = "臨公通〔2026〕1號"
LAST = "O08"  # bottom of the published quarter
DRAFT = ("default", "2027.1")  # a scheme in consultation
BEGUN = ("default", "2028.1")  # one that is still being written


class County:
    """The cast, and what it has done since."""

    def __init__(self):
        _count_from_one()
        self.cast = Cast(figures=True)
        self.bureau = self.cast.bureau
        self.personnel, self.secretary = self.cast.user("personnel"), self.cast.user("secretary")
        self.second = User.objects.create(username="personnel2", role="personnel", bureau=self.bureau)
        User.objects.create(username="reviewer", role="supervision", bureau=self.bureau)
        self._clients = {}
        for period in DAYS:
            self._quarter(period)
        self._follow()
        with clock.at(NOW):
            self._waiting()
            self._corrected()
            self._sent_book()
            self._places_and_people()
            Working(self.cast)
        for role in (*PLAYERS, "anonymous", "client"):
            self.client(role)

    def _quarter(self, period):
        opened, frozen, noticed, published = DAYS[period]
        with clock.at(opened):
            cycle = appraisal.open_cycle(by=self.personnel, bureau=self.bureau, period=period)
        with clock.at(frozen):
            revision = appraisal.freeze(by=self.personnel, cycle=cycle)
            _, quarter = appraised(period)
            appraisal.compute(by="linli", revision=revision, quarter=quarter)
        cycle.refresh_from_db()
        with clock.at(noticed):
            appraisal.give_notice(by=self.personnel, cycle=cycle)
            cycle.refresh_from_db()
            decisions.propose(by=self.personnel, cycle=cycle)
        if published:
            with clock.at(published):
                appraisal.publish(by=self.personnel, cycle=cycle, minute_number=f"臨公考紀{period}號")
        cycle.refresh_from_db()
        self.cycle = cycle

    def _follow(self):
        """Of the published quarter: budget, allowances, the circular and the talk."""
        with clock.at(datetime(2026, 7, 24, 9)):
            line = payments.set_budget(
                by=self.personnel, bureau=self.bureau, year=2026, purpose="allowance", amount_fen=6_600_000
            )
            payments.approve_budget(by=self.second, line=line, approval_number="8", approved_on=clock.today())
            self.published = self.bureau.cycles.get(period=PUBLISHED)
            payments.promise_allowances(by=self.personnel, cycle=self.published)
            made = Promise.objects.filter(bureau=self.bureau, period=PUBLISHED)
            payments.approve(by=self.second, promises=list(made), document="8")
            earlier = Proposal.objects.get(cycle__period=EARLIER, kind="notice")
            self._decide(earlier)
            issued = self.notice
            for proposal in Proposal.objects.filter(cycle=self.published, kind__in=("notice", "talk")):
                self._decide(proposal)
        with clock.at(datetime(2026, 10, 21, 9)):  # it is posted for five working days
            notices.issue(by=self.secretary, notice=issued, number=CIRCULAR)

    def _decide(self, proposal):
        decisions.ask_statement(by=self.personnel, proposal=proposal)
        decisions.state(by=proposal.officer.account, proposal=proposal, text="人口流動大。")
        decisions.check_law(by=self.personnel, proposal=proposal, text="與公務員法一致。")
        proposal.refresh_from_db()
        talk = {"talk": "reminder"} if proposal.kind == "talk" else {}
        made = decisions.decide(
            by=self.secretary, proposal=proposal, outcome="approved", reason="按方案", minute_number="12", **talk
        )
        if talk:
            self.talk = decisions.record_talk(
                by=self.personnel, decision=made, date=clock.today(), place="談話室", talker=self.personnel,
                recorder="personnel2", headings="情況", plan="打算",
            )  # fmt: skip
        else:
            self.notice = notices.draft(by=self.personnel, decision=made)

    def _corrected(self):
        """A second revision of the published quarter, an officer's remedy by law, and a member of the talent pool."""
        changes = {("C01", "leads"): {"numerator": 3, "denominator": 5000}}
        appraisal.correct(
            by=self.personnel, cycle=self.published, changes=changes, reason="漏計一條線索", approved_by="secretary"
        )
        decisions.open_remedy(
            by=self.personnel,
            cycle=self.cycle,
            officer=self.cast.officer(LAST),
            kind="review",
            reference="覆〔2026〕1號",
        )
        PoolMember.objects.create(  # a row: the pool is proposed once a year only
            decision=self.notice.decision, officer=self.cast.officer(LAST), since=clock.today()
        )

    def _waiting(self):
        """Of the running quarter: an objection; a scheme to comment on; a job that failed; a program's token."""
        officer = self.cast.officer(LAST)
        appraisal.send_objection(
            by=officer.account, cycle=self.cycle, officer=officer, kind="objection", text="請核對", rate="visibility"
        )
        text = (COUNTY / "scheme.toml").read_text(encoding="utf-8")
        text = text.replace('version = "2026.1"', f'version = "{DRAFT[1]}"').replace(
            'in_force_from = "2026-01-01"', 'in_force_from = "2027-01-01"'
        )
        pool = (COUNTY / "pool.toml").read_text(encoding="utf-8")
        draft = indicators.draft_scheme(by=self.personnel, bureau=self.bureau, text=text, pool_text=pool)
        later = text.replace(DRAFT[1], BEGUN[1]).replace('in_force_from = "2027', 'in_force_from = "2028')
        indicators.draft_scheme(by=self.personnel, bureau=self.bureau, text=later, pool_text=pool)
        indicators.open_consultation(by=self.personnel, scheme=draft)
        appraisal.comment_on_scheme(by=officer.account, scheme=draft, text="發案率不能只看人口。")
        self.draft = draft
        Job.objects.create(
            kind="appraisal.compute", key="failed", state="failed", asked_by="personnel", asked_at=clock.now()
        )
        self.program, self.token = api.open_client(by=self.personnel, bureau=self.bureau, name="報表")

    def _sent_book(self):
        """A department's sheet that waits to be looked at."""
        lines = (COUNTY / "evidence.csv").read_text(encoding="utf-8").splitlines()
        rows = [line for line in lines if line.startswith(f"{RUNNING},C01,incidents")]
        content = "\n".join([lines[0], *rows, ""]).encode()
        desk.preview(by=self.cast.user("command"), bureau=self.bureau, files=[("evidence.csv", content)])

    def _places_and_people(self):
        """A draft of next year's facts; a leader's day to countersign; days away; somebody's relative."""
        places.write_facts(
            by=self.personnel, bureau=self.bureau, year=2027, community=self.cast.community("C01"), population=5000,
            facts={},
        )  # fmt: skip
        leader = self.cast.user(PLAYERS["leader"]).leader
        officers.record_leader_day(
            by=leader.account, leader=leader, community=self.cast.community("C01"), date=date(2026, 10, 20), hours=7
        )
        officers.record_leave(
            by=self.personnel, officer=self.cast.officer("O08"), first=date(2026, 11, 2), last=date(2026, 11, 3),
            kind="leave", reason="家事",
        )  # fmt: skip
        officers.relate(
            by=self.personnel, officer=self.cast.officer("O03"), relative=self.cast.user("governance"), kind="spouse"
        )

    def client(self, role):
        """A browser of the test kind in which that role has logged in; a program sends its token."""
        if role not in self._clients:
            self._clients[role] = Client()
            if role == "client":
                self._clients[role].defaults["HTTP_AUTHORIZATION"] = f"Bearer {self.token}"
            elif role != "anonymous":
                user = self.cast.user(PLAYERS[role])
                self._clients[role].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return self._clients[role]

    def asked(self, row):
        """The answer to a row, on the county's day. A form is sent empty."""
        with clock.at(NOW):
            client = self.client(row.role)
            return client.get(row.url) if row.method == "GET" else client.post(row.url)


def _count_from_one():
    """Numbers of rows stand in addresses; PostgreSQL goes on counting when a test is undone."""
    if connection.vendor == "postgresql":
        counted = connection.introspection.sequence_list()
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_by_name_sql(no_style(), counted):
                cursor.execute(statement)


LEADER_DAY = 42  # the one that waits to be counter-signed
FILES = ("file", "decide", "state", "decline", "ask", "law", "funding", "open_remedy", "close_remedy")
VALUES = {  # what stands in an address unless ADDRESSES says otherwise
    "bureau": "linjiang", "period": RUNNING, "officer": LAST, "username": "o08", "year": 2026, "number": 1, "pk": 1,
    "code": "C01", "community": "C08", "rate": "visibility", "name": DRAFT[0], "version": DRAFT[1],
    "start": "2024-12-01", "purpose": "allowance", "kind": "allowance", "ending": "xlsx",
    "reference": f"allowance:{PUBLISHED}:{LAST}", "relative": "governance", "first": "2026-11-02",
}  # fmt: skip
OF_PUBLISHED = {"period": PUBLISHED}
NOTICE_DRAFTS = ("draft", "new", "edit", "name_also", "leave_out", "drop", "issue", "draft_docx")
OF_DRAFT = {"version": BEGUN[1]}
ADDRESSES = {  # page -> what stands in its address in place of VALUES
    "places:place": {"code": "990125000000"},
    "places:year": {"year": 2025},
    "places:write": {"year": 2027},
    "places:publish": {"year": 2027},
    **{f"officers:{name}": {"code": LAST} for name in ("officer", "edit_officer")},
    **{f"officers:{name}": {"code": "O03"} for name in ("relate", "unrelate")},
    **{f"officers:{name}": {"pk": LEADER_DAY} for name in ("withdraw_day", "countersign", "refuse_day")},
    **{f"indicators:{name}": {"rate": "incidents"} for name in ("supply", "verify", "mark_false")},
    **{f"indicators:{name}": OF_DRAFT for name in ("edit", "consult", "drop", "define")},
    "appraisal:correction": {**OF_PUBLISHED, "number": 2},
    **{f"decisions:{name}": {"kind": "notice"} for name in FILES},
    **{f"decisions:{name}": {**OF_PUBLISHED, "kind": "notice"} for name in ("suspend", "resume", "keep", "revoke")},
    **{f"decisions:talk{name}": OF_PUBLISHED for name in ("", "_amend", "_sign", "_follow_up", "_docx", "_write")},
    **{f"notices:{name}": {**OF_PUBLISHED, "kind": "notice"} for name in NOTICE_DRAFTS},
    **{f"notices:{name}": {"number": CIRCULAR} for name in ("notice", "read", "withdraw", "docx")},
    "desk:export-book": {"kind": "zip"},
    **{f"payments:{name}": OF_PUBLISHED for name in ("sign_off", "quarter", "promise", "recalculate")},
}


def address(door):
    """A concrete address of a page, in this county."""
    if not door.kwargs:
        return "/" + door.route.replace("^", "").replace("$", "")
    asked = VALUES | ADDRESSES.get(door.name, {}) | access_work.ADDRESSES.get(door.name, {})
    return reverse(door.name, kwargs={name: asked[name] for name in door.kwargs})
