"""What the pages of this room have in common: the way down, and who may see which wave."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from heng import periods
from linli.ground.accounts.roles import (
    DEPARTMENT,
    LEADER,
    OFFICER,
    PERSONNEL,
    SECRETARY,
    STATION,
    SUPERVISION,
)
from linli.ground.officers.models import Post
from linli.ground.officers.queries import within
from linli.ground.places.models import Community
from linli.work.surveys.models import Wave

READERS = (PERSONNEL, DEPARTMENT, LEADER, SECRETARY, SUPERVISION, OFFICER, STATION)
ASKING = (PERSONNEL, DEPARTMENT)  # of the office that runs the wave


def crumbs(bureau, *more):
    """The way down to a page of this room."""
    top = [(reverse("surveys:index", args=[bureau.code]), _("Surveys"))]
    return [{"url": url, "label": label} for url, label in [*top, *more]]


def of_wave(wave, *more):
    """The way down to a page of a wave."""
    return crumbs(wave.bureau, (reverse("surveys:wave", args=[wave.bureau.code, wave.code]), wave.code), *more)


def found(bureau, code):
    """The wave of that code in this bureau."""
    rows = Wave.objects.select_related("questionnaire", "office")
    wave = get_object_or_404(rows, bureau=bureau, code=code)
    wave.bureau = bureau
    return wave


def runs(user, wave):
    """Whether an account belongs to the office that runs a wave."""
    return user.role in ASKING and user.office_id is not None and user.office_id == wave.office_id


def run_by(user, bureau, code):
    """The wave, for the office that runs it; everybody else is turned away."""
    wave = found(bureau, code)
    if not runs(user, wave):
        raise PermissionDenied("office")
    return wave


def readable(user, wave):
    """Communities of a wave that this account may see figures of: None = all of them.

    Who asks, who verifies and who leads see all. An officer sees the own communities and a station its own, once the
    wave is closed: nobody who is scored can look while there is still somebody to be asked.
    """
    if user.role not in (OFFICER, STATION):
        if user.role == DEPARTMENT and not runs(user, wave):
            raise PermissionDenied("office")
        return None
    if wave.state != Wave.State.CLOSED:
        raise PermissionDenied("open")
    return own(user, wave)


def own(user, wave):
    """Primary keys of an officer's communities in the wave's quarter, or of a station's."""
    if user.role == STATION:
        return set(Community.objects.filter(bureau=wave.bureau, station=user.office_id).values_list("pk", flat=True))
    first, last = (day(wave.period).item() for day in (periods.first_day, periods.last_day))
    posts = within(Post.objects.filter(officer__account=user, community__bureau=wave.bureau), first, last)
    return set(posts.values_list("community_id", flat=True))


def form_page(request, form, title, way, back, **more):
    """One form on a page of its own."""
    context = {"form": form, "page_title": title, "crumbs": way, "cancel_url": back, "submit": title, **more}
    return render(request, "surveys/form.html", context)
