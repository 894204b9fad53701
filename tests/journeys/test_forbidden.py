"""Arrests, solved cases and fines are found however they are written; innocent words are left alone."""

import pytest

from linli.book.forbidden import forbidden_words


@pytest.mark.parametrize(
    "text",
    [
        *("arrests", "arrest_rate", "Arrests per officer", "detained", "detentions", "cases_solved", "caseSolved"),
        *("crime-clearance", "Solved cases", "fines", "fine_count", "Fined drivers", "penalties", "Penalty notices"),
        *("crime detection rate", "strikes", "prosecutions", "convictions", "punishments", "ARRESTS", "ａｒｒｅｓｔｓ"),
        *("抓捕數", "抓获人数", "拘留率", "破案率", "破 案 率", "破获案件", "罰款額", "罚款", "處罰數", "行政处罚"),
        *("打擊處理數", "打击处理", "查處率", "辦案數", "起訴人數", "逮捕率", "偵破率"),
    ],
)
def test_targets_the_report_forbids_are_found(text):
    assert forbidden_words(text)


@pytest.mark.parametrize(
    "text",
    [
        *("satisfaction", "familiarity", "incidents", "prevention", "leads", "visibility", "disputes", "refined_share"),
        *("defined duties", "confined", "fine-grained map", "disputes solved", "Problems solved", "cleared hazards"),
        *("restaurants", "striking", "finest", "indicator", "suitcases", "participation", "hours_on_ward", "offline"),
        *("滿意率", "熟識率", "發案率", "防範率", "線索提供率", "見警率", "調處率", "參與率", "知曉率", "隱患整改率"),
        *("满意率", "发案率", "调处率", "群众安全感", "狠抓落實", "立案及時率", "", "治安巡邏到位率"),
    ],
)
def test_innocent_words_pass(text):
    assert forbidden_words(text) == ()
