"""The ledger (矛盾糾紛台賬) and the month's report (突出矛盾糾紛月報) as workbooks, as offices print and sign them.

Neither holds what was said, what was agreed, or anything about a person: the ledger's columns for identity numbers and
traits are left out on purpose. Cells for signatures stand below.
"""

import io

from django.utils.translation import gettext as _
from openpyxl import Workbook

from linli.book.paper import GRID, Column, across, fonts, table, write
from linli.book.steady import repacked
from linli.book.words import Words
from linli.ground.trail.language import reader
from linli.work.disputes.kinds import OPEN, STATES, TRANSFERS, URGENCIES
from linli.work.disputes.wording import kind_of, scale_of

TICK = "√"


def ledger(bureau, title, rows, day):
    """The ledger's bytes: a row to each dispute; day: what stands in the file's properties."""
    columns = [
        Column(_("Number"), 11), Column(_("Day of intake"), 11), Column(_("Community"), 12), Column(_("Kind"), 12),
        Column(_("What the dispute is about"), 26, align="left"), Column(_("How many people"), 11),
        Column(_("Limit"), 11), Column(_("Way"), 12),
        Column(_("Person in charge"), 12), Column(_("Solved"), 7), Column(_("Result"), 12),
        Column(_("Both confirmed"), 8), Column(_("Day of the end"), 11), Column(_("Followed up on"), 11),
        Column(_("What was found"), 11),
    ]  # fmt: skip
    return _book(bureau, title, _("%(count)s matters") % {"count": len(rows)}, columns, list(map(_line, rows)), day)


def _line(dispute):
    sides = list(dispute.sides.all())
    way = TRANSFERS.get(dispute.transferred_to) if dispute.transferred_to else _("people's mediation")
    return [
        dispute.number, str(dispute.taken_in_on), dispute.community.name, str(kind_of(dispute)), dispute.title,
        str(scale_of(dispute)), str(dispute.due), str(way),
        dispute.mediator.get_full_name() if dispute.mediator else "", TICK if dispute.settled_on else "",
        str(STATES[dispute.state]), TICK if sides and all(side.confirmed for side in sides) else "",
        _iso(dispute.ended_on), _iso(dispute.followed_up_on), _finding(dispute),
    ]  # fmt: skip


def _iso(day):
    return str(day) if day else ""


def _finding(dispute):
    return str(STATES[dispute.state]) if dispute.state in ("closed", "relapsed") else ""


def month(bureau, title, rows, prominent, day):
    """The month's report: found, ended, settled and left by community; then what many are in, or may turn violent."""
    names = ("taken_in", "ended", "settled", "relapsed", "left", "late")
    labels = [_("Taken in"), _("Ended"), _("Settled"), _("Relapsed"), _("Still open"), _("Limit passed")]
    columns = [Column(_("No."), 6, "0"), Column(_("Community"), 20), *(Column(label, 14, "0") for label in labels)]
    cells = [
        [number, row.name, *(getattr(row, name) for name in names)] for number, row in enumerate(rows, 1)
    ]  # fmt: skip
    cells.append(["", _("Total"), *(sum(getattr(row, name) for row in rows) for name in names)])
    second = (_("Prominent matters"), _prominent_columns(), [_prominent(n, one) for n, one in enumerate(prominent, 1)])
    return _book(bureau, title, _("by community"), columns, cells, day, second)


def _prominent_columns():
    return [
        Column(_("No."), 6, "0"), Column(_("Number"), 12), Column(_("Community"), 18), Column(_("Kind"), 16),
        Column(_("How many people"), 16), Column(_("Urgency"), 22), Column(_("Person in charge"), 16),
        Column(_("State"), 16), Column(_("Limit"), 13),
    ]  # fmt: skip


def _prominent(number, dispute):
    who = dispute.mediator.get_full_name() if dispute.mediator else ""
    due = str(dispute.due) if dispute.state in OPEN else ""
    urgency = str(URGENCIES.get(dispute.urgency, ""))
    return [number, dispute.number, dispute.community.name, str(kind_of(dispute)), str(scale_of(dispute)), urgency,
            who, str(STATES[dispute.state]), due]  # fmt: skip


def _book(bureau, title, said, columns, cells, day, second=None):
    words, book = Words(reader()), Workbook()
    book.properties.creator, book.properties.title = "Linli", title
    sheet = book.active
    sheet.title = _("Ledger") if second is None else _("Counts")
    _signed(sheet, words, table(sheet, words, title, f"{bureau.name}　{said}", columns, cells), len(columns))
    if second:
        name, heads, lines = second
        _signed(
            other := book.create_sheet(name), words, table(other, words, name, bureau.name, heads, lines), len(heads)
        )
    written = io.BytesIO()
    book.save(written)
    return repacked(written.getvalue(), str(day))


def _signed(sheet, words, row, last):
    """A line for whoever fills in, checks and answers for the sheet."""
    body = fonts(words.lang)[0]
    said = "　　　　　　".join(
        f"{label}：" for label in (_("Filled in by"), _("Checked by"), _("In charge"), _("Date"))
    )
    across(sheet, row, last, said, body, 30)
    for column in range(1, last + 1):
        sheet.cell(row, column).border = GRID
    write(sheet.cell(row + 1, 1), _("Without names, numbers and traits of the parties."), body, wrap=False)
