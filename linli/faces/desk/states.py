"""How states of a quarter and of an objection are marked: the kinds of ``parts/tag.html``."""

from linli.quarter.appraisal.models import Cycle

KIND_OF_STATE = {
    Cycle.State.OPEN: "wait",
    Cycle.State.FROZEN: "blocked",
    Cycle.State.COMPUTED: "now",
    Cycle.State.NOTICED: "now",
    Cycle.State.PUBLISHED: "done",
}


def answered(objection):
    """The mark of an objection: waiting or done."""
    return "wait" if objection.state == "waiting" else "done"
