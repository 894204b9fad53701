"""The officer's card: self-contained, in plain words, and silent about who the colleagues are."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from heng import points, shrinkage
from linli.book import card
from linli.book.card_rate import signed
from linli.book.gains import gains
from linli.book.shown import Shown
from linli.book.words import LANGUAGES, Words
from tests.core.sample_quarter import sample_book, sample_quarter
from tests.journeys.test_writing import named

LAST, WITH_GAPS, SHORT = "O4", "O2", "O7"
COLLEAGUES = ("陳玉梅", "周文清", "何秀蘭", "歐陽濤", "盤少華", "石井社區", "東門社區", "南市社區", "柳堤社區")


def page_of(officer, lang="zh_Hant", published=False, quarter=None, book=None):
    shown = Shown(quarter or sample_quarter(), book or sample_book(), Words(lang))
    row = next(row for row in shown.scores if row.officer == officer)
    return card.of_officer(shown, row, published).decode()


class Page:
    """The tags, attributes and text of a page, as a browser's parser sees them."""

    def __init__(self, page):
        elements = list(html.document_fromstring(page).iter())
        self.tags = [element.tag for element in elements]
        self.attributes = [item for element in elements for item in element.attrib.items()]
        self.text = "".join(elements[0].find("body").itertext())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_needs_nothing_but_itself(lang):
    page = Page(page_of(LAST, lang))
    assert not {"script", "img", "link", "iframe", "object", "form", "a"} & set(page.tags)
    assert [name for name, _ in page.attributes if name in ("src", "href", "style") or name.startswith("on")] == []
    assert "url(" not in page_of(LAST, lang)
    policy = next(value for name, value in page.attributes if value and "default-src" in value)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")


def test_style_sheet_is_the_one_the_policy_lets_in():
    import base64
    import hashlib

    page = page_of(LAST)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"sha256-{digest}" in page


@pytest.mark.parametrize("lang, code", [("zh_Hant", "zh-Hant"), ("zh_Hans", "zh-Hans"), ("en", "en")])
def test_page_says_its_language(lang, code):
    assert f'<html lang="{code}">' in page_of(LAST, lang)


def test_headline_gives_score_rank_and_the_ranks_that_are_possible():
    text = Page(page_of(LAST)).text
    assert "61.93" in text
    assert "真實名次可能在第4名到第5名之間" in text
    assert "分不出高低" in text


def test_every_rate_says_figure_expectation_trust_points_and_one_more_or_less():
    text = Page(page_of("O1")).text
    assert "110份有效答卷，92份肯定" in text
    assert "約七成看本社區的數據，三成看全縣水平" in text
    assert "85.63 × 20 ÷ 100 = 17.13分" in text
    assert re.search(r"少一起 ≈ \+\d\.\d分（總分\+\d\.\d\d）；多一起 ≈ −", text)
    assert "社區居民委員會報送，政工室核實；來源：匿名抽樣調查" in text


def test_one_yes_more_stands_before_one_yes_fewer():
    assert re.search(r"多一份肯定 ≈ \+.*?；少一份肯定 ≈ −", Page(page_of("O1")).text)


def test_rate_nobody_supplied_is_said_not_to_be_a_zero():
    text = Page(page_of(WITH_GAPS)).text
    assert "刑偵大隊沒有報送。沒有證據不等於零分" in text
    assert "不計分" in text


def test_false_and_thin_and_provisional_figures_are_told_apart():
    assert "經認定不實，按規定計0分" in Page(page_of(LAST)).text
    assert "數據太少，只列出，不計分" in Page(page_of(WITH_GAPS)).text
    assert "暫定，核實後可能變動" in Page(page_of("O3")).text


def test_shares_of_the_score_add_up_to_the_score():
    parts = [float(part) for part in re.findall(r"÷ \S+ = (\d+\.\d\d)分", Page(page_of("O6")).text)]
    quarter = sample_quarter()
    mine = quarter.indicators.community == "C5"
    weights = np.array([rate.weight for rate in quarter.scheme.rates])
    assert sum(parts) == pytest.approx(quarter.indicators.points[mine] @ weights / weights.sum(), abs=0.04)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_colleagues_are_positions_only_until_publication(lang):
    text = Page(page_of(LAST, lang)).text
    assert [name for name in COLLEAGUES if name in text] == []


def test_colleagues_are_named_once_published():
    text = Page(page_of(LAST, published=True)).text
    assert "第1名 陳玉梅" in text


def test_proposal_says_why_what_blocks_it_and_that_nothing_is_decided():
    text = Page(page_of(LAST)).text
    assert "不是決定" in text
    assert "已連續2個季度末位（2026年二季度 70.00分、2026年三季度 61.93分）" in text
    assert "在此之前不得執行：異議期滿、局黨委會議紀要編號、任職迴避核查、方案所要求的更強證據" in text
    assert "5個工作日" in text


def test_officer_without_a_score_gets_a_card_that_says_why():
    text = Page(page_of(SHORT)).text
    assert "任職不足60天，按規定免考" in text
    assert "這不是零分" in text
    assert "9,775.00 × （77.24 × 1.55）÷" in text
    assert "滿意率" not in text


def test_officer_with_too_little_evidence_sees_the_score_without_a_rank():
    quarter = sample_quarter()
    scores = quarter.scores
    scores.status[1], scores.rank[1], scores.present_weight[1] = "not_ranked:little_evidence", np.nan, 60.0
    for column in (scores.p_last, scores.p_below, scores.rank_low, scores.rank_high):
        column[1] = np.nan
    text = Page(page_of(WITH_GAPS, quarter=quarter)).text
    assert "有證據的權重只有60%，不足方案要求的70%" in text
    assert "83.05" in text


