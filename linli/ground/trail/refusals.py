"""What an action says when it will not: in words for the person who asked, with what to do instead."""


class Refused(Exception):
    """The action was not done, and nothing of it. ``message`` is translated text; ``remedy`` says what to do."""

    def __init__(self, message, remedy="", **facts):
        self.message, self.remedy, self.facts = message, remedy, facts
        super().__init__(str(message))


class NotAllowed(Refused):
    """This person may not: answered 403 and left in the trail by the page that caught it."""


class Stale(Refused):
    """Somebody else wrote first. ``rows``: (label, what you wrote, what stands there now); nothing is lost."""

    def __init__(self, message, rows, version, remedy=""):
        super().__init__(message, remedy)
        self.rows, self.version = tuple(rows), version


def tried(form, action, **values):
    """What the action gives; None, and the reason on the form, when it was refused. Stale and not allowed pass by."""
    try:
        return action(**values)
    except Refused as refusal:
        if type(refusal) is not Refused:
            raise
        for line in [*str(refusal.message).splitlines(), str(refusal.remedy)]:
            if line:
                form.add_error(None, line)
        return None
