"""What the working rooms and the residents' pages need, so that each address leads somewhere: one of each."""

import io
from datetime import date, datetime, time

from PIL import Image

from linli.ground.trail import clock
from linli.work.disputes import actions as disputes
from linli.work.incidents import actions as incidents
from linli.work.requests import actions as requests
from linli.work.requests.models import Complaint, Request
from linli.work.surveys import actions as surveys
from linli.work.surveys import tokens
from linli.work.surveys.models import Token
from linli.work.worklog import actions as worklog

YESTERDAY = date(2026, 10, 21)
NUMBER, COMPLAINT = "R7ACCESS", "S7ACCESS"  # in place of random ones: they stand in the table
QUESTIONS = (
    ("satisfied", "satisfaction", "您滿意嗎？", "Are you satisfied?"),
    ("sex", "sex", "您的性別？", "Your sex?"),
    ("more", "open", "還有呢？", "Anything else?"),
)
# What residents said in confidence: never in the database as it stands here, and on no page but those named below.
WORDS, CONTACT, COMPLAINED = "電線垂到門口（密甲）", "someone-in-need@example.org", "態度生硬（密乙）"
CONFIDED, SIDE, AGREED = "一方說出的難處（密丙）", "樓上（密丁）", "三日內清走（密戊）"
OWN_WORDS, CALL_ME, NOTED = "路燈太暗（密己）", "call-me@example.org", "走訪所見（密庚）"
_MEDIATORS = ("officer", "mediators")
SEEN_BY = {  # secret -> (address begins with, roles) where it may be read
    WORDS: ("/requests/linjiang/", ("officer", "station")),
    CONTACT: ("/requests/linjiang/", ("officer", "station", "supervision", "reviewer")),  # after asking, with a trail
    COMPLAINED: ("/requests/linjiang/complaints/", ("supervision", "reviewer")),
    CONFIDED: ("/disputes/linjiang/2026-0001/", _MEDIATORS),
    SIDE: ("/disputes/linjiang/2026-0001/", _MEDIATORS),
    AGREED: ("/disputes/linjiang/2026-0001/", _MEDIATORS),
    OWN_WORDS: ("/surveys/linjiang/w/", ("committee",)),
    CALL_ME: ("/surveys/linjiang/w/", ("committee",)),
    NOTED: ("/worklog/linjiang/", ("officer",)),
}
WAVE, LINK, CLOSED = "2026Q4-1", "2026Q4-2", "2026Q3-1"
PHOTO = "0123456789abcdef"
TOKEN, ANSWERED = "abcdefgh2345mnop", "abcdefgh2345mnoq"


