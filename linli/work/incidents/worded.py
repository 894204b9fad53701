"""Short words about a place, refused where they hold a person's number."""

from django.utils.translation import gettext as _

from linli.book.persons import number_of_a_person
from linli.book.safe import clean
from linli.ground.trail.refusals import Refused

LONGEST = 80


def place_words(text, longest=LONGEST):
    """One line about a place; ``Refused`` when too long or with an identity or telephone number in it."""
    text = " ".join(clean(text or "").split())
    if len(text) > longest:
        raise Refused(
            _("These words are too long."), _("Say the place in at most %(most)s characters.") % {"most": longest}
        )
    if number_of_a_person(text):
        raise Refused(
            _("This looks like an identity or telephone number."),
            _("Only places are written here, never persons. Leave the number out."),
        )
    return text


def one_of(choices, code, what):
    """The code if it is one of the choices; else ``Refused``."""
    if code not in choices:
        raise Refused(_("There is no %(what)s “%(code)s”.") % {"what": what, "code": str(code)[:40]})
    return code
