"""Six quarters of the invented county, played out by its people through the same actions as on the pages."""

from contextlib import contextmanager
from datetime import datetime, time, timedelta

from heng import periods
from linli.faces.demo import work
from linli.faces.demo.county import folder
from linli.ground.jobs import actions as jobs
from linli.ground.officers import actions as officers
from linli.ground.trail import clock, workdays
from linli.quarter.appraisal import actions as appraisal
from linli.quarter.decisions import actions as decisions
from linli.quarter.decisions.models import Proposal
from linli.quarter.indicators import actions as indicators
from linli.quarter.indicators.figures import Figure
from linli.quarter.indicators.models import Entry
from linli.quarter.notices import actions as notices
from linli.quarter.payments import actions as payments
from linli.quarter.payments.models import Promise

PUBLISHED = ("2025Q2", "2025Q3", "2025Q4", "2026Q1", "2026Q2")
RUNNING = "2026Q3"
NOW = datetime(2026, 10, 22, 9, 30)  # the second-last day of the objection period of 2026Q3
UNPAID = "O10"  # whose allowance of the second quarter is overdue


@contextmanager
def day(period, working_day, hour=9):
    """Within it the clock stands at a working day after the quarter's end."""
    end = periods.last_day(period).item()
    with clock.at(datetime.combine(workdays.after(end, working_day), time(hour))) as moment:
        yield moment


def play(county):
    """Everything, from the scheme to the objection that waits."""
    _scheme(county)
    work.begin(county)
    for period in (*PUBLISHED, RUNNING):
        _opened(county, period)
        cycle = _computed(county, period)
        if period == RUNNING:
            _waiting(county, cycle)
        else:
            _published(county, cycle)
            _decided(county, cycle)
            _paid(county, cycle)
    with clock.at(NOW):
        work.now(county)


def _scheme(county):
    personnel = county.user("personnel")
    with clock.at(datetime(2024, 12, 9, 9)):
        made = indicators.draft_scheme(
            by=personnel, bureau=county.bureau, text=county.scheme_text,
            pool_text=(folder() / "pool.toml").read_text(encoding="utf-8"),
        )  # fmt: skip
        indicators.open_consultation(by=personnel, scheme=made)
    with clock.at(datetime(2024, 12, 12, 9)):
        said = appraisal.comment_on_scheme(
            by=county.user("o07"), scheme=made, text="碼頭社區外來人口多，發案數不能只看絕對數，也不能只看人口。"
        )
    with clock.at(datetime(2024, 12, 16, 9)):
        appraisal.answer_comment(
            by=personnel, comment=said, answer="發案率按地方複雜程度折算：三列並列，原數、每萬人、折算後。"
        )
        appraisal.put_in_force(by=county.user("secretary"), scheme=made, minute_number="臨公黨紀〔2024〕31號")
        appraisal.import_history(by=personnel, bureau=county.bureau, rows=_history(county.book.history))
        for year in (2025, 2026):
            _budget(county, year)


def _history(found):
    return [
        {
            "period": found.period[i], "officer": found.officer[i], "community": found.community[i],
            "score": found.score[i], "rank": int(found.rank[i]), "ranked": bool(found.ranked[i]),
        }
        for i in range(len(found))
    ]  # fmt: skip


def _budget(county, year):
    for purpose, amount in (("allowance", 6_600_000), ("award", 250_000)):
        line = payments.set_budget(
            by=county.user("personnel"), bureau=county.bureau, year=year, purpose=purpose, amount_fen=amount,
            source="縣財政年度預算",
        )  # fmt: skip
        payments.approve_budget(
            by=county.user("personnel2"), line=line, approval_number=f"臨財行〔{year}〕8號", approved_on=clock.today()
        )


def _opened(county, period):
    """The quarter's work, its leaders' days, then the sheet: every department hands in its own and verifies its own."""
    work.play(county, period)
    with clock.at(datetime.combine(periods.last_day(period).item(), time(9))):
        appraisal.open_cycle(by=county.user("personnel"), bureau=county.bureau, period=period)
    _leader_days(county, period)
    found = county.book.evidence.rows(county.book.evidence.period == period)
    with day(period, 2):
        for rate in county.scheme_shape.rates:
            _supplied(county, period, rate, found.rows(found.rate == rate.id))
    with day(period, 4):
        for rate in county.scheme_shape.rates:
            _verified(county, period, rate)


