"""What a log may say: never the letters of a survey's card, which stand in the address of its page."""

import logging
import re

_CARD = re.compile(r"(/p/[^/\s]+/s/)[^/\s?#]+")


class WithoutCards(logging.Filter):
    """Takes the letters of a card out of every line, wherever in it they stand."""

    def filter(self, record):
        said = record.getMessage()
        if "/s/" in said:
            record.msg, record.args = _CARD.sub(r"\1…", said), ()
        return True
