"""What tests of this room are given: a mediator, a community, and disputes brought as far as a test needs them."""

from datetime import date, timedelta

import pytest

from linli.ground.trail import clock
from linli.work.disputes import actions

FIRST = date(2026, 9, 1)


class Mediation:
    """Brings disputes of community C01 on, each step by its mediator, on the day that is said."""

    def __init__(self, cast):
        self.cast, self.bureau, self.community = cast, cast.bureau, cast.community("C01")
        self.mediator = cast.department("mediation committee")

    def taken_in(self, on=FIRST, by=None, **more):
        asked = {"kind": "neighbours", "title": "樓道堆物", "scale": "two", "community": self.community} | more
        with clock.at(on):
            return actions.take_in(by=by or self.mediator, bureau=self.bureau, **asked)

    def consented(self, on=FIRST, **more):
        dispute = self.taken_in(on, **more)
        with clock.at(on):
            for side in "ab":
                actions.consent(by=dispute.mediator, dispute=dispute, side=side, given=True)
        return dispute

    def settled(self, on=FIRST, after=5, confirmed=(True, True), **more):
        dispute = self.consented(on, **more)
        with clock.at(on + timedelta(days=after)):
            actions.settle(
                by=dispute.mediator, dispute=dispute, agreement="雙方各自清理樓道。", sides_confirm=confirmed
            )
        return dispute

    def closed(self, on=FIRST, after=5, **more):
        dispute = self.settled(on, after, **more)
        with clock.at(dispute.follow_up_due):
            actions.follow_up(by=dispute.mediator, dispute=dispute, relapse=False)
        return dispute


@pytest.fixture
def mediation(cast):
    """``mediation.settled(on=date(2026, 9, 1))``: a dispute brought that far."""
    return Mediation(cast)
