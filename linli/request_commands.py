"""``linli requests-import FILE``: another system's past requests, shown with every fault; brought in when told so."""

import csv
import sys
from collections import Counter
from pathlib import Path

WRONG = 2
_SHOWN = 3  # rows named for each fault; --all names every one


def register(subparsers):
    """Adds ``requests-import`` to the command line."""
    command = subparsers.add_parser("requests-import", help="bring in past requests of another system (311 files)")
    command.add_argument("file", type=Path, help="a city's CSV: New York's or Boston's columns")
    command.add_argument("--bureau", required=True, help="the code of the bureau they are counted for")
    command.add_argument("--kinds", type=Path, metavar="CSV", help="lines theirs,ours in place of our guess by words")
    command.add_argument("--communities", type=Path, metavar="CSV", help="lines district,community code; else unknown")
    command.add_argument("--all", action="store_true", help="name every row with a fault")
    command.add_argument("--save", action="store_true", help="bring them in; without it nothing is written")
    command.add_argument("--by", default="linli", help="the account that answers for it; default linli")
    command.set_defaults(run=run)


def run(args):
    """Shows what would be brought in, and with --save does it; 2 with a sentence when the file is another one."""
    from linli import server
    from linli.book.files import read_bytes
    from linli.book.requests_311 import LARGEST, NotRequests, read_requests

    try:
        read = read_requests(read_bytes(args.file, LARGEST))
        kinds, communities = pairs(args.kinds), pairs(args.communities)
    except (NotRequests, ValueError, OSError) as fault:
        print(f"{args.file.name}: {fault}", file=sys.stderr)
        return WRONG
    server.prepare()
    server.migrate()
    print(described(read, kinds, everything=args.all))
    return bring(read, args.bureau, kinds, communities, args.by, args.save)


def pairs(path):
    """{first: second} of a CSV's lines; ValueError for a line that is not two cells."""
    if path is None:
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = [[cell.strip() for cell in line] for line in csv.reader(file) if any(line)]
    for number, line in enumerate(lines, 1):
        if len(line) != 2 or not all(line):
            raise ValueError(f"{path.name}, line {number}: two cells are needed")
    return dict(lines)


def described(read, kinds, everything=False):
    """What the file holds and what is odd about it, in lines."""
    from linli.book.requests_311 import KEPT, LEFT_OUT, ours

    lines = [f"{read.layout.city}: {read.rows} rows, {len(read.requests)} requests"]
    if read.requests:
        opened = [request.opened for request in read.requests]
        lines.append(f"opened {min(opened):%Y-%m-%d} to {max(opened):%Y-%m-%d}")
    for code, count in Counter(kinds.get(one.kind) or ours(one.kind) for one in read.requests).most_common():
        lines.append(f"  {count:6} {code}")
    for code, count in read.counts():
        what = "left out" if code in LEFT_OUT else "kept"
        rows = [fault.row for fault in read.faults if fault.code == code]
        named = ", ".join(map(str, rows if everything else rows[:_SHOWN]))
        more = "" if everything or count <= _SHOWN else ", …"
        lines.append(f"{count} {what}: {(LEFT_OUT | KEPT)[code]} (rows {named}{more})")
    return "\n".join(lines)


def bring(read, bureau_code, kinds, communities, by, save):
    """Brings the requests in through the room's own action; every row it refuses is named."""
    from linli.ground.accounts.models import User
    from linli.ground.places.models import Bureau, Community
    from linli.work.requests.actions import bring_in

    bureau = Bureau.objects.filter(code=bureau_code).first()
    person = by if by == "linli" else User.objects.filter(username=by).first()
    if bureau is None or person is None:
        print(f"there is no {'bureau ' + bureau_code if bureau is None else 'account ' + by}", file=sys.stderr)
        return WRONG
    known = {community.code: community for community in Community.objects.filter(bureau=bureau)}
    strange = sorted(set(communities.values()) - set(known))
    if strange:
        print(f"the bureau has no community {', '.join(strange)}", file=sys.stderr)
        return WRONG
    if not save:
        print("nothing was written; with --save they are brought in")
        return 0
    rows = [_historical(read.layout.city, one, kinds, communities, known) for one in read.requests]
    made, faulty, refused = bring_in(by=person, bureau=bureau, rows=rows)
    print(f"{made} brought in, {faulty} of them with a fault; {len(refused)} refused")
    for reference, why in refused[:_SHOWN]:
        print(f"  {reference}: {why}")
    return 0


def _historical(city, one, kinds, communities, known):
    from django.utils.timezone import make_aware

    from linli.book.requests_311 import KEPT, ours
    from linli.work.requests.actions import Historical

    return Historical(
        reference=f"{city}:{one.number}"[:60],
        kind=kinds.get(one.kind) or ours(one.kind),
        opened_at=make_aware(one.opened),
        due_at=one.target and make_aware(one.target),
        closed_at=one.closed and make_aware(one.closed),
        community=known.get(communities.get(one.district)),
        fault="; ".join(KEPT[code].partition(":")[0] for code in one.faults),
    )
