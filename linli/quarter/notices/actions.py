"""Every write of this room: a circular is drafted, edited, issued once and for all, read, and withdrawn by another."""

import re

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from heng.binding import refuse_unnamed
from heng.periods import first_day, last_day
from linli.ground.accounts.roles import PERSONNEL, SECRETARY
from linli.ground.officers.models import Leader
from linli.ground.places.models import Office
from linli.ground.trail import clock, workdays
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.quarter.appraisal.models import Cycle
from linli.quarter.decisions.models import Decision
from linli.quarter.decisions.queries import suspension
from linli.quarter.decisions.rights import must_be, must_be_unrelated
from linli.quarter.indicators.queries import book_of
from linli.quarter.notices import paper, queries
from linli.quarter.notices.models import READERS, Notice, Receipt

DRAFT, ISSUED, WITHDRAWN = Notice.State
NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}〔(20\d\d)〕[1-9]\d{0,4}號")  # 臨公通〔2026〕12號, without leading zeros
POSTED = 5  # working days
LONGEST, MOST = 3_000, 30  # characters of a paragraph, paragraphs


@action
def draft(*, by, decision):
    """The draft circular of an approved decision: criticism, or praise of an award or nomination; one for each.

    It names whoever was paired with the community on most of the quarter's days; where no leader was, it says so.
    """
    proposal = decision.proposal
    must_be(by, proposal.cycle.bureau, PERSONNEL)
    must_be_unrelated(by, proposal.officer)
    _check_decision(decision)
    leaders, offices = _paired(decision)
    kind = paper.KIND_OF[proposal.kind]
    try:
        with transaction.atomic():
            made = Notice.objects.create(
                bureau=proposal.cycle.bureau, cycle=proposal.cycle, kind=kind, decision=decision,
                officer=proposal.officer, community=proposal.community, title=paper.title(decision),
                paragraphs=paper.parts(decision, leaders, offices), leaders=leaders, offices=offices,
            )  # fmt: skip
    except IntegrityError as exists:
        raise Refused(_("This decision has its circular already."), _("Open it in the list of circulars.")) from exists
    _record(by, "notices.draft", made, named=[code for code, _ in leaders + offices])
    return made


@action
def edit(*, by, notice, title, paragraphs, version):
    """Change title, opening and demands of a draft. paragraphs: [[part, text], …], the fixed parts as they are."""
    _prepare(by, notice)
    title = title.strip()
    if not title or len(title) > 200:
        raise Refused(_("The title is blank or longer than 200 characters."), _("Write a shorter one."))
    paragraphs = [[part, text.strip()] for part, text in paragraphs if text.strip()]
    if _fixed(paragraphs) != _fixed(notice.paragraphs):
        raise Refused(
            _("Findings, doubt, names and the right to object cannot be rewritten."),
            _("Change the opening and the demands; names are added and left out by themselves."),
        )
    if len(paragraphs) > MOST or any(len(text) > LONGEST for _, text in paragraphs):
        raise Refused(
            _("A circular has at most %(most)s paragraphs of %(longest)s characters.")
            % {"most": MOST, "longest": LONGEST},
            _("Shorten it."),
        )
    _write(notice, version, title=title, paragraphs=paragraphs)
    _record(by, "notices.edit", notice)


@action
def name_also(*, by, notice, code, version=None):
    """Name another leader or office of the bureau too, who is not paired with the community."""
    _prepare(by, notice)
    found = Leader.objects.filter(bureau=notice.bureau, code=code).first()
    which = "leaders" if found else "offices"
    found = found or Office.objects.filter(bureau=notice.bureau, code=code).first()
    if found is None:
        raise Refused(
            _("No leader and no office has the code %(code)s.") % {"code": code}, _("Choose one of the list.")
        )
    if code in [code for code, _ in notice.leaders + notice.offices]:
        raise Refused(_("%(name)s is named already.") % {"name": found.name}, _("Nothing more is to be done."))
    names = {which: getattr(notice, which) + [[found.code, found.name]]}
    _rename(notice, version, **names)
    _record(by, "notices.name_also", notice, named=code)


@action
def leave_out(*, by, notice, code, why, version=None):
    """Take a name off a draft, with a reason that stays; whoever is paired with the community cannot be left out."""
    _prepare(by, notice)
    named = dict(notice.leaders + notice.offices)
    if code not in named:
        raise Refused(_("%(code)s is not named in this circular.") % {"code": code}, _("Look at it again."))
    leaders, offices = queries.due_names(notice)
    if code in leaders + offices:
        raise Refused(
            _("%(name)s is paired with the community and is named together with the officer (rule R-43).")
            % {"name": named[code]},
            _("Whoever is paired cannot be left out; the circular can only be dropped as a whole."),
        )
    why = _reasoned(why)
    without = {
        which: [[its, name] for its, name in getattr(notice, which) if its != code] for which in ("leaders", "offices")
    }
    _rename(notice, version, left_out=notice.left_out + [[code, why]], **without)
    _record(by, "notices.leave_out", notice, why=why, left_out=code)


