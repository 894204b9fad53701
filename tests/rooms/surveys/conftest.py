"""A wave in two invented communities, its cards, and the same closed."""

import pytest

from linli.work.surveys import actions
from tests.rooms.surveys import asking


@pytest.fixture
def questionnaire(cast):
    return asking.published(cast)


@pytest.fixture
def wave(cast, questionnaire):
    return asking.opened(cast, questionnaire)


@pytest.fixture
def drawn(cast, wave):
    return actions.draw_sample(by=cast.user("committee"), wave=wave, frame=asking.houses(), seed=7)


@pytest.fixture
def closed(cast, wave, drawn):
    asking.answer_all(wave, drawn)
    return actions.close_wave(by=cast.user("committee"), wave=wave)
