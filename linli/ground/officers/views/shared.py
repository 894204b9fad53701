"""What the pages of this room have in common: the way down, one form page, and a refusal told on the form."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.trail.refusals import Refused


def crumbs_of(bureau, *more):
    """The way down to a page of this room."""
    top = [(reverse("officers:people", args=[bureau.code]), _("Officers"))]
    return [{"url": url, "label": label} for url, label in [*top, *more]]


def tried(form, action, **values):
    """What the action gives; None, and the reason on the form, when it was refused."""
    try:
        return action(**values)
    except Refused as refusal:
        if type(refusal) is not Refused:
            raise
        form.add_error(None, " ".join(str(part) for part in (refusal.message, refusal.remedy) if part))
        return None


def form_page(request, bureau, form, title, back, **more):
    """One form on a page of its own, its button named as its title says. more: crumbs, lede, submit, adverse."""
    context = {"form": form, "page_title": title, "cancel_url": back, "submit": title}
    context |= {"crumbs": crumbs_of(bureau), **more}
    return render(request, "officers/form.html", context)
