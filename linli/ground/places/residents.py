"""Words that show a fact is about residents and not about a place: such facts are never kept (notes on complexity:
released prisoners, drug users, patients, ethnicity, religion). Looked for in Chinese and in English.
"""

import re
import unicodedata

CHINESE = (
    *("刑滿", "刑满", "刑釋", "刑释", "釋放", "释放", "兩勞", "两劳", "前科", "服刑", "社矯", "矯正", "矫正"),
    *("緩刑", "缓刑", "吸毒", "涉毒", "戒毒", "毒品人員", "毒品人员", "精神", "精障", "肇事肇禍", "肇事肇祸"),
    *("病人", "患者", "病患", "艾滋", "愛滋", "殘疾", "残疾", "民族", "少數族", "少数族", "族裔", "族群"),
    *("種族", "种族", "宗教", "信教", "信徒", "教徒", "信眾", "信众", "重點人", "重点人", "上訪", "上访"),
    *("信訪人", "信访人", "高危人", "失業", "失业", "低保", "籍貫", "籍贯", "政治面貌"),
)  # fmt: skip
_ENGLISH = re.compile(
    r"\b(prisoners?|inmates?|convicts?|ex convicts?|offenders?|parole\w*|probation\w*|addict\w*|drugs?|patients?|mental"
    r"|psychiatr\w*|hiv|aids|disab\w*|ethnic\w*|minorit\w*|race|races|racial|nationalit\w*|religi\w*|faiths?|believers?"
    r"|muslims?|christians?|buddhists?|petitioners?|key persons?|unemploy\w*|welfare recipients?)\b"
)


def words_about_residents(name):
    """The words in a fact's name that describe residents; () when it is about the place.

    >>> words_about_residents("刑滿人數"), words_about_residents("EthnicShare"), words_about_residents("rental_share")
    (('刑滿',), ('ethnic',), ())
    """
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFKC", name))
    unbroken = re.sub(r"[\s_·・-]", "", plain)
    english = " ".join(re.findall(r"[a-z]+", plain.casefold()))
    return tuple(dict.fromkeys([word for word in CHINESE if word in unbroken] + _ENGLISH.findall(english)))
