"""Tables that people send or paste: a list of houses, a stack of paper forms, people by age and sex. Rows as dicts."""

from django.utils.translation import gettext as _

from linli.book.files import decoded, lone_grid
from linli.book.problems import BadBook
from linli.ground.trail.language import reader
from linli.ground.trail.refusals import Refused
from linli.work.surveys.questions import MARGINS

LARGEST = 10 * 2**20
HEADS = {  # as people write them -> name of the column
    "社區": "community", "社区": "community", "community": "community",
    "地址": "label", "門牌": "label", "门牌": "label", "label": "label", "address": "label",
    "層": "stratum", "层": "stratum", "類別": "stratum", "类别": "stratum", "stratum": "stratum",
    "網格": "cell", "网格": "cell", "cell": "cell",
    "戶數": "dwellings", "户数": "dwellings", "dwellings": "dwellings",
    "張數": "number", "张数": "number", "number": "number", "cards": "number",
    "卡號": "token", "卡号": "token", "card": "token", "token": "token",
    "維度": "dimension", "维度": "dimension", "dimension": "dimension",
    "組別": "group", "组别": "group", "group": "group", "人數": "people", "人数": "people", "people": "people",
}  # fmt: skip


def rows_of(name, content, heads=(), needed=()):
    """Rows (dicts of text) under the first row that holds every needed heading; heads: more headings -> names."""
    if len(content) > LARGEST:
        raise Refused(_("The file is larger than %(most)s MB.") % {"most": LARGEST // 2**20}, _("Send a part of it."))
    known = HEADS | {str(head).lower(): key for head, key in dict(heads).items()}
    for grid in _grids(name, content):
        columns, found = None, []
        for _row, cells in grid.rows:
            line = ["" if cell is None else _plain(cell) for cell in cells]
            if columns is None:
                names = [known.get(text.strip().lower(), "") for text in line]
                columns = names if set(needed) <= set(names) else None
            else:
                row = {key: text.strip() for key, text in zip(columns, line, strict=False) if key and text.strip()}
                found += [row] if row else []
        if columns is not None:
            return found
    raise Refused(
        _("No row with the headings %(heads)s was found.") % {"heads": ", ".join(needed)},
        _("Write the headings above the columns and send the file again."),
    )


def _plain(cell):
    return f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell)


def _grids(name, content):
    try:
        if content[:4] == b"PK\x03\x04":
            from linli.book.workbook import lone_grids  # openpyxl costs a quarter of a second; a CSV needs none

            return lone_grids(name, content)
        if not content.strip():
            raise Refused(_("The file is empty."), _("Choose another file."))
        text = decoded(name, content)
        if "\t" in text.partition("\n")[0]:  # pasted from a spreadsheet
            text = text.replace(",", "，").replace("\t", ",")
        return [lone_grid(name, text.encode())]
    except BadBook as bad:
        raise Refused(
            bad.problems[0].said(reader()),
            _("Save it as .xlsx or as .csv in UTF-8 and send it again."),
        ) from bad


def margins_of(rows):
    """community code or "*" -> {"sex": {group: people}, …} out of rows of community, dimension, group, people."""
    found = {}
    for number, row in enumerate(rows, 1):
        dimension, group, people = row.get("dimension", ""), row.get("group", ""), row.get("people", "")
        if group not in MARGINS.get(dimension, ()) or not people.isdecimal():
            raise Refused(
                _("Row %(number)s: “%(group)s” of “%(dimension)s” is unknown, or its number is not whole.")
                % {"number": number, "group": group[:40], "dimension": dimension[:40]},
                _("Look at the example beside the field."),
            )
        found.setdefault(row.get("community", "*"), {}).setdefault(dimension, {})[group] = int(people)
    return found
