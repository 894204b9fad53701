"""County books for tests: the example county with one thing changed, or as one messy workbook."""

import csv
import datetime
import shutil
from pathlib import Path

import openpyxl

from linli.book.sheets import SHEETS

COUNTY = Path(__file__).parents[2] / "examples" / "county"


def copied(folder):
    """The example county, copied to ``folder``/county; gives that path."""
    return Path(shutil.copytree(COUNTY, folder / "county"))


def table(book, sheet):
    """A sheet of a CSV book as a list of rows, heading first."""
    with (book / f"{sheet}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def write(book, sheet, rows, encoding="utf-8"):
    """Writes a sheet of a CSV book."""
    with (book / f"{sheet}.csv").open("w", encoding=encoding, newline="") as lines:
        csv.writer(lines).writerows(rows)


def change(book, sheet, row, column, value):
    """Changes one cell; ``row`` as counted in the file (the heading is row 1)."""
    rows = table(book, sheet)
    rows[row - 1][rows[0].index(column)] = value
    write(book, sheet, rows)


def add(book, sheet, *rows):
    """Appends rows, given as texts with commas."""
    write(book, sheet, [*table(book, sheet), *(row.split(",") for row in rows)])


def with_column(book, sheet, heading, values):
    """Adds a column on the right."""
    rows = table(book, sheet)
    write(book, sheet, [[*row, value] for row, value in zip(rows, [heading, *values], strict=True)])


def plain_workbook(path, book=COUNTY):
    """The book as a bare .xlsx: a sheet for every CSV, every cell a text."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for sheet in SHEETS:
        page = workbook.create_sheet(sheet)
        for row in table(book, sheet):
            page.append(row)
    workbook.save(path)
    return path


_WORDS = {
    "communities": {"city": "城區", "mixed": "城鄉結合部", "village": "農村"},
    "evidence": {"final": "定稿"},
    "posts": {"single": "單人", "couple": "夫妻社區"},
}
_HEADS = {
    "community": "社區編號",
    "name": "名稱",
    "kind": "類型",
    "complex": "是否複雜",
    "population": "實有人口",
    "officer": "警號",
    "start": "開始日期",
    "end": "止",
    "staffing": "配置方式",
    "leader": "局領導",
    "office": "聯繫股室",
    "period": "季度",
    "rate": "指標",
    "numerator": "分子（件）",
    "denominator": "分母",
    "design_effect": "設計效應",
    "source": "來源",
    "verified_by": "核實單位",
    "status": "狀態",
    "date": "日期",
    "hours": "小時",
    "countersigned_by": "會簽",
    "score": "總分",
    "rank": "排名",
    "ranked": "是否參評",
}


def messy_workbook(path):
    """The county as an office keeps it: merged titles, two-row headings, √, full-width digits, totals, blank rows."""
    workbook = openpyxl.Workbook()
    workbook.active.title = "說明"
    workbook.active["A1"] = "本工作簿由政工室填報"
    for sheet, title in zip(SHEETS, ("社區", "崗位", "Pairings", "EVIDENCE", "leader_days", "歷史"), strict=True):
        page = workbook.create_sheet(title)
        heading, *body = table(COUNTY, sheet)
        page.append([f"東河縣公安局{title}表（二○二六年）"])
        page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(heading))
        page.append([])
        _two_row_heading(page, [_HEADS.get(column, column) for column in heading])
        for number, row in enumerate(body):
            page.append([_messy(sheet, column, cell, number) for column, cell in zip(heading, row, strict=True)])
            if number % 7 == 3:
                page.append([])
        _totals(page, sheet, heading, body)
    workbook.save(path)
    return path


def _two_row_heading(page, labels):
    """開始日期 as 開始 over 日期; the rest merged downwards."""
    upper = ["開始" if label == "開始日期" else label for label in labels]
    lower = ["日期" if label == "開始日期" else None for label in labels]
    page.append(upper)
    page.append(lower)
    for column, below in enumerate(lower, 1):
        if below is None:
            page.merge_cells(start_row=3, start_column=column, end_row=4, end_column=column)


def _messy(sheet, column, cell, number):
    cell = _WORDS.get(sheet, {}).get(cell, cell)
    if column in ("complex", "ranked"):
        return "√" if cell == "1" else None
    if column in ("start", "end", "date") and cell:
        return _day(datetime.date.fromisoformat(cell), number, column)
    if column in ("population", "numerator") and number % 2:
        return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in cell)
    if column == "denominator" and number % 3 == 1:
        return f"{int(cell):,}"
    if column == "population" or (column in ("hours", "score") and number % 2):
        return float(cell)
    if column == "period":
        return f"{cell[:4]}年第{'一二三四'[int(cell[-1]) - 1]}季度" if number % 2 else cell
    return cell or None


def _day(day, number, column):
    forms = [
        day,
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        datetime.datetime(day.year, day.month, day.day),
    ]
    if column == "date":
        forms.append(f"{day.month}月{day.day}日")
    return forms[number % len(forms)]


def _totals(page, sheet, heading, body):
    summed = {"communities": "population", "evidence": "numerator", "leader_days": "hours"}.get(sheet)
    if summed is None:
        return
    place = heading.index(summed)
    row = ["合 計"] + [None] * (len(heading) - 1)
    row[place] = sum(float(line[place]) for line in body)
    page.append(row)
