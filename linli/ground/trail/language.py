"""A text kept in Traditional Chinese and English, as its reader reads it; Simplified is made from Traditional."""

from functools import lru_cache

from django.utils.translation import get_language

_OF_BOOK = {"zh-hant": "zh_Hant", "zh-hans": "zh_Hans", "en": "en"}


def of_book(language=None):
    """The language of a page as ``linli.book`` names it; what has that name already keeps it.

    >>> of_book("zh-hans"), of_book("zh_Hans"), of_book(None)
    ('zh_Hans', 'zh_Hans', 'zh_Hant')
    """
    return _OF_BOOK.get((language or "").lower().replace("_", "-"), "zh_Hant")


def reader():
    """The language of whoever reads the page now."""
    return of_book(get_language())


def told(texts, lang):
    """One of the texts of a dict language -> text; "" where there is none.

    >>> told({"zh_Hant": "實有人口", "en": "residents"}, "zh_Hans")
    '实有人口'
    """
    if texts.get(lang):
        return texts[lang]
    if lang == "zh_Hans" and texts.get("zh_Hant"):
        return _simplified(texts["zh_Hant"])
    return next((text for text in texts.values() if text), "")


@lru_cache(maxsize=2048)
def _simplified(text):
    return _converter().convert(text)


@lru_cache(maxsize=1)
def _converter():
    from opencc import OpenCC  # loads its dictionaries: only who reads Simplified waits for them

    return OpenCC("tw2s")
