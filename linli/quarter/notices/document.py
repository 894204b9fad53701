"""A circular in Word, in the layout of GB/T 9704, from what is kept of it: the same notice gives the same bytes."""

import re

from django.utils.timezone import localtime

from linli.book.official import Official
from linli.book.steady import repacked
from linli.quarter.decisions.wording import dated, simplified
from linli.quarter.notices.models import Notice
from linli.quarter.notices.paper import WORDS

ONE_LINE = 19  # characters of a title of 22 points in 156 mm


def docx(notice, lang="zh_Hant"):
    """The document's bytes. lang: zh_Hant, or zh_Hans made from it with the names left as they are."""
    say = _speaker(notice, lang)
    document, bureau = Official(lang), notice.bureau.name
    issued = localtime(notice.issued_at).date() if notice.issued_at else None
    draft = notice.state == Notice.State.DRAFT
    number = notice.number or WORDS("blank_number")
    document.head(say(WORDS("draft" if draft else "internal_copy")), say(WORDS("mark", bureau=bureau)), say(number))
    document.title(say(broken(notice.title)))
    document.recipients(say(WORDS("recipients", offices="，".join(recipients(notice)))))
    for _, text in notice.paragraphs:
        document.text(say(text))
    document.sign_off("", bureau, dated(issued))
    printed = WORDS("printed_on", date=dated(issued))
    document.colophon(say(WORDS("copies")), say(WORDS("printed_by", bureau=bureau)), say(printed))
    day = issued or notice.cycle.opened_at.date()
    return repacked(document.as_bytes(say(notice.title)), str(day))


def broken(title):
    r"""A title in two lines of like length, parted before a word, where one line will not hold it (20 characters).

    >>> broken("關於對東門社區民警周文清予以通報批評的通報")
    '關於對東門社區民警周文清\n予以通報批評的通報'
    """
    if len(title) <= ONE_LINE:
        return title
    places = [found.start() for found in re.finditer("予以|享受|通報的", title)] or [len(title) // 2]
    middle = min(places, key=lambda place: abs(2 * place - len(title)))
    return f"{title[:middle]}\n{title[middle:]}"


def recipients(notice):
    """Names of the offices it is sent to: the station of the community, then the offices it names."""
    station = notice.community.station
    named = [name for _, name in notice.offices]
    return list(dict.fromkeys(([station.name] if station else []) + named))


def _speaker(notice, lang):
    if lang == "zh_Hant":
        return str
    names = [notice.officer.name, notice.community.name, notice.bureau.name, *recipients(notice)]
    names += [name for _, name in notice.leaders]
    return lambda text: simplified(text, names)