class Working:
    """Of each thing one, laid down through the rooms' actions on the county's day."""

    def __init__(self, cast):
        self.cast, self.bureau = cast, cast.bureau
        self.officer, self.community = cast.officer("O08"), cast.community("C08")
        self._day()
        self._voices()
        self._dispute()
        self._survey()
        self._registers()
        _portal(cast, self.community)

    def _day(self):
        by = self.officer.account
        worklog.record(
            by=by, officer=self.officer, community=self.community, kind="visit",
            started_at=datetime.combine(YESTERDAY, time(9)), ended_at=datetime.combine(YESTERDAY, time(11)),
            photo=jpeg(), client_key="work-1", note=NOTED,
        )  # fmt: skip
        worklog.call_away(
            by=by, officer=self.officer, kind="case", started_at=datetime.combine(YESTERDAY, time(13)),
            ended_at=datetime.combine(YESTERDAY, time(15)), ordered_by="派出所", client_key="call-1",
        )  # fmt: skip
        worklog.plan(
            by=by, officer=self.officer, day=clock.today(),
            entries=[{"kind": "patrol", "community": self.community, "starts": time(20), "minutes": 60}],
        )  # fmt: skip
        worklog.start(by=by, officer=self.officer, community=self.community, kind="patrol")
        drawn = worklog.draw_checks(by=self.cast.user("supervision"), bureau=self.bureau, seed=1, size=2)
        now, _later = drawn.checks.order_by("look_from")
        worklog.check(by=self.cast.user("supervision"), spot_check=now, found=True)
        worklog.set_due(
            by=self.cast.user("personnel"), bureau=self.bureau, hours_per_week=18, period="2026Q4",
            community=self.community,
        )  # fmt: skip

    def _voices(self):
        made = requests.receive(
            by="resident", bureau=self.bureau, kind="hazard", words=WORDS, community=self.community,
            contact=CONTACT, photo=jpeg(),
        )  # fmt: skip
        Request.objects.filter(pk=made.pk).update(public_id=NUMBER)
        complaint = requests.complain(bureau=self.bureau, words=COMPLAINED, contact=CONTACT)
        Complaint.objects.filter(pk=complaint.pk).update(number=COMPLAINT)

    def _dispute(self):
        by = self.officer.account
        made = disputes.take_in(
            by=by, bureau=self.bureau, community=self.community, kind="neighbours", title="樓道堆物", scale="two"
        )
        for side in "ab":
            made = disputes.consent(by=by, dispute=made, side=side, given=True)
        disputes.note(by=by, dispute=made, text=CONFIDED)
        disputes.name_side(by=by, dispute=made, side="a", label=SIDE)
        disputes.settle(by=by, dispute=made, agreement=AGREED)

    def _survey(self):
        personnel, committee = self.cast.user("personnel"), self.cast.user("committee")
        words = [{"key": key, "kind": kind, "text": {"zh_Hant": zh, "en": en}} for key, kind, zh, en in QUESTIONS]
        draft = surveys.draft(
            by=personnel,
            bureau=self.bureau,
            code="residents",
            title={"zh_Hant": "問卷", "en": "Survey"},
            questions=words,
        )
        sheet = surveys.publish(by=personnel, draft=draft, edition=draft.edition)
        asked = {"by": committee, "bureau": self.bureau, "questionnaire": sheet, "office": committee.office}
        asked["communities"] = [self.community]
        wave = surveys.open_wave(**asked, period="2026Q4", sampling="route")
        frame = [{"community": "C08", "cell": f"A{row}", "dwellings": 40} for row in range(1, 7)]
        surveys.draw_sample(by=committee, wave=wave, frame=frame, seed=1)
        _known_token()
        last = Token.objects.filter(wave=wave).order_by("mark").last()
        Token.objects.filter(pk=last.pk).update(mark=tokens.mark(ANSWERED))
        surveys.answer(token=ANSWERED, answers={"satisfied": "fairly", "more": OWN_WORDS})
        surveys.leave_contact(token=ANSWERED, contact=CALL_ME)
        surveys.open_wave(**asked, period="2026Q4", sampling="open")
        surveys.close_wave(by=committee, wave=surveys.open_wave(**asked, period="2026Q3", sampling="open"))

    def _registers(self):
        command = self.cast.user("command")
        rows = [("2026-09", "C08", "burglary", 3)]
        table = incidents.read_table(by=command, bureau=self.bureau, source="九月", rows=rows)
        incidents.accept(by=command, bureau=self.bureau, table=table)
        incidents.read_table(by=command, bureau=self.bureau, source="八月", rows=[("2026-08", "C08", "burglary", 1)])
        incidents.receive_lead(by=self.officer.account, bureau=self.bureau, community=self.community, kind="vehicle")
        incidents.sighting(by="resident", bureau=self.bureau, community=self.community, kind="vehicle")
        brigade = self.cast.user("publicorder")
        incidents.add_check_point(
            by=brigade, community=self.community, code="P01", weight_class="people", what="巡邏班次"
        )
        incidents.draw_site_checks(by=brigade, bureau=self.bureau, period="2026Q4", size=1, seed=1)


