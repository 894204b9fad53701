"""The working rooms of the invented county: what its people did each quarter, so that what the rooms count is what its
departments hand in. Everything goes through the rooms' actions; chance is drawn from a seed, so each build is the same.
"""

from linli.faces.demo.work import answers, board, ledger, registers, visits, voices

ROOMS = (visits, registers, ledger, answers, voices, board)


def begin(county):
    """What stands before the first quarter: plans of checks, questionnaires."""
    for room in ROOMS:
        room.begin(county)


def play(county, period):
    """One quarter's work, done and written down by its last evening."""
    for room in ROOMS:
        room.play(county, period)


def now(county):
    """What has been done of the running quarter by the day on which the demo opens."""
    for room in ROOMS:
        room.now(county)
