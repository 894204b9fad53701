"""The layout of Chinese official documents (GB/T 9704-2012) in Word: page, fonts, red head, tables, colophon.

A4, text area 156 × 225 mm, 22 lines of 28 characters, body in size three 仿宋, lines fixed at 28 points. The fonts of
the standard are not free: the document's font table names free ones that take their place.
"""

import io

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from linli.book.official_fonts import FONTS, name_free_fonts, say_language
from linli.book.safe import clean

RED = RGBColor(0xE6, 0x00, 0x12)
BODY, TITLE, MARK, COLOPHON, TABLE = Pt(16), Pt(22), Pt(40), Pt(14), Pt(9)
LINE = Pt(28)
_MARGINS = {"top_margin": Mm(37), "left_margin": Mm(28), "right_margin": Mm(26), "bottom_margin": Mm(35)}
_GRID = {"w:type": "lines", "w:linePitch": "579"}  # 22 lines of 225 mm; a grid of characters too would snap each to two
_CLOSER = "-5"  # twentieths of a point: 28 characters of 16 points in 156 mm


class Official:
    """An official document that is written from its head to its colophon."""

    def __init__(self, lang):
        self._fonts = FONTS[lang]
        self._document = Document()
        self._page()
        name_free_fonts(self._document, lang)
        say_language(self._document, lang)

    def _page(self):
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        for name, size in _MARGINS.items():
            setattr(section, name, size)
        section.footer_distance = Mm(23)
        _set_grid(section._sectPr)
        self._document.settings.odd_and_even_pages_header_footer = True
        for footer, side in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
            footer.is_linked_to_previous = False
            self._page_number(footer.paragraphs[0], side)

    def _page_number(self, paragraph, side):
        """— 1 —: outside on every page, one character in from the edge."""
        paragraph.alignment = side
        indent = paragraph.paragraph_format
        indent.right_indent, indent.left_indent = (Pt(14), None) if side == ALIGN.RIGHT else (None, Pt(14))
        self._run(paragraph, "— ", "song", COLOPHON)
        run = self._run(paragraph, "", "song", COLOPHON)
        for part in (_field("begin"), _element("w:instrText", text="PAGE"), _field("end")):
            run._r.append(part)
        self._run(paragraph, " —", "song", COLOPHON)

    def _run(self, paragraph, text, font="body", size=BODY, bold=False, colour=None):
        run = paragraph.add_run(clean(text))
        run.font.size, run.font.bold = size, bold
        run.font.name = "Times New Roman"
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), self._fonts[font])
        if size == BODY:
            closer = _element("w:spacing", **{"w:val": _CLOSER})
            run._r.rPr.insert_element_before(closer, "w:w", "w:kern", "w:position", "w:sz", "w:szCs")
        if colour is not None:
            run.font.color.rgb = colour
        return run

    def _paragraph(self, align=ALIGN.JUSTIFY, line=LINE, before=0):
        paragraph = self._document.add_paragraph()
        shape = paragraph.paragraph_format
        paragraph.alignment = align
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, line
        shape.space_before, shape.space_after = Pt(before), Pt(0)
        if line != LINE:
            _off_grid(paragraph)
        return paragraph

    def head(self, draft, mark, number):
        """The red head: what kind of copy this is, the issuing mark, the number to be filled in, the red line."""
        self._run(self._paragraph(ALIGN.LEFT), draft, "black")
        self._run(self._paragraph(ALIGN.CENTER, Pt(56), 30), mark, "title", MARK, colour=RED)
        paragraph = self._paragraph(ALIGN.CENTER, before=28)
        self._run(paragraph, number)
        _border(paragraph, "bottom", size=18, space=10, colour="E60012")

    def title(self, text):
        self.blank()
        for line in text.split("\n"):
            self._run(self._paragraph(ALIGN.CENTER, Pt(34)), line, "title", TITLE)
        self.blank()

    def blank(self):
        self._paragraph()

    def recipients(self, text):
        """The main recipients, flush left."""
        self._run(self._paragraph(ALIGN.LEFT), text)

    def heading(self, text):
        """A first level: 一、 in 黑体."""
        paragraph = self._indented()
        paragraph.paragraph_format.keep_with_next = True
        self._run(paragraph, text, "black")

    def text(self, text, lead=""):
        """A paragraph, two characters in; ``lead`` opens it in 楷体, as a second level does."""
        paragraph = self._indented()
        if lead:
            self._run(paragraph, lead, "kai")
        self._run(paragraph, text)

    def _indented(self):
        paragraph = self._paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(32)
        return paragraph

    def table(self, caption, widths, head, rows):
        """A ruled table in small type, its head repeated; widths in mm."""
        paragraph = self._paragraph(ALIGN.CENTER, before=4)
        paragraph.paragraph_format.keep_with_next = True
        self._run(paragraph, caption, "black", Pt(10.5))
        table = self._document.add_table(rows=0, cols=len(head), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for position, values in enumerate([head, *rows]):
            self._table_row(table.add_row(), values, widths, is_head=position == 0)
        self._paragraph(line=Pt(10))

    def _table_row(self, row, values, widths, is_head):
        properties = row._tr.get_or_add_trPr()
        properties.append(_element("w:cantSplit"))
        if is_head:
            properties.append(_element("w:tblHeader"))
        for cell, value, width in zip(row.cells, values, widths, strict=True):
            cell.width, cell.vertical_alignment = Mm(width), WD_CELL_VERTICAL_ALIGNMENT.CENTER
            _narrow(cell)
            paragraph = cell.paragraphs[0]
            paragraph.alignment = ALIGN.CENTER
            shape = paragraph.paragraph_format
            shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(13)
            shape.space_before = shape.space_after = Pt(2)
            _off_grid(paragraph)
            self._run(paragraph, value, "black" if is_head else "song", TABLE)

    def form(self, rows, label=26):
        """A ruled form across the text area: rows of (label, text) pairs, one pair or more to a row; label: mm."""
        pairs = max(len(row) for row in rows)
        widths = [label, 156 / pairs - label] * pairs
        table = self._document.add_table(rows=0, cols=2 * pairs, style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for row in rows:
            cells = table.add_row().cells
            for cell, width in zip(cells, widths, strict=True):
                cell.width = Mm(width)
            for position, (name, text) in enumerate(row):
                last = position == len(row) - 1
                value = cells[2 * position + 1].merge(cells[-1]) if last else cells[2 * position + 1]
                self._form_cell(cells[2 * position], [name], "black", ALIGN.CENTER)
                self._form_cell(value, str(text).split("\n"), "body", ALIGN.LEFT)

    def _form_cell(self, cell, lines, font, side):
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        for position, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if position == 0 else cell.add_paragraph()
            paragraph.alignment = side
            shape = paragraph.paragraph_format
            shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(22)
            shape.space_before = shape.space_after = Pt(3)
            _off_grid(paragraph)
            self._run(paragraph, line, font, Pt(12))

    def sign_off(self, attachment, issuer, date):
        """The attachment note if there is one, then issuer and date at the right, where the seal goes."""
        self.blank()
        if attachment:
            self.text(attachment)
            self.blank()
        for text, indent in ((issuer, 80), (date, 64)):
            paragraph = self._paragraph(ALIGN.RIGHT)
            paragraph.paragraph_format.right_indent = Pt(indent)
            paragraph.paragraph_format.keep_with_next = text == issuer
            self._run(paragraph, text)

    def colophon(self, copies, printed_by, printed_on):
        """The closing record (版記): copies, printing office and date, between rules at the foot of the last page."""
        self.blank()
        table = self._document.add_table(rows=2, cols=2)
        table.autofit = False
        properties = table._tbl.tblPr
        properties.insert_element_before(_element("w:tblpPr", **_FOOT), "w:tblW", "w:jc", "w:tblLayout", "w:tblLook")
        properties.insert_element_before(_rules(), "w:tblLayout", "w:tblLook")
        first = table.cell(0, 0).merge(table.cell(0, 1))
        cells = (
            (first, copies, ALIGN.LEFT, 156), (table.cell(1, 0), printed_by, ALIGN.LEFT, 96),
            (table.cell(1, 1), printed_on, ALIGN.RIGHT, 60),
        )  # fmt: skip
        for cell, text, side, width in cells:
            cell.width, paragraph = Mm(width), cell.paragraphs[0]
            paragraph.alignment = side
            shape = paragraph.paragraph_format
            shape.space_before = shape.space_after = Pt(3)
            shape.left_indent = shape.right_indent = COLOPHON
            self._run(paragraph, text, size=COLOPHON)
        self._paragraph(line=Pt(1))  # what floats hangs on the paragraph after it

    def as_bytes(self, title):
        properties = self._document.core_properties
        properties.title, properties.author, properties.comments = title, "", ""
        written = io.BytesIO()
        self._document.save(written)
        return written.getvalue()


_FOOT = {
    "w:leftFromText": "0", "w:rightFromText": "0", "w:vertAnchor": "page", "w:horzAnchor": "margin",
    "w:tblpXSpec": "center", "w:tblpY": "13680",
}  # fmt: skip


def _element(name, text="", **attributes):
    made = OxmlElement(name)
    made.text = text or None
    for key, value in attributes.items():
        made.set(qn(key), value)
    return made


def _field(kind):
    return _element("w:fldChar", **{"w:fldCharType": kind})


def _border(paragraph, side, size, space, colour="000000"):
    """A rule along one side of a paragraph; size in eighths of a point."""
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = _element("w:pBdr")
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
    kind = {"w:val": "single", "w:sz": str(size), "w:space": str(space), "w:color": colour}
    borders.append(_element(f"w:{side}", **kind))


def _off_grid(paragraph):
    """Lines as high as said, not as the page's grid has them."""
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        _element("w:snapToGrid", **{"w:val": "0"}), "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr"
    )


def _narrow(cell):
    """Small inner margins, so that seven rates fit beside the names."""
    margins = _element("w:tcMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", **{"w:w": "40", "w:type": "dxa"}))
    cell._tc.get_or_add_tcPr().insert_element_before(margins, "w:textDirection", "w:tcFitText", "w:vAlign")


def _set_grid(section):
    """The grid of lines, in place of the template's."""
    grid = section.find(qn("w:docGrid"))
    if grid is None:
        grid = _element("w:docGrid")
        section.append(grid)
    for name, value in _GRID.items():
        grid.set(qn(name), value)


def _rules():
    """Rules above, between and below the rows of a table; none at its sides."""
    borders = _element("w:tblBorders")
    for side, size in (("top", "8"), ("bottom", "8"), ("insideH", "4")):
        borders.append(_element(f"w:{side}", **{"w:val": "single", "w:sz": size, "w:space": "0", "w:color": "000000"}))
    return borders
