"""What residents say: a request by its kind, something seen, a complaint about police. Each goes where it belongs."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language

from linli.faces.portal.doors import shown, taken
from linli.faces.portal.forms import ComplaintForm, SayForm, SeenForm
from linli.faces.portal.sending import filled, sent
from linli.work.incidents import actions as incidents
from linli.work.requests import actions, terms
from linli.work.requests.kinds import KINDS, NO_ISSUE, named
from linli.work.requests.wording import day

MOST = settings.INTAKE_LIMIT  # from one connection in ten minutes: a whole house may share one


@shown
def say(request, bureau):
    """The kind first: it decides who reads it."""
    kinds = [(kind.code, kind.name()) for kind in KINDS.values()]
    return render(request, "portal/say.html", {"kinds": kinds, "chosen": request.GET.get("c", ""), "here": "say"})


@taken
def request_of_kind(request, bureau, kind):
    """Words, a place, perhaps a photo and a way to answer; a receipt code comes back."""
    if kind not in KINDS:
        raise Http404
    form = SayForm(*sent(request, files=True), bureau=bureau, initial={"community": request.GET.get("c", "")})

    def send(mark, age):
        channel = "qr" if request.GET.get("via") == "qr" else "portal"
        made = actions.receive(
            by="resident", bureau=bureau, kind=kind, channel=channel, client_key=f"portal:{mark}", again=True,
            language=get_language(), **form.cleaned_data,
        )  # fmt: skip
        return {"code": made.code, "number": made.public_id, "promised": day(made.promised_on)}

    return filled(
        request, name="say", form=form, do=send, page="portal/say_kind.html", done="portal/receipt.html", most=MOST,
        kind=kind, kind_name=named(kind), praise=kind in NO_ISSUE, days=KINDS[kind].days, police=KINDS[kind].police,
        repeats=True,
    )  # fmt: skip


@taken
def seen(request, bureau):
    """Something seen goes to the command centre's register: number, place and kind, and nobody's name."""
    form = SeenForm(*sent(request), bureau=bureau, initial={"community": request.GET.get("c", "")})

    def send(mark, age):
        number = incidents.sighting(by="resident", bureau=bureau, client_key=f"portal:{mark}", **form.cleaned_data)
        return {"number": number}

    return filled(
        request, name="seen", form=form, do=send, page="portal/seen.html", done="portal/seen_done.html", most=MOST
    )


@taken
def complain(request, bureau):
    """A complaint about police: to supervision, and to nobody else."""
    form = ComplaintForm(*sent(request))

    def send(mark, age):
        key = f"portal:{mark}"
        made = actions.complain(by="resident", bureau=bureau, client_key=key, again=True, **form.cleaned_data)
        return {"code": made.code, "number": made.number, "promised": day(made.answer_by), "complaint": True}

    return filled(
        request, name="complain", form=form, do=send, page="portal/complain.html", done="portal/receipt.html",
        most=MOST, repeats=True, terms=terms,
    )  # fmt: skip
