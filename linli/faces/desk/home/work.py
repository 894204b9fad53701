"""What waits in the working rooms: each says in its ``queries.items`` what waits there for whom."""

from linli.work.disputes import queries as disputes
from linli.work.incidents import queries as incidents
from linli.work.requests import queries as requests
from linli.work.surveys import queries as surveys
from linli.work.worklog import queries as worklog

ROOMS = (requests, disputes, worklog, surveys, incidents)


def items(user, bureau, today):
    """``Item``s of every room, in the rooms' order."""
    for room in ROOMS:
        yield from room.items(user, bureau, today)
