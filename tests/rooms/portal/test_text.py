"""Every text of the residents' pages has its Chinese, word for word the same names as in the other rooms."""

import re

from tests.house.tree import ROOT

PORTAL = ROOT / "linli" / "faces" / "portal"
PO = PORTAL / "locale" / "zh_Hant" / "LC_MESSAGES" / "django.po"


def test_no_text_is_left_without_chinese():
    said = PO.read_text(encoding="utf-8")
    assert "#, fuzzy" not in said and "#~" not in said
    assert [block for block in said.split("\n\n")[1:] if re.search(r'msgstr(\[0\])? ""\s*$', block)] == []


def test_templates_name_no_text_that_the_catalogue_has_not():
    said = PO.read_text(encoding="utf-8")
    used = {
        text.replace('"', '\\"')
        for path in PORTAL.rglob("*.html")
        for text in re.findall(r'{% translate "([^"]+)" ', path.read_text(encoding="utf-8"))
    }
    assert [text for text in used if f'msgid "{text}"' not in said] == []
