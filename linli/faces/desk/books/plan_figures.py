"""What a county book would change in figures and in published history, and whose each figure is (R-80, R-74)."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from heng import periods
from linli.faces.desk.books.standing import figures
from linli.ground.accounts.roles import PERSONNEL
from linli.ground.places.models import Community
from linli.ground.trail import clock
from linli.quarter.appraisal.models import Cycle, PublishedScore
from linli.quarter.indicators import owners, queries
from linli.quarter.indicators.models import Entry, Revision

FIELDS = ("numerator", "denominator", "design_effect", "sd", "source", "status")


def add_evidence(plan, by, bureau, sheet):
    """Adds to the plan what the file's figures change."""
    standing = {(period, code, value.rate): value for period, code, value in figures(bureau)}
    places = {one.code: one for one in Community.objects.filter(bureau=bureau)}
    gates = {period: _Quarter(by, bureau, period) for period in sorted(set(sheet.period))}
    rows = []
    for i, period in enumerate(sheet.period):
        key = (period, sheet.community[i], sheet.rate[i])
        wanted = {name: _known(getattr(sheet, name)[i]) for name in FIELDS}
        there = standing.get(key)
        before = {name: getattr(there, name) for name in FIELDS} if there else None
        if before != wanted:
            rows.append((key, wanted, before, there, _known(sheet.verified_by[i])))
    for key, wanted, before, there, verified in sorted(rows, key=lambda row: (row[0][0], row[0][2], row[0][1])):
        reason, do = gates[key[0]].way(places.get(key[1]), key[2], wanted, there)
        label = " · ".join(key)
        if reason:
            plan.leave("evidence", reason, label)
            continue
        shown = [(name, (before or {}).get(name), wanted[name]) for name in FIELDS]
        version = getattr(there, "version", 0)
        plan.add("evidence", do, label, shown, key=key, figure=wanted, before=before, version=version,
                 verified_by=verified, verified_before=getattr(there, "verified_as", ""))  # fmt: skip


def _known(value):
    value = value.item() if isinstance(value, np.generic) else value
    return None if isinstance(value, float) and value != value else value


class _Quarter:
    """What this person may do about the figures of one quarter."""

    def __init__(self, by, bureau, period):
        self.by, today = by, clock.today()
        frozen = list(Revision.objects.filter(bureau=bureau).values_list("period", flat=True))
        self.frozen = period in frozen
        self.begun = periods.first_day(period).item() <= today
        self.past = not any(f <= period for f in frozen) and today > queries.deadlines(period).verify
        version = queries.scheme_for(bureau, period)
        self.scheme = queries.parsed(version) if version else None
        self.barred = owners.barred(by, bureau, period)

    def way(self, community, rate_id, wanted, there):
        """(reason it is left out, how it is taken over): one of the two is None."""
        if self.frozen:
            return "frozen", None
        if self.by.role == PERSONNEL and self.past:
            return None, "figure_import"
        if not self.begun:
            return "not_begun", None
        rate = next((rate for rate in self.scheme.rates if rate.id == rate_id), None) if self.scheme else None
        if rate is None:
            return "no_scheme", None
        if not owners.supplies(self.by, rate):
            return "not_yours", None
        if community is None or community.pk in self.barred or not owners.reaches(self.by, community):
            return "not_reached", None
        if Entry.Status.FALSE in (wanted["status"], getattr(there, "status", "")):
            return "false", None
        return None, "figure_supply"


def add_history(plan, bureau, sheet):
    """Adds quarters published before Linli; what stands there already is never written over."""
    there = {(row.period, row.officer): row for row in PublishedScore.objects.filter(bureau=bureau)}
    own = set(Cycle.objects.filter(bureau=bureau).values_list("period", flat=True))
    for i, period in enumerate(sheet.period):
        row = {
            "period": period, "officer": sheet.officer[i], "community": sheet.community[i],
            "score": _score(sheet.score[i]), "rank": _whole(sheet.rank[i]), "ranked": bool(sheet.ranked[i]),
        }  # fmt: skip
        label, old = f"{period} · {row['officer']}", there.get((period, row["officer"]))
        if old is not None:
            same = (old.community, old.rank, old.ranked) == (row["community"], row["rank"], row["ranked"])
            if not (same and _score(old.score) == row["score"]):
                plan.leave("history", "published", label)
        elif period in own:
            plan.leave("history", "appraised_here", label)
        else:
            shown = [(name, None, row[name]) for name in ("community", "score", "rank")]
            plan.add("history", "history_add", label, shown, row=row)


def _score(value):
    """Two decimals as text, half up, as a score is published."""
    value = _known(value)
    return None if value is None else str(Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _whole(value):
    value = _known(value)
    return None if value is None else int(value)
