"""The six sheets of a county book: their columns, how each cell is read, what may be blank. The contract as a table."""

from dataclasses import dataclass

from heng.evidence import COMMITTEE
from linli.book import cells

_PLACES = {
    "city": ("城市", "城區", "城区", "城鎮", "城镇"),
    "mixed": ("混合", "城鄉結合", "城乡结合", "城鄉結合部", "城乡结合部"),
    "village": ("農村", "农村", "鄉村", "乡村"),
}
_STAFFING = {
    "single": ("單人", "单人", "一區一警", "一区一警"),
    "multi": ("多人", "多警", "一區多警", "一区多警"),
    "couple": ("夫妻", "夫妻社區", "夫妻社区"),
    "brother": ("兄弟", "兄弟社區", "兄弟社区"),
    "twinned": ("結對社區", "结对社区"),
}
_STATUS = {
    "final": ("定稿", "最終", "最终", "已核實", "已核实"),
    "provisional": ("暫定", "暂定", "初步", "暫報", "暂报"),
    "false": ("不實", "不实", "虛假", "虚假", "造假"),
}
_COMMITTEE = ("居委會", "居委会", "社區居委會", "社区居委会", "社區居民委員會", "社区居民委员会")
_DASHES = ("-", "—", "——", "–", "/", "無", "无")
_STILL = (*_DASHES, "至今")

NEEDED = object()  # a blank cell is a problem


@dataclass(frozen=True)
class Column:
    """How one column is read. ``blank``: what a blank cell means, NEEDED = it may not be blank."""

    read: object
    blank: object = NEEDED
    needed: bool = True  # the column itself must be there
    nothing: tuple = ()  # words that also mean blank
    summed: bool = False  # a totals row may hold its sum


@dataclass(frozen=True)
class Sheet:
    """One sheet: columns by name, the key no two rows may share (none for leader_days), other names of the sheet."""

    columns: dict
    key: tuple
    names: tuple
    needed: bool = True


def _countersigner(cell):
    return COMMITTEE if cells.plain(cell) in _COMMITTEE else cells.ident(cell)


def _of(read, **how):
    return Column(read, **how)


_COUNT = cells.number(low=0)
_ID, _TEXT, _DAY = _of(cells.ident), _of(cells.text), _of(cells.day)
_END = _of(cells.day, blank=None, nothing=_STILL)

SHEETS = {
    "communities": Sheet(
        columns={
            "community": _ID,
            "name": _TEXT,
            "kind": _of(cells.word(_PLACES)),
            "complex": _of(cells.flag, summed=True),
            "population": _of(_COUNT, summed=True),
        },
        key=("community",),
        names=("社區", "社区", "社區表", "社区表"),
    ),
    "posts": Sheet(
        columns={
            "officer": _ID,
            "name": _TEXT,
            "community": _ID,
            "start": _DAY,
            "end": _END,
            "staffing": _of(cells.word(_STAFFING), blank="single", needed=False),
        },
        key=("officer", "community", "start"),
        names=("崗位", "岗位", "民警", "任職", "任职"),
    ),
    "pairings": Sheet(
        columns={
            "community": _ID,
            "leader": _of(cells.ident, blank="", nothing=_DASHES),
            "office": _ID,
            "start": _DAY,
            "end": _END,
        },
        key=("community", "leader", "office", "start"),
        names=("結對", "结对", "聯繫", "联系"),
    ),
    "evidence": Sheet(
        columns={
            "period": _of(cells.quarter),
            "community": _ID,
            "rate": _ID,
            "numerator": _of(cells.number(), blank=None, nothing=_DASHES, summed=True),
            "denominator": _of(_COUNT, blank=None, nothing=_DASHES, summed=True),
            "design_effect": _of(cells.number(above=0), blank=1.0, needed=False, nothing=_DASHES),
            "sd": _of(_COUNT, blank=None, needed=False, nothing=_DASHES, summed=True),
            "source": _of(cells.text, blank="", needed=False),
            "verified_by": _of(cells.text, blank="", needed=False),
            "status": _of(cells.word(_STATUS), blank="final", needed=False, nothing=_DASHES),
        },
        key=("period", "community", "rate"),
        names=("證據", "证据", "指標數據", "指标数据", "數據", "数据"),
    ),
    "leader_days": Sheet(
        columns={
            "leader": _ID,
            "community": _ID,
            "date": _of(cells.day_in(None)),
            "hours": _of(cells.number(low=0, high=24), summed=True),
            "countersigned_by": _of(_countersigner, blank="", nothing=_DASHES),
        },
        key=(),  # two visits on one date are two rows, and may be alike
        names=("領導下沉", "领导下沉", "領導駐點", "领导驻点", "局領導聯繫", "局领导联系"),
        needed=False,
    ),
    "history": Sheet(
        columns={
            "period": _of(cells.quarter),
            "officer": _ID,
            "community": _ID,
            "score": _of(cells.number(low=0, high=100), blank=None, nothing=_DASHES, summed=True),
            "rank": _of(cells.whole(low=1), blank=None, nothing=_DASHES, summed=True),
            "ranked": _of(cells.flag, summed=True),
        },
        key=("period", "officer"),
        names=("歷史", "历史", "歷季", "历季", "以往名次"),
        needed=False,
    ),
}


def named(name):
    """The sheet that a file or a workbook's sheet of that name is, or None."""
    found = cells.plain(name).casefold()
    for sheet, spec in SHEETS.items():
        if found == sheet or found in spec.names:
            return sheet
    return None
