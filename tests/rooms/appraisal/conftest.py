"""What the tests of this room are given: the cast's third quarter of 2026, brought to any state of its cycle."""

from datetime import date

import pytest
from django.utils import translation

from linli.ground.accounts.models import User
from linli.ground.accounts.roles import Role
from linli.ground.jobs.actions import work_one
from linli.ground.trail import clock
from linli.quarter.appraisal import actions, computing, jobs
from linli.quarter.appraisal.models import Cycle

PERIOD = "2026Q3"
FROZEN_ON = date(2026, 10, 13)  # the fifth working day after the quarter, the National Day holiday in between
NOTICED_ON = date(2026, 10, 19)
LAST_DAY = date(2026, 10, 26)


_WORKED_OUT = {}


@pytest.fixture(autouse=True)
def computed_once(monkeypatch):
    """The same book under the same scheme is worked out once for all tests; it is always heng that does it."""
    whole = computing.worked_out

    def kept(revision):
        key = revision.sha256, revision.scheme.text, revision.period
        if key not in _WORKED_OUT:
            _WORKED_OUT[key] = whole(revision)
        return _WORKED_OUT[key]

    monkeypatch.setattr(computing, "worked_out", kept)
    monkeypatch.setattr(jobs, "worked_out", kept)


@pytest.fixture(autouse=True)
def in_english():
    """What an action says is compared in the language of the source."""
    with translation.override("en"):
        yield


class Quarter:
    """The cast with its cycle, and somebody independent in each office that answers."""

    def __init__(self, cast):
        self.cast, self.bureau = cast, cast.bureau
        self.personnel, self.secretary = cast.user("personnel"), cast.user("secretary")
        self.reviewer = self._account("reviewer", Role.SUPERVISION)
        self.second = self._account("personnel2", Role.PERSONNEL)
        with clock.at(date(2026, 7, 6)):
            self.cycle = actions.open_cycle(by=self.personnel, bureau=self.bureau, period=PERIOD)

    def _account(self, name, role):
        return User.objects.create(username=name, role=role, bureau=self.bureau, display_name=name)

    def read(self):
        self.cycle = Cycle.objects.get(pk=self.cycle.pk)
        return self.cycle

    def frozen(self):
        with clock.at(FROZEN_ON):
            self.revision = actions.freeze(by=self.personnel, cycle=self.cycle)
        return self.read()

    def computed(self):
        self.frozen()
        with clock.at(FROZEN_ON):
            assert work_one()
        return self.read()

    def noticed(self):
        self.computed()
        with clock.at(NOTICED_ON):
            actions.give_notice(by=self.personnel, cycle=self.cycle)
        return self.read()

    def published(self, day=date(2026, 10, 28)):
        self.noticed()
        with clock.at(day):
            actions.publish(by=self.personnel, cycle=self.cycle, minute_number="2026-41")
        return self.read()

    def officer(self, code="O08"):
        return self.cast.officer(code)

    def corrected(self, changes):
        return actions.correct(
            by=self.personnel, cycle=self.read(), changes=changes, reason="漏計", approved_by=self.secretary
        )

    def objection(self, code="O08", day=date(2026, 10, 20), **more):
        officer = self.officer(code)
        said = {"kind": "objection", "text": "見警率有誤", "rate": "visibility"} | more
        with clock.at(day):
            return actions.send_objection(by=officer.account, cycle=self.cycle, officer=officer, **said)


@pytest.fixture
def quarter(full_cast):
    """The quarter, open."""
    return Quarter(full_cast)
