"""One rate's sheet as it is typed: rows of a form read like a workbook's cells, full-width digits and all."""

from django.utils.translation import gettext as _

from linli.book import cells
from linli.book.phrases import phrase
from linli.ground.trail.language import reader
from linli.quarter.indicators.figures import LABELS, Figure, said

NUMBERS = ("numerator", "denominator", "design_effect", "sd")
READ, WAS = (*NUMBERS, "provisional", "source"), "|"  # the source is last: it alone may hold the stroke
ROWS_A_PAGE = 100  # a form has at most a thousand fields


def read(posted, communities, source):
    """(rows for ``supply_sheet``, community code -> what is wrong with a row that cannot be read)."""
    rows, wrong = [], {}
    for place in communities:
        if f"version-{place.code}" not in posted or _untouched(posted, place.code):
            continue
        version = version_of(posted, place.code)
        try:
            figure = _figure(posted, place.code, "" if version else source)
        except ValueError as unreadable:
            wrong[place.code] = str(unreadable)
            continue
        again = f"again-{place.code}" in posted
        rows.append({"community": place, "figure": figure, "version": version, "again": again})
    return rows, wrong


def version_of(posted, code):
    """The version of a row as its page showed it; 0 of a blank one, or of no number."""
    version = posted.get(f"version-{code}", "")
    return int(version) if version.isdecimal() and len(version) < 10 else 0


def _untouched(posted, code):
    """Whether a row comes back as it was shown: then a colleague who changed it meanwhile is not contradicted."""
    parts = posted.get(f"was-{code}", "").split(WAS, len(READ) - 1)
    if len(parts) != len(READ) or f"again-{code}" in posted:
        return False
    sent = [posted.get(f"{name}-{code}", part) for name, part in zip(READ[:-2], parts, strict=False)]
    return parts == [*sent, str(f"provisional-{code}" in posted), posted.get(f"source-{code}", parts[-1])]


def was(texts):
    """A row's texts as one: what a form carries along to know later whether the row was touched."""
    return WAS.join(str(texts[name]) for name in READ)


def _figure(posted, code, source):
    given = {name: cells.plain(posted.get(f"{name}-{code}", "")) for name in NUMBERS}
    if not given["numerator"] and not given["denominator"]:
        return None
    for name in ("numerator", "denominator"):
        if not given[name]:
            raise ValueError(_("%(field)s is blank: both are needed, or neither.") % {"field": LABELS[name]()})
    numbers = {name: _number(name, text) for name, text in given.items() if text}
    status = "provisional" if f"provisional-{code}" in posted else "final"
    own = posted.get(f"source-{code}", "").strip()
    return Figure(**({"sd": None} | numbers), source=own or source.strip(), status=status)


def _number(name, text):
    try:
        return cells.number()(text)
    except cells.Unreadable as why:
        expected = phrase(f"expected.{why.code}", reader(), **why.facts)
        raise ValueError(
            _("%(field)s: found “%(found)s”, expected %(expected)s.")
            % {"field": LABELS[name](), "found": text[:40], "expected": expected}
        ) from why


def shown(value):
    """Field -> text of an ``Entry`` as it stands in its input; blanks for None."""
    if value is None:
        return dict.fromkeys((*NUMBERS, "source"), "") | {"provisional": False}
    texts = {name: "" if getattr(value, name) is None else said(getattr(value, name)) for name in NUMBERS}
    return texts | {"source": value.source, "provisional": value.status == "provisional"}


def as_sent(posted, code):
    """The same of what somebody has sent, so that nothing is lost when a row comes back."""
    texts = {name: posted.get(f"{name}-{code}", "") for name in (*NUMBERS, "source")}
    return texts | {"provisional": f"provisional-{code}" in posted}