@action
def drop(*, by, notice, why):
    """Give a draft up: nobody has read it. The decision stays, and can be drafted anew."""
    _prepare(by, notice)
    why = _reasoned(why)
    if Notice.objects.filter(pk=notice.pk, state=DRAFT).delete()[0] == 0:
        raise Refused(_("It is not a draft any more."), _("An issued circular is withdrawn."))
    _record(by, "notices.drop", notice, why=why)


@action
def issue(*, by, notice, number, version=None):
    """The secretary signs: the circular gets its number and its readers, and is never changed again."""
    must_be(by, notice.bureau, SECRETARY)
    must_be_unrelated(by, notice.officer)
    number = _numbered(number)
    _check_decision(notice.decision)
    _check_published(notice.cycle)
    _check_names(notice)
    offices = _reading_offices(notice)
    today = clock.today()
    _write(
        notice, version, number=number, state=ISSUED, signed_by=by.username, issued_at=clock.now(),
        stays_until=workdays.after(today, POSTED), readers=[*READERS, *(office.code for office in offices)],
    )  # fmt: skip
    _address(notice, offices)
    _record(by, "notices.issue", notice, readers=notice.readers)
    return notice


@action
def withdraw(*, by, notice, why, number):
    """Withdraw an issued circular by another to the same readers, which names the same persons (R-43)."""
    must_be(by, notice.bureau, SECRETARY)
    must_be_unrelated(by, notice.officer)
    why, number = _reasoned(why), _numbered(number)
    if notice.kind == Notice.Kind.CORRECTION:
        raise Refused(_("A correction is not withdrawn."), _("Issue what is right as a circular of its own."))
    if Notice.objects.filter(pk=notice.pk, state=ISSUED).update(state=WITHDRAWN, version=F("version") + 1) != 1:
        raise Refused(_("Only an issued circular is withdrawn, and only once."), _("Look at it again."))
    title, paragraphs = paper.correction(notice, why)
    made = _create_correction(by, notice, number, title, paragraphs)
    _address(made, list(notice.reader_offices.all()))
    notice.refresh_from_db()
    _record(by, "notices.withdraw", notice, why=why, by_number=number)
    return made


@action
def read(*, by, notice):
    """The reader's receipt: that he has read it, once; gives the ``Receipt``."""
    if not queries.visible_to(by).exclude(state=DRAFT).filter(pk=notice.pk).exists():
        raise NotAllowed(_("This circular was not sent to you."))
    made, is_new = Receipt.objects.get_or_create(notice=notice, reader=by, defaults={"read_at": clock.now()})
    if is_new:
        _record(by, "notices.read", notice)
    return made


def _prepare(by, notice):
    must_be(by, notice.bureau, PERSONNEL)
    must_be_unrelated(by, notice.officer)
    if notice.state != DRAFT:
        raise Refused(_("An issued circular is never changed."), _("The secretary can withdraw it by a correction."))


def _check_decision(decision):
    decision = Decision.objects.select_related("proposal__cycle").get(pk=decision.pk)
    if decision.proposal.kind not in paper.KIND_OF:
        raise Refused(_("No circular follows from this kind of decision."), _("Talks and reviews stay inside."))
    if decision.outcome != Decision.Outcome.APPROVED:
        raise Refused(_("The decision is not approved, or was revoked."), _("Only what was approved is told."))
    if decision.proposal.review_because:
        raise Refused(
            _("A correction has made the decision doubtful: %(why)s.")
            % {"why": decision.proposal.get_review_because_display()},
            _("The secretary keeps or revokes it first."),
        )
    suspended = suspension(decision)
    if suspended:
        raise Refused(_("The decision is suspended: %(why)s") % {"why": suspended}, _("Wait until it is resumed."))


def _check_published(cycle):
    if Cycle.objects.values_list("published_at", flat=True).get(pk=cycle.pk) is None:
        raise Refused(
            _("The quarter is not published yet: its scores may still move."),
            _("Publish the quarter first, then issue the circular."),
        )


def _paired(decision):
    """[[code, name], …] of leaders, and of offices, as the frozen quarter binds them."""
    proposal = decision.proposal
    notice = Notice(decision=decision, cycle=proposal.cycle, community=proposal.community)
    leaders, offices = queries.due_names(notice)
    bureau = proposal.cycle.bureau_id
    names = dict(Leader.objects.filter(bureau=bureau, code__in=leaders).values_list("code", "name"))
    rooms = dict(Office.objects.filter(bureau=bureau, code__in=offices).values_list("code", "name"))
    return [[code, names.get(code, code)] for code in leaders], [[code, rooms.get(code, code)] for code in offices]


