"""Tables of counts as the call and case system gives them, and as people make them: what is read, what is refused."""

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.book import incident_table
from linli.book.incident_words import kind_of, months_of, said_in
from linli.book.persons import number_of_a_person
from linli.book.problems import BadBook

PLACES = {"C01": "C01", "東門社區": "C01", "C02": "C02", "西門社區": "C02"}
A, B = "C01", "C02"


def read(text, name="表.csv", **said):
    """(month, community, kind, number) … of a table written as text."""
    return sorted(incident_table.read(name, text.encode(), PLACES, **said).rows)


def faults(content, name="表.csv", **said):
    """(code, row, column) of what is wrong."""
    content = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(BadBook) as bad:
        incident_table.read(name, content, PLACES, **said)
    return [(problem.code, problem.row, problem.column) for problem in bad.value.problems]


def workbook(*rows, merged=(), more=()):
    """The bytes of a workbook; more: (title, rows, hidden) of further sheets."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(list(row))
    for cells in merged:
        made.active.merge_cells(cells)
    for title, lines, hidden in more:
        sheet = made.create_sheet(title)
        sheet.sheet_state = "hidden" if hidden else "visible"
        for line in lines:
            sheet.append(list(line))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_long_table_is_read():
    text = "月份,社區,類別,件數\n2025年3月,C01,入室盜竊,5\n2025-03,西門,兩搶,0\n"
    assert read(text) == [("2025-03", A, "burglary", 5), ("2025-03", B, "robbery", 0)]


def test_simplified_names_and_full_width_digits_are_read():
    text = "月份,社区,案件类别,起数\n２０２５.３,东门社区,盗窃电动车,１２\n"
    assert read(text) == [("2025-03", A, "vehicle", 12)]


def test_months_across_are_read_under_a_title_that_says_year_and_kind():
    text = "臨江縣2025年入室盜竊統計表,,,\n製表單位：指揮中心,,,\n社區,1月,2月,合計\nC01,1,2,3\nC02,0,,0\n合計,1,2,3\n"
    assert read(text) == [
        ("2025-01", A, "burglary", 1),
        ("2025-01", B, "burglary", 0),
        ("2025-02", A, "burglary", 2),
    ]


def test_a_heading_of_two_rows_says_month_over_kind():
    text = "社區,2025年3月,,2025年4月,\n,入室盜竊,詐騙,入室盜竊,詐騙\nC01,1,2,3,4\n"
    assert read(text) == [
        ("2025-03", A, "burglary", 1),
        ("2025-03", A, "fraud", 2),
        ("2025-04", A, "burglary", 3),
        ("2025-04", A, "fraud", 4),
    ]


def test_communities_across_and_months_down_are_read():
    text = "月份/社區,東門,西門\n2025-01,1,2\n2025-02,3,4\n"
    found = read(text, kind="robbery")
    assert ("2025-02", B, "robbery", 4) in found and len(found) == 4


def test_year_and_month_in_columns_of_their_own_are_read():
    text = "年份,月份,社區,類別,數量\n2025,3,C01,詐騙,7\n2025年,12月,C02,詐騙,1\n"
    assert read(text) == [("2025-03", A, "fraud", 7), ("2025-12", B, "fraud", 1)]


def test_a_merged_title_and_merged_cells_of_a_workbook_are_read_and_noted():
    content = workbook(
        ["2025年3月可防性案件統計表"], ["社區", "類別", "件數"], ["東門社區", "入室盜竊", 2], [None, "搶劫", 1],
        ["西門社區", "入室盜竊", 3], ["合計", None, 6], merged=("A1:C1", "A3:A4"),
    )  # fmt: skip
    found = incident_table.read("三月.xlsx", content, PLACES)
    assert sorted(found.rows) == [
        ("2025-03", A, "burglary", 2),
        ("2025-03", A, "robbery", 1),
        ("2025-03", B, "burglary", 3),
    ]
    assert [code for code, _facts in found.notes] == ["filled_down"]


def test_two_words_of_one_kind_add_up():
    text = "月份,社區,類別,件數\n2025-03,C01,搶劫,1\n2025-03,C01,搶奪,2\n"
    assert read(text) == [("2025-03", A, "robbery", 3)]


def test_the_same_number_twice_is_named():
    text = "月份,社區,類別,件數\n2025-03,C01,搶劫,1\n2025-03,東門,搶劫,1\n"
    assert faults(text) == [("count_once", 3, "D")]


def test_a_blank_or_a_dash_is_not_zero():
    text = "社區,2025年3月,2025年4月\nC01,,—\nC02,0,1\n"
    assert [row[1] for row in read(text, kind="fraud")] == [B, B]


def test_a_totals_row_that_does_not_add_up_is_named():
    text = "社區,2025年3月,2025年4月\nC01,1,2\nC02,3,4\n合計,4,7\n"
    assert faults(text, kind="fraud") == [("total", 4, "C")]


def test_a_totals_column_that_does_not_add_up_is_named():
    assert faults("社區,2025年3月,2025年4月,合計\nC01,1,2,4\n", kind="fraud") == [("total", 2, "D")]


def test_totals_of_each_month_in_a_long_table_are_held_against_their_month():
    march = "2025-03,C01,詐騙,1\n2025-03,C02,詐騙,2\n2025-03,合計,,3\n"
    april = "2025-04,C01,詐騙,9\n2025-04,合計,,8\n"
    assert faults(f"月份,社區,類別,件數\n{march}{april}") == [("total", 6, "D")]


def test_a_number_such_as_2025_1_is_october_behind_september_and_unclear_alone():
    assert months_of([2025.9, 2025.1, 2025.11]) == ["2025-09", "2025-10", "2025-11"]
    assert months_of([2025.1, 2025.2]) == ["2025-01", "2025-02"]
    alone = workbook(["社區", 2025.1], ["東門社區", 4])
    assert faults(alone, "表.xlsx", kind="fraud") == [("month_clear", 1, "B")]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("社區,件數\nC01,5\n", {"unsaid_month", "unsaid_kind"}),
        ("社區,3月\nC01,5\n", {"month_year"}),
        ("月份,社區,類別,件數\n2025-03,C09,詐騙,1\n", {"known_place"}),
        ("月份,社區,類別,件數\n2025-13,C01,詐騙,1\n", {"month"}),
        ("月份,社區,類別,件數\n2025-03,C01,偷竊家禽,1\n", {"incident_kind"}),
        ("月份,社區,類別,件數\n2025-03,C01,詐騙,-1\n", {"whole"}),
        ("月份,社區,類別,件數\n2025-03,C01,詐騙,1.5\n", {"whole"}),
        ("月份,社區,類別,件數\n2025-03,C01,詐騙,三\n", {"number"}),
        ("今日無事\n", {"counts_heading"}),
        ("", {"counts_file"}),
    ],
)
def test_what_cannot_be_read_is_named(text, codes):
    assert {code for code, _row, _column in faults(text)} == codes


def test_an_old_workbook_and_a_broken_one_are_refused():
    assert faults(b"\xd0\xcf\x11\xe0old", "表.xls")[0][0] == "counts_file"
    assert faults(b"PK\x03\x04broken", "表.xlsx")[0][0] == "workbook"


def test_columns_that_compare_are_left_out_and_a_column_of_words_is_refused():
    assert read("社區,2025年3月,環比\nC01,1,12%\n", kind="fraud") == [("2025-03", A, "fraud", 1)]
    assert faults("社區,2025年3月,備註\nC01,1,某戶被盜\n", kind="fraud") == [("no_text", 2, "C")]
    assert read("社區,2025年3月,備註\nC01,1,\n", kind="fraud") == [("2025-03", A, "fraud", 1)]


def test_a_title_says_what_it_says_and_a_span_of_months_says_none():
    assert said_in("2025年1-3月搶劫統計")[1:] == ([], ["robbery"])
    assert said_in("2025年3月統計表") == (2025, ["2025-03"], [])
    assert kind_of("破案數") == ""


# --- signs of persons


@pytest.mark.parametrize(
    ("cell", "sign"),
    [
        ("990125198001011234", "identity"),  # invented: a day of birth where one belongs
        ("99012519800101123X", "identity"),
        ("９９０１２５１９８００１０１１２３Ｘ", "identity"),
        ("990125 19800101 123x", "identity"),
        (9.90125198001011e17, "identity"),
        ("聯繫13912345678", "telephone"),
        ("139-1234-5678", "telephone"),
        ("+86 139 1234 5678", "telephone"),
        (13912345678, "telephone"),
        (13912345678.0, "telephone"),
        ("990125000001", ""),  # a place's code
        ("990125000001001", ""),
        (202503, ""),
        ("2025-03", ""),
        ("12345678901234567890", ""),
        (None, ""),
    ],
)
def test_numbers_of_persons_are_known_however_they_are_written(cell, sign):
    assert number_of_a_person(cell) == sign


@pytest.mark.parametrize(
    "heading", ["姓名", "報警人姓名", "身份證號", "身份证", "聯繫電話", "手机号", "受害人", "Telephone", "嫌疑人"]
)
def test_a_column_about_persons_refuses_the_file(heading):
    assert faults(f"月份,社區,類別,件數,{heading}\n2025-03,C01,詐騙,1,\n") == [("no_persons", 1, "E")]


def test_the_cell_is_named_and_what_stands_in_it_is_not_repeated():
    with pytest.raises(BadBook) as bad:
        incident_table.read("表.csv", "月份,社區,類別,件數\n2025-03,C01,詐騙,13912345678\n".encode(), PLACES)
    said = bad.value.said("en")
    assert "row 2, column D" in said and "139" not in said


def test_a_hidden_sheet_is_looked_at_too():
    content = workbook(["社區", "2025年3月"], ["東門", 1], more=[("底稿", [["某某", "990125198001011234"]], True)])
    assert faults(content, "表.xlsx", kind="fraud") == [("no_identity", 1, "B")]


# --- whatever people make


COUNTS = st.dictionaries(
    st.tuples(st.sampled_from(("2025-01", "2025-09", "2025-10", "2025-12")), st.sampled_from((A, B)),
              st.sampled_from(("burglary", "fraud"))),
    st.integers(0, 9999), min_size=1,
)  # fmt: skip
WORDS = {"burglary": "入室盜竊", "fraud": "詐騙"}
FORMS = ("{year}年{number}月", "{year}-{padded}", "{year}.{padded}", "{year}{padded}", "{year}/{number}")


def month_as(month, form):
    year, number = month.split("-")
    return form.format(year=year, number=int(number), padded=number)


@settings(deadline=None)
@given(
    COUNTS,
    st.sampled_from(("{year}年{number}月", "{year}-{padded}", "{year}.{padded}", "{year}{padded}", "{year}/{number}")),
)
def test_the_same_counts_long_or_wide_are_read_the_same(counts, form):
    wanted = sorted((*where, number) for where, number in counts.items())
    long = [f"{month_as(m, form)},{c},{WORDS[k]},{n}" for (m, c, k), n in counts.items()]
    assert read("\n".join(["月份,社區,類別,件數", *long])) == wanted
    months, kinds = (sorted({where[i] for where in counts}) for i in (0, 2))
    over = ",".join(month_as(month, form) + "," * (len(kinds) - 1) for month in months)
    under = ",".join(WORDS[kind] for _month in months for kind in kinds)
    rows = [
        ",".join([code, *(str(counts.get((m, code, k), "")) for m in months for k in kinds)])
        for code in sorted({where[1] for where in counts})
    ]
    assert read("\n".join([f"社區,{over}", f",{under}", *rows])) == wanted


CELLS = st.sampled_from(
    (*("社區", "月份", "年份", "類別", "件數", "合計", "小計", "C01", "東門", "入室盜竊", "姓名", "備註"),
     *("2025-03", "3月", "2025.1", "5", "-1", "１２", "1e9", "nan", "=1+1", "#REF!", "無", "", "🙂", "\x00"),
     "某" * 300)
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.lists(st.lists(CELLS | st.text(max_size=12), max_size=6), max_size=7), st.sampled_from((None, 2025)))
def test_no_table_is_more_than_refused(rows, year):
    text = "\n".join(",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows)
    try:
        found = incident_table.read("表.csv", text.encode(errors="replace"), PLACES, year=year)
    except BadBook as bad:
        assert bad.said("zh_Hant") and bad.said("en")
    else:
        assert all(number >= 0 for *_where, number in found.rows)


def test_a_table_of_far_too_many_rows_is_refused_before_it_is_read():
    assert faults("月份,社區,類別,件數\n" + "2025-03,C01,詐騙,1\n" * 30_001)[0][0] == "rows"
