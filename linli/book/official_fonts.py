"""Which fonts an official document asks for, and which free ones stand in where a computer lacks them.

The names are those under which the fonts are installed, so they stay in Simplified on Traditional systems too.
"""

from xml.sax.saxutils import quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

_HEAVY = {"black": "黑体", "song": "宋体"}
FONTS = {
    "zh_Hant": {"body": "仿宋", "title": "方正小标宋_GBK", "kai": "楷体", **_HEAVY},
    "zh_Hans": {"body": "仿宋_GB2312", "title": "方正小标宋简体", "kai": "楷体_GB2312", **_HEAVY},
}
_ALSO = {"body": "FangSong", "title": "FZXiaoBiaoSong-B05", "black": "SimHei", "kai": "KaiTi", "song": "SimSun"}
_FREE = {"black": "Noto Sans CJK"}  # the others: Noto Serif CJK
_SCRIPT = {"zh_Hant": "TC", "zh_Hans": "SC"}
_LANGUAGE = {"zh_Hant": "zh-TW", "zh_Hans": "zh-CN"}
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def name_free_fonts(document, lang):
    """Write the document's font table: every font with the free one that replaces it."""
    table = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    fonts = "".join(_font(role, name, lang) for role, name in FONTS[lang].items())
    table._blob = f'<?xml version="1.0" encoding="UTF-8"?><w:fonts xmlns:w="{_WORD}">{fonts}</w:fonts>'.encode()


def say_language(document, lang):
    """Which Chinese it is: programs choose glyphs, and fonts that stand in, by it."""
    defaults = document.styles.element.find(qn("w:docDefaults")).find(f".//{qn('w:rPr')}")
    found = defaults.find(qn("w:lang"))
    if found is None:
        found = defaults.makeelement(qn("w:lang"))
        defaults.append(found)
    found.set(qn("w:eastAsia"), _LANGUAGE[lang])


def _font(role, name, lang):
    others = f"{_ALSO[role]},{_FREE.get(role, 'Noto Serif CJK')} {_SCRIPT[lang]}"
    family = "swiss" if role == "black" else "roman"
    return (
        f'<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(others)}/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
    )
