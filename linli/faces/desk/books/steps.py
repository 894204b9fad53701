"""Each kind of change of a plan, done and undone through the actions of the room it belongs to.

``DO[kind](by, bureau, args)`` does a change; ``UNDO[kind](by, bureau, args)`` takes it back, and raises ``Changed``
where what stands there is no longer what the import made.
"""

from datetime import date

from django.utils.translation import gettext as _

from linli.ground.officers import actions as officers
from linli.ground.officers.models import Leader, LeaderDay, Officer, Pairing, Post
from linli.ground.places import actions as places
from linli.ground.places.models import Community, CommunityFacts, Office


class Changed(Exception):
    """Somebody has changed this since the import."""


def _why():
    return _("undoing the import of a county book")


def _day(text):
    return date.fromisoformat(text) if text else None


def _one(found):
    if found is None:
        raise Changed
    return found


def _community(bureau, code):
    return _one(Community.objects.filter(bureau=bureau, code=code).select_related("place", "station").first())


def _check(same):
    if not same:
        raise Changed


# Communities and their facts


def community_add(by, bureau, args):
    places.add_community(by=by, bureau=bureau, **args)


def community_edit(by, bureau, args):
    one = _community(bureau, args["code"])
    values = {name: args[name] for name in ("name", "kind", "complex")}
    places.edit_community(by=by, community=one, place=one.place, station=one.station, **values)


def undo_community_add(by, bureau, args):
    one = _community(bureau, args["code"])
    _check(one.version == 1 and one.closed_on is None)
    places.remove_community(by=by, community=one, why=_why())


def undo_community_edit(by, bureau, args, rows):
    one = _community(bureau, args["code"])
    _check(all(getattr(one, name) == after for name, _before, after in rows) and one.closed_on is None)
    values = {name: getattr(one, name) for name in ("name", "kind", "complex")}
    values |= {name: before for name, before, _after in rows}
    places.edit_community(by=by, community=one, place=one.place, station=one.station, **values)


def facts_write(by, bureau, args):
    places.write_facts(
        by=by, bureau=bureau, year=args["year"], community=_community(bureau, args["code"]),
        population=args["population"], facts=args["facts"],
    )  # fmt: skip


def undo_facts_write(by, bureau, args):
    one = _community(bureau, args["code"])
    row = _one(CommunityFacts.objects.filter(sheet__bureau=bureau, sheet__year=args["year"], community=one).first())
    _check((row.population, row.facts) == (args["population"], args["facts"]) and row.sheet.published_at is None)
    if args["before"]:
        places.write_facts(by=by, bureau=bureau, year=args["year"], community=one, **args["before"])
    else:
        places.remove_facts(by=by, bureau=bureau, year=args["year"], community=one, why=_why())


# People


def officer_add(by, bureau, args):
    officers.add_officer(by=by, bureau=bureau, **args)


def undo_officer_add(by, bureau, args):
    one = _officer(bureau, args["code"])
    _check(one.name == args["name"] and one.account_id is None)
    officers.remove_officer(by=by, officer=one, why=_why())


def officer_rename(by, bureau, args):
    officers.rename_officer(by=by, officer=_officer(bureau, args["code"]), name=args["name"])


def undo_officer_rename(by, bureau, args):
    one = _officer(bureau, args["code"])
    _check(one.name == args["name"])
    officers.rename_officer(by=by, officer=one, name=args["before"])


def leader_add(by, bureau, args):
    officers.add_leader(by=by, bureau=bureau, code=args["code"], name=args["code"])


def undo_leader_add(by, bureau, args):
    one = _one(Leader.objects.filter(bureau=bureau, code=args["code"]).first())
    _check(one.account_id is None)
    officers.remove_leader(by=by, leader=one, why=_why())


def office_add(by, bureau, args):
    places.add_office(by=by, bureau=bureau, code=args["code"], name=args["code"])


def undo_office_add(by, bureau, args):
    one = _one(Office.objects.filter(bureau=bureau, code=args["code"]).first())
    places.remove_office(by=by, office=one, why=_why())


def _officer(bureau, code):
    return _one(Officer.objects.filter(bureau=bureau, code=code).first())


# Posts


def _post(bureau, key):
    found = Post.objects.filter(officer__bureau=bureau, officer__code=key[0], community__code=key[1], start=key[2])
    return _one(found.select_related("officer__account", "community__bureau").first())


