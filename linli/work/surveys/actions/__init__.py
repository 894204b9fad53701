"""Every write of this room. What it does to answers leaves counts in the trail and no entry for each of them.

The trail stands in the order of time: an entry for each answer would say when it came, and who can see a card being
filled in would know which row it is. So ``answer`` and ``leave_contact`` are the two writes that leave none.
"""

from linli.work.surveys.actions.answers import answer, leave_contact
from linli.work.surveys.actions.calls import draw_calls, erase_due, read_contacts, record_call
from linli.work.surveys.actions.closing import close_wave
from linli.work.surveys.actions.mixing import mix, mix_all
from linli.work.surveys.actions.paper import answer_on_paper
from linli.work.surveys.actions.samples import discard_draw, draw_sample, open_door
from linli.work.surveys.actions.waves import count_missed, open_wave, set_margins
from linli.work.surveys.actions.writing import draft, publish, save

__all__ = [
    "answer",
    "answer_on_paper",
    "close_wave",
    "count_missed",
    "discard_draw",
    "draft",
    "draw_calls",
    "draw_sample",
    "erase_due",
    "leave_contact",
    "mix",
    "mix_all",
    "open_door",
    "open_wave",
    "publish",
    "read_contacts",
    "record_call",
    "save",
    "set_margins",
]