def _supplied(county, period, rate, found):
    """One department's sheet of one rate: what the rooms counted is taken over, the rest typed; a row without a figure
    stays blank."""
    supplier = county.department(rate.supplier)
    where = {"by": supplier, "bureau": county.bureau, "period": period, "rate": rate.id}
    taken = indicators.take_counted(**where)
    _nothing_refused(taken)
    for entry in Entry.objects.filter(period=period, rate=rate.id).exclude(community__code__in=found.community):
        indicators.withdraw(by=supplier, entry=entry, version=entry.version, why="登記尚在核對，暫不報送")
    rows = [
        {
            "community": county.communities[found.community[i]],
            "version": 0,
            "figure": Figure(
                float(found.numerator[i]), float(found.denominator[i]), float(found.design_effect[i]),
                source=found.source[i], status=found.status[i],
            ),
        }
        for i in range(len(found))
        if found.community[i] not in taken.written
    ]  # fmt: skip
    _nothing_refused(indicators.supply_sheet(**where, rows=rows))


def _verified(county, period, rate):
    versions = dict(Entry.objects.filter(period=period, rate=rate.id).values_list("pk", "version"))
    verifier = county.department(rate.verifier)
    saved = indicators.verify_rows(by=verifier, bureau=county.bureau, period=period, rate=rate.id, versions=versions)
    _nothing_refused(saved)


def _nothing_refused(saved):
    for refusal in (*saved.refused.values(), *saved.stale.values()):
        raise refusal


def _leader_days(county, period):
    first, last = periods.first_day(period), periods.last_day(period)
    found = county.book.leader_days
    for i in range(len(found)):
        if not first <= found.date[i] <= last:
            continue
        leader, community = county.leaders[found.leader[i]], county.communities[found.community[i]]
        on = datetime.combine(found.date[i].item(), time(18))
        with clock.at(on):
            noted = officers.record_leader_day(
                by=leader.account, leader=leader, community=community, date=on.date(), hours=float(found.hours[i])
            )
        if found.countersigned_by[i]:
            with clock.at(on + timedelta(hours=1)):
                _countersigned(county, noted, found.countersigned_by[i])


def _countersigned(county, noted, signer):
    account = county.user("cadre") if signer == "committee" else county.officers[signer].account
    officers.countersign(by=account, leader_day=noted, as_=signer)


def _computed(county, period):
    personnel = county.user("personnel")
    cycle = county.bureau.cycles.get(period=period)
    with day(period, 5):
        appraisal.freeze(by=personnel, cycle=cycle)
        jobs.work_one()  # as the worker would
    cycle.refresh_from_db()
    with day(period, 8):
        appraisal.give_notice(by=personnel, cycle=cycle)
        decisions.propose(by=personnel, cycle=cycle)
    cycle.refresh_from_db()
    return cycle


def _waiting(county, cycle):
    with day(RUNNING, 11, hour=15):
        appraisal.send_objection(
            by=county.user("o08"), cycle=cycle, officer=county.officers["O08"], kind="objection", rate="visibility",
            text="八月新城社區防汛值守十二天，由派出所調離警務區，應在勤時數未扣除，見警率因此偏低，請核對。",
        )  # fmt: skip


def _published(county, cycle):
    with day(cycle.period, 18):
        appraisal.publish(
            by=county.user("personnel"),
            cycle=cycle,
            minute_number=f"臨公考紀〔{cycle.period[:4]}〕{cycle.period[-1]}號",
        )
    cycle.refresh_from_db()


def _decided(county, cycle):
    """Circulated criticism and a reminder for whoever was last; a transfer is refused while nobody can tell."""
    secretary = county.user("secretary")
    with day(cycle.period, 20):
        for proposal in Proposal.objects.filter(cycle=cycle, state="waiting"):
            _decide(county, secretary, proposal)


