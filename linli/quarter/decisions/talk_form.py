"""The record of a talk as a Word form with the two signatures (R-35)."""

from django.utils.timezone import localtime

from linli.book.official import Official
from linli.book.steady import repacked
from linli.book.words import Words
from linli.ground.accounts.models import User
from linli.quarter.decisions.models import Decision
from linli.quarter.decisions.wording import Wording, dated, simplified

WORDS = Wording("linli.quarter.decisions")


def docx(record, lang="zh_Hant"):
    """The document's bytes; lang: zh_Hant, or zh_Hans made from it with the names left as they are."""
    proposal = record.decision.proposal
    bureau, officer = proposal.cycle.bureau, proposal.officer
    names = [officer.name, proposal.community.name, bureau.name, record.talker.get_full_name(), record.recorder]
    say = str if lang == "zh_Hant" else lambda text: simplified(text, names)
    document = Official(lang)
    title = say(WORDS("title", kind=WORDS(f"kind_{record.decision.talk}")))
    document.recipients(say(WORDS("internal")))
    document.title(f"{bureau.name}\n{title}")
    document.form([[(say(name), say(text)) for name, text in row] for row in _rows(record)])
    if record.decision.talk == Decision.Talk.ADMONITION:
        document.text(say(WORDS("effect")))
    return repacked(document.as_bytes(title), str(record.date))


def _rows(record):
    decision, proposal = record.decision, record.decision.proposal
    officer, talker = proposal.officer, record.talker.get_full_name()
    yield [(WORDS("officer"), officer.name), (WORDS("community"), proposal.community.name)]
    yield [(WORDS("date"), dated(record.date)), (WORDS("place"), record.place)]
    yield [(WORDS("talker"), talker), (WORDS("recorder"), record.recorder)]
    yield [
        (WORDS("period"), Words("zh_Hant").period(proposal.cycle.period)),
        (WORDS("follow_up"), dated(record.follow_up_on)),
    ]
    yield [(WORDS("basis"), _basis(decision))]
    yield [(WORDS("headings"), record.headings)]
    yield [(WORDS("view"), record.officer_view or WORDS("no_view"))]
    yield [(WORDS("plan"), record.plan)]
    if record.followed_up_at:
        yield [(WORDS("follow_up_found"), record.follow_up_found or WORDS("no_view"))]
    yield [
        (WORDS("sign_officer"), _signature(officer.name, record.signed_by_officer_at)),
        (WORDS("sign_talker"), _signature(talker, record.signed_by_talker_at)),
    ]


def _basis(decision):
    minute = WORDS("minute", number=decision.minute_number) if decision.minute_number else ""
    by = User.objects.filter(username=decision.decided_by).first() or decision.decided_by
    return WORDS(
        "basis_text", rule=decision.proposal.rule, kind=WORDS(f"kind_{decision.talk}"), minute=minute,
        date=dated(localtime(decision.decided_at).date()), by=by,
    )  # fmt: skip


def _signature(name, moment):
    if moment is None:
        return WORDS("unsigned")
    at = localtime(moment)
    return WORDS("signed", name=name, at=f"{dated(at.date())} {at:%H:%M}")
