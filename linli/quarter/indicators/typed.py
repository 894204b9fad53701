"""One rate's sheet as it is typed: rows of a form read like a workbook's cells, full-width digits and all."""

from django.utils.translation import gettext as _

from linli.book import cells
from linli.book.phrases import phrase
from linli.quarter.indicators.figures import LABELS, Figure, said
from linli.quarter.indicators.language import reader

NUMBERS = ("numerator", "denominator", "design_effect", "sd")
ROWS_A_PAGE = 100  # a form has at most a thousand fields


def read(posted, communities, source):
    """(rows for ``supply_sheet``, community code -> what is wrong with a row that cannot be read)."""
    rows, wrong = [], {}
    for place in communities:
        if f"version-{place.code}" not in posted:
            continue
        version = posted[f"version-{place.code}"]
        version = int(version) if version.isdecimal() and len(version) < 10 else 0
        try:
            figure = _figure(posted, place.code, "" if version else source)
        except ValueError as unreadable:
            wrong[place.code] = str(unreadable)
            continue
        again = f"again-{place.code}" in posted
        rows.append({"community": place, "figure": figure, "version": version, "again": again})
    return rows, wrong


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