def _decide(county, secretary, proposal):
    minute = f"臨公黨紀〔{proposal.cycle.period[:4]}〕{proposal.cycle.period[-1]}{proposal.pk % 10}號"
    _prepared(county, proposal)
    if proposal.kind == "transfer_review":
        decisions.decide(
            by=secretary, proposal=proposal, outcome="rejected", minute_number=minute,
            reason="與其他社區民警不能區分，且該社區無結對領導；先配結對領導，下季度再議。",
        )  # fmt: skip
    elif proposal.kind == "notice":
        made = decisions.decide(
            by=secretary,
            proposal=proposal,
            outcome="approved",
            minute_number=minute,
            reason="按方案通報，一併通報結對單位。",
        )
        _circular(county, made)
    elif proposal.kind == "talk":
        made = decisions.decide(
            by=secretary, proposal=proposal, outcome="approved", minute_number=minute, talk="reminder",
            reason="談話提醒，幫助查找原因。",
        )  # fmt: skip
        _talk(county, made)
    else:  # the year's end: awards, the nomination, the talent pool
        made = decisions.decide(
            by=secretary, proposal=proposal, outcome="approved", minute_number=minute, reason="按年度綜合排名兌現。"
        )
        if proposal.kind == "award":
            _award(county, made)


def _prepared(county, proposal):
    """What law and money ask for first: the check of a post of relatives (R-61), the approval of an award (R-54)."""
    personnel = county.user("personnel")
    if "funding_approval" in proposal.blocked_by:
        decisions.enter_funding(by=personnel, proposal=proposal, number=f"臨財行〔{proposal.cycle.period[:4]}〕8號")
    if "law_check" in proposal.blocked_by or proposal.kind == "nomination":
        decisions.check_law(by=personnel, proposal=proposal, text="法制股已核對任職迴避與任職年限，符合規定。")
    proposal.refresh_from_db()


def _circular(county, decision):
    notice = notices.draft(by=county.user("personnel"), decision=decision)
    notices.issue(by=county.user("secretary"), notice=notice, number=county.next_number())


def _talk(county, decision):
    officer = decision.proposal.officer
    record = decisions.record_talk(
        by=county.user("personnel"), decision=decision, date=clock.today(), place="局機關談話室",
        talker=county.user("personnel"), recorder="政工室（複核）", headings="本季度各率情況；存在的困難；下一步打算。",
        plan="每週二、週五晚在警務室接待；防範檢查補齊門鎖、照明。",
    )  # fmt: skip
    decisions.sign_talk(by=officer.account, record=record, view="人口流動大，請求配結對領導幫助協調。")
    decisions.sign_talk(by=county.user("personnel"), record=record)


def _award(county, decision):
    promise = payments.promise_award(by=county.user("personnel"), decision=decision)
    payments.approve(by=county.user("personnel2"), promises=[promise], document="局黨委會議紀要")
    payments.pay(
        by=county.user("personnel"), promise=promise, voucher=f"A-{promise.pk}", paid_on=clock.today(),
        signed_by=promise.payee_name,
    )  # fmt: skip


def _paid(county, cycle):
    """The quarter's allowances: promised, approved, paid, but for one line of the last quarter that is overdue."""
    personnel = county.user("personnel")
    with day(cycle.period, 20):
        payments.promise_allowances(by=personnel, cycle=cycle)
        lines = list(Promise.objects.filter(bureau=county.bureau, period=cycle.period, kind="allowance"))
        payments.approve(by=county.user("personnel2"), promises=lines, document=f"臨公發〔{cycle.period}〕津貼審批表")
    with day(cycle.period, 30):
        for line in Promise.objects.filter(bureau=county.bureau, period=cycle.period, state="due"):
            if (line.period, line.payee) != (PUBLISHED[-1], UNPAID):
                payments.pay(
                    by=personnel, promise=line, voucher=f"V-{cycle.period}-{line.payee}", paid_on=clock.today(),
                    signed_by=line.payee_name,
                )  # fmt: skip
