"""What a resident may say: the kinds of request, whose work they are, and how many working days they may take."""

from dataclasses import dataclass

from linli.ground.trail.language import reader


@dataclass(frozen=True)
class Kind:
    """code: as kept and as Open311 calls it; police: the police's own work, or somebody else's to whom it is handed on;
    days: working days until it is to be handled; names: language of the book -> name.
    """

    code: str
    police: bool
    days: int
    names: dict

    def name(self, lang=None):
        """The name in a language of the book ("zh_Hant", "zh_Hans", "en"); by default the reader's."""
        return self.names[lang or reader()]

    def __str__(self):
        return self.name()


def _kind(code, police, days, hant, hans, en):
    return Kind(code, police, days, {"zh_Hant": hant, "zh_Hans": hans, "en": en})


KINDS = {
    kind.code: kind
    for kind in (
        _kind("help", True, 2, "求助", "求助", "Help wanted"),
        _kind("noise", True, 2, "噪音擾民", "噪音扰民", "Noise"),
        _kind("hazard", True, 3, "安全隱患", "安全隐患", "Hazard"),
        _kind("lost", True, 3, "失物與走失", "失物与走失", "Lost or found"),
        _kind("parking", True, 3, "亂停亂放", "乱停乱放", "Parking in the way"),
        _kind("advice", True, 5, "辦事諮詢", "办事咨询", "Question about papers"),
        _kind("praise", True, 10, "表揚", "表扬", "Praise"),
        _kind("lighting", False, 5, "路燈與路面", "路灯与路面", "Street light or road"),
        _kind("rubbish", False, 5, "環境衛生", "环境卫生", "Rubbish"),
        _kind("water", False, 5, "水電氣", "水电气", "Water, power or gas"),
        _kind("other", True, 5, "其他", "其他", "Something else"),
    )
}
NO_ISSUE = ("praise",)  # never counted as an issue of a place


def named(code, lang=None):
    """The name of a kind; the code itself for one that is no longer offered.

    >>> named("noise", "zh_Hant"), named("gone", "en")
    ('噪音擾民', 'gone')
    """
    return KINDS[code].name(lang) if code in KINDS else code