def post_add(by, bureau, args):
    officer, community, start = args["key"]
    officers.hold_post(
        by=by, officer=_officer(bureau, officer), community=_community(bureau, community), start=_day(start),
        end=_day(args["end"]), staffing=args["staffing"],
    )  # fmt: skip


def undo_post_add(by, bureau, args):
    post = _post(bureau, args["key"])
    _check((post.end, post.staffing) == (_day(args["end"]), args["staffing"]))
    officers.remove_post(by=by, post=post, why=_why())


def _end(by, thing, before, after, end, reopen, name):
    if before is None:
        end(by=by, end=after, **{name: thing})
    else:
        reopen(by=by, end=after, why=_("as the county book says"), **{name: thing})


def post_end(by, bureau, args):
    post = _post(bureau, args["key"])
    _end(by, post, post.end, _day(args["end"]), officers.leave_post, officers.reopen_post, "post")


def undo_post_end(by, bureau, args):
    post = _post(bureau, args["key"])
    _check(post.end == _day(args["end"]))
    _end(by, post, post.end, _day(args["before"]), officers.leave_post, officers.reopen_post, "post")


def post_staff(by, bureau, args):
    post = _post(bureau, args["key"])
    officers.restaff(by=by, post=post, staffing=args["staffing"], law_approval=post.law_approval)


def undo_post_staff(by, bureau, args):
    post = _post(bureau, args["key"])
    _check(post.staffing == args["staffing"])
    officers.restaff(by=by, post=post, staffing=args["before"], law_approval=post.law_approval)


# Pairings and leaders' days


def _pairing(bureau, key):
    community, leader, office, start = key
    found = Pairing.objects.filter(
        community__bureau=bureau, community__code=community, office__code=office, start=start
    )
    found = found.filter(leader__code=leader) if leader else found.filter(leader=None)
    return _one(found.select_related("community__bureau", "leader", "office").first())


def pairing_add(by, bureau, args):
    community, leader, office, start = args["key"]
    officers.pair(
        by=by, community=_community(bureau, community), start=_day(start), end=_day(args["end"]),
        leader=Leader.objects.filter(bureau=bureau, code=leader).first() if leader else None,
        office=_one(Office.objects.filter(bureau=bureau, code=office).first()),
    )  # fmt: skip


def undo_pairing_add(by, bureau, args):
    pairing = _pairing(bureau, args["key"])
    _check(pairing.end == _day(args["end"]))
    officers.remove_pairing(by=by, pairing=pairing, why=_why())


def pairing_end(by, bureau, args):
    pairing = _pairing(bureau, args["key"])
    _end(by, pairing, pairing.end, _day(args["end"]), officers.end_pairing, officers.reopen_pairing, "pairing")


def undo_pairing_end(by, bureau, args):
    pairing = _pairing(bureau, args["key"])
    _check(pairing.end == _day(args["end"]))
    _end(by, pairing, pairing.end, _day(args["before"]), officers.end_pairing, officers.reopen_pairing, "pairing")


def day_add(by, bureau, args):
    leader, community, day, hours = args["key"]
    officers.copy_leader_day(
        by=by, leader=_one(Leader.objects.filter(bureau=bureau, code=leader).select_related("bureau").first()),
        community=_community(bureau, community), date=_day(day), hours=hours,
        countersigned_by=args["countersigned_by"],
    )  # fmt: skip


def undo_day_add(by, bureau, args):
    leader, community, day, hours = args["key"]
    found = LeaderDay.objects.filter(
        leader__bureau=bureau, leader__code=leader, community__code=community, date=day, hours=str(hours),
        countersigned_by=args["countersigned_by"], refused_because="",
    )  # fmt: skip
    one = _one(found.select_related("leader__bureau", "community").order_by("-pk").first())
    officers.remove_leader_day(by=by, leader_day=one, why=_why())


KINDS = (
    *("community_add", "community_edit", "facts_write", "officer_add", "officer_rename", "leader_add", "office_add"),
    *("post_add", "post_end", "post_staff", "pairing_add", "pairing_end", "day_add"),
)
DO = {kind: globals()[kind] for kind in KINDS}
UNDO = {kind: globals()[f"undo_{kind}"] for kind in KINDS}
