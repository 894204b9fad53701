"""All wording of what Linli writes, in three languages, from the tables in ``wording/``: one sentence per key.

Traditional Chinese is the source. Simplified is made from it (OpenCC ``tw2s``) unless the table writes it out; English
stands beside it. Names of people, places and offices stay in the script in which the book writes them.
"""

import tomllib
from functools import cache
from importlib import resources

from heng import periods

LANGUAGES = ("zh_Hant", "zh_Hans", "en")
QUARTERS = "一二三四"


class Words:
    """The wording of one language.

    >>> Words("en")("proposals.block_minute_number")
    'a Party committee minute number'
    """

    def __init__(self, lang):
        if lang not in LANGUAGES:
            raise ValueError(f"lang {lang!r} is not one of {', '.join(LANGUAGES)}")
        self.lang = lang
        self._sentences = _sentences(lang)

    def __call__(self, key, **facts):
        """The sentence with that key, its blanks filled; lists are joined as the language does it."""
        return self._sentences[key].format_map({name: self.listed(value) for name, value in facts.items()})

    def __contains__(self, key):
        return key in self._sentences

    def listed(self, value):
        """Several names as one text; anything else unchanged."""
        if not isinstance(value, list | tuple):
            return value
        return (", " if self.lang == "en" else "、").join(str(item) for item in value)

    def between(self, *sentences):
        """Short statements side by side."""
        return (", " if self.lang == "en" else "，").join(sentences)

    def sentence(self, statement):
        """A statement closed as a sentence."""
        return f"{statement[:1].upper()}{statement[1:]}." if self.lang == "en" else f"{statement}。"

    def aside(self, *statements):
        """Statements of equal standing in one line."""
        return ("; " if self.lang == "en" else "；").join(statements)

    def period(self, period):
        """The quarter as a reader writes it: 2026年第三季度."""
        year, quarter = periods.parse(period)
        return self("common.period", year=year, quarter=quarter, numeral=QUARTERS[quarter - 1])

    def short_period(self, period):
        """The quarter in a list: 2026年三季度."""
        year, quarter = periods.parse(period)
        return self("common.short_period", year=year, quarter=quarter, numeral=QUARTERS[quarter - 1])

    def quarters(self, found):
        """Several quarters as one text; three or more in a row by the first and the last."""
        found = list(found)
        if len(found) > 2 and found == periods.between(found[0], found[-1]):
            return self("common.from_to", first=self.short_period(found[0]), last=self.short_period(found[-1]))
        return self.listed([self.short_period(period) for period in found])

    def rate(self, rate):
        """The name of a rate of the scheme; its id where the scheme gives no name in this language."""
        return rate.name.get(self.lang) or next(iter(rate.name.values()), rate.id)

    def office(self, written):
        """A department or source as scheme or book write it; those of the default scheme are known in all languages."""
        key = _known_offices().get(written.strip().lower())
        return self._sentences[key] if key else written


@cache
def _tables():
    """Every sentence in every language it is written in: "file.key" -> {lang: sentence}."""
    folder = resources.files("linli.book") / "wording"
    return {
        f"{file.name.removesuffix('.toml')}.{key}": sentence
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".toml")
        for key, sentence in tomllib.loads(file.read_text(encoding="utf-8")).items()
    }


@cache
def _sentences(lang):
    if lang != "zh_Hans":
        return {key: sentence[lang] for key, sentence in _tables().items()}
    simplified = _simplifier()
    return {key: sentence.get(lang) or simplified(sentence["zh_Hant"]) for key, sentence in _tables().items()}


@cache
def _known_offices():
    """The key of every department and source, by each of its names."""
    tables = {key: sentence for key, sentence in _tables().items() if key.startswith("offices.")}
    return {name.lower(): key for lang in LANGUAGES for key in tables for name in [_sentences(lang)[key]]}


def _simplifier():
    from opencc import OpenCC  # loads its dictionaries: only who reads Simplified waits for them

    return OpenCC("tw2s").convert
