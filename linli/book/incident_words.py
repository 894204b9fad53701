"""The words of tables of incidents: what heads a column, which kind a word means, which month."""

import datetime
import re
import unicodedata
from calendar import month_abbr, month_name
from functools import cache, lru_cache

from linli.book import cells

TOTALS = frozenset(
    ("合計", "合计", "總計", "总计", "總數", "总数", "全縣", "全县", "全市", "全區", "全区", "total", "sum")
)
SUBTOTALS = frozenset(("小計", "小计", "subtotal"))
NOTHING = frozenset(("", "-", "—", "–", "/", "\\", "…"))  # nobody counted: not zero
KINDS = {
    "burglary": "入室盜竊|入户盗窃|入戶盜竊|入室盗窃|盜竊入室|住宅盜竊|住宅盗窃|商舖盜竊|商铺盗窃|撬盜|撬盗|burglary",
    "vehicle": "盜竊車輛|盗窃车辆|盜車|盗车|盜竊機動車|盗窃机动车|盜竊電動車|盗窃电动车|盜竊電動自行車|盗窃电动自行车"
    "|電動車被盜|电动车被盗|車輛被盜|车辆被盗|盜竊非機動車|盗窃非机动车|兩車被盜|两车被盗|vehicle|vehicles|vehiclecrime|vehicletheft",
    "robbery": "搶劫|抢劫|搶奪|抢夺|搶劫搶奪|抢劫抢夺|兩搶|两抢|街面搶劫|街面抢劫|飛車搶奪|飞车抢夺|robbery|snatching",
    "fraud": "詐騙|诈骗|電信詐騙|电信诈骗|電信網絡詐騙|电信网络诈骗|電詐|电诈|fraud",
    "other": "其他|其它|其他刑事|其他案件|其他警情|other|others",
}
_HEADS = {
    "community": "社區|社区|社區編號|社区编号|社區名稱|社区名称|社區代碼|社区代码|所屬社區|所属社区|轄區|辖区|警務區"
    "|警务区|community|community code|community name|place",
    "month": "月份|月|年月|統計月份|统计月份|發案月份|发案月份|month",
    "year": "年|年份|年度|year",
    "kind": "類別|类别|類型|类型|種類|种类|案別|案别|案件類別|案件类别|案件類型|案件类型|警情類別"
    "|警情类别|kind|type|category",
    "number": "數量|数量|件數|件数|起數|起数|宗數|宗数|發案數|发案数|案件數|案件数|警情數|警情数|立案數|立案数"
    "|number|count|incidents|cases",
    "left": "序號|序号|編號|编号|派出所|所屬派出所|所属派出所|單位|单位|環比|环比|同比|增減|增减|升降|上月|上年同期"
    "|去年同期|較上月|较上月|no|station",
}
_REMARK = re.compile(r"[(（\[【].*?[)）\]】]|[*＊:：]")
_MONTH = re.compile(r"([0-9]{4})\s*(?:年|[-./])\s*([0-9]{1,2})\s*月?(?:份)?")
_SIX = re.compile(r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])")
_ALONE = re.compile(r"(1[0-2]|0?[1-9])月(?:份)?")
_SPOKEN = {name + "月": number for number, name in enumerate([*"一二三四五六七八九十", "十一", "十二"], 1)}
_ENGLISH = {name.casefold(): number for names in (month_name, month_abbr) for number, name in enumerate(names) if name}


@lru_cache(maxsize=16_384, typed=True)  # a table says the same few words over and over
def key(cell):
    """A word without blanks, capitals, width and what stands in brackets."""
    found = unicodedata.normalize("NFKC", "" if cell is None else str(cell)).casefold()
    return re.sub(r"[\s_]+", "", _REMARK.sub("", found))


@cache
def _meanings():
    heads = {key(word): name for name, words in _HEADS.items() for word in words.split("|")}
    kinds = {key(word): code for code, words in KINDS.items() for word in words.split("|")}
    return heads, kinds


