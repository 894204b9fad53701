"""The computation as a job: worked out outside any transaction, kept in one. Dying at any line does no harm."""

from linli.ground.jobs.actions import job
from linli.quarter.appraisal.actions.cycle import compute
from linli.quarter.appraisal.computing import worked_out
from linli.quarter.appraisal.models import Computation
from linli.quarter.indicators.models import Revision

STEPS = 3  # read, worked out, kept


@job("appraisal.compute")
def compute_revision(job, progress):
    """Works out the revision named in the job; a second time it only sees that the cycle has moved on."""
    revision = Revision.objects.select_related("bureau", "scheme").get(pk=job.arguments["revision"])
    progress(1, STEPS)
    done = Computation.objects.filter(revision=revision).exists()
    quarter = None if done else worked_out(revision)
    progress(2, STEPS)
    compute(by="linli", revision=revision, quarter=quarter)
    progress(STEPS, STEPS)
