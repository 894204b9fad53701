"""What is done every night: contacts and words whose time is over are erased, and rows of open waves are laid anew."""

from datetime import date

from linli.ground.jobs.actions import daily
from linli.work.surveys import actions


@daily("surveys.night")
def night(job, progress):
    """Both may be done twice without harm."""
    actions.erase_due(by="linli", today=date.fromisoformat(job.arguments["day"]))
    actions.mix_all(by="linli")
