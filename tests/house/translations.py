"""The interface's catalogues: found in every room, gathered from its sources, made Simplified, compiled.

    python -m tests.house.translations          # gather, convert, compile; needs GNU gettext
    python -m tests.house.translations --compile-only

Traditional Chinese is written by hand in ``ROOM/locale/zh_Hant``. Simplified is made from it by OpenCC (``tw2s``) with
the project's own words; English is the source itself.
"""

import os
import subprocess
import sys
from pathlib import Path

import polib
from opencc import OpenCC

from tests.house.tree import ROOT

CATALOGUE = "locale/{lang}/LC_MESSAGES/django.po"


def rooms():
    """Folders of rooms that have templates or Python with texts."""
    floors = ("ground", "work", "quarter", "faces")
    found = {path.parent for floor in floors for path in ROOT.glob(f"linli/{floor}/*/__init__.py")}
    return sorted(found)


def catalogue(room, lang):
    return room / CATALOGUE.format(lang=lang)


def gather(room):
    """Brings the room's zh_Hant catalogue up to date with its sources: new texts are empty, gone ones are dropped."""
    (room / "locale").mkdir(exist_ok=True)
    words = [sys.executable, str(ROOT / "manage.py"), "makemessages", "-l", "zh_Hant", "--no-location", "--no-wrap"]
    words += ["--no-obsolete", "-v", "0"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}
    subprocess.run(words, cwd=room, check=True, env=environment)
    path = catalogue(room, "zh_Hant")
    if path.exists():
        _steady(path)


def _steady(path):
    """Without the moment of making and guesses: the same sources give the same file."""
    found = polib.pofile(str(path), wrapwidth=0)
    found.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "zh_Hant",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    found.header = ""
    found.metadata_is_fuzzy = False
    for entry in found:
        if "fuzzy" in entry.flags:
            entry.flags.remove("fuzzy")
            entry.msgstr, entry.previous_msgid, entry.previous_msgctxt = "", None, None
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
    if not len(found):
        path.unlink()
        return
    found.save(str(path))


def simplify(room):
    """Writes the room's zh_Hans catalogue from its zh_Hant one."""
    source = catalogue(room, "zh_Hant")
    if not source.exists():
        return
    convert = simplifier()
    found = polib.pofile(str(source), wrapwidth=0)
    found.metadata["Language"] = "zh_Hans"
    for entry in found:
        entry.msgstr = convert(entry.msgstr)
        entry.msgstr_plural = {key: convert(text) for key, text in entry.msgstr_plural.items()}
    target = catalogue(room, "zh_Hans")
    target.parent.mkdir(parents=True, exist_ok=True)
    found.save(str(target))


def simplifier():
    """Traditional text -> Simplified text."""
    return OpenCC("tw2s").convert


def compiled(room, lang):
    """The bytes of a catalogue as Django loads it; None where the room has no texts."""
    path = catalogue(room, lang)
    return polib.pofile(str(path)).to_binary() if path.exists() else None


def lacking(room):
    """Source texts of the room that nobody has translated, or only guessed at."""
    path = catalogue(room, "zh_Hant")
    if not path.exists():
        return []
    found = polib.pofile(str(path))
    return [entry.msgid for entry in found if not entry.obsolete and (not entry.translated() or "fuzzy" in entry.flags)]


def main():
    only_compile = "--compile-only" in sys.argv
    for room in rooms():
        if not only_compile:
            gather(room)
        simplify(room)
        for lang in ("zh_Hant", "zh_Hans"):
            if (made := compiled(room, lang)) is not None:
                Path(catalogue(room, lang)).with_suffix(".mo").write_bytes(made)
        if missing := lacking(room):
            print(f"{room.relative_to(ROOT)}: {len(missing)} texts without a translation")
            print("\n".join(f"    {text!r}" for text in missing[:400]))


if __name__ == "__main__":
    main()
