"""Text of the book made harmless where it is shown: a name may be anything, and must not run, steer or break."""

import unicodedata

# What a spreadsheet takes for the start of a formula; East Asian editions take the full-width forms too.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def clean(text):
    """Without control and invisible steering characters (a terminal obeys them, XML refuses them); one line.

    Private-use characters stay: bureaus write rare characters of names with them.

    >>> clean("周" + chr(27) + "[2J文清" + chr(0x202E))
    '周[2J文清'
    """
    kept = (" " if c in "\t\r\n" else c for c in str(text))
    return "".join(c for c in kept if unicodedata.category(c) not in ("Cc", "Cf", "Cs") and c not in "\ufffe\uffff")


def csv_text(text):
    """Text for a CSV cell that no spreadsheet will calculate: an apostrophe stands before what begins like a formula.

    >>> csv_text("=cmd|' /C calc'!A0"), csv_text("周文清")
    ("'=cmd|' /C calc'!A0", '周文清')
    """
    return "'" + text if text.startswith(FORMULA) else text
