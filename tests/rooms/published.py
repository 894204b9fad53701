"""A published quarter of the invented bureau for tests of rooms above appraisal: rows laid down, figures computed."""

from dataclasses import replace
from functools import cache

from heng.quarter import appraise
from linli.book import frozen
from linli.book.read import read_book
from linli.book.scheme import read_scheme
from linli.ground.trail import clock
from linli.quarter.appraisal.models import Computation, Cycle, Figure, Score
from linli.quarter.indicators.models import Revision
from tests.rooms.cast import COUNTY

PERIOD = "2026Q3"


@cache
def computed(period=PERIOD, incidents=None):
    """(text of the book, text of the quarter); incidents: what an objection of C07 would have had counted there."""
    scheme = read_scheme(COUNTY / "scheme.toml")
    book, _ = read_book(COUNTY, scheme=scheme)
    if incidents is not None:
        found = book.evidence
        here = (found.period == period) & (found.community == "C07") & (found.rate == "incidents")
        numerator = found.numerator.copy()
        numerator[here] = incidents
        book = replace(book, evidence=replace(found, numerator=numerator))
    return frozen.dumps(book), frozen.dumps(appraise(book, scheme, period, draws=0))


def revise(cast, cycle, number, incidents=None):
    """The cycle's revision with that number, computed, as the cycle's current one."""
    book, quarter = computed(cycle.period, incidents)
    made = {"made_by": "personnel", "made_at": clock.now()}
    revision = Revision.objects.create(
        bureau=cast.bureau, period=cycle.period, number=number, scheme=cast.scheme, book=book,
        sha256=frozen.sha256(book), **made,
    )  # fmt: skip
    computation = Computation.objects.create(
        revision=revision, seed=20260930, draws=0, quarter=quarter, sha256=frozen.sha256(quarter),
        made_at=clock.now(), version="test",
    )  # fmt: skip
    _rows(computation, frozen.loads(quarter))
    Cycle.objects.filter(pk=cycle.pk).update(current=computation)
    cycle.refresh_from_db()
    return computation


def publish(cast, period=PERIOD, state=Cycle.State.PUBLISHED):
    """A ``Cycle`` in that state with its first computation."""
    cycle = Cycle.objects.create(
        bureau=cast.bureau, period=period, scheme=cast.scheme, state=state, opened_at=clock.now(),
        frozen_at=clock.now(), computed_at=clock.now(), noticed_at=clock.now(), objections_until=clock.today(),
        published_at=clock.now() if state == Cycle.State.PUBLISHED else None,
    )  # fmt: skip
    revise(cast, cycle, 1)
    return cycle


def _rows(computation, quarter):
    Score.objects.bulk_create(_row(Score, computation, quarter.scores, i) for i in range(len(quarter.scores)))
    Figure.objects.bulk_create(_row(Figure, computation, quarter.indicators, i) for i in range(len(quarter.indicators)))


def _row(model, computation, table, i):
    names = [f.name for f in model._meta.local_fields if hasattr(table, f.name)]
    cells = {name: getattr(table, name)[i] for name in names}
    cells = {name: cell.item() if hasattr(cell, "item") else cell for name, cell in cells.items()}
    return model(computation=computation, **{name: None if cell != cell else cell for name, cell in cells.items()})
