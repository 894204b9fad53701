"""Pages of accounts, and what a closed door says."""

from django.shortcuts import render

from linli.ground.trail.actions import record


def refused(request, exception=None):
    """403: said kindly, and left in the trail with who tried what."""
    if request.user.is_authenticated:
        record(by=request.user, action="door.refused", subject=request.path[:200], why=str(exception or ""))
    return render(request, "403.html", status=403)