def _portal(cast, community):
    """A card with a photo, and a bulletin."""
    from linli.faces.portal import actions as portal
    from linli.faces.portal.models import OfficerCard

    officer = cast.officer("O08")
    portal.write_card(by=officer.account, officer=officer, hours="每週二、五晚", photo=jpeg())
    OfficerCard.objects.filter(officer=officer).update(photo_name=PHOTO)
    portal.publish(
        by=officer.account,
        bureau=cast.bureau,
        community=community,
        title={"zh_Hant": "通告"},
        text={"zh_Hant": "請鎖好門。"},
    )


def _known_token():
    """A card whose letters are known: tokens are random, and the table must name one."""
    first = Token.objects.filter(wave__code=WAVE).order_by("mark").first()
    Token.objects.filter(pk=first.pk).update(mark=tokens.mark(TOKEN))


def jpeg():
    """The bytes of a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "gray").save(out, "JPEG")
    return out.getvalue()


WORKS = ("work", "stop", "change", "strike", "enclosure")
CALLS = ("call", "answer_call", "decide_call", "withdraw_call")
PAPERS = {"first": "2026-10-01", "last": "2026-10-21", "paper": "diary"}
MATTERS = ("dispute", "read", "agreement", "change", "consent", "confirm", "give_code", "step")
LEADS = ("lead", "verify_lead", "check_lead", "merge_lead", "pass_on", "close_sighting")
ADDRESSES = {
    **{f"worklog:{name}": {"key": "work-1", "what": "photo"} for name in WORKS},
    **{f"worklog:{name}": {"key": "call-1"} for name in CALLS},
    **{f"worklog:{name}": {"date": "2026-10-21"} for name in ("day", "week")},
    **{f"worklog:{name}": {"date": "2026-10-22"} for name in ("plan", "round")},
    **{f"worklog:{name}": PAPERS for name in ("diary", "paper")},
    **{f"worklog:{name}": {"number": 2} for name in ("check", "answer_check", "lift_check")},
    **{f"worklog:{name}": {"period": "2026Q4"} for name in ("mine", "hours", "community")},
    "worklog:withdraw_due": {"since": "2026-10-01"},
    **{f"requests:{name}": {"number": NUMBER, "step": "acknowledge"} for name in ("one", "photo", "contact", "step")},
    **{f"requests:{name}": {"number": COMPLAINT, "step": "take_up"} for name in ("complaint", "complaint_step")},
    **{f"disputes:{name}": {"number": "2026-0001", "step": "note"} for name in MATTERS},
    **{f"disputes:{name}": {"month": "2026-09"} for name in ("counts", "month")},
    **{f"surveys:{name}": {"code": "residents"} for name in ("draft", "publish", "preview", "version")},
    **{
        f"surveys:{name}": {"code": WAVE}
        for name in (
            *("wave", "draw", "discard", "missed", "margins", "ask", "paper", "paper_form", "calls", "draw_calls"),
            *("called", "close"),
        )
    },
    **{f"surveys:{name}": {"code": CLOSED} for name in ("results", "words", "community")},
    "surveys:link": {"code": LINK},
    **{f"incidents:{name}": {"number": "2026-0001"} for name in LEADS},
    "incidents:month": {"month": "2026-09"},
    **{f"incidents:{name}": {"number": 2} for name in ("accept", "drop")},
    "incidents:close_point": {"code": "P01"},
    **{f"incidents:{name}": {"period": "2026Q4", "number": 1} for name in ("checks", "draw_checks", "check")},
    **{f"portal:{name}": {"token": TOKEN} for name in ("survey", "contact")},
    "portal:say_kind": {"kind": "hazard"},
    "portal:photo": {"name": PHOTO},
    "portal:card_code": {"ending": "svg"},
    **{f"open311:{name}": {"form": "json", "code": "hazard", "number": NUMBER} for name in (
        "discovery", "discovery-beside", "services", "service", "requests", "request", "token"
    )},
}  # fmt: skip
