"""What may be said of a place for a year: numbers about the place, checked; what nobody has said yet, named."""

import math

from django.utils.translation import gettext as _

from linli.book.safe import FORMULA
from linli.ground.places.ids import checked_name
from linli.ground.places.residents import words_about_residents
from linli.ground.trail.refusals import Refused

LARGEST = 1e12
MOST_FACTS = 40
_COLUMNS = ("community", "name", "kind", "complex", "population")


def checked_facts(facts):
    """name -> number, unknown ones left out; ``Refused`` for a name about residents and for what is no number."""
    if len(facts) > MOST_FACTS:
        raise Refused(_("More than %(most)s facts about one place.") % {"most": MOST_FACTS}, _("Keep those in use."))
    return {fact_name(name): fact_number(name, value) for name, value in facts.items() if value is not None}


def fact_name(name):
    """The name of a fact, refused when it is about residents or the county book could not hold it."""
    name = checked_name(name, _("a place fact"), longest=40)
    words = words_about_residents(name)
    if words:
        raise Refused(
            _("“%(name)s” describes residents (%(words)s).") % {"name": name, "words": ", ".join(words)},
            _("Only facts about the place are kept: homes, venues, roads, hours. Nobody is counted for what they are."),
        )
    if name in _COLUMNS or name.startswith(FORMULA):
        raise Refused(_("“%(name)s” cannot be the name of a fact.") % {"name": name}, _("Choose another name."))
    return name


def fact_number(name, value):
    """A finite number."""
    known = isinstance(value, int | float) and not isinstance(value, bool)
    if not known or not math.isfinite(value) or abs(value) > LARGEST:
        raise Refused(
            _("%(name)s: “%(value)s” is not a number.") % {"name": name, "value": str(value)[:40]},
            _("Leave it blank where it is not known; blank is not zero."),
        )
    return value


def checked_population(value):
    """Whole actual residents, 0 to a hundred million."""
    if isinstance(value, bool) or int(value) != value or not 0 <= value <= 100_000_000:
        raise Refused(_("The population is not a whole number."), _("Write the actual residents, such as 14200."))
    return int(value)


def lacking(codes, rows, covariates):
    """[(community, [what]) …] in order: communities without a row ("population"), or without a covariate."""
    found = []
    for code in codes:
        row = rows.get(code)
        missing = ["population", *covariates] if row is None else [name for name in covariates if name not in row.facts]
        if missing:
            found.append((code, missing))
    return found
