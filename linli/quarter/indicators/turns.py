"""One writer after another: a figure cannot slip in while a quarter is being frozen."""

from linli.ground.trail.models import Head


def take_turn():
    """Waits until no other action is being done, and keeps it so until this one's transaction ends.

    Every action ends in the trail, so its head is the one row that all of them touch: whoever holds it from the start
    sees all that was written before and nothing that is written beside.
    """
    Head.objects.select_for_update().filter(pk=1).first()
