"""The log (社區警務日誌) and the register of visits (入戶走訪登記表) for Excel, with places to sign."""

import io

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook

from linli.book.paper import Column, across, fonts, table, write
from linli.book.steady import repacked
from linli.book.words import Words
from linli.ground.trail.language import reader
from linli.work.worklog import papers, shown

_SIGNING_HEIGHT = 30  # points: a name written by hand


def diary(officer, first, last, with_notes):
    """The log's bytes: a row a day, hours by the seven kinds, blanks for what is written by hand."""
    columns = [
        Column(_("Day"), 16), Column(_("Weather"), 8), Column(_("Shift"), 13),
        *(Column(kind, 8, "0.0") for kind in papers.kinds()),
        Column(_("Hours"), 8, "0.0"), Column(_("What was met with"), 30, align="left"),
        Column(_("Dealt with or handed on"), 18), Column(pgettext("log", "Signature"), 13),
    ]  # fmt: skip
    days = papers.diary(officer, first, last, with_notes)
    rows = [[day["said"], "", day["shift"], *day["kinds"], day["total"], day["notes"], "", ""] for day in days]
    if rows:
        by_kind = [sum(day["kinds"][i] or 0 for day in days) for i in range(len(papers.kinds()))]
        rows.append([_("Total"), "", "", *by_kind, sum(day["total"] for day in days), "", "", ""])
    foot = [_("Hours of entries that lie over one another stand once, in the one that began first.")]
    if not with_notes:
        foot.append(_("Notes are the officer's own and stand in the officer's copy alone."))
    title = _("Community policing log")
    return _written(title, officer, first, last, columns, rows, foot)


def visits(officer, first, last, with_notes):
    """The register's bytes. An address is left out by design: a cell of the grid stands there."""
    columns = [
        Column(_("No."), 6, "0"), Column(_("Day and time"), 22), Column(_("To"), 8),
        Column(_("Community and cell of the grid"), 22), Column(_("Reason"), 22, align="left"),
        Column(_("Content"), 34, align="left"), Column(_("Visitor"), 12), Column(_("Badge no."), 11),
        Column(_("Entry"), 9), Column(_("Recorder"), 12), Column(_("Recording unit"), 16),
    ]  # fmt: skip
    rows = [
        [number, one["moment"], one["until"], one["place"], one["reason"], one["content"], officer.name, "", "",
         officer.name, one["unit"]]
        for number, one in enumerate(papers.visits(officer, first, last, with_notes), 1)
    ]  # fmt: skip
    foot = [
        _("Address and address number are left out by design: a visit is placed by a cell of the community's grid, so "
          "that no file of households comes into being."),
        _("Badge number and entry are written by hand."),
    ]  # fmt: skip
    return _written(_("Register of household visits"), officer, first, last, columns, rows, foot)


def _written(title, officer, first, last, columns, rows, foot):
    words = Words(reader())
    book = Workbook()
    book.properties.creator, book.properties.title = "Linli", title
    sheet = book.active
    sheet.title = title[:31]
    subtitle = "　".join((officer.bureau.name, officer.name, f"{shown.day_said(first)} – {shown.day_said(last)}"))
    after = table(sheet, words, title, subtitle, columns, rows, height=_SIGNING_HEIGHT)
    body, _head, _title, small = fonts(words.lang)
    for line in foot:
        across(sheet, after, len(columns), line, small, 18)
        after += 1
    for column, who in zip((1, len(columns) // 2, len(columns) - 2), _signers(), strict=True):
        write(sheet.cell(after + 1, column), who, body, wrap=False)
    sheet.row_dimensions[after + 1].height = _SIGNING_HEIGHT
    sheet.print_area = f"A1:{sheet.dimensions.partition(':')[2]}"
    written = io.BytesIO()
    book.save(written)
    return repacked(written.getvalue(), last.isoformat())


def _signers():
    return _("Community officer:"), _("Head of the station:"), _("Date:")


WRITERS = {"diary": diary, "visits": visits}
