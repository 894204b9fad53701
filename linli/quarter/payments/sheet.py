"""The sign-off sheet (簽領表) of a quarter's allowances or awards: a row for every payee, for Excel and Word."""

import io

from django.utils.translation import gettext as _
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Mm
from openpyxl import Workbook

from heng.periods import last_day
from linli.book.capitals import capitals
from linli.book.official import Official
from linli.book.paper import GRID, Column, across, fonts, table, write
from linli.book.steady import repacked
from linli.book.words import Words
from linli.ground.places.models import Community
from linli.ground.trail.language import reader
from linli.quarter.payments.wording import yuan

_SIGNING_HEIGHT = 34  # points: a name written by hand
_WIDTHS_MM = (11, 16, 20, 27, 16, 18, 24, 24)


def as_xlsx(bureau, period, kind, lines):
    """The sheet's bytes for Excel: A4 landscape, one page wide, headings on every page, total in capitals."""
    words, rows = Words(reader()), _rows(bureau, lines)
    book = Workbook()
    book.properties.creator, book.properties.title = "Linli", _title(kind)
    sheet = book.active
    sheet.title = _("Sign-off sheet")
    columns = [
        Column(_("No."), 6, "0"), Column(_("Officer's code"), 10), Column(_("Name of the officer"), 13),
        Column(_("Community"), 16),
        Column(_("Months in post"), 10, "0.00"), Column(_("Score"), 9, "0.00"),
        Column(_("Amount (yuan)"), 14, "#,##0.00"),
        Column(_("Signature"), 24), Column(_("Remark"), 22, align="left"),
    ]  # fmt: skip
    total = sum(line.amount_fen for line in lines)
    months = [line.months for line in lines if line.months is not None]
    cells = [[*row[:4], *map(_number, row[4:6]), row[6] / 100, "", row[7]] for row in rows]
    cells.append(["", _("Total"), "", "", _number(sum(months)) if months else None, None, total / 100, "", ""])
    after = table(
        sheet, words, _title(kind), _subtitle(bureau, period, lines, words), columns, cells, height=_SIGNING_HEIGHT
    )
    _signed_below(sheet, words, after, total, len(columns))
    sheet.print_area = f"A1:{sheet.dimensions.partition(':')[2]}"
    written = io.BytesIO()
    book.save(written)
    return repacked(written.getvalue(), str(last_day(period)))


def _signed_below(sheet, words, row, total, last):
    body = fonts(words.lang)[0]
    across(sheet, row, last, words("scorebook.in_words", words=_in_words(total, words.lang)), body, 28)
    for column in range(1, last + 1):
        sheet.cell(row, column).border = GRID
    for column, role in zip((1, 4, 7), ("prepared", "checked", "approved"), strict=True):
        write(sheet.cell(row + 2, column), words(f"scorebook.{role}"), body, wrap=False)
    sheet.row_dimensions[row + 2].height = 34


class _Signed(Official):
    """An official page whose rows are high enough to be signed in."""

    def _table_row(self, row, values, widths, is_head):
        super()._table_row(row, values, widths, is_head)
        row.height, row.height_rule = Mm(9 if is_head else 11), WD_ROW_HEIGHT_RULE.AT_LEAST


def as_docx(bureau, period, kind, lines):
    """The same for Word: A4 upright."""
    words = Words(reader())
    document = _Signed("zh_Hant" if words.lang == "en" else words.lang)
    document.title(_title(kind))
    head = [
        *(_("No."), _("Officer's code"), _("Name of the officer"), _("Community")),
        *(_("Months in post"), _("Score")),
        *(_("Amount (yuan)"), _("Signature")),
    ]
    total = sum(line.amount_fen for line in lines)
    rows = [[*map(_text, row[:6]), yuan(row[6]), ""] for row in _rows(bureau, lines)]
    rows.append(["", _("Total"), "", "", "", "", yuan(total), ""])
    document.table(_subtitle(bureau, period, lines, words), _WIDTHS_MM, head, rows)
    document.recipients(words("scorebook.in_words", words=_in_words(total, words.lang)))
    document.blank()
    signed = (words(f"scorebook.{role}") for role in ("prepared", "checked", "approved"))
    document.recipients("　　　　　　".join(signed))
    return repacked(document.as_bytes(_title(kind)), str(last_day(period)))


def _rows(bureau, lines):
    """(number, officer, name, community, months, score, fen, remark) of every line."""
    places = dict(Community.objects.filter(bureau=bureau).values_list("code", "name"))
    return [
        (number, line.payee, line.payee_name, places.get(line.community, line.community), line.months, line.score,
         line.amount_fen, _remark(line))
        for number, line in enumerate(lines, 1)
    ]  # fmt: skip


def _remark(line):
    said = [_("after a correction")] if line.corrects_id else []
    if line.state == "promised":
        said.append(_("not yet approved"))
    elif line.state == "paid":
        said.append(_("paid, voucher %(voucher)s") % {"voucher": line.payment.voucher})
    return _joined(said)


def _joined(said):
    """Short statements side by side, as the reader's language does it."""
    return Words(reader()).listed(said)


def _number(value):
    return None if value is None else float(value)


def _text(value):
    return "" if value is None else str(value)


def _in_words(fen, lang):
    return yuan(fen) if lang == "en" else capitals(fen, lang)


def _title(kind):
    if kind == "award":
        return _("Year-end awards: to be signed for")
    return Words(reader())("scorebook.title_allowance")


def _subtitle(bureau, period, lines, words):
    documents = sorted({line.approving_document for line in lines if line.approving_document})
    approval = (
        _("Approved by %(document)s") % {"document": words.listed(documents)} if documents else _("not yet approved")
    )
    return "　".join((bureau.name, words.period(period), approval))


WRITERS = {
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "docx": (as_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
