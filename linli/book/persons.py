"""Signs of a person in what should hold counts and places alone: identity and telephone numbers, headings of names.

A name itself cannot be told from any other word; the headings above names can. What is found is never repeated.
"""

import re
import unicodedata
from datetime import date

_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dX](?!\d)")
_TELEPHONE = re.compile(r"(?<!\d)(?:(?:00)?86)?1[3-9]\d{9}(?!\d)")
_BETWEEN = re.compile(r"(?<=\d)[\s\-_.·()]+(?=\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_HEADINGS = (
    *(
        "姓名",
        "身份證",
        "身份证",
        "公民身份",
        "證件號",
        "证件号",
        "電話",
        "电话",
        "手機",
        "手机",
        "聯繫方式",
        "联系方式",
    ),
    *(
        "報警人",
        "报警人",
        "報案人",
        "报案人",
        "當事人",
        "当事人",
        "受害人",
        "被害人",
        "事主",
        "嫌疑人",
        "違法人",
        "违法人",
    ),
    *("戶籍地", "户籍地", "出生日期", "車牌", "车牌"),
    *(
        "fullname",
        "surname",
        "telephone",
        "phone",
        "mobile",
        "identitynumber",
        "idnumber",
        "idcard",
        "victim",
        "suspect",
    ),
)
_LONGEST_HEADING = 16


def number_of_a_person(cell):
    """The word identity or telephone for a cell that holds such a number, however written and grouped; else "".

    >>> number_of_a_person("１３９-１２３４-５６７８"), number_of_a_person(12345), number_of_a_person("430125000000")
    ('telephone', '', '')
    """
    if isinstance(cell, float) and 1e16 <= abs(cell) < 1e18:
        return "identity"  # a spreadsheet that keeps an identity number as a number has lost its last digits
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    written = unicodedata.normalize("NFKC", "" if cell is None else str(cell)).upper()
    joined = _BETWEEN.sub("", written)
    for text in (written, joined):
        if any(_is_identity(found) for found in _IDENTITY.findall(text)):
            return "identity"
    if any(_TELEPHONE.search(text) for text in (written, joined)):
        return "telephone"
    return ""


def _is_identity(number):
    """17 digits and X, a right check digit, or a day of birth where one belongs."""
    if number.endswith("X"):
        return True
    checked = "10X98765432"[sum(int(d) * w for d, w in zip(number, _WEIGHTS, strict=False)) % 11] == number[17]
    return checked or _is_day(number[6:14])


def _is_day(digits):
    try:
        return 1900 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= 2100
    except ValueError:
        return False


def heading_of_persons(cell):
    """Whether a cell is a heading (or a short label) over persons: 姓名, 身份證, 電話 and their kin.

    >>> heading_of_persons("報警人 電話"), heading_of_persons("社區名稱")
    (True, False)
    """
    if not isinstance(cell, str):
        return False
    plain = re.sub(r"[\s_]+", "", unicodedata.normalize("NFKC", cell)).casefold()
    return len(plain) <= _LONGEST_HEADING and any(word in plain for word in _HEADINGS)
