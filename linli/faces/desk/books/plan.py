"""What a county book would change in a bureau: every change with before and after, and what is left out and why.

What the file does not mention stays as it is: a missing row is no wish to remove one.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import numpy as np

from linli.faces.desk.books import plan_figures
from linli.faces.desk.books.standing import facts_by_community
from linli.ground.accounts.roles import PERSONNEL
from linli.ground.officers.models import Leader, LeaderDay, Officer, Pairing, Post
from linli.ground.places.models import Community, CommunityFacts, FactSheet, Office
from linli.ground.trail import clock

EXAMPLES = 6


@dataclass
class Plan:
    """changes: dicts of sheet, do, label, rows (what, before, after), args; left_out: [sheet, reason, count, some]."""

    changes: list = field(default_factory=list)
    _left: dict = field(default_factory=lambda: defaultdict(list))

    def add(self, sheet, do, label, rows, **args):
        """One change; nothing where before and after are the same."""
        rows = [
            [what, _plain(before), _plain(after)] for what, before, after in rows if _plain(before) != _plain(after)
        ]
        if rows or do.endswith("_add"):
            self.changes.append({"sheet": sheet, "do": do, "label": label, "rows": rows, "args": args})

    def leave(self, sheet, reason, label):
        """One row of the file that is not taken over."""
        self._left[sheet, reason].append(label)

    @property
    def left_out(self):
        return [[*key, len(labels), labels[:EXAMPLES]] for key, labels in self._left.items()]


def _plain(value):
    """A value as JSON keeps it."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and value != value:
        return None
    return value.isoformat() if hasattr(value, "isoformat") else value


def plan_of(by, bureau, book):
    """The ``Plan`` of a ``heng.evidence.Book`` for whoever sent it."""
    if by.role == PERSONNEL:
        plan = _of_ground(bureau, book)
        plan_figures.add_evidence(plan, by, bureau, book.evidence)
        plan_figures.add_history(plan, bureau, book.history)
        return plan
    plan = Plan()
    plan_figures.add_evidence(plan, by, bureau, book.evidence)
    for change in _of_ground(bureau, book).changes:
        plan.leave(change["sheet"], "personnel", change["label"])
    return plan


def _of_ground(bureau, book):
    """What the personnel office alone may change, figures and history aside."""
    plan = Plan()
    _communities(plan, bureau, book.communities)
    _people(plan, bureau, book)
    _posts(plan, bureau, book.posts)
    _pairings(plan, bureau, book.pairings)
    _days(plan, bureau, book.leader_days)
    return plan


def draft_year(bureau):
    """The year whose facts can still be written: this one while nothing is published, else the next (R-13)."""
    year = clock.today().year
    published = FactSheet.objects.filter(bureau=bureau, published_at__isnull=False)
    return year + 1 if published.exists() else year


def _communities(plan, bureau, sheet):
    known = {one.code: one for one in Community.objects.filter(bureau=bureau)}
    year = draft_year(bureau)
    draft = {row.community_id: row for row in CommunityFacts.objects.filter(sheet__bureau=bureau, sheet__year=year)}
    holds = facts_by_community(bureau)
    for i, code in enumerate(sheet.community):
        one = known.get(code)
        values = {"name": sheet.name[i], "kind": sheet.kind[i], "complex": bool(sheet.complex[i])}
        do = "community_edit" if one else "community_add"
        rows = [(name, getattr(one, name) if one else None, value) for name, value in values.items()]
        plan.add("communities", do, f"{code} {values['name']}", rows, code=code, **values)
        _facts(plan, sheet, i, year, draft.get(one.pk) if one else None, holds.get(one.pk) if one else None)


def _facts(plan, sheet, i, year, draft, holds):
    """A row of facts goes into the draft of a year, unless it is what holds already."""
    row = draft or holds
    before = {"population": row.population, **row.facts} if row else {}
    said = {name: float(values[i]) for name, values in sheet.facts.items() if np.isfinite(values[i])}
    facts = (row.facts if row else {}) | said
    wanted = {"population": int(sheet.population[i]), **facts}
    if before == wanted or (not before and wanted == {"population": 0}):  # nothing is known: no facts, nobody counted
        return
    names = dict.fromkeys([*wanted, *before])
    rows = [(name, before.get(name), wanted.get(name)) for name in names]
    there = {"population": draft.population, "facts": draft.facts} if draft else None
    plan.add(
        "communities", "facts_write", f"{sheet.community[i]} {sheet.name[i]} · {year}", rows,
        year=year, code=sheet.community[i], population=wanted["population"], facts=facts, before=there,
    )  # fmt: skip


