"""A bureau's county book as it stands now, as tables that a file might have held."""

from linli.book.columns import Table
from linli.book.sheets import SHEETS
from linli.ground.officers.models import LeaderDay, Pairing, Post
from linli.ground.places.models import Community, CommunityFacts
from linli.ground.places.queries import facts_of
from linli.ground.trail import clock
from linli.quarter.appraisal.models import PublishedScore
from linli.quarter.indicators.models import Entry, FrozenValue, Revision


def tables(bureau, whole=False):
    """(sheet -> ``Table``, communities left out). A community without published facts has no population to be written:
    it is left out with all that is said of it; ``whole`` keeps it, for checks and never for a file."""
    places = list(Community.objects.filter(bureau=bureau).order_by("code"))
    facts = facts_by_community(bureau)
    kept = [place for place in places if whole or place.pk in facts]
    codes = {place.pk: place.code for place in kept}
    history = PublishedScore.objects.filter(bureau=bureau, community__in=codes.values())
    found = {
        "communities": _communities(kept, facts),
        "posts": _posts(codes),
        "pairings": _pairings(codes),
        "evidence": _table("evidence", [_figure(*row) for row in figures(bureau, codes)]),
        "leader_days": _days(codes),
        "history": _history(history),
    }
    return found, [place.code for place in places if place.pk not in codes]


def facts_by_community(bureau):
    """Community -> the ``CommunityFacts`` that hold now; of one that has none, its latest published."""
    holds = facts_of(bureau, clock.today().year)
    rows = CommunityFacts.objects.filter(sheet__bureau=bureau, sheet__published_at__isnull=False)
    rows = rows.select_related("sheet").order_by("sheet__year")
    found = {row.community_id: row for row in rows}
    return found | {row.community_id: row for row in rows if holds and row.sheet_id == holds.pk}


def figures(bureau, codes=None):
    """(period, community code, ``FrozenValue`` or ``Entry``) of every quarter: as last frozen, else as it stands."""
    revisions = Revision.objects.filter(bureau=bureau).order_by("period", "number").values_list("period", "pk")
    latest = {pk: period for period, pk in dict(revisions).items()}
    found = [(latest[v.revision_id], v.community, v) for v in FrozenValue.objects.filter(revision__in=latest)]
    typed = Entry.objects.filter(bureau=bureau).exclude(period__in=latest.values()).select_related("community")
    found += [(entry.period, entry.community.code, entry) for entry in typed]
    known = set(codes.values()) if codes is not None else None
    found = [row for row in found if known is None or row[1] in known]
    return sorted(found, key=lambda row: (row[0], row[1], row[2].rate))


def _table(sheet, rows, facts=None):
    names = list(SHEETS[sheet].columns)
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    return Table(sheet, sheet, list(range(2, len(rows) + 2)), columns, facts or {})


def _communities(places, facts):
    rows = [(p.code, p.name, p.kind, p.complex, _population(facts.get(p.pk))) for p in places]
    said = [facts[p.pk].facts if p.pk in facts else {} for p in places]
    names = list(dict.fromkeys(name for one in said for name in one))
    return _table("communities", rows, {name: [one.get(name) for one in said] for name in names})


def _population(row):
    return float(row.population) if row else 0.0


def _posts(codes):
    posts = Post.objects.filter(community__in=codes).select_related("officer").order_by("officer__code", "start")
    rows = [(p.officer.code, p.officer.name, codes[p.community_id], p.start, p.end, p.staffing) for p in posts]
    return _table("posts", rows)


def _pairings(codes):
    found = Pairing.objects.filter(community__in=codes).select_related("leader", "office")
    rows = [
        (codes[p.community_id], p.leader.code if p.leader else "", p.office.code, p.start, p.end)
        for p in found.order_by("community__code", "start", "pk")
    ]
    return _table("pairings", rows)


def _figure(period, community, value):
    verified = getattr(value, "verified_as", None) or getattr(value, "verified_by", "")
    if isinstance(value, Entry) and value.verified_at is None:
        verified = ""
    numbers = (value.numerator, value.denominator, value.design_effect, value.sd)
    return (period, community, value.rate, *numbers, value.source, verified, value.status)


def _days(codes):
    days = LeaderDay.objects.filter(community__in=codes, refused_because="").select_related("leader")
    rows = [
        (d.leader.code, codes[d.community_id], d.date, float(d.hours), d.countersigned_by)
        for d in days.order_by("leader__code", "date", "pk")
    ]
    return _table("leader_days", rows)


def _history(scores):
    rows = [
        (s.period, s.officer, s.community, None if s.score is None else float(s.score), s.rank, s.ranked)
        for s in scores.order_by("period", "community", "officer")
    ]
    return _table("history", rows)
