"""Following a receipt, saying whether it is solved, and confirming a mediation: by a code alone, never in an address.

A code that is wrong, mistyped or of another bureau is answered with the same words after the same work.
"""

from django.shortcuts import render
from django.utils.translation import gettext as _

from linli.faces.portal import tokens
from linli.faces.portal.doors import taken
from linli.faces.portal.forms import ConfirmForm, FollowForm, SolvedForm
from linli.faces.portal.sending import WINDOW, filled, sent, too_often
from linli.ground.accounts import limits
from linli.ground.trail.refusals import Refused
from linli.work.disputes import actions as disputes
from linli.work.requests import actions, queries
from linli.work.requests.kinds import named
from linli.work.requests.states import STEP_NAMES, TAGS, State

MOST = 20
COMPLAINTS = {"received": "now", "taken_up": "now", "answered": "done", "closed": "done"}


@taken
def follow(request, bureau):
    """The code typed in, and where the matter stands."""
    form = FollowForm(*sent(request))
    context = {"form": form, "here": "follow"}
    if request.method != "POST":
        return render(request, "portal/follow.html", context)
    good = form.is_valid()
    if not limits.allowed("portal.follow", request, MOST, WINDOW):
        form.add_error(None, too_often())
        return render(request, "portal/follow.html", context, status=429)
    code = form.cleaned_data["code"] if good else ""
    found, complaint = queries.by_code(bureau, code), queries.complaint_by_code(bureau, code)
    if found is None and complaint is None:
        if good:
            form.add_error("code", unknown())
        return render(request, "portal/follow.html", context)
    if found is None:
        return render(request, "portal/complaint.html", {"seen": complaint, "tag": COMPLAINTS[complaint.state]})
    return render(request, "portal/followed.html", _matter(bureau, found, code))


def unknown():
    """The same words for every code that opens nothing."""
    return _("No matter is found with this code. Look at your receipt again.")


def _matter(bureau, found, code):
    form = SolvedForm(initial={"code": code})
    steps = [(STEP_NAMES.get(step.step, step.step), step.at, step.text) for step in found.steps]
    token = tokens.issued(f"solved:{bureau.code}")
    return {
        "seen": found, "kind_name": named(found.kind), "state": State(found.state).label, "tag": TAGS[found.group],
        "steps": steps, "form": form, "token": token, "trap": "website",
    }  # fmt: skip


@taken
def solved(request, bureau):
    """Yes, or no: then the matter is open again and reaches the officer and the station."""
    form = SolvedForm(*sent(request))

    def send(mark, age):
        said = form.cleaned_data
        given = actions.sender_says(
            by="resident", bureau=bureau, code=said["code"], solved=said["solved"] == "yes", words=said["words"]
        )
        if given is None:
            raise Refused(unknown())
        return {"solved": said["solved"] == "yes"}

    return filled(
        request, name="solved", form=form, do=send, page="portal/solved.html", done="portal/solved_done.html",
        most=MOST, quickest=0,
    )  # fmt: skip


@taken
def confirm(request, bureau):
    """A side of a mediation confirms with its own number, or says that the agreement is not its own."""
    form = ConfirmForm(*sent(request))

    def send(mark, age):
        yes = form.cleaned_data["yes"] == "yes"
        if disputes.confirm_by_code(bureau=bureau, code=form.cleaned_data["code"], yes=yes, by="resident") is None:
            raise Refused(_("This number is unknown, or has been used."), _("Look at the slip again."))
        return {"yes": yes}

    return filled(
        request, name="confirm", form=form, do=send, page="portal/confirm.html", done="portal/confirmed.html", most=MOST
    )
