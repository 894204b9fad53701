"""Text on a terminal: how wide it is, cut to fit, broken into lines. East Asian wide characters take two columns."""

import unicodedata


def width(text):
    """Columns a text takes on a terminal: East Asian wide characters take two.

    >>> width("周文清 O01")
    10
    """
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def cut(text, columns):
    """The text, ending in … where it would be wider than ``columns``.

    >>> cut("東門社區居民委員會", 9)
    '東門社區…'
    """
    if width(text) <= columns:
        return text
    kept = ""
    for character in text:
        if width(kept + character) > columns - 1:
            return kept + "…"
        kept += character
    return kept


def wrapped(text, columns, indent=""):
    """The text in lines of at most ``columns``, further ones indented; broken between words or at a Han character."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line.strip() and width(line + piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = indent
            piece = piece.lstrip()
        line += piece
    return [*lines, line.rstrip()]


_NO_START = "，。；：、！？）」』》〕%…"
_NO_END = "（「『《〔“"


def _pieces(text):
    """The text in parts that may not be broken: words with the space after them, single wide characters."""
    pieces = []
    for character in text:
        loose = not pieces or pieces[-1][-1] == " " or _wide(character) or _wide(pieces[-1][-1])
        glued = character in _NO_START or character == " " or (pieces and pieces[-1][-1] in _NO_END)
        if pieces and (glued or not loose):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _wide(character):
    return unicodedata.east_asian_width(character) in "WF"
