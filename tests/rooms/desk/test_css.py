"""The look holds under the strict policy: nothing inline in any template, colours only as tokens, readable contrast."""

import re

import pytest

from linli.faces.desk import preview_charts
from tests.house.tree import ROOT

CSS = (ROOT / "linli/faces/desk/static/desk/linli.css").read_text(encoding="utf-8")
TEMPLATES = sorted(ROOT.glob("linli/**/templates/**/*.html"))
TOKENS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6,8});", CSS))
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|lab|oklch)a?\(")
INLINE = {
    "a style of its own": re.compile(r"<style|\sstyle\s*=", re.I),
    "a script in the page": re.compile(r"<script(?![^>]*(?:\ssrc=|application/json))[^>]*>", re.I),
    "a handler": re.compile(r"<[^>]*\son\w+\s*=", re.I),
    "htmx that would need eval": re.compile(r"\shx-on|\shx-vals=.js:|href=.javascript:", re.I),
    "something from another server": re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.I),
}
# What stands on what: text on its ground.
PAIRS = [
    *((ink, ground) for ink in ("ink", "soft", "accent") for ground in ("ground", "sheet", "wash", "white")),
    *(("accent", "accent-wash"), ("accent-deep", "accent-wash"), ("ink", "accent-wash"), ("soft", "accent-wash")),
    *(("white", "accent"), ("white", "accent-deep"), ("warn", "warn-wash"), ("warn", "sheet"), ("ink", "warn-wash")),
    *(("adverse", "adverse-wash"), ("adverse", "sheet"), ("adverse", "white"), ("ink", "adverse-wash")),
    *(("ink", "step-1"), ("ink", "step-2"), ("ink", "step-3"), ("white", "step-5")),
]
BORDERS = [("edge", "sheet"), ("edge", "white"), ("accent", "ground"), ("adverse-line", "sheet"), ("step-4", "white")]


def luminance(colour):
    """Relative luminance by WCAG 2.

    >>> round(luminance("#ffffff"), 3), luminance("#000000")
    (1.0, 0.0)
    """
    parts = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Contrast ratio of two tokens."""
    light, dark = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def without_comments(text):
    return re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.S)


@pytest.mark.parametrize("what", INLINE)
def test_no_template_carries(what):
    found = {
        str(path.relative_to(ROOT)): match[0]
        for path in TEMPLATES
        if (match := INLINE[what].search(without_comments(path.read_text(encoding="utf-8"))))
    }
    assert found == {}


@pytest.mark.parametrize(
    "text",
    ['<p style="color: red">', "<script>go()</script>", '<a onclick="go()">', '<img src="https://example.org/a.png">'],
)
def test_what_is_inline_is_noticed(text):
    assert any(pattern.search(text) for pattern in INLINE.values())


def test_style_sheet_names_every_colour_as_a_token_and_uses_tokens_elsewhere():
    head, rest = CSS.split("}", 1)
    assert ":root" in head
    assert COLOUR.findall(rest) == []
    assert set(re.findall(r"var\(--([\w-]+)\)", CSS)) <= set(re.findall(r"--([\w-]+):", head))


def test_style_sheet_fetches_nothing():
    assert re.findall(r"@import|url\(", CSS) == []


@pytest.mark.parametrize("ink, ground", PAIRS)
def test_text_can_be_read(ink, ground):
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize("line, ground", BORDERS)
def test_border_of_what_can_be_used_is_seen(line, ground):
    assert contrast(line, ground) >= 3


def test_every_class_a_chart_uses_is_coloured():
    used = {
        name
        for _, drawn, _ in preview_charts.charts()
        for names in re.findall(r'class="([^"]*)"', drawn)
        for name in names.split()
    }
    known = set(re.findall(r"\.([a-z][\w-]*)", CSS))
    assert used - known - {"missing"} == set()


def test_style_sheet_has_a_page_for_paper_and_one_for_the_phone():
    assert "@media print" in CSS
    assert "@media screen and (max-width: 44rem)" in CSS
