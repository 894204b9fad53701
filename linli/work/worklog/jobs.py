"""What this room does every night."""

from datetime import date

from linli.ground.jobs.actions import daily
from linli.work.worklog import actions


@daily("worklog.erase_old")
def erase_old(job, progress):
    """Photos and voice notes that have been kept long enough are removed."""
    actions.erase_old(by="linli", today=date.fromisoformat(job.arguments["day"]))
    progress(1, 1)