def test_allowance_arithmetic_gives_the_amount():
    text = Page(page_of(LAST)).text
    pot, score, months, claims, amount = re.search(
        r"([\d,.]+) × （([\d.]+) × ([\d.]+)）÷ ([\d,.]+) ＝ ([\d,.]+)元", text
    ).groups()
    plain = [float(number.replace(",", "")) for number in (pot, score, months, claims, amount)]
    assert plain[0] * plain[1] * plain[2] / plain[3] == pytest.approx(plain[4], rel=0.01)


def test_card_says_what_the_figures_cannot_tell():
    assert "既有你的工作，也有這個地方本身的情況" in Page(page_of(LAST)).text


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "\"'&<b>", "</title><img src=x onerror=alert(1)>"])
def test_markup_in_a_name_is_text(name):
    page = Page(page_of("O1", quarter=named(name), book=sample_book(name)))
    assert not {"script", "img", "b"} & set(page.tags)
    assert name in page.text


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40))
def test_any_name_stays_one_piece_of_text(name):
    plain = Page(page_of("O1"))
    assert Page(page_of("O1", quarter=named(name), book=sample_book(name))).tags == plain.tags


def figure(rate_id, community="C1"):
    """(row of indicators, rate, row of evidence) of one figure of the sample."""
    shown = Shown(sample_quarter(), sample_book(), Words("en"))
    key = (community, rate_id)
    return shown.figures[key], shown.scheme.rate(rate_id), shown.evidence.get(key)


@pytest.mark.parametrize("rate_id", ["incidents", "leads", "satisfaction", "familiarity", "prevention"])
def test_more_of_the_good_gains_and_more_of_the_bad_loses(rate_id):
    row, rate, evidence = figure(rate_id)
    more, fewer = gains(row, rate, evidence)
    good, bad = (more, fewer) if rate.better == "higher" else (fewer, more)
    assert good > 0 > bad


def test_nobody_can_have_fewer_than_none_or_more_yes_than_answers():
    row, rate, evidence = figure("incidents")
    row.numerator = 0
    assert gains(row, rate, evidence)[1] is None
    row, rate, evidence = figure("satisfaction")
    row.numerator = row.denominator
    assert gains(row, rate, evidence)[0] is None


@pytest.mark.parametrize("rate_id, community", [("disputes", "C2"), ("visibility", "C4"), ("leads", "C2")])
def test_figure_without_points_has_nothing_to_gain(rate_id, community):
    assert gains(*figure(rate_id, community)) == (None, None)


NO_PLACE_FACTS = {"level": 0.0, "mean": (), "cov": np.zeros((0, 0)), "tau_scale": 0.5}
ONE_MORE = np.array([1.0, 0.0, 0.0, 0.0, 0.0])


def reckoned(posterior, rate_id):
    """The sample's figure with the first place's posterior in it."""
    row, rate, evidence = figure(rate_id)
    low, high = posterior.interval(0.90)
    row.adjusted, row.low, row.high = posterior.median[0], low[0], high[0]
    return row, rate, evidence


@pytest.mark.parametrize("first", [9.0, 24.0, 33.0])
def test_one_fewer_incident_is_about_what_reckoning_again_gives(first):
    count, expected = np.array([first, 17.0, 31.0, 12.0, 20.0]), np.array([20.0, 20.0, 24.0, 16.0, 18.0])
    now, then = (shrinkage.of_counts(y, expected, prior=NO_PLACE_FACTS) for y in (count, count - ONE_MORE))
    row, rate, evidence = reckoned(now, "incidents")
    again = points.gain(now.median[0], then.median[0], rate.points)
    assert gains(row, rate, evidence)[1] == pytest.approx(again, rel=0.2, abs=0.05)


@pytest.mark.parametrize("first", [60.0, 74.0, 92.0])
def test_one_more_yes_is_about_what_reckoning_again_gives(first):
    yes, asked = np.array([first, 85.0, 91.0, 80.0, 66.0]), np.array([110.0, 110.0, 112.0, 100.0, 95.0])
    prior = {**NO_PLACE_FACTS, "level": 1.2}
    now, then = (shrinkage.of_shares(y, asked, prior=prior) for y in (yes, yes + ONE_MORE))
    row, rate, evidence = reckoned(now, "satisfaction")
    again = points.gain(now.median[0], then.median[0], rate.points)
    assert gains(row, rate, evidence)[0] == pytest.approx(again, rel=0.2, abs=0.05)


def test_one_answer_a_point_higher_is_about_what_reckoning_again_gives():
    mean, sd, answers = np.array([3.6, 3.9, 4.1, 3.8, 3.5]), 0.9, 80.0
    se, prior = np.full(5, sd / np.sqrt(answers)), {**NO_PLACE_FACTS, "level": 3.8}
    now, then = (shrinkage.of_means(y, se, prior=prior) for y in (mean, mean + ONE_MORE / answers))
    row, rate, evidence = reckoned(now, "satisfaction")
    rate = replace(rate, kind="mean", points=np.array([[1.0, 0.0], [5.0, 100.0]]))
    row.numerator, evidence.sd = 3.6, sd
    again = 25 * (then.median[0] - now.median[0])
    assert gains(row, rate, evidence)[0] == pytest.approx(again, abs=0.05)


def test_change_is_written_with_its_sign():
    assert (signed(0.84, 1), signed(-0.84, 1), signed(-0.04, 1)) == ("+0.8", "−0.8", "0.0")
