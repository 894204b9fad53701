"""The interface speaks three languages completely, in the words of the glossary, and one word for one thing."""

import re
import shutil
import subprocess
import sys
from collections import defaultdict

import polib
import pytest

from tests.house.test_docs import glossary
from tests.house.translations import catalogue, compiled, lacking, rooms, simplifier
from tests.house.tree import ROOT

ROOMS = [room for room in rooms() if catalogue(room, "zh_Hant").exists()]
# What a sentence may say in place of the glossary's full word, where the meaning is the same or the word another.
ALSO = {
    "rate": ("指標",),
    "quarter": ("季", "一刻鐘"),
    "pairing": ("結對",),
    "scheme": ("方案",),
    "points": ("分", "點"),
    "score": ("分",),
    "police station": ("派出所",),
    "objection": ("答覆",),
    "rank": ("職級", "排名", "末位"),
    "post": ("任職", "職務", "發布"),
    "community": ("社區",),
}


def by_room(room):
    return "/".join(room.relative_to(ROOT).parts[1:])


def entries(room, lang="zh_Hant"):
    return [entry for entry in polib.pofile(str(catalogue(room, lang))) if not entry.obsolete]


def said(entry):
    return entry.msgstr or "".join(entry.msgstr_plural.values())


def missing_terms(entry, terms):
    """Words of the glossary that the source uses and the translation does not."""
    text = re.sub(r"%\(\w+\)\w|\{\w+\}", "", entry.msgid).lower()
    for english, chinese in terms:
        used = re.search(rf"\b{re.escape(english)}(s|es)?\b", text)
        if used and not any(word in said(entry) for word in (chinese, *ALSO.get(english, ()))):
            yield f"{english} is {chinese}: {entry.msgid!r} -> {said(entry)!r}"


def terms():
    return [(re.sub(r"\(.*?\)", "", row[2]).strip().lower(), row[0]) for row in glossary()]


@pytest.mark.parametrize("room", ROOMS, ids=by_room)
def test_no_text_is_missing_or_guessed(room):
    assert lacking(room) == []


@pytest.mark.parametrize("room", ROOMS, ids=by_room)
def test_simplified_is_the_traditional_in_other_letters(room):
    convert = simplifier()
    hant, hans = entries(room), entries(room, "zh_Hans")
    assert [(one.msgid, convert(said(one))) for one in hant] == [(one.msgid, said(one)) for one in hans]


@pytest.mark.parametrize("lang", ["zh_Hant", "zh_Hans"])
@pytest.mark.parametrize("room", ROOMS, ids=by_room)
def test_compiled_catalogue_is_fresh(room, lang):
    made = catalogue(room, lang).with_suffix(".mo")
    assert made.exists() and made.read_bytes() == compiled(room, lang), "`make translations` compiles them"


@pytest.mark.parametrize("room", ROOMS, ids=by_room)
def test_blanks_of_a_text_are_those_of_its_source(room):
    blank = re.compile(r"%\(\w+\)[sdg]|\{\w+\}")
    faults = []
    for entry in entries(room):
        wanted = set(blank.findall(entry.msgid_plural or entry.msgid))
        faults += [entry.msgid] if wanted - {"%(n)d"} != set(blank.findall(said(entry))) - {"%(n)d"} else []
    assert faults == []


@pytest.mark.parametrize("room", ROOMS, ids=by_room)
def test_term_is_the_glossarys(room):
    known = terms()
    assert [fault for entry in entries(room) for fault in missing_terms(entry, known)] == []


def test_one_text_is_said_one_way_in_the_whole_house():
    ways = defaultdict(set)
    for room in ROOMS:
        for entry in entries(room):
            if entry.msgctxt is None:
                ways[entry.msgid].add(said(entry))
    assert {text: found for text, found in ways.items() if len(found) > 1} == {}


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("xgettext") is None, reason="GNU gettext is not installed")
def test_every_text_of_the_sources_is_in_a_catalogue(tmp_path):
    shutil.copytree(ROOT / "linli", tmp_path / "linli", ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    for name in ("tests", "manage.py"):
        (tmp_path / name).symlink_to(ROOT / name)
    lost = {}
    for room in rooms():
        copy = tmp_path / room.relative_to(ROOT)
        (copy / "locale").mkdir(exist_ok=True)
        words = [sys.executable, str(ROOT / "manage.py"), "makemessages", "-l", "zh_Hant", "--no-location", "-v", "0"]
        words += ["--no-obsolete", "--settings", "tests.settings", "--pythonpath", str(ROOT)]
        subprocess.run(words, cwd=copy, check=True)
        path = copy / "locale/zh_Hant/LC_MESSAGES/django.po"
        if path.exists() and (missing := [e.msgid for e in polib.pofile(str(path)) if not e.translated()]):
            lost[by_room(room)] = missing
    assert lost == {}


def test_missing_term_is_noticed():
    entry = polib.POEntry(msgid="The objection waits", msgstr="申訴待處理")
    assert list(missing_terms(entry, terms()))
