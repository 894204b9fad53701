"""The sheets of the score book, one function each: which columns, which rows, what stands below them."""

import math

import numpy as np
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.utils import get_column_letter

from heng.results import RANKED
from linli.book import reasons
from linli.book.capitals import capitals
from linli.book.common_rates import common_ranks
from linli.book.figures import significant, yuan
from linli.book.paper import GRID, Column, across, break_after, fonts, write
from linli.book.tables import TABLES

CHANCE = '[<0.005]"<1%";[>=0.995]">99%";0%'
_TERMS = ("score", "low", "rank_low", "p_last", "expected", "adjusted", "own_weight", "points", "common_rank", "months")

_ROWS_ON_A_PAGE = 30


def number(text):
    """The number that a CSV cell shows, None for an empty one."""
    return float(text) if text else None


def _headed(shown, key, width, format="General", align="center", **facts):
    return Column(shown.words(f"columns.{key}", **facts), width, format, align)


def scores(sheet, shown, put):
    """Everybody, best first, with the doubt beside every rank."""
    head, common = _headed, common_ranks(shown)
    line = significant(shown.scheme.bottom.below)
    columns = [
        head(shown, "rank", 6, "0"), head(shown, "tied", 6), head(shown, "officer", 9), head(shown, "name", 10),
        head(shown, "community", 13), head(shown, "score", 8, "0.00"), head(shown, "low", 8, "0.00"),
        head(shown, "high", 8, "0.00"), head(shown, "rank_low", 7, "0"), head(shown, "rank_high", 7, "0"),
        head(shown, "alike", 22, align="left"), head(shown, "p_first", 8, CHANCE), head(shown, "p_last", 8, CHANCE),
        head(shown, "p_below", 8, CHANCE, line=line), head(shown, "present_weight", 7, "0"),
        head(shown, "status", 17, align="left"),
    ]  # fmt: skip
    columns += [head(shown, "common_rank", 9, "0")] if common else []
    written = {row["officer"]: row for row in TABLES["scores"].rows(shown.quarter)}
    put(columns, [_score(shown, row, written[row.officer], common) for row in shown.by_rank])


def _score(shown, row, written, common):
    words, value = shown.words, lambda name: number(written[name])
    tied = words("common.yes") if row.tied and row.status == RANKED else ""
    cells = [value("rank"), tied, row.officer, shown.name(row.officer), shown.place(row.community)]
    cells += [value(name) for name in ("score", "low", "high", "rank_low", "rank_high")]
    cells += [_alike(shown, row)] + [value(name) for name in ("p_first", "p_last", "p_below", "present_weight")]
    return [*cells, shown.status(row)] + ([common.get(row.community)] if common else [])


def _alike(shown, row):
    """Whom the evidence cannot tell from this officer; said short when it is everybody."""
    alike = shown.quarter.alike.get(row.officer)
    if row.status != RANKED or alike is None:
        return ""
    if not alike:
        return shown.words("common.nobody")
    if shown.is_everybody_else(alike):
        return shown.words("proposals.everybody")
    return shown.words.listed([shown.name(officer) for officer in alike])


