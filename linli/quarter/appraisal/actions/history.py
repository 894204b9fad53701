"""Quarters as they were published before Linli: what streaks and the year's order look back on."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.translation import gettext as _

from heng.periods import parse
from linli.ground.accounts.roles import PERSONNEL
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import Refused
from linli.quarter.appraisal.actions.checks import only
from linli.quarter.appraisal.models import Cycle, PublishedScore
from linli.quarter.indicators.models import Revision

_COLUMNS = ("community", "score", "rank", "ranked")


@action
def import_history(*, by, bureau, rows):
    """Adds published scores. rows: mappings with the columns of the county book's history sheet; what stands there
    already with the same values is passed over, with others refused, and nothing is half imported."""
    only(by, bureau, PERSONNEL)
    wanted = [_read(number, row) for number, row in enumerate(rows, 1)]
    periods = {row["period"] for row in wanted}
    own = sorted(Cycle.objects.filter(bureau=bureau, period__in=periods).values_list("period", flat=True))
    if own:
        raise Refused(_("%(periods)s is appraised here.") % {"periods": ", ".join(own)}, _("Leave these quarters out."))
    stood = {(row.period, row.officer): row for row in PublishedScore.objects.filter(bureau=bureau, period__in=periods)}
    fresh = []
    for number, row in enumerate(wanted, 1):
        old = stood.get((row["period"], row["officer"]))
        if old is None:
            fresh.append(PublishedScore(bureau=bureau, **row))
            stood[row["period"], row["officer"]] = fresh[-1]
        elif any(getattr(old, name) != row[name] for name in _COLUMNS):
            raise _wrong(number, _("this officer and quarter stand there already with other values"))
    PublishedScore.objects.bulk_create(fresh)
    record(by=by, action="appraisal.import_history", bureau=bureau, periods=periods, rows=len(fresh))
    return fresh


@action
def take_out_history(*, by, bureau, keys, why):
    """Undoes an import. keys: (period, officer); how many rows were taken out. Scores that were published here stay,
    and so does everything once a quarter has been frozen, which may have looked back on it."""
    only(by, bureau, PERSONNEL)
    if Revision.objects.filter(bureau=bureau).exists():
        raise Refused(_("A quarter has been frozen: what it looked back on stays."))
    wanted = set(map(tuple, keys))
    rows = PublishedScore.objects.filter(bureau=bureau, computation=None, period__in={key[0] for key in wanted})
    gone = [row.pk for row in rows if (row.period, row.officer) in wanted]
    PublishedScore.objects.filter(pk__in=gone).delete()
    record(by=by, action="appraisal.take_out_history", bureau=bureau, why=why, rows=len(gone))
    return len(gone)


def _read(number, row):
    try:
        parse(row["period"])
        score, rank = row["score"], row["rank"]
        read = {
            "period": row["period"],
            "officer": str(row["officer"]),
            "community": str(row["community"]),
            "score": None if score in (None, "") else Decimal(str(score)).quantize(Decimal("0.01"), ROUND_HALF_UP),
            "rank": None if rank in (None, "") else int(rank),
            "ranked": bool(row["ranked"]),
        }
    except (KeyError, ValueError, TypeError, InvalidOperation) as fault:
        raise _wrong(number, str(fault)) from fault
    if read["ranked"] != (read["rank"] is not None) or read["ranked"] != (read["score"] is not None):
        raise _wrong(number, _("score and rank stand exactly where somebody was ranked"))
    if read["ranked"] and not (0 <= read["score"] <= 100 and read["rank"] > 0):
        raise _wrong(number, _("a score is 0 to 100 and a rank 1 or more"))
    return read


def _wrong(number, what):
    return Refused(_("Row %(number)s: %(what)s.") % {"number": number, "what": what}, _("Mend it and send all again."))
