"""Words that show a rate is about arrests, solved cases or fines: the report sets no such targets (R-03), so neither
does a scheme. Looked for in a rate's id and in its names, in Traditional and Simplified Chinese and in English.
"""

import re
import unicodedata

CHINESE = (
    *("抓捕", "抓獲", "抓获", "抓人", "逮捕", "批捕", "拘捕", "拘留", "刑拘", "行拘", "羈押", "羁押", "追逃"),
    *("破案", "破獲", "破获", "偵破", "侦破", "偵辦", "侦办", "辦案", "办案", "查獲", "查获", "查處", "查处"),
    *("罰款", "罚款", "罰單", "罚单", "罰沒", "罚没", "處罰", "处罚", "懲處", "惩处", "起訴", "起诉"),
    *("打擊", "打击", "打處", "打处"),
)
# Whole words only: "refined", "define", "fine-grained" and "indicator" are innocent.
_ENGLISH = re.compile(
    r"\b(arrest\w*|detain\w*|detention\w*|custody|apprehended|imprison\w*|jail\w*|prosecut\w*|indicted|indictments?"
    r"|fine(?! grained| tun)|fines|fined|fining|penal\w*|punish\w*|convict\w*|strikes?)\b"
)
_CASES = re.compile(r"\b(cases?|crimes?|offen[cs]es?)\b")  # with one of the next: solved disputes are innocent
_SOLVED = re.compile(r"\b(solv\w*|clear\w*|crack\w*|detect\w*)\b")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def forbidden_words(text):
    """The forbidden words in an id or a name; () when it is innocent.

    >>> forbidden_words("case_solved"), forbidden_words("破 案率"), forbidden_words("refined share of disputes solved")
    (('case solved',), ('破案',), ())
    """
    plain = _CAMEL.sub(" ", unicodedata.normalize("NFKC", text))
    unbroken = re.sub(r"[\s_·・-]", "", plain)
    words = " ".join(re.findall(r"[a-z]+", plain.casefold()))
    found = [word for word in CHINESE if word in unbroken] + _ENGLISH.findall(words)
    cases, solved = _CASES.search(words), _SOLVED.search(words)
    if cases and solved:
        found.append(f"{cases[0]} {solved[0]}")
    return tuple(dict.fromkeys(found))