def indicators(sheet, shown, put):
    """Every community by every rate: count, crude, expected and adjusted side by side (R-13)."""
    figures = ("numerator", "denominator", "crude", "expected", "adjusted", "low", "high", "own_weight")
    points = ("points", "points_low", "points_high")
    formats = {**dict.fromkeys(("numerator", "denominator"), "#,##0.##"), "crude": "0.000", "own_weight": "0.00"}
    columns = [_headed(shown, "community", 16), _headed(shown, "rate", 17)]
    columns += [_headed(shown, name, 11, formats.get(name, "0.000")) for name in figures]
    columns += [_headed(shown, name, 9, "0.00") for name in points] + [_headed(shown, "status", 18, align="left")]
    rows = TABLES["indicators"].rows(shown.quarter)
    rates = len(shown.scheme.rates)
    put(columns, [_figure(shown, row, (*figures, *points)) for row in rows], band=rates, height=18)
    on_a_page = rates * max(_ROWS_ON_A_PAGE // rates, 1)  # never part the rates of one community
    for last in range(on_a_page, len(rows), on_a_page):
        break_after(sheet, 4 + last)
    for row in range(5, sheet.max_row + 1):  # whole numbers without a bare decimal point
        for cell in sheet[row][2:4]:
            cell.number_format = "#,##0" if cell.value is not None and cell.value == int(cell.value) else "#,##0.00"


def _figure(shown, row, names):
    status = shown.words(f"common.{row['status']}")
    return [shown.place(row["community"]), shown.rate(row["rate"]), *(number(row[name]) for name in names), status]


def ranks(sheet, shown, put):
    """Officers down, ranks across: the whole distribution, darker where likelier."""
    words, found = shown.words, shown.quarter.ranks
    highest = int(found.rank.max()) if len(found) else 0
    columns = [_headed(shown, "officer", 10), _headed(shown, "name", 12), _headed(shown, "community", 16)]
    columns += [Column(words("scorebook.rank_heading", rank=rank), 9, CHANCE) for rank in range(1, highest + 1)]
    known = {(row["officer"], row["rank"]): number(row["probability"]) for row in TABLES["ranks"].rows(shown.quarter)}
    officers = [row for row in shown.by_rank if (row.officer, "1") in known]
    put(columns, [_rank(shown, row, known, highest) for row in officers])
    if officers and highest:
        block = f"D5:{get_column_letter(3 + highest)}{4 + len(officers)}"
        scale = {"start_type": "num", "start_value": 0, "end_type": "num", "end_value": 1}
        sheet.conditional_formatting.add(block, ColorScaleRule(start_color="FFFFFF", end_color="2F7FB5", **scale))


def _rank(shown, row, known, highest):
    chances = [known.get((row.officer, str(rank))) for rank in range(1, highest + 1)]
    return [row.officer, shown.name(row.officer), shown.place(row.community), *chances]


def proposals(sheet, shown, put):
    columns = [
        _headed(shown, "name", 10), _headed(shown, "community", 11), _headed(shown, "kind", 10),
        _headed(shown, "rule", 7), _headed(shown, "reason", 38, align="left"),
        _headed(shown, "doubt", 28, align="left"),
        _headed(shown, "blocked_by", 17, align="left"), _headed(shown, "leaders", 11), _headed(shown, "offices", 11),
    ]  # fmt: skip
    after = put(columns, [_proposal(shown, row) for row in shown.proposals])
    if not shown.proposals:
        across(sheet, after, len(columns), shown.words("scorebook.no_proposals"), fonts(shown.words.lang)[0])


def _proposal(shown, row):
    words = shown.words
    leaders = words.listed(list(row.leaders)) or words("common.no_leader")
    why, doubt = reasons.reason(shown, row), reasons.doubt(shown, row)
    who = [shown.person(row.officer), shown.place(row.community), reasons.kind(shown, row), row.rule]
    return [*who, why, doubt, words.listed(reasons.blocks(shown, row)), leaders, words.listed(list(row.offices))]


def allowance(sheet, shown, put):
    """The sheet that is signed for, with the total in figures and in words."""
    columns = [
        _headed(shown, "number", 7, "0"), _headed(shown, "officer", 11), _headed(shown, "name", 14),
        _headed(shown, "score", 11, "0.00"), _headed(shown, "months", 11, "0.00"),
        _headed(shown, "amount", 16, "#,##0.00"), _headed(shown, "signature", 26),
    ]  # fmt: skip
    lines = TABLES["allowance"].rows(shown.quarter)
    total = int(shown.quarter.allowance.amount_fen.sum())
    rows = [_allowed(shown, i, line) for i, line in enumerate(lines, 1)]
    months = round(float(np.sum(shown.quarter.allowance.months)), 2)
    rows.append(["", shown.words("scorebook.total"), "", None, months, total / 100, ""])
    after = put(columns, rows, height=26)
    _signed_for(sheet, shown, after, total, len(columns))


def _allowed(shown, position, line):
    who = [position, line["officer"], shown.name(line["officer"])]
    return [*who, number(line["score"]), number(line["months"]), int(line["amount_fen"]) / 100, ""]


def _signed_for(sheet, shown, row, total, last):
    words, body = shown.words, fonts(shown.words.lang)[0]
    said = yuan(total) if words.lang == "en" else capitals(total, words.lang)
    across(sheet, row, last, words("scorebook.in_words", words=said), body, 28)
    for column in range(1, last + 1):
        sheet.cell(row, column).border = GRID
    roles = (words(f"scorebook.{role}") for role in ("prepared", "checked", "approved"))
    for column, role in zip((1, 4, 6), roles, strict=True):
        write(sheet.cell(row + 2, column), role, body, wrap=False)
    sheet.row_dimensions[row + 2].height = 30


def leader_days(sheet, shown, put):
    """R-41: what each paired leader owed and did, month by month."""
    found = shown.quarter.leader_months
    columns = [
        _headed(shown, "leader", 18), _headed(shown, "community", 20), _headed(shown, "month", 13),
        _headed(shown, "due", 12, "0.0"), _headed(shown, "days", 12, "0.0"), _headed(shown, "met", 12),
        _headed(shown, "uncounted", 18, "0"),
    ]  # fmt: skip
    names = ("leader", "community", "month", "due", "days", "uncounted")
    rows = zip(*(getattr(found, name) for name in names), strict=True)
    after = put(columns, [_month(shown, *row) for row in rows])
    if not len(found):
        across(sheet, after, len(columns), shown.words("scorebook.no_leader_days"), fonts(shown.words.lang)[0])


def _month(shown, leader, community, month, due, days, uncounted):
    met = "" if math.isnan(due) else shown.words("scorebook.met_yes" if days >= due else "scorebook.met_no")
    return [leader, shown.place(community), month, float(due), float(days), met, int(uncounted) or None]


def notes(sheet, shown, put):
    said = shown.notes or [shown.words("scorebook.no_notes")]
    columns = [_headed(shown, "number", 7, "0"), _headed(shown, "note", 110, align="left")]
    put(columns, [[i, note] for i, note in enumerate(said, 1)])


def explanation(sheet, shown, put):
    words, gate = shown.words, significant(shown.scheme.gate.distinguishable)
    columns = [_headed(shown, "term", 22), _headed(shown, "meaning", 95, align="left")]
    rows = [[_term(words, name), words(f"scorebook.term_{name}", gate=gate)] for name in _TERMS]
    put(columns, [*rows, [words("scorebook.explanation"), words("scorebook.term_place")]])


def _term(words, name):
    """A pair of limits is explained once."""
    pairs = {"low": ("low", "high"), "rank_low": ("rank_low", "rank_high")}
    return " / ".join(words(f"columns.{each}") for each in pairs.get(name, (name,)))
