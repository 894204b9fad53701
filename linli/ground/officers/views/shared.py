"""What the pages of this room have in common: the way down, one form page, and a refusal told on the form."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _


def crumbs_of(bureau, *more):
    """The way down to a page of this room."""
    top = [(reverse("officers:people", args=[bureau.code]), _("Officers"))]
    return [{"url": url, "label": label} for url, label in [*top, *more]]


def form_page(request, bureau, form, title, back, **more):
    """One form on a page of its own, its button named as its title says. more: crumbs, lede, submit, adverse."""
    context = {"form": form, "page_title": title, "cancel_url": back, "submit": title}
    context |= {"crumbs": crumbs_of(bureau), **more}
    return render(request, "officers/form.html", context)