def _people(plan, bureau, book):
    officers = dict(Officer.objects.filter(bureau=bureau).values_list("code", "name"))
    for code, name in dict(zip(book.posts.officer, book.posts.name, strict=True)).items():
        if code not in officers:
            plan.add("posts", "officer_add", f"{code} {name}", [("name", None, name)], code=code, name=name)
        elif officers[code] != name:
            rows = [("name", officers[code], name)]
            plan.add("posts", "officer_rename", code, rows, code=code, name=name, before=officers[code])
    leaders = set(Leader.objects.filter(bureau=bureau).values_list("code", flat=True))
    offices = set(Office.objects.filter(bureau=bureau).values_list("code", flat=True))
    for code in sorted({*book.pairings.leader, *book.leader_days.leader} - leaders - {""}):
        plan.add("pairings", "leader_add", code, [("leader", None, code)], code=code)
    for code in sorted(set(book.pairings.office) - offices):
        plan.add("pairings", "office_add", code, [("office", None, code)], code=code)


def _posts(plan, bureau, sheet):
    found = Post.objects.filter(officer__bureau=bureau).select_related("officer", "community")
    known = {(p.officer.code, p.community.code, p.start.isoformat()): p for p in found}
    ends, staffed, new = [], [], []
    for i, officer in enumerate(sheet.officer):
        key = (officer, sheet.community[i], str(sheet.start[i]))
        post, end, staffing = known.get(key), _day(sheet.end[i]), sheet.staffing[i]
        label = f"{officer} {sheet.name[i]} · {key[1]} · {key[2]}"
        if post is None:
            rows = [("start", None, key[2]), ("end", None, end), ("staffing", None, staffing)]
            new.append(("post_add", label, rows, {"key": key, "end": end, "staffing": staffing}))
            continue
        before = _plain(post.end)
        ends.append(("post_end", label, [("end", before, end)], {"key": key, "end": end, "before": before}))
        staffed.append((
            "post_staff", label, [("staffing", post.staffing, staffing)],
            {"key": key, "staffing": staffing, "before": post.staffing},
        ))  # fmt: skip
    for do, label, rows, args in [*_shortened_first(ends), *staffed, *sorted(new, key=lambda one: one[3]["key"][2])]:
        plan.add("posts", do, label, rows, **args)


def _shortened_first(ends):
    """Posts that end come before posts that go on, so that nobody stands in two places on the way."""
    return sorted(ends, key=lambda one: one[3]["end"] is None)


def _pairings(plan, bureau, sheet):
    found = Pairing.objects.filter(community__bureau=bureau).select_related("community", "leader", "office")
    known = {
        (p.community.code, p.leader.code if p.leader else "", p.office.code, p.start.isoformat()): p for p in found
    }
    ends, new = [], []
    for i, community in enumerate(sheet.community):
        key = (community, sheet.leader[i], sheet.office[i], str(sheet.start[i]))
        end, label = _day(sheet.end[i]), " · ".join(part for part in (community, *key[1:]) if part)
        if key in known:
            before = _plain(known[key].end)
            ends.append(("pairing_end", label, [("end", before, end)], {"key": key, "end": end, "before": before}))
        else:
            rows = [("leader", None, key[1] or None), ("office", None, key[2]), ("end", None, end)]
            new.append(("pairing_add", label, rows, {"key": key, "end": end}))
    for do, label, rows, args in [*_shortened_first(ends), *new]:
        plan.add("pairings", do, label, rows, **args)


def _days(plan, bureau, sheet):
    """Days have no key: as many alike as the file has, no more. An unsigned one here waits for its signature here."""
    there = LeaderDay.objects.filter(leader__bureau=bureau).select_related("leader", "community")
    signed, unsigned = Counter(), Counter()
    for day in there:
        key = (day.leader.code, day.community.code, day.date.isoformat(), float(day.hours))
        (signed if day.countersigned_by else unsigned)[key] += 1
    for i, leader in enumerate(sheet.leader):
        key = (leader, sheet.community[i], str(sheet.date[i]), float(sheet.hours[i]))
        signer, label = sheet.countersigned_by[i], f"{leader} · {key[1]} · {key[2]}"
        if signed[key] and signer:
            signed[key] -= 1
        elif unsigned[key]:
            unsigned[key] -= 1
            if signer:
                plan.leave("leader_days", "unsigned", label)
        elif key[2] > clock.today().isoformat():
            plan.leave("leader_days", "to_come", label)
        else:
            rows = [("hours", None, key[3]), ("countersigned_by", None, signer or None)]
            plan.add("leader_days", "day_add", label, rows, key=key, countersigned_by=signer)


def _day(day):
    return None if np.isnat(day) else str(day)