def _check_names(notice):
    """R-43 once more on the day it is issued, in the list and in the text."""
    pairings = book_of(notice.decision.proposal.computation.revision).pairings
    span = first_day(notice.cycle.period), last_day(notice.cycle.period)
    codes = [[code for code, _ in names] for names in (notice.leaders, notice.offices)]
    said = paper.text_of(notice.paragraphs, "named")
    try:
        refuse_unnamed(*codes, pairings, notice.community.code, *span)
    except ValueError as missing:
        raise Refused(
            _("The circular leaves out who is named together with the officer (rule R-43)."),
            _("Pair an office with the community, or drop the draft and draft it anew."),
            missing=str(missing),
        ) from missing
    if said != paper.named(notice.kind, notice.leaders, notice.offices):
        raise Refused(_("The names in the text are not those of the list."), _("Drop the draft and draft it anew."))


def _fixed(paragraphs):
    return [[part, text] for part, text in paragraphs if part not in paper.FREE]


def _rename(notice, version, **values):
    leaders, offices = values.get("leaders", notice.leaders), values.get("offices", notice.offices)
    text = paper.named(notice.kind, leaders, offices)
    values["paragraphs"] = [[part, text if part == "named" else said] for part, said in notice.paragraphs]
    _write(notice, version, **values)


def _write(notice, version, **values):
    """Change a draft where it still is as the writer saw it; a number that is taken is refused."""
    seen = notice.version if version is None else version
    try:
        with transaction.atomic():
            changed = Notice.objects.filter(pk=notice.pk, state=DRAFT, version=seen).update(
                version=F("version") + 1, **values
            )
    except IntegrityError as taken:
        raise _number_taken(values["number"]) from taken
    if changed != 1:
        _raise_stale(notice, values)
    notice.refresh_from_db()


def _raise_stale(notice, values):
    now = Notice.objects.filter(pk=notice.pk).first()
    if now is None or now.state != DRAFT:
        raise Refused(_("It is not a draft any more."), _("Look at the list of circulars."))
    rows = []
    if "title" in values:  # an edit: line by line, either may be chosen and sent again
        rows.append((_("Title"), values["title"], now.title, "title"))
        for part, label in (("opening", _("Opening")), ("demands", _("What is asked"))):
            mine, theirs = (paper.text_of(paragraphs, part) for paragraphs in (values["paragraphs"], now.paragraphs))
            rows.append((label, mine, theirs, part))
    raise Stale(_("Somebody else changed this draft first."), rows, now.version, _("Look at it and send again."))


def _numbered(number):
    number = (number or "").strip()
    found = NUMBER.fullmatch(number)
    if not found:
        raise Refused(
            _("“%(number)s” is not a document number.") % {"number": number[:40]},
            _("It looks like 臨公通〔2026〕12號: the code, the year in 〔〕, the number without leading zeros, 號."),
        )
    if int(found[1]) != clock.today().year:
        raise Refused(_("The year in the number is not this year."), _("Use the year in which it is issued."))
    return number


def _number_taken(number):
    return Refused(_("The number %(number)s is taken.") % {"number": number}, _("Use the next free number."))


def _create_correction(by, notice, number, title, paragraphs):
    try:
        with transaction.atomic():
            return Notice.objects.create(
                bureau=notice.bureau, cycle=notice.cycle, kind=Notice.Kind.CORRECTION, state=ISSUED,
                decision=notice.decision, officer=notice.officer, community=notice.community, number=number,
                title=title, paragraphs=paragraphs, leaders=notice.leaders, offices=notice.offices,
                readers=notice.readers, signed_by=by.username, issued_at=clock.now(),
                stays_until=workdays.after(clock.today(), POSTED), withdraws=notice,
            )  # fmt: skip
    except IntegrityError as taken:
        raise _number_taken(number) from taken


def _reading_offices(notice):
    codes = [code for code, _ in notice.offices]
    found = list(Office.objects.filter(bureau=notice.bureau, code__in=codes))
    station = notice.community.station
    return found + ([station] if station and station not in found else [])


def _address(notice, offices):
    notice.reader_offices.set(offices)
    named = [code for code, _ in notice.leaders]
    notice.named_leaders.set(Leader.objects.filter(bureau=notice.bureau, code__in=named))


def _reasoned(why):
    why = (why or "").strip()
    if not why:
        raise Refused(_("The reason is blank."), _("Write why, in a sentence."))
    return why


def _record(by, verb, notice, why="", **facts):
    record(
        by=by, action=verb, subject=f"notice:{notice.number or notice.decision.proposal.officer.code}", why=why,
        bureau=notice.bureau, period=notice.cycle.period, officer=notice.officer.code, kind=notice.kind, **facts,
    )  # fmt: skip
