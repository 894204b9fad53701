"""Every write about county books: one is sent and looked at, applied whole or not at all, discarded, undone."""

from itertools import groupby

from django.db.models import Max
from django.utils.translation import gettext as _

from linli.book import frozen
from linli.book.safe import clean
from linli.faces.desk.books import figures, standing
from linli.faces.desk.books.export import as_workbook, as_zip
from linli.faces.desk.books.plan import plan_of
from linli.faces.desk.books.reading import fresh_plan, plain, read_upload
from linli.faces.desk.books.steps import DO, UNDO, Changed
from linli.faces.desk.models import BookImport
from linli.ground.trail import clock
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.quarter.indicators.models import Revision
from linli.quarter.indicators.turns import take_turn

State = BookImport.State


@action
def preview(*, by, bureau, files):
    """Keeps what was sent and what it would change; ``BadBook`` when it cannot be read. Nothing else is changed."""
    book, report, sha256 = read_upload(bureau, files)
    take_turn()
    plan = plan_of(by, bureau, book)
    number = (BookImport.objects.filter(bureau=bureau).aggregate(last=Max("number"))["last"] or 0) + 1
    names = ", ".join(clean(name.replace("\\", "/").rsplit("/", 1)[-1]) for name, _content in files)
    sent = BookImport.objects.create(
        bureau=bureau, number=number, sent_by=by.username, sent_as=by.role, sent_at=clock.now(),
        file_name=names[:200], sha256=sha256, book=frozen.dumps(book), changes=plain(plan.changes),
        left_out=plan.left_out, notes=plain(_notes(report)),
    )  # fmt: skip
    _record(by, sent, "preview_book", sha256=sha256, changes=len(sent.changes))
    return sent


def _notes(report):
    return [[code, facts] for code, facts in report.notes if code != "no_figures"]


@action
def renew(*, by, sent):
    """Looks at a previewed import anew, because something has changed since."""
    _own(by, sent)
    take_turn()
    _still(sent, State.PREVIEWED)
    changes, left_out = fresh_plan(by, sent)
    BookImport.objects.filter(pk=sent.pk).update(changes=changes, left_out=left_out)
    sent.refresh_from_db()
    return sent


@action
def apply(*, by, sent):
    """Does every change of a previewed import, or none: one transaction, whatever happens to the program."""
    _own(by, sent)
    take_turn()
    if not BookImport.objects.filter(pk=sent.pk, state=State.PREVIEWED).update(state=State.APPLIED):
        raise _no_longer(sent)
    if fresh_plan(by, sent)[0] != sent.changes:
        raise Refused(
            _("Something has changed since this preview was made; nothing has been applied."),
            _("Renew the preview and look at it again."),
        )
    for kind, group in groupby(sent.changes, key=lambda change: change["do"]):
        if kind in DO:
            for change in group:
                _told(change, DO[kind], by, sent.bureau, change["args"])
        else:
            figures.do(by, sent.bureau, kind, list(group))
    BookImport.objects.filter(pk=sent.pk).update(book="", applied_at=clock.now())
    _record(by, sent, "apply_book", changes=len(sent.changes), sha256=sent.sha256)
    sent.refresh_from_db()
    return sent


def _told(change, step, *args):
    """Does one step; a refusal says at which line of the preview."""
    try:
        step(*args)
    except Refused as refusal:
        if type(refusal) is not Refused:
            raise
        raise Refused(f"{change['label']}: {refusal.message}", refusal.remedy) from refusal
    except Changed as changed:
        raise Refused(_("%(what)s is not there.") % {"what": change["label"]}) from changed


@action
def discard(*, by, sent):
    """A preview that is not wanted: what was sent is forgotten."""
    _own(by, sent)
    if not BookImport.objects.filter(pk=sent.pk, state=State.PREVIEWED).update(
        state=State.DISCARDED, book="", changes=[]
    ):
        raise _no_longer(sent)
    _record(by, sent, "discard_book")
    sent.refresh_from_db()
    return sent


@action
def undo(*, by, sent):
    """Takes back the bureau's last import: every value as it was, or nothing where something has happened since."""
    _own(by, sent)
    take_turn()
    later = BookImport.objects.filter(
        bureau=sent.bureau, state=State.APPLIED, applied_at__gt=sent.applied_at or clock.now()
    )
    if later.exists():
        raise Refused(_("A later import stands on this one."), _("Undo the later one first."))
    if not BookImport.objects.filter(pk=sent.pk, state=State.APPLIED).update(state=State.UNDONE):
        raise _no_longer(sent)
    frozen_since = Revision.objects.filter(bureau=sent.bureau, made_at__gte=sent.applied_at).first()
    if frozen_since:
        raise Refused(
            _("%(period)s has been frozen since: what it was computed from stays.") % {"period": frozen_since.period},
            _("A wrong figure is put right by a correction, anything else in its own room."),
        )
    for kind, group in groupby(reversed(sent.changes), key=lambda change: change["do"]):
        _take_back(by, sent.bureau, kind, list(group))
    moment = {"undone_at": clock.now(), "undone_by": by.username}
    BookImport.objects.filter(pk=sent.pk).update(**moment)
    _record(by, sent, "undo_book", changes=len(sent.changes))
    sent.refresh_from_db()
    return sent


def _take_back(by, bureau, kind, changes):
    if kind not in UNDO:
        try:
            figures.undo(by, bureau, kind, changes)
        except Changed as changed:
            raise _touched(str(changed)) from changed
        return
    for change in changes:
        more = (change["rows"],) if kind == "community_edit" else ()
        try:
            UNDO[kind](by, bureau, change["args"], *more)
        except Changed as changed:
            raise _touched(change["label"]) from changed
        except Refused as refusal:
            raise Refused(f"{change['label']}: {refusal.message}", _("Nothing has been undone.")) from refusal


def _touched(label):
    return Refused(
        _("%(what)s has been changed since the import.") % {"what": label},
        _("Nothing has been undone. Put single things right in their own rooms."),
    )


def _own(by, sent):
    """Whoever sent it; among the personnel office, any of them."""
    both_personnel = by.role == sent.sent_as == "personnel" and by.bureau_id == sent.bureau_id
    if by.username != sent.sent_by and not both_personnel:
        raise NotAllowed(_("This import belongs to somebody else."), _("Whoever sent it applies or discards it."))


def _still(sent, state):
    if not BookImport.objects.filter(pk=sent.pk, state=state).exists():
        raise _no_longer(sent)


def _no_longer(sent):
    return Refused(_("This import is no longer waiting: somebody has already dealt with it."), _("Look at the list."))


@action
def export(*, by, bureau, kind):
    """(bytes, communities left out) of the bureau's book as "zip" or "xlsx". It holds names: it is recorded."""
    tables, left = standing.tables(bureau)
    record(by=by, action="desk.export_book", subject=f"bureau:{bureau.code}", bureau=bureau, kind=kind, left_out=left)
    return (as_zip if kind == "zip" else as_workbook)(tables), left


def _record(by, sent, verb, **facts):
    record(by=by, action=f"desk.{verb}", subject=f"book:{sent.number}", bureau=sent.bureau, **facts)
