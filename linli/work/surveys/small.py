"""Small cells of a closed wave: what whoever is scored may not read, or few answers would name who gave them."""

from functools import lru_cache

from heng.disclosure import withheld
from linli.work.surveys.counting import SCORE


def hidden(figures):
    """{(question, value)} of one community's ``Result`` rows that stay empty; what goes up to the rate never does.

    The counts are the rounded shares of the answers, so a weighted share is hidden by what it says, not by how many
    gave it. Of each question as many further choices are hidden as the total would give back.
    """
    questions = {}
    for (key, value), row in figures.items():
        if value != SCORE and row.answers:
            questions.setdefault(key, {})[value] = round((row.share or 0.0) * row.answers)
    return {
        (key, value)
        for key, counts in questions.items()
        for value, gone in zip(counts, _mask(tuple(counts.values())), strict=True)
        if gone
    }


@lru_cache(maxsize=2000)
def _mask(counts):
    return tuple(withheld(list(counts))[:-1].tolist())