def head_of(cell):
    """What a heading stands over: community, month, year, kind, number, "left" (left out on purpose), or ""."""
    return _meanings()[0].get(key(cell), "")


def kind_of(cell):
    """The code of the kind of incident that a word means, or "".

    >>> kind_of("盗窃电动车（起）"), kind_of("總計")
    ('vehicle', '')
    """
    return _meanings()[1].get(key(cell), "")


def is_total(cell, words=TOTALS | SUBTOTALS):
    """Whether a cell says that sums stand in its row or column."""
    return key(cell) in words


def months_of(series, year=None):
    """The months of a heading or a column, cell by cell: 2026-03, None for a cell that says none, or ``Unreadable``.

    year: of months that come without. A number such as 2025.1 may be January or October, for a spreadsheet drops the
    zero of 2025.10: the months beside it tell, else it cannot be read.

    >>> months_of(["２０２６年３月", "C01"]), months_of(["3月"], year=2026), months_of([2025.9, 2025.1])
    (['2026-03', None], ['2026-03'], ['2025-09', '2025-10'])
    """
    found = [_month(cell, year) for cell in series]
    for place, month in enumerate(found):
        if isinstance(month, _FirstOrTenth):
            before = next((m for m in found[:place][::-1] if m), None)
            after = next((m for m in found[place:] if m and not isinstance(m, _FirstOrTenth)), None)
            found[place] = month.told(before, after)
    return found


class _FirstOrTenth(str):
    """2025.1 of the year it holds, and whether it was a number."""

    number = False

    def told(self, before, after):
        if before in (f"{self}-09", f"{self}-10"):
            return f"{self}-10"
        january = before in (f"{self}-01", f"{int(self) - 1}-12") or after == f"{self}-02"
        if january or not self.number:
            return f"{self}-01"
        return cells.Unreadable("month_clear", number=f"{self}.1")


def _month(cell, year):
    if isinstance(cell, datetime.datetime | datetime.date):
        return f"{cell.year}-{cell.month:02d}"
    if isinstance(cell, bool) or cell is None:
        return None
    try:
        found = cells.plain(cell)
    except cells.Unreadable as why:
        return why
    match = _MONTH.fullmatch(found) or _SIX.fullmatch(found)
    if match and re.fullmatch(r"[0-9]{4}\.1", found):
        unclear = _FirstOrTenth(match[1])
        unclear.number = isinstance(cell, float)
        return unclear
    if match:
        said, month = int(match[1]), int(match[2])
        return f"{said}-{month:02d}" if 2000 <= said <= 2200 and 1 <= month <= 12 else None
    alone = _alone(found)
    if alone is None:
        return None
    return cells.Unreadable("month_year") if year is None else f"{year}-{alone:02d}"


def _alone(found):
    match = _ALONE.fullmatch(found)
    return int(match[1]) if match else _SPOKEN.get(found.removesuffix("份")) or _ENGLISH.get(found.casefold())


def said_in(title):
    """(year or None, months, kinds) that a title over the table says.

    >>> said_in("臨江縣2025年3月入室盜竊統計表")
    (2025, ['2025-03'], ['burglary'])
    """
    text = unicodedata.normalize("NFKC", title)
    months = [
        f"{y}-{int(m):02d}"
        for y, m in re.findall(r"([0-9]{4})\s*[年.]\s*([0-9]{1,2})\s*月?", text)
        if 1 <= int(m) <= 12
    ]
    year = re.search(r"(20[0-9]{2})\s*年?", text)
    if re.search(r"月?\s*[-—–至~～]\s*[0-9一二三四五六七八九十]+\s*月", text):
        months = []  # a span of months says no single one
    words = sorted(_meanings()[1], key=len, reverse=True)
    plain, kinds = key(text), []
    for word in words:
        if not word.isascii() and word in plain:
            kinds.append(_meanings()[1][word])
            plain = plain.replace(word, "")
    return (int(year[1]) if year else None), list(dict.fromkeys(months)), list(dict.fromkeys(kinds))
