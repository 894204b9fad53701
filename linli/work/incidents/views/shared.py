"""What the room's pages share: who is asking, for which communities; the way down; quarters and years in addresses."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from heng import periods
from linli.work.incidents import who


class Asking:
    """An account at this room's doors: its office's duties, the communities it may see."""

    def __init__(self, user, bureau):
        self.user, self.bureau = user, bureau
        self.duties = who.duties(user, bureau)

    def does(self, *duties):
        """Whether one of the duties is its office's."""
        return any(duty in self.duties for duty in duties)

    def must(self, *duties):
        """Refuses who has none of these duties; ``self`` else."""
        if not self.does(*duties):
            raise PermissionDenied("duty")
        return self

    @property
    def places(self):
        """The communities whose counts it may see; refused where there is none."""
        if not hasattr(self, "_places"):
            self._places = list(who.places_of(self.user, self.bureau, self.duties))
        if not self._places:
            raise PermissionDenied("communities")
        return self._places

    def place(self, code):
        """One of them by its code: 404 for one that is not, 403 for one that is another's."""
        found = next((place for place in self.places if place.code == code), None)
        if found is None:
            get_object_or_404(self.bureau.communities, code=code)
            raise PermissionDenied("community")
        return found


def crumbs(bureau, *more):
    """The way down from the counts; more: (url name, label, further arguments of the address …)."""
    steps = [("counts", _("Incidents")), *more]
    return [
        {"url": reverse(f"incidents:{name}", args=[bureau.code, *args]), "label": label} for name, label, *args in steps
    ]


def quarter_or_404(period):
    """The first and last day of a quarter in an address."""
    try:
        first, last = periods.span_of(period)
    except ValueError as wrong:
        raise Http404 from wrong
    if not 2000 <= first.year <= 2200:
        raise Http404
    return first, last


def asked_of(request, *names):
    """Filters of a list, as they were asked: short, and without what no database keeps."""
    return {name: request.GET.get(name, "")[:40].replace("\0", "") for name in names}


def quarters_around(period):
    """The quarters before and after, for leafing."""
    return [periods.step(period, by) for by in (-1, 1)]
