"""The circular: a draft in the layout of GB/T 9704 that proposes, names together who is bound, and says its doubt."""

import io
import re
import shutil
import subprocess
from dataclasses import replace

import docx
import numpy as np
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.book.notice import as_docx
from linli.book.shown import Shown
from linli.book.words import Words
from tests.core.sample_quarter import sample_book, sample_quarter
from tests.journeys.test_writing import named


def notice_of(lang="zh_Hant", quarter=None, book=None):
    return as_docx(Shown(quarter or sample_quarter(), book or sample_book(), Words(lang)))


@pytest.fixture(scope="module")
def document():
    return docx.Document(io.BytesIO(notice_of()))


def text_of(document):
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def paragraph_with(document, words):
    return next(paragraph for paragraph in document.paragraphs if words in paragraph.text)


def without_proposals(quarter):
    none = np.zeros(len(quarter.proposals), dtype=bool)
    return replace(quarter, proposals=quarter.proposals.rows(none))


def test_page_is_that_of_the_standard(document):
    section = document.sections[0]
    page = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(size.mm) for size in page] == [210, 297, 37, 28]
    across = section.page_width - section.left_margin - section.right_margin
    down = section.page_height - section.top_margin - section.bottom_margin
    assert [round(size / Mm(1)) for size in (across, down)] == [156, 225]


def test_body_is_size_three_on_lines_of_twenty_eight_points(document):
    body = paragraph_with(document, "考核辦公室對2026年第三季度")
    assert body.paragraph_format.line_spacing == Pt(28)
    assert body.paragraph_format.first_line_indent == Pt(32)
    run = body.runs[0]
    assert run.font.size == Pt(16)
    assert run._r.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋"


def test_issuing_mark_is_red_and_number_is_left_to_fill_in(document):
    mark = paragraph_with(document, "公安局文件")
    assert str(mark.runs[0].font.color.rgb) == "E60012"
    assert "（機關代字）〔　　　　〕　　號" in text_of(document)


def test_every_font_has_a_free_one_in_its_place():
    part = docx.Document(io.BytesIO(notice_of("zh_Hans"))).part
    table = next(rel.target_part for rel in part.rels.values() if rel.reltype.endswith("/fontTable"))
    text = table.blob.decode()
    replaced = re.findall(r'<w:font w:name="([^"]+)"><w:altName w:val="[^"]*,(Noto S[^"]+) SC"/>', text)
    assert dict(replaced)["仿宋_GB2312"] == "Noto Serif CJK"
    assert len(replaced) == text.count("<w:font ") == 5


def test_page_numbers_stand_outside_on_odd_and_even_pages(document):
    section = document.sections[0]
    for footer in (section.footer, section.even_page_footer):
        assert "PAGE" in footer._element.xml
        assert footer.paragraphs[0].text.strip().startswith("—")


def test_parts_come_as_facts_analysis_proposals_and_demands(document):
    text = text_of(document)
    heads = [
        "一、考評結果",
        "二、情況分析",
        "三、處理和獎勵建議（待審批）",
        "四、局領導",
        "五、工作補貼",
        "六、工作要求",
    ]
    places = [text.index(head) for head in heads]
    assert places == sorted(places)


def test_ranking_table_names_leader_and_office_beside_the_officer(document):
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["名次", "社區", "民警", "滿意率", "熟識率", "發案率", "防範率", "線索提供率", "見警率", "調處率",
                       "總分", "聯繫領導", "聯繫股室"]  # fmt: skip
    last = next(row for row in rows if "李德勝" in row)
    assert last[-3:] == ["61.93", "局領導丁", "指揮中心"]
    assert next(row for row in rows if "盤少華" in row)[-2:] == ["無", "後勤股"]


def test_whoever_is_not_appraised_gets_no_points_in_the_table(document):
    exempt = next([cell.text for cell in row.cells] for row in document.tables[0].rows if row.cells[0].text == "免考")
    assert set(exempt[3:11]) == {""}


def test_criticism_names_leaders_and_offices_together_and_only_as_a_proposal(document):
    case = paragraph_with(document, "李德勝：建議通報批評、誡勉談話").text
    assert "如予通報，聯繫該社區的局領導局領導丁、股室指揮中心一併通報" in case
    assert "尚待：異議期滿" in case
    assert "不是決定" in text_of(document)
    assert "決定對" not in text_of(document)


def test_community_without_a_leader_is_said_so():
    quarter = sample_quarter()
    quarter.proposals.leaders[:] = [()] * len(quarter.proposals)
    text = text_of(docx.Document(io.BytesIO(notice_of(quarter=quarter))))
    assert "該社區無結對領導；如予通報，聯繫股室指揮中心一併通報" in text


def test_nobody_is_criticised_without_a_proposal():
    text = text_of(docx.Document(io.BytesIO(notice_of(quarter=without_proposals(sample_quarter())))))
    assert "本季度沒有處理或獎勵建議" in text
    assert "通報批評" not in text
    assert "如予通報" not in text


def test_doubt_is_counted_in_pairs_of_posts(document):
    assert "10對崗位中有6對不能區分高低" in text_of(document)


def test_department_that_owes_a_figure_is_named_and_asked_for_it(document):
    assert "刑偵大隊應於5個工作日內補報線索提供率（南市社區、桃林社區）" in text_of(document)


def test_leaders_days_are_counted_against_days_due(document):
    rows = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    assert ["局領導丁", "碼頭社區", "2／2", "2／2", "0.5／2", "4.5／6"] in rows


def test_pot_is_named_with_what_it_waits_for(document):
    assert "本季度工作補貼共9,775.00元" in text_of(document)
    assert "須取得經費批准文號後發放" in text_of(document)


def test_simplified_circular_keeps_names_as_the_book_writes_them():
    text = text_of(docx.Document(io.BytesIO(notice_of("zh_Hans"))))
    assert "社区民警考评情况的通报" in text
    assert "碼頭社區民警李德勝" in text


@pytest.mark.parametrize("lang", ["zh_Hant", "zh_Hans"])
def test_same_quarter_gives_the_same_bytes(lang):
    assert notice_of(lang) == notice_of(lang)


@settings(max_examples=10, deadline=None)
@given(st.text(min_size=1, max_size=30))
def test_any_name_gives_a_document_that_opens(name):
    docx.Document(io.BytesIO(notice_of(quarter=named(name), book=sample_book(name))))


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh_Hant", "zh_Hans"])
def test_libreoffice_opens_and_prints_it(tmp_path, lang):
    soffice = shutil.which("soffice") or pytest.skip("LibreOffice (soffice) is not installed")
    (tmp_path / "notice.docx").write_bytes(notice_of(lang))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "notice.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert 3 <= (tmp_path / "notice.pdf").read_bytes().count(b"/Type/Page/") <= 7
