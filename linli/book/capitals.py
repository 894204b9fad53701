"""Money in Chinese capitals (大寫金額), as a payment sheet needs it: hard to alter by a stroke."""

_DIGITS = {"zh_Hant": "零壹貳叁肆伍陸柒捌玖", "zh_Hans": "零壹贰叁肆伍陆柒捌玖"}
_UNITS = {"zh_Hant": ("萬億元整負", "拾佰仟"), "zh_Hans": ("万亿元整负", "拾佰仟")}


def capitals(fen, lang):
    """Whole fen in words.

    >>> capitals(1500000, "zh_Hant"), capitals(1425005, "zh_Hans"), capitals(100010, "zh_Hant"), capitals(7, "zh_Hant")
    ('壹萬伍仟元整', '壹万肆仟贰佰伍拾元零伍分', '壹仟元壹角', '柒分')
    """
    digits = _DIGITS[lang]
    yuan_sign, full = _UNITS[lang][0][2:4]
    yuan, rest = divmod(int(fen), 100)
    jiao, fen = divmod(rest, 10)
    words = _whole(yuan, lang) + yuan_sign if yuan else ""
    if not rest:
        return (words or digits[0] + yuan_sign) + full
    words += f"{digits[jiao]}角" if jiao else digits[0] * bool(words)
    return words + (f"{digits[fen]}分" if fen else "")


def _whole(number, lang):
    """A whole number from 1 on, in groups of four digits."""
    ten_thousand, hundred_million = _UNITS[lang][0][:2]
    zero, words, gap = _DIGITS[lang][0], "", False
    for unit, size in ((hundred_million, 10**8), (ten_thousand, 10**4), ("", 1)):
        group = number // size if unit == hundred_million else number // size % 10**4
        if group:
            words += zero * (bool(words) and (gap or group < 1000)) + _group(group, lang) + unit
        gap = bool(words) and not group
    return words


def _group(number, lang):
    """A number below ten thousand; more above only for the hundred millions, which are said again in full."""
    if number >= 10**4:
        return _whole(number, lang)
    digits, words, gap = _DIGITS[lang], "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            unit = _UNITS[lang][1][power - 1] if power else ""
            words += digits[0] * (gap and bool(words)) + digits[digit] + unit
        gap = not digit
    return words
