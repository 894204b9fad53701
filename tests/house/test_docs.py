"""The pages tell the truth: blocks are what a run gives, links lead somewhere, and the words are the code's."""

import re

import pytest
from opencc import OpenCC

from tests.house.blocks import BLOCK
from tests.house.pages import PAGES, filled
from tests.house.tree import CODE, ROOT, python_files

MARKDOWN = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def by_path(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES)
def test_blocks_of_a_page_are_what_a_run_gives_now(page):
    assert (ROOT / page).read_text(encoding="utf-8") == filled(page), "`make readme` writes them anew"


@pytest.mark.parametrize("page", PAGES)
def test_page_has_a_block_to_keep_true(page):
    assert BLOCK.search((ROOT / page).read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", MARKDOWN, ids=by_path)
def test_link_leads_somewhere(path):
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[\w-]*)?\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def glossary():
    """Rows of the tables of GLOSSARY.md: Traditional, Simplified, English, in the code, remark."""
    lines = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line.startswith("|")]
    return [row for row in rows if row[0] not in ("繁體", "---")]


def test_simplified_word_is_the_traditional_one_in_other_letters():
    simplified = OpenCC("tw2s").convert
    assert [(row[0], row[1]) for row in glossary() if simplified(row[0]) != row[1]] == []


def test_word_said_to_be_in_the_code_is_there():
    texts = [path.read_text(encoding="utf-8") for path in python_files("heng", "linli")]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "examples" / "county").iterdir()]
    code = set(re.findall(r"\w+", " ".join(texts)))
    named = {row[3].strip("`") for row in glossary() if row[3].startswith("`")}
    assert named - code == set()


def test_package_of_the_house_has_its_line_in_the_developers_page():
    text = (ROOT / "DEVELOPERS.md").read_text(encoding="utf-8")
    assert [folder for folder in CODE if (ROOT / folder).is_dir() and f"{folder}/" not in text] == []


def test_file_named_on_the_page_of_the_core_exists():
    text = (ROOT / "docs/rooms/heng.md").read_text(encoding="utf-8")
    assert [name for name in re.findall(r"`(\w+\.py)`", text) if not (ROOT / "heng" / name).exists()] == []
