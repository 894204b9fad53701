"""What is due once a day: senders are asked whether what was solved is solved, and what is past its time is erased."""

from datetime import date

from linli.ground.jobs.actions import daily
from linli.work.requests import actions


@daily("requests.ask")
def ask(job, progress):
    """Asks; a second run on the same day finds nobody left to ask."""
    asked = actions.ask_due(by="linli", today=date.fromisoformat(job.arguments["day"]))
    progress(asked, asked)


@daily("requests.erase")
def erase(job, progress):
    """Erases; a second run finds nothing left to erase."""
    erased = sum(actions.erase_due(by="linli", today=date.fromisoformat(job.arguments["day"])))
    progress(erased, erased)
