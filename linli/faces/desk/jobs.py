"""What the desk does by itself: once a day the answers to phones that nobody will ask for again are forgotten."""

from datetime import date

from linli.faces.desk.round import actions
from linli.ground.jobs.actions import daily


@daily("desk.forget_answers")
def forget_answers(job, progress):
    """Those older than 30 days."""
    actions.forget_answers(by="linli", today=date.fromisoformat(job.arguments["day"]))
