"""Every part of the look can be laid out without a database: a template that breaks is seen here first."""

import re
import subprocess
import sys

import pytest

from tests.house.tree import ROOT

LANGS = ("zh-hant", "en")


class Page:
    """What stands in a page: its language, its ids, and what refers to them."""

    def __init__(self, text):
        tags = re.findall(r"<\w[^>]*>", text)
        found = [dict(re.findall(r'\s([\w-]+)="([^"]*)"', tag)) for tag in tags]
        self.lang = next(named["lang"] for named in found if "lang" in named)
        self.headings = text.count("<h1")
        self.ids = {named["id"] for named in found if "id" in named}
        naming = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
        self.referred = [ref for named in found for name in naming for ref in named.get(name, "").split()]


@pytest.fixture(scope="module", params=LANGS)
def pages(request, tmp_path_factory):
    out = tmp_path_factory.mktemp("look")
    words = [
        sys.executable,
        "-W",
        "error::DeprecationWarning:linli",
        "-m",
        "linli.faces.desk.preview",
        out,
        request.param,
    ]
    made = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    return request.param, {name: (out / f"{name}.html").read_text(encoding="utf-8") for name in made.stdout.split()}


def test_every_page_is_in_its_language_with_one_heading(pages):
    lang, texts = pages
    assert {name: (Page(text).lang, Page(text).headings) for name, text in texts.items()} == dict.fromkeys(
        texts, (lang, 1)
    )


def test_what_a_label_or_a_description_names_is_there(pages):
    for name, text in pages[1].items():
        page = Page(text)
        assert [ref for ref in page.referred if ref not in page.ids] == [], name


def test_form_carries_its_token_and_ties_errors_to_fields(pages):
    text = pages[1]["parts"]
    assert text.count('name="once" value="once-0001"') == 2
    assert re.search(r'aria-invalid="true"[^>]*aria-describedby="id_numerator_helptext id_numerator_error"', text)
    assert 'href="#id_numerator"' in text


def test_stale_sheet_can_be_sent_again_over_the_newer_version(pages):
    text = pages[1]["stale"]
    assert 'name="version" value="7"' in text
    assert 'name="version" value="6"' not in text
    assert 'name="numerator-3" value="12"' in text


def test_page_holds_nothing_inline(pages):
    for name, text in pages[1].items():
        assert not re.search(r"\sstyle=|<style", text), name
        assert re.findall(r"<script(?![^>]*(?:\ssrc=|application/json))", text) == [], name
